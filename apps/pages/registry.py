"""What other apps register in pages: the kinds of owners that forms have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from apps.accounts.contracts import Actor
from apps.pages.contracts.forms import FormAnswer, OwnerLink, PassingForm, Submitted
from exprsn.kernel.registry import Registry


class FormOwner(Protocol):
    """What whoever publishes forms can do."""

    def accept(self, submitted: Submitted) -> str:
        """Take a submission, in the transaction that stores it; answers a reference, such as the id of a run.

        Raising refuses the submission: then nothing is stored.
        """
        ...

    def answer(self, reference: str) -> FormAnswer:
        """What there is to say by now about the submission with this reference."""
        ...

    def hidden_from(self, actor: Actor) -> Any:
        """The ids of owners whose forms the actor may not find, as a list or as a query of one column."""
        ...

    def links(self, actor: Actor, ids: Sequence[str]) -> Mapping[str, OwnerLink]:
        """Where these owners are looked at; those that the actor may not find are left out."""
        ...

    def reference_url(self, reference: str) -> str:
        """Where what a submission started is looked at."""
        ...


class PassingForms(Protocol):
    """Forms that somebody is sent the address of, each for one submission; a token names one."""

    def find(self, token: str) -> PassingForm:
        """The form. Raises ``NotFound`` for a token that names none, ``form_closed`` for one that was sent."""
        ...

    def accept(self, token: str, answers: Mapping[str, Any]) -> None:
        """Take the checked answers. Raises ``form_closed`` when others were faster."""
        ...


# What an address begins with → who looks after the forms that are there.
passing_forms: Registry[PassingForms] = Registry("forms for one submission")
# The ``owner_type`` of forms → who looks after them.
form_owners: Registry[FormOwner] = Registry("owners of forms")
