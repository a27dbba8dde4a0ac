from __future__ import annotations

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes.conditions import condition_faults, conditions_hold, is_unary
from apps.workflows.nodes.support.condition_operators import OPERATIONS


def condition(left: Any, kind: Any, operation: Any, right: Any = None) -> Any:
    return {"left": left, "operator": {"type": kind, "operation": operation}, "right": right}


def holds(
    left: Any,
    kind: Any,
    operation: Any,
    right: Any = None,
    *,
    loose: Any = False,
    case_sensitive: Any = True,
    zone: Any = UTC,
) -> Any:
    conditions = {
        "case_sensitive": case_sensitive,
        "type_validation": "loose" if loose else "strict",
        "conditions": [condition(left, kind, operation, right)],
    }
    return conditions_hold(conditions, zone, item=0)


@pytest.mark.parametrize(
    ("left", "kind", "operation", "right", "expected"),
    [
        ("a", "string", "equals", "a", True),
        ("a", "string", "equals", "A", False),
        (None, "string", "equals", "", True),
        ("a", "string", "not_equals", "b", True),
        ("invoice", "string", "contains", "voi", True),
        ("invoice", "string", "contains", "", True),
        ("invoice", "string", "not_contains", "x", True),
        ("invoice", "string", "starts_with", "in", True),
        ("invoice", "string", "not_starts_with", "in", False),
        ("invoice", "string", "ends_with", "ice", True),
        ("invoice", "string", "not_ends_with", "ice", False),
        ("AB-12", "string", "regex", r"^[A-Z]{2}-\d+$", True),
        ("AB-12", "string", "not_regex", "/^ab/i", False),
        ("", "string", "is_empty", None, True),
        (None, "string", "is_empty", None, True),
        ("x", "string", "is_not_empty", None, True),
        (None, "string", "exists", None, False),
        ("", "string", "exists", None, True),
        ({"a": 1}, "string", "exists", None, True),
        (None, "string", "not_exists", None, True),
        (1, "number", "equals", 1.0, True),
        (1, "number", "not_equals", 2, True),
        (None, "number", "equals", 0, False),
        (3, "number", "gt", 2, True),
        (2, "number", "gte", 2, True),
        (1, "number", "lt", 2, True),
        (2, "number", "lte", 1, False),
        (None, "number", "lt", 1, False),
        (0, "number", "is_empty", None, False),
        (True, "boolean", "true", None, True),
        (None, "boolean", "false", None, True),
        (True, "boolean", "equals", False, False),
        (True, "boolean", "not_equals", False, True),
        ("2026-01-02", "date_time", "after", "2026-01-01T23:00:00Z", True),
        ("2026-01-01", "date_time", "after_or_equals", "2026-01-01T00:00:00Z", True),
        ("Thu, 01 Jan 2026 00:00:00 +0000", "date_time", "equals", "2026-01-01", True),
        (1767225600000, "date_time", "before", "2026-01-02", True),
        ("2026-01-03", "date_time", "before_or_equals", "2026-01-02", False),
        (None, "date_time", "before", "2026-01-02", False),
        ([1, "a"], "array", "contains", "a", True),
        ([1], "array", "contains", True, False),
        (None, "array", "not_contains", 1, True),
        ([1, 2], "array", "length_equals", 2, True),
        ([1, 2], "array", "length_not_equals", 2, False),
        ([1, 2], "array", "length_gt", 1, True),
        ([1, 2], "array", "length_gte", 3, False),
        (None, "array", "length_lt", 1, True),
        ([], "array", "length_lte", 0, True),
        ([], "array", "is_empty", None, True),
        ({}, "object", "is_empty", None, True),
        ({"a": None}, "object", "is_not_empty", None, True),
        ({"a": 1}, "object", "equals", {"a": 1}, True),
        (5, "any", "equals", 5, True),
    ],
)
def test_operators(left: Any, kind: Any, operation: Any, right: Any, expected: Any) -> None:
    assert holds(left, kind, operation, right) is expected


@pytest.mark.parametrize("operation", ["equals", "contains", "starts_with", "ends_with"])
def test_without_regard_to_case(operation: Any) -> None:
    assert holds("ABC", "string", operation, "abc", case_sensitive=False)


def test_lists_are_searched_without_regard_to_case() -> None:
    assert holds(["A"], "array", "contains", "a", case_sensitive=False)


