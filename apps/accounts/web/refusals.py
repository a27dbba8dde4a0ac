"""Refusals of services as errors of the form that asked, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exprsn.kernel.errors import Category, DomainError

# Code → the field that it is about (empty: the whole form) and what to do.
WORDS: dict[str, tuple[str, Any]] = {
    "user_not_found": (
        "email",
        _("Nobody with this address has an account here. Ask an administrator of the installation to make one."),
    ),
    "already_member": ("email", _("This person is a member already. Change their role in the list.")),
    "owner_required": ("role", _("Only an owner decides about owners. Ask one of them to do it.")),
    "last_owner": ("role", _("Nobody else owns this organization. Make another member an owner first.")),
    "team_name_taken": ("name", _("Another team has this name. Choose a different one.")),
}


@contextmanager
def shown_at(form: forms.Form, words: dict[str, tuple[str, Any]] | None = None) -> Iterator[None]:
    """Within the block a refusal becomes an error of the form; what no form can mend goes on."""
    try:
        yield
    except DomainError as error:
        if not add_refusal(form, error, words):
            raise


def add_refusal(form: forms.Form, error: DomainError, words: dict[str, tuple[str, Any]] | None = None) -> bool:
    """Whether the refusal has a place in the form; then it is there."""
    field, text = {**WORDS, **(words or {})}.get(error.code, ("", ""))
    if text:
        form.add_error(field if field in form.fields else None, text)
        return True
    places = {path: found for path, found in error.errors.items() if path in form.fields}
    for path, found in places.items():
        form.add_error(path, found)
    if not places and error.category in {Category.INVALID, Category.CONFLICT}:
        form.add_error(None, error.message)
        return True
    return bool(places)
