"""Assertions: what must be so after a run, and what to say when it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.workflows.engine.testing.cases import Assertion
from apps.workflows.engine.testing.comparing import contains, differences
from apps.workflows.engine.testing.facts import Facts, NotThere
from apps.workflows.engine.testing.paths import MISSING, find, path_text, segments_of
from exprsn.kernel.expressions import UNDEFINED, Budget, ExpressionError, compile_expression, truthy
from exprsn.kernel.regex.linear import TooCostly, compile_regex

BUDGET_SECONDS = 1.0
MAX_DIFFERENCES = 3


@dataclass(frozen=True, slots=True)
class Failure:
    """What was not so. ``assertion`` is its position; None for what no assertion is about."""

    assertion: int | None
    kind: str
    message: str
    node: str = ""
    expected: Any = None
    actual: Any = None


@dataclass(frozen=True, slots=True)
class _Wrong:
    message: str
    actual: Any = None


_Check = Callable[[Assertion, Facts], _Wrong | None]


def check_assertions(assertions: Sequence[Assertion], facts: Facts) -> list[Failure]:
    """The assertions that do not hold."""
    failures = []
    for at, assertion in enumerate(assertions):
        try:
            wrong = _CHECKS[assertion.kind](assertion, facts)
        except NotThere as error:
            wrong = _Wrong(str(error))
        if wrong is not None:
            failures.append(
                Failure(at, assertion.kind, wrong.message, assertion.node, assertion.expected, wrong.actual)
            )
    return failures


def _status(assertion: Assertion, facts: Facts) -> _Wrong | None:
    actual = facts.entry(assertion).status if assertion.node else facts.status
    if actual == assertion.expected:
        return None
    why = (facts.error or {}).get("message", "") if not assertion.node else ""
    return _Wrong(f"The status is {actual}, not {assertion.expected}. {why}".rstrip(), actual)


def _ran(assertion: Assertion, facts: Facts) -> _Wrong | None:
    runs = len(facts.entries_of.get(assertion.node, ()))
    if assertion.expected is None:
        return None if runs else _Wrong("The step did not run.", 0)
    return None if runs == assertion.expected else _Wrong(f"The step ran {runs} times.", runs)


def _not_run(assertion: Assertion, facts: Facts) -> _Wrong | None:
    runs = len(facts.entries_of.get(assertion.node, ()))
    return _Wrong("The step ran.", runs) if runs else None


def _count(assertion: Assertion, facts: Facts) -> _Wrong | None:
    count = len(facts.items(assertion))
    return None if count == assertion.expected else _Wrong(f"{count} items, not {assertion.expected}.", count)


def _equals(assertion: Assertion, facts: Facts) -> _Wrong | None:
    actual = facts.value(assertion)
    return _compared(assertion.expected, actual, assertion)


def _compared(expected: Any, actual: Any, assertion: Assertion, *, partial: bool = False) -> _Wrong | None:
    patterns = [segments_of(path) for path in assertion.ignore]
    whole_items = isinstance(expected, list) and assertion.item is None and not assertion.path
    if whole_items:  # the ignored paths are those of each item
        patterns = [("*", *pattern) for pattern in patterns]
    at = segments_of(assertion.path)
    found = list(differences(expected, actual, patterns, at, partial=partial))
    if not found:
        return None
    told = "; ".join(_told(each.at, each.expected, each.actual) for each in found[:MAX_DIFFERENCES])
    more = len(found) - MAX_DIFFERENCES
    return _Wrong(told + (f"; and {more} more." if more > 0 else "."), actual)


def _told(at: Sequence[str], expected: Any, actual: Any) -> str:
    place = path_text(at)
    lead = f"{place}: " if place else ""
    if actual is MISSING:
        return f"{lead}expected {_short(expected)}, found nothing"
    if expected is MISSING:
        return f"{lead}expected nothing, found {_short(actual)}"
    return f"{lead}expected {_short(expected)}, found {_short(actual)}"


def _short(value: Any) -> str:
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"an object with {len(value)} members"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = str(value)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _contains(assertion: Assertion, facts: Facts) -> _Wrong | None:
    actual = facts.value(assertion)
    if contains(actual, assertion.expected):
        return None
    return _Wrong(f"{_short(assertion.expected)} is not in it.", actual)


def _matches(assertion: Assertion, facts: Facts) -> _Wrong | None:
    actual = facts.value(assertion)
    if isinstance(actual, dict | list | None):
        return _Wrong("It is no text.", actual)
    try:
        found = compile_regex(assertion.expected).test(str(actual))
    except TooCostly as error:
        return _Wrong(str(error), actual)
    return None if found else _Wrong("The pattern is not found in it.", actual)


class _CaseScope:
    """The names that an expression of an assertion may use."""

    def __init__(self, items: Sequence[Any], index: int, facts: Facts) -> None:
        json = items[index] if index < len(items) else {}
        error = None if facts.error is None else dict(facts.error)
        response = None if facts.response is None else dict(facts.response)
        run = {"status": facts.status, "error": error}
        self._names = {
            "$json": json, "$items": list(items), "$itemIndex": index, "$run": run, "$response": response
        }  # fmt: skip

    def resolve(self, name: str) -> Any:
        return self._names.get(name, UNDEFINED)


def _expression(assertion: Assertion, facts: Facts) -> _Wrong | None:
    items = facts.items(assertion)
    places: Sequence[int] = range(max(1, len(items))) if assertion.item is None else [assertion.item]
    try:
        compiled = compile_expression(assertion.expected)
        for at in places:
            if not truthy(compiled.evaluate(_CaseScope(items, at, facts), Budget(seconds=BUDGET_SECONDS))):
                return _Wrong(f"It is not true for item {at}.", items[at] if at < len(items) else None)
    except ExpressionError as error:
        return _Wrong(f"The expression cannot be evaluated: {error.message}")
    return None


def _error_kind(assertion: Assertion, facts: Facts) -> _Wrong | None:
    error: Mapping[str, Any] | None = facts.entry(assertion).error if assertion.node else facts.error
    if error is None:
        return _Wrong("There was no error.")
    actual = error.get("kind")
    return None if actual == assertion.expected else _Wrong(f"The error is of the kind {actual}.", actual)


def _response(assertion: Assertion, facts: Facts) -> _Wrong | None:
    if facts.response is None:
        return _Wrong("Nothing was answered.")
    actual = find(facts.response, assertion.path)
    if actual is MISSING:
        return _Wrong(f"The answer has nothing at “{assertion.path}”.", facts.response)
    return _compared(assertion.expected, actual, assertion, partial=True)


_CHECKS: Mapping[str, _Check] = {
    "status": _status,
    "ran": _ran,
    "not_run": _not_run,
    "count": _count,
    "equals": _equals,
    "contains": _contains,
    "matches": _matches,
    "expression": _expression,
    "error_kind": _error_kind,
    "response": _response,
}
