"""What crosses the border between forms and those who publish them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FormOwnerKey:
    """Who publishes a form: the kind of owner, its id, and which of its parts (a workflow's node)."""

    type: str
    id: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form as its owner wants it. ``owner_data`` is given back with each submission."""

    owner: FormOwnerKey
    slug: str
    name: str
    title: str
    fields: Sequence[Mapping[str, Any]]
    description: str = ""
    submit_label: str = ""
    thanks: str = ""
    redirect_url: str = ""
    response_mode: str = "immediately"
    owner_data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submitted:
    """An accepted submission on its way to the form's owner."""

    id: UUID
    form_id: UUID
    organization_id: UUID
    owner: FormOwnerKey
    owner_data: Mapping[str, Any]
    values: Mapping[str, Any]
    received_at: str


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What the owner has to say to whoever sent a form.

    ``pending``: not yet; ``thanks``: nothing but the form's own words; ``text``: a text to show;
    ``redirect``: an address to go to; ``failed``: it did not work out.
    """

    kind: Literal["pending", "thanks", "text", "redirect", "failed"]
    text: str = ""


@dataclass(frozen=True, slots=True)
class PassingForm:
    """A form that is there for one submission only. ``path`` is where its page is."""

    path: str
    title: str
    fields: Sequence[Mapping[str, Any]]
    description: str = ""
    submit_label: str = ""
    thanks: str = ""
    redirect_url: str = ""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that can be reached."""

    id: UUID
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class OwnerLink:
    """Where the owner of a form is looked at."""

    name: str
    url: str
