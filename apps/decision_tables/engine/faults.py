"""What can be wrong with a table or with an evaluation; each refusal names its places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from exprsn.kernel.errors import InvalidInput


class TableInvalid(InvalidInput):
    """The document is no table; ``errors`` holds every fault found, by path."""

    default_code = "table_invalid"

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        places = len(errors)
        first = next(iter(errors), "")
        more = f" ({places} places are wrong.)" if places > 1 else ""
        message = f"{first}: {errors[first][0]}{more}" if first else "The table is not valid."
        super().__init__(message, errors=errors)


class EvaluationError(InvalidInput):
    """A table could not answer for these inputs; ``code`` says why."""

    default_code = "evaluation_failed"


def invalid_input(faults: Sequence[tuple[str, str, Any]]) -> EvaluationError:
    """The error of inputs of the wrong type; each fault is ``(column, expected type, value)``."""
    column, expected, value = faults[0]
    return EvaluationError(
        f"The input {column!r} must be {article(expected)}, and {shown(value)} is not. Send a value of that type.",
        code="invalid_input",
        errors={
            f"inputs.{name}": [f"Must be {article(kind)}, and {shown(given)} is not."] for name, kind, given in faults
        },
        params={"column": column, "expected": expected, "value": value},
    )


def multiple_rules_matched(rules: Sequence[str]) -> EvaluationError:
    """The error of a UNIQUE table in which several rules match."""
    return EvaluationError(
        f"Only one rule may match, and {len(rules)} do: {_some(rules)}. Make their conditions exclude each other.",
        code="multiple_rules_matched",
        params={"rules": list(rules)},
    )


def conflicting_outputs(rules: Sequence[str]) -> EvaluationError:
    """The error of an ANY table whose matching rules do not agree."""
    return EvaluationError(
        f"Rules that match at once must give the same outputs, and these do not: {_some(rules)}.",
        code="conflicting_outputs",
        params={"rules": list(rules)},
    )


def expression_failed(place: str, text: str, reason: str) -> EvaluationError:
    """The error of an expression whose value cannot be used."""
    return EvaluationError(
        f"The expression {shown(text)} of {place} failed: {reason}",
        code="expression_failed",
        params={"place": place, "expression": text},
    )


def too_many_steps(place: str) -> EvaluationError:
    """The error of an expression that takes more work than one evaluation may."""
    return EvaluationError(
        f"What {place} asks for takes more steps than an evaluation may. Make it simpler.",
        code="too_many_steps",
        params={"place": place},
    )


def article(kind: str) -> str:
    """A type as it stands in a sentence."""
    return _NAMED.get(kind, f"a {kind}")


def shown(value: Any) -> str:
    """A value as it stands in a message: short, and never a failure."""
    text = _WORDS.get(value) if value is None or isinstance(value, bool) else None
    text = text or repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def _some(rules: Sequence[str]) -> str:
    listed = ", ".join(rules[:10])
    return listed if len(rules) <= 10 else f"{listed} and {len(rules) - 10} more"


_WORDS = {None: "null", True: "true", False: "false"}
_NAMED = {
    "date": "a date such as 2026-01-31",
    "datetime": "a date and time such as 2026-01-31T10:00:00Z",
    "time": "a time such as 10:00:00",
    "duration": "a duration such as P1D or PT2H",
    "any": "a JSON value",
}
