"""Waits for something from outside: a call, a form, a person's decision.

A node that is to wait answers a ``WaitFor``. The runtime keeps it as a row and puts the run down; when the answer has
come, or the time is over, the node runs again and finds a ``Resumed``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from exprsn.kernel.jsonvalue import JsonObject, JsonValue

WEBHOOK = "webhook"
FORM = "form"
APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class WaitFor:
    """What a run waits for. ``kind``: ``webhook | form | approval``; ``settings`` are what whoever takes the answer
    has to know, as JSON; at ``until`` the run goes on without an answer (None: it waits for as long as it takes)."""

    kind: str
    settings: JsonObject = field(default_factory=dict)
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resumed:
    """How a wait ended: with ``data``, or because its time was over."""

    data: Mapping[str, JsonValue] = field(default_factory=dict)
    timed_out: bool = False


@dataclass(frozen=True, slots=True)
class ResumeAddresses:
    """Where a run is resumed: the address for calls and that of its form. Known before anything waits."""

    call: str = ""
    form: str = ""
