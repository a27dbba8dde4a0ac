"""Messages that offer to take back what was just done, in the place of a question before it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

_PREFIX = "undo:"


def toast_with_undo(request: HttpRequest, text: str, undo_url: str) -> None:
    """Say on the next page that something was done; its button posts to ``undo_url``."""
    messages.success(request, text, extra_tags=f"{_PREFIX}{undo_url}")


def undo_url_of(extra_tags: str | None) -> str:
    """The address that takes a message's deed back; empty when there is none."""
    tags = extra_tags or ""
    return tags.removeprefix(_PREFIX) if tags.startswith(_PREFIX) else ""
