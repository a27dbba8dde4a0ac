"""How a command ends that could not do what it was asked: a sentence, what to do about it, and an exit code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from exprsn.kernel.errors import EXIT_CODES, HTTP_STATUS, Category


class Ending(IntEnum):
    """Exit codes: the house's for refusals, and some that only a run can have."""

    FAULT = 1
    INVALID = EXIT_CODES[Category.INVALID]
    NOT_ALLOWED = EXIT_CODES[Category.FORBIDDEN]
    NOT_FOUND = EXIT_CODES[Category.NOT_FOUND]
    CONFLICT = EXIT_CODES[Category.CONFLICT]
    RATE_LIMITED = EXIT_CODES[Category.RATE_LIMITED]
    UNAVAILABLE = EXIT_CODES[Category.UNAVAILABLE]
    RUN_FAILED = 10
    RUN_CANCELED = 11
    NOT_FINISHED = 12
    INTERRUPTED = 130


class CommandFailed(Exception):
    """Ends the command. ``details`` are further lines, ``hint`` says what to do."""

    def __init__(self, message: str, ending: Ending, *, hint: str = "", details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.ending = ending
        self.hint = hint
        self.details = list(details)


_BY_STATUS = {
    **{status: Ending(EXIT_CODES[category]) for category, status in HTTP_STATUS.items()},
    408: Ending.UNAVAILABLE,
    500: Ending.FAULT,
    504: Ending.UNAVAILABLE,
}
_HINTS_BY_CODE = {
    "not_published": "Publish it first: exprsn workflows publish WORKFLOW, or exprsn tables publish TABLE",
    "definition_invalid": "Correct the places named, then try again.",
    "tests_failed": "See exprsn workflows test WORKFLOW, or publish with --skip-tests.",
    "execution_not_finished": "Stop it first: exprsn executions stop ID --wait",
    "token_expired": "Make a new token under API tokens, then: exprsn login",
    "token_revoked": "Make a new token under API tokens, then: exprsn login",
    "token_use_limit_reached": "Make a new token under API tokens, then: exprsn login",
}
_HINTS_BY_STATUS = {
    401: "Sign in with exprsn login, or set EXPRSN_API_TOKEN to a token that is valid.",
    403: "Use a token with a wider scope, or ask an administrator of the organization.",
    404: "Check the id or name, and with exprsn whoami the organization that you work in.",
    429: "Wait a little, then try again.",
    500: "Tell the administrator of the server the request id.",
    502: "Try again in a moment; if it stays like this, look at the server.",
    503: "Try again in a moment; if it stays like this, look at the server.",
    504: "Try again in a moment; if it stays like this, look at the server.",
}


def refusal(status: int, problem: Mapping[str, Any], *, retry_after: float | None = None) -> CommandFailed:
    """What a problem document of the API means for the command."""
    word = str(problem.get("code", ""))
    message = str(problem.get("detail") or problem.get("title") or f"The server answered with {status}.")
    ending = _BY_STATUS.get(status, Ending.UNAVAILABLE if status >= 500 else Ending.INVALID)
    hint = _HINTS_BY_CODE.get(word) or _HINTS_BY_STATUS.get(status, "")
    if retry_after is not None:
        hint = f"Try again in {retry_after:.0f} seconds."
    details = _places(problem)
    if status >= 500 and problem.get("request_id"):
        details.append(f"request id: {problem['request_id']}")
    return CommandFailed(f"{message} ({word})" if word else message, ending, hint=hint, details=details)


def _places(problem: Mapping[str, Any]) -> list[str]:
    errors = problem.get("errors")
    if not isinstance(errors, Mapping):
        return []
    lists = {path: found if isinstance(found, list) else [found] for path, found in errors.items()}
    return [f"{path}: {message}" for path, found in lists.items() for message in found]
