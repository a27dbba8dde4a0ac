"""What is wrong with a test as it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

MAX_RULES = 10_000


def case_faults(value: Mapping[str, Any]) -> dict[str, list[str]]:
    """Faults by path; nothing when the test can be kept."""
    faults: dict[str, list[str]] = {}
    expected = value["expected"]
    for path, part in (("inputs", value["inputs"]), ("expected", expected)):
        if not isinstance(part, dict):
            faults[path] = ["This must be an object."]
    if isinstance(expected, dict):
        faults |= _expected_faults(expected)
    return faults


def _expected_faults(expected: Mapping[str, Any]) -> dict[str, list[str]]:
    found = {
        f"expected.{name}": ["There is no such expectation. Use matched, outputs, rule_ids or error."]
        for name in expected
        if name not in _CHECKS
    }
    for name, (fits, message) in _CHECKS.items():
        if expected.get(name) is not None and not fits(expected[name]):
            found[f"expected.{name}"] = [message]
    if expected.get("error") is not None and any(expected.get(name) is not None for name in ("outputs", "rule_ids")):
        found["expected.error"] = ["A refusal gives no outputs and no rules. Expect one or the other."]
    return found


def _are_rules(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MAX_RULES and all(isinstance(each, str) for each in value)


_CHECKS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "matched": (lambda value: isinstance(value, bool), "This must be true or false."),
    "outputs": (lambda value: isinstance(value, dict), "This must be an object of output columns."),
    "rule_ids": (_are_rules, "This must be a list of rule ids."),
    "error": (lambda value: isinstance(value, str) and 0 < len(value) <= 100, "This must be the code of an error."),
}
