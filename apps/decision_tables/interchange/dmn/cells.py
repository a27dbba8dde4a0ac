"""Cells: conditions of our tables as FEEL unary tests, and back where a cell says exactly what conditions can.

``!=`` and its kin never match null here, so they are written ``not(…, null)``. A plain ``not("a")`` of another tool,
which in DMN does match null, is read as ``!=`` too: ``loses_null`` tells of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from apps.decision_tables.engine.coercion import WrongType
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.nodes import (
    Call,
    Comparator,
    Expression,
    Interval,
    Literal,
    Name,
    UnaryTests,
)
from apps.decision_tables.engine.feel.syntax.parser import parse_expression, parse_unary_tests
from apps.decision_tables.engine.feel_cells import feel_meaning
from apps.decision_tables.interchange.dmn.literals import NotConstant, feel_of, json_of

_FUNCTIONS: Mapping[str, str] = {
    "contains": "contains",
    "startsWith": "starts with",
    "endsWith": "ends with",
    "matches": "matches",
}
_OPERATORS_OF_FUNCTIONS = {function: operator for operator, function in _FUNCTIONS.items()}
_ORDERING = frozenset({">", ">=", "<", "<="})
_NOTHING = "? != ?"
_EMPTY: Mapping[str, tuple[str, str]] = {
    "string": ('? = null or ? = ""', '? != null and ? != ""'),
    "list": ("? = null or count(?) = 0", "? != null and count(?) > 0"),
    "any": ('? = null or list contains(["", []], ?)', '? != null and not(list contains(["", []], ?))'),
}
_NULL = ("? = null", "? != null")


class NotFeel(ValueError):
    """The text is not FEEL."""


def conditions_of(text: str, column_type: str, names: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return the conditions (without column) that a cell says; raises ``NotFeel``."""
    if text.strip() in ("", "-"):
        return []
    for operator, written in zip(("isEmpty", "isNotEmpty"), _emptiness(column_type), strict=True):
        if text == written:
            return [{"operator": operator}]
    try:
        tests = parse_unary_tests(text, names)
    except FeelSyntaxError as error:
        raise NotFeel(str(error)) from None
    try:
        return _negated(tests.tests, column_type) if tests.negated else _positive(tests, column_type)
    except NotConstant:
        return [{"feel": text}]


