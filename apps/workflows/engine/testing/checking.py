"""What is wrong with the document of a test case, by path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from apps.workflows.engine.testing.cases import KINDS, moment_of
from exprsn.kernel.expressions import ExpressionError, compile_expression
from exprsn.kernel.regex.linear import compile_regex
from exprsn.kernel.regex.syntax import BadPattern

MAX_ASSERTIONS = 100
MAX_HTTP_MOCKS = 100
MAX_ITEMS = 10_000
MAX_FAULTS = 50
_MAX_MESSAGE = 300
_ABOUT_A_NODE = frozenset({"ran", "not_run"})
_WAYS = ("items", "outputs", "error", "runs")

_ITEMS = {"type": "array", "maxItems": MAX_ITEMS, "items": {"type": "object"}}
_PORT = {"type": "string", "maxLength": 100}
_PLACE = {"type": ["integer", "null"], "minimum": 0, "maximum": MAX_ITEMS}
_ONE_MOCK: dict[str, Any] = {
    "items": _ITEMS,
    "output": _PORT,
    "outputs": {"type": "object", "additionalProperties": _ITEMS},
    "error": {
        "type": "object",
        "required": ["message"],
        "properties": {
            "message": {"type": "string", "maxLength": 2_000},
            "kind": {"type": "string", "maxLength": 100},
            "retryable": {"type": "boolean"},
            "item": {"type": ["integer", "null"]},
        },
    },
}
_MOCK = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        **_ONE_MOCK,
        "runs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1_000,
            "items": {"type": "object", "additionalProperties": False, "properties": _ONE_MOCK},
        },
    },
}
_HTTP = {
    "type": "object",
    "required": ["url"],
    "additionalProperties": False,
    "properties": {
        "method": {"type": "string", "minLength": 1, "maxLength": 20},
        "url": {"type": "string", "minLength": 1, "maxLength": 2_000},
        "status": {"type": "integer", "minimum": 100, "maximum": 599},
        "headers": {"type": "object", "additionalProperties": {"type": "string"}},
        "body": True,
        "times": {"type": ["integer", "null"], "minimum": 1},
    },
}
_ASSERTION = {
    "type": "object",
    "required": ["kind"],
    "additionalProperties": False,
    "properties": {
        "kind": {"enum": list(KINDS)},
        "node": {"type": ["string", "null"], "maxLength": 64},
        "output": {"type": ["string", "null"], "maxLength": 100},
        "run": _PLACE,
        "item": _PLACE,
        "path": {"type": ["string", "null"], "maxLength": 500},
        "expected": True,
        "ignore": {"type": "array", "maxItems": 200, "items": {"type": "string", "maxLength": 500}},
    },
}
CASE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "trigger_items": _ITEMS,
        "now": {"type": ["string", "null"], "maxLength": 40},
        "mocks": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "nodes": {"type": "object", "maxProperties": 500, "additionalProperties": _MOCK},
                "http": {"type": "array", "maxItems": MAX_HTTP_MOCKS, "items": _HTTP},
            },
        },
        "assertions": {"type": "array", "maxItems": MAX_ASSERTIONS, "items": _ASSERTION},
    },
}
Faults = dict[str, list[str]]


@lru_cache(maxsize=1)
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(CASE_SCHEMA)


def case_faults(value: Mapping[str, Any]) -> Faults:
    """Path → messages; empty when the document can be a test."""
    found: Faults = {}
    for path, message in _shape(value) or [*_moments(value), *_mocks(value), *_assertions(value)]:
        found.setdefault(path, []).append(message)
    return found


def _shape(value: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    for error in _validator().iter_errors(dict(value)):
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.instance_path)
        found.append((place.lstrip(".") or "body", str(error.message)[:_MAX_MESSAGE]))
        if len(found) == MAX_FAULTS:
            break
    return found


def _moments(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    try:
        moment_of(value.get("now"))
    except (ValueError, OverflowError):
        yield "now", "Give a time as ISO 8601, such as 2026-01-01T09:00:00Z."


def _mocks(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for node, mock in value.get("mocks", {}).get("nodes", {}).items():
        places = {f"mocks.nodes.{node}": mock}
        places |= {f"mocks.nodes.{node}.runs[{at}]": each for at, each in enumerate(mock.get("runs", ()))}
        for place, each in places.items():
            if sum(way in each for way in _WAYS) != 1:
                yield place, "Give either items, outputs, error or runs."


def _assertions(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for at, entry in enumerate(value.get("assertions", ())):
        kind, place = entry["kind"], f"assertions[{at}]"
        if kind in _ABOUT_A_NODE and not entry.get("node"):
            yield f"{place}.node", "Name the node."
        wrong = _EXPECTED.get(kind, _anything)(entry.get("expected"))
        if wrong:
            yield f"{place}.expected", wrong


def _anything(expected: Any) -> str:
    return ""


def _a_count(expected: Any) -> str:
    return "" if type(expected) is int and expected >= 0 else "Give a whole number from 0."


def _runs(expected: Any) -> str:
    return "" if expected is None else _a_count(expected)


def _a_text(expected: Any) -> str:
    return "" if isinstance(expected, str) and expected else "Give a text."


def _a_pattern(expected: Any) -> str:
    if _a_text(expected):
        return _a_text(expected)
    try:
        compile_regex(expected)
    except BadPattern as problem:
        return str(problem)
    return ""


def _an_expression(expected: Any) -> str:
    if _a_text(expected):
        return _a_text(expected)
    try:
        compile_expression(expected)
    except ExpressionError as problem:
        return problem.message
    return ""


_EXPECTED = {
    "status": _a_text,
    "ran": _runs,
    "count": _a_count,
    "matches": _a_pattern,
    "expression": _an_expression,
    "error_kind": _a_text,
}