@pytest.mark.parametrize(
    ("left", "kind", "operation", "right", "expected"),
    [
        (5, "string", "equals", "5", True),
        ("5", "number", "gt", "4", True),
        ("", "number", "equals", 0, True),
        ("TRUE", "boolean", "true", None, True),
        ("yes", "boolean", "true", None, True),
        ("", "boolean", "false", None, True),
        ([], "boolean", "true", None, True),
        ("[1]", "array", "contains", 1, True),
        ('{"a": 1}', "object", "is_not_empty", None, True),
        ("", "date_time", "before", "2026-01-01", False),
    ],
)
def test_loose_types_are_converted(left: Any, kind: Any, operation: Any, right: Any, expected: Any) -> None:
    assert holds(left, kind, operation, right, loose=True) is expected


@pytest.mark.parametrize(
    ("left", "kind", "loose", "message"),
    [
        (
            5,
            "string",
            False,
            "'5' is a number, not a string. Convert it, or choose the loose type validation.",
        ),
        ("x", "number", True, "'x' is a string, not a number."),
        ("[", "array", True, "'[' is a string, not an array."),
        ("{}", "array", True, "'{}' is a string, not an array."),
        (True, "object", True, "'true' is a boolean, not an object."),
        ("soon", "date_time", True, "'soon' is not a date and time. ISO 8601 is understood everywhere."),
    ],
)
def test_values_of_another_type_are_refused(left: Any, kind: Any, loose: Any, message: Any) -> None:
    with pytest.raises(NodeError) as refused:
        holds(left, kind, "equals", None, loose=loose)
    assert refused.value.message == message
    assert refused.value.kind == "wrong_type"
    assert refused.value.parameter == "conditions.conditions[0]"


def test_moments_without_an_offset_are_read_in_the_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert holds("2026-07-01T12:00", "date_time", "equals", "2026-07-01T10:00:00Z", zone=berlin)


@pytest.mark.parametrize(
    ("combinator", "first", "second", "expected"),
    [
        ("and", True, False, False),
        ("and", True, True, True),
        ("or", False, True, True),
        ("or", False, False, False),
    ],
)
def test_combinators(combinator: Any, first: Any, second: Any, expected: Any) -> None:
    conditions = {
        "combinator": combinator,
        "conditions": [condition(value, "boolean", "true") for value in (first, second)],
    }
    assert conditions_hold(conditions, UTC, item=0) is expected


def test_no_condition_at_all() -> None:
    assert conditions_hold({"combinator": "and", "conditions": []}, UTC, item=0) is True
    assert conditions_hold({"combinator": "or", "conditions": []}, UTC, item=0) is False


@pytest.mark.parametrize("pattern", ["(", "(?=a)b", r"(a)\1"])
def test_patterns_that_are_not_supported_are_refused(pattern: Any) -> None:
    with pytest.raises(NodeError) as refused:
        holds("a", "string", "regex", pattern)
    assert refused.value.kind == "bad_pattern"


def test_a_pattern_that_is_a_trap_for_others_is_quick() -> None:
    assert holds("a" * 5_000 + "!", "string", "regex", "^(a+)+$") is False


def test_unknown_operations_and_shapes_are_refused() -> None:
    for conditions in (
        {"conditions": [condition(1, "number", "regex")]},
        {"conditions": ["x"]},
        "x",
    ):
        with pytest.raises(NodeError) as refused:
            conditions_hold(conditions, UTC, item=3)
        assert refused.value.kind == "bad_condition"
        assert refused.value.item == 3


@pytest.mark.parametrize(
    ("conditions", "faults"),
    [
        ("={{ $json.rules }}", {}),
        ({"combinator": "and", "conditions": [condition(1, "number", "gt", 2)]}, {}),
        ([], {"c": ["Give the conditions as an object with a combinator and a list."]}),
        (
            {"combinator": "xor", "type_validation": "none", "conditions": {}},
            {
                "c.combinator": ["Choose and or or."],
                "c.type_validation": ["Choose strict or loose."],
                "c.conditions": ["Give a list of at most 200 conditions."],
            },
        ),
        (
            {"conditions": [{"left": 1}]},
            {"c.conditions[0]": ["A condition has a left value, an operator and, for most operators, a right value."]},
        ),
        (
            {"conditions": [condition(1, "word", "equals")]},
            {"c.conditions[0]": [f"The type is one of {', '.join(OPERATIONS)}."]},
        ),
        (
            {"conditions": [condition(1, "object", "contains")]},
            {
                "c.conditions[0]": [
                    "For object the operation is one of equals, not_equals, exists, not_exists, is_empty, is_not_empty."
                ]
            },
        ),
    ],
)
def test_faults_as_written(conditions: Any, faults: Any) -> None:
    assert condition_faults(conditions, "c") == faults


def test_operations_on_the_left_value_alone() -> None:
    assert is_unary("exists")
    assert is_unary("true")
    assert not is_unary("equals")
