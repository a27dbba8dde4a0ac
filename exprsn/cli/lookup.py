"""Which thing a person means: ids as they are, workflows also by slug or name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from exprsn.cli.client import Api
from exprsn.cli.failures import CommandFailed, Ending


def as_id(text: str) -> str:
    """The id in its usual form; empty if the text is none."""
    try:
        return str(UUID(text.strip()))
    except ValueError:
        return ""


def workflow_id(api: Api, text: str) -> str:
    """The id of the workflow that is meant: by id, slug, exact name, or name in any case."""
    found = as_id(text)
    if found:
        return found
    listed = api.listed("workflows/", limit=0, search=text).items
    for matches in (
        [w for w in listed if w["slug"] == text],
        [w for w in listed if w["name"] == text],
        [w for w in listed if str(w["name"]).casefold() == text.casefold()],
    ):
        if len(matches) == 1:
            return str(matches[0]["id"])
        if matches:
            raise _ambiguous(text, matches)
    details = [f"{w['slug']}  {w['name']}" for w in listed[:5]]
    hint = "Did you mean one of these?" if details else "See exprsn workflows list."
    raise CommandFailed(f"There is no workflow “{text}”.", Ending.NOT_FOUND, hint=hint, details=details)


def execution_id(text: str) -> str:
    """The id of an execution."""
    found = as_id(text)
    if not found:
        hint = "See exprsn executions list."
        raise CommandFailed(f"“{text}” is no id of an execution.", Ending.INVALID, hint=hint)
    return found


def _ambiguous(text: str, matches: list[dict[str, Any]]) -> CommandFailed:
    return CommandFailed(
        f"{len(matches)} workflows are called “{text}”.",
        Ending.INVALID,
        hint="Name it by its slug or id.",
        details=[f"{w['id']}  {w['slug']}" for w in matches[:20]],
    )