def loses_null(text: str, conditions: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a cell matches a missing input in DMN and its conditions do not."""
    negated = any(condition.get("operator") in ("!=", "notIn") for condition in conditions)
    return negated and not text.replace(" ", "").endswith((",null)", "(null)"))


def output_of(text: str, column_type: str, names: Collection[str] = ()) -> Any:
    """Return an output's JSON value, ``{"feel": text}`` where it is worked out; raises ``NotFeel``."""
    try:
        node = parse_expression(text, names)
    except FeelSyntaxError as error:
        raise NotFeel(str(error)) from None
    try:
        value = json_of(node, column_type)
    except NotConstant:
        value = None
    return {"feel": text} if value is None else value


def _positive(tests: UnaryTests, column_type: str) -> list[dict[str, Any]]:
    if len(tests.tests) == 1:
        return _single(tests.tests[0], column_type)
    values = [json_of(test, column_type) for test in tests.tests]
    if not values or None in values:
        raise NotConstant
    return [{"operator": "in", "value": values}]


def _single(test: Expression, column_type: str) -> list[dict[str, Any]]:
    if isinstance(test, Comparator) and test.operator in _ORDERING:
        return [{"operator": test.operator, "value": _present(test.operand, column_type)}]
    if isinstance(test, Interval):
        return _interval(test, column_type)
    if isinstance(test, Call) and isinstance(test.function, Name):
        found = _function(test, test.function.name, column_type)
        if found is not None:
            return [found]
    if isinstance(test, Literal) and test.value is None:
        return [{"operator": "==", "value": None}]
    return [{"operator": "==", "value": json_of(test, column_type)}]


def _present(node: Expression, column_type: str) -> Any:
    value = json_of(node, column_type)
    if value is None or isinstance(value, bool | list | dict):
        raise NotConstant
    return value


def _interval(test: Interval, column_type: str) -> list[dict[str, Any]]:
    low, high = _present(test.low, column_type), _present(test.high, column_type)
    if test.low_included and test.high_included:
        return [{"operator": "between", "value": [low, high]}]
    return [
        {"operator": ">=" if test.low_included else ">", "value": low},
        {"operator": "<=" if test.high_included else "<", "value": high},
    ]


def _function(test: Call, name: str, column_type: str) -> dict[str, Any] | None:
    if len(test.arguments) != 2 or test.arguments[0] != Name("?"):
        return None
    if name == "list contains" and column_type == "list":
        return {"operator": "contains", "value": _not_null(test.arguments[1], "any")}
    if name in _OPERATORS_OF_FUNCTIONS and column_type in ("string", "any"):
        return {"operator": _OPERATORS_OF_FUNCTIONS[name], "value": _not_null(test.arguments[1], "string")}
    return None


def _not_null(node: Expression, column_type: str) -> Any:
    value = json_of(node, column_type)
    if value is None:
        raise NotConstant
    return value


def _negated(tests: Sequence[Expression], column_type: str) -> list[dict[str, Any]]:
    rest = tests[:-1] if tests[-1] == Literal(None) else tests
    if not rest:
        return [{"operator": "!=", "value": None}]
    if len(rest) == 1 and isinstance(rest[0], Interval):
        found = _interval(rest[0], column_type)
        if found[0]["operator"] != "between":
            raise NotConstant
        return [{"operator": "notBetween", "value": found[0]["value"]}]
    values = [_not_null(test, column_type) for test in rest]
    return [{"operator": "!=", "value": values[0]} if len(values) == 1 else {"operator": "notIn", "value": values}]


def _emptiness(column_type: str) -> tuple[str, str]:
    return _EMPTY.get(column_type, _NULL)


def text_of_conditions(conditions: Sequence[Mapping[str, Any]], column_type: str) -> str:
    """Return the unary tests that say what the conditions of one cell say together."""
    conditions = [condition for condition in conditions if str(condition.get("feel", "?")).strip() not in ("", "-")]
    if not conditions:
        return "-"
    if len(conditions) == 1:
        return _unary(conditions[0], column_type)
    if len(conditions) == 2:
        joined = _pair(conditions[0], conditions[1], column_type)
        if joined:
            return joined
    return " and ".join(f"({_asked(condition, column_type)})" for condition in conditions)


def _pair(low: Mapping[str, Any], high: Mapping[str, Any], column_type: str) -> str:
    if low.get("operator") not in (">", ">=") or high.get("operator") not in ("<", "<="):
        return ""
    opening = "[" if low["operator"] == ">=" else "("
    closing = "]" if high["operator"] == "<=" else ")"
    return f"{opening}{feel_of(low['value'], column_type)}..{feel_of(high['value'], column_type)}{closing}"


def _unary(condition: Mapping[str, Any], column_type: str) -> str:
    if "feel" in condition:
        return _without_null(str(condition["feel"]).strip(), column_type)
    operator, value = condition["operator"], condition.get("value")
    if operator in ("==", "in", "between"):
        return _listed(operator, value, column_type) or _NOTHING
    if operator in ("!=", "notIn", "notBetween"):
        listed = _listed(operator, value, column_type)
        return f"not({listed}, null)" if listed and value is not None else "not(null)"
    if operator in _ORDERING:
        return f"{operator} {feel_of(value, column_type)}"
    return _asked(condition, column_type)


def _listed(operator: str, value: Any, column_type: str) -> str:
    if operator in ("between", "notBetween"):
        return f"[{feel_of(value[0], column_type)}..{feel_of(value[1], column_type)}]"
    values = value if operator in ("in", "notIn") else [value]
    return ", ".join(feel_of(item, column_type) for item in values)


def _asked(condition: Mapping[str, Any], column_type: str) -> str:
    """The condition as an expression of ``?``."""
    if "feel" in condition:
        return _asked_feel(_without_null(str(condition["feel"]).strip(), column_type))
    operator, value = condition["operator"], condition.get("value")
    if operator in ("isEmpty", "isNotEmpty"):
        return _emptiness(column_type)[operator == "isNotEmpty"]
    if operator in _FUNCTIONS:
        listed = operator == "contains" and (column_type == "list" or not isinstance(value, str))
        return f"{'list contains' if listed else _FUNCTIONS[operator]}(?, {feel_of(value, 'any')})"
    if operator in _ORDERING:
        return f"? {operator} {feel_of(value, column_type)}"
    listed = _listed(operator, value, column_type)
    if operator in ("==", "in", "between"):
        return f"? in ({listed})" if listed else _NOTHING
    return f"not(? in ({listed}, null))" if listed and value is not None else "? != null"


def _without_null(text: str, column_type: str) -> str:
    """``not(…)`` of constants matches null in DMN, but not in our tables."""
    if not text.startswith("not("):
        return text
    try:
        tests = parse_unary_tests(text)
        meaning = feel_meaning(tests, column_type)
    except (FeelSyntaxError, WrongType):
        return text
    excluded = tests.negated and meaning is not None and tests.tests[-1] != Literal(None)
    return f"{text[:-1]}, null)" if excluded else text


def _asked_feel(text: str) -> str:
    if text.startswith("not(") and text.endswith(")"):
        return f"not(? in ({text[4:-1]}))"
    return f"? in ({text})"
