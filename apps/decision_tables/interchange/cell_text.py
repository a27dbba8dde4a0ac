"""Cells as people write them: ``>= 100``, ``[18..65)``, ``"gold", "silver"``, ``not(…)``, any FEEL.

The same grammar as the grid's (``condition-text.ts``, ``output-text.ts``): what is copied from there is understood
here. What no such text can say is written ``json: …``, so that a file always says all of its table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from apps.decision_tables.engine.columns import LISTS, OPERATORS_OF, RANGES
from apps.decision_tables.interchange.cell_commas import answer_fault, condition_fault
from apps.decision_tables.interchange.cell_dates import temporal_fault
from apps.decision_tables.interchange.cell_literals import (
    NOTHING,
    json_of,
    literal_texts,
    read_literal,
    value_of_json,
)
from apps.decision_tables.interchange.cell_operators import SIGNS, read_operator
from apps.decision_tables.interchange.cell_parts import AND, COMMA, ENDS, split_outside, unfinished

Column = Mapping[str, Any]
# A condition without its column: ``{operator, value}`` or ``{feel}``.
Test = dict[str, Any]
EXACT = "json:"
# What some kind of file cannot carry, or what is lost at the ends of a cell.
_UNSAFE = re.compile(r"[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|^\s|\s\Z")
_BRACKETED = re.compile(r"[\[(](.*)[\])]", re.DOTALL)
_NEGATED = re.compile(r"not\s*\((.*)\)", re.DOTALL)
_LOW, _HIGH = {">=": "[", ">": "("}, {"<=": "]", "<": ")"}


class BadCell(ValueError):
    """The text can be no cell of its column."""


def is_safe(text: str) -> bool:
    """Whether any file can carry a text as it stands."""
    return _UNSAFE.search(text) is None


def read_conditions(typed: str, column: Column) -> list[Test]:
    """What a text asks of its column; nothing and ``-`` ask nothing. Raises ``BadCell``."""
    text = typed.strip()
    if text in ("", "-", "–"):
        return []
    if text.startswith(EXACT):
        return _exact_tests(text)
    fault = condition_fault(text) if column["type"] == "number" else None
    if fault is not None:
        raise BadCell(fault)
    tests = _simple(text, column)
    if tests is not None:
        _check(tests, column)
        return tests
    missing = temporal_fault(text, column["type"])
    if missing is not None:
        raise BadCell(missing)
    opened = unfinished(text)
    if opened is not None:
        raise BadCell(f"Something is missing behind {opened}.")
    return [{"feel": text}]


def write_conditions(tests: Sequence[Test], column: Column) -> str:
    """The tests of a cell as a text that is understood as the same."""
    for text in _ways(tests, column):
        if is_safe(text) and _understood(text, column) == list(tests):
            return text
    return f"{EXACT} {json_of(list(tests))}"


def read_output(typed: str, column_type: str) -> Any:
    """What a rule answers: a value, or an expression behind ``=``; ``NOTHING`` where nothing is said."""
    text = typed.strip()
    if text == "":
        return NOTHING
    if text.startswith(EXACT):
        return _exact(text)
    if text.startswith("="):
        return {"feel": _expression(text[1:].strip())}
    value = read_literal(text, column_type)
    if value is not NOTHING:
        return value
    if column_type in ("string", "any"):
        return text
    fault = answer_fault(text) if column_type == "number" else None
    raise BadCell(fault or f"{text[:60]!r} is no {column_type}. Begin with = to compute it.")


def write_output(value: Any, column_type: str) -> str:
    """The text that is understood as this answer."""
    feel = value.get("feel") if isinstance(value, dict) and len(value) == 1 else None
    texts = [f"= {feel}"] if isinstance(feel, str) else literal_texts(value, column_type)
    for text in texts:
        if is_safe(text) and _is_answer(text, column_type, value):
            return text
    return f"{EXACT} {json_of(value)}"


def _is_answer(text: str, column_type: str, value: Any) -> bool:
    try:
        found = read_output(text, column_type)
    except BadCell:
        return False
    return bool(found == value) and isinstance(found, bool) == isinstance(value, bool)


def _exact(text: str) -> Any:
    value = value_of_json(text.removeprefix(EXACT).strip())
    if value is NOTHING:
        raise BadCell("What follows json: is no JSON.")
    return value


def _exact_tests(text: str) -> list[Test]:
    value = _exact(text)
    tests = [{"feel": value}] if isinstance(value, str) else value
    if not isinstance(tests, list) or not all(isinstance(test, dict) and "column" not in test for test in tests):
        raise BadCell("What follows json: is no list of conditions.")
    return tests


def _expression(text: str) -> str:
    opened = unfinished(text)
    if text == "" or opened is not None:
        raise BadCell("Write an expression behind =." if opened is None else f"Something is missing behind {opened}.")
    return text


def _one(operator: str, value: Any) -> list[Test]:
    return [{"operator": operator, "value": value}]


def _simple(text: str, column: Column) -> list[Test] | None:
    parts = split_outside(text, AND)
    if len(parts) > 1 and all(read_operator(part) for part in parts):
        each = [_signed(part, column) for part in parts]
        return None if None in each else [test for tests in each for test in tests or ()]
    if read_operator(text):
        return _signed(text, column)
    known = _negated(text, column) or _range(text, column)
    if known:
        return known
    value = read_literal(text, column["type"])
    if value is not NOTHING:
        return _one("==" if value is None else _bare(column), value)
    values = _values(text, column["type"])
    return None if values is None else _one("in", values)


def _signed(text: str, column: Column) -> list[Test] | None:
    found = read_operator(text)
    if found is None:
        return None
    operator, rest = found
    kind = column["type"]
    if operator not in OPERATORS_OF[kind]:
        return [{"operator": operator}]  # told as the fault that it is
    if operator in ("isEmpty", "isNotEmpty"):
        return None if rest else [{"operator": operator}]
    if operator in RANGES:
        ends = [read_literal(part, kind) for part in split_outside(_inner(rest), ENDS)]
        return _one(operator, ends) if len(ends) == 2 and NOTHING not in ends else None
    if operator in LISTS:
        values = _values(_inner(rest), kind) if rest else None
        return None if values is None else _one(operator, values)
    value = rest if operator == "matches" and not rest.startswith('"') else read_literal(rest, _operand(operator, kind))
    return None if value is NOTHING or not rest else _one(operator, value)


def _operand(operator: str, column_type: str) -> str:
    return "any" if operator == "contains" and column_type == "list" else column_type


def _inner(text: str) -> str:
    found = _BRACKETED.fullmatch(text)
    return found[1].strip() if found else text


def _values(text: str, column_type: str) -> list[Any] | None:
    values = [read_literal(part, column_type) for part in split_outside(text, COMMA)]
    return None if any(value is NOTHING or value is None for value in values) else values


def _negated(text: str, column: Column) -> list[Test] | None:
    found = _NEGATED.fullmatch(text)
    inner = found[1].strip() if found else ""
    if not inner:
        return None
    ends = _ends(inner, column["type"])
    if ends:
        low, high, opens, closes = ends
        return _one("notBetween", [low, high]) if (opens, closes) == (True, True) else None
    values = _values(inner, column["type"])
    if values is None:
        return None
    return _one("!=", values[0]) if len(values) == 1 else _one("notIn", values)


def _range(text: str, column: Column) -> list[Test] | None:
    ends = _ends(text, column["type"])
    if not ends:
        return None
    low, high, low_in, high_in = ends
    if low_in and high_in and (_may_use("between", column) or not _may_use(">=", column)):
        return _one("between", [low, high])
    return _one(">=" if low_in else ">", low) + _one("<=" if high_in else "<", high)


def _ends(text: str, column_type: str) -> tuple[Any, Any, bool, bool] | None:
    """``[low..high)``: both ends and whether they are included; without brackets they are."""
    if ".." not in text:
        return None
    opens = text[0] if text[0] in "[](" else ""
    closes = text[-1] if text[-1] in "])[" else ""
    if bool(opens) != bool(closes):
        return None
    body = text[1:-1] if opens else text
    low, high = (read_literal(part.strip(), column_type) for part in body.split("..", 1))
    if low is NOTHING or high is NOTHING or low is None or high is None:
        return None
    return low, high, opens in ("", "["), closes in ("", "]")


def _allowed(column: Column) -> Sequence[str] | None:
    return column.get("operators") or None


def _may_use(operator: str, column: Column) -> bool:
    allowed = _allowed(column)
    return operator in OPERATORS_OF[column["type"]] and (allowed is None or operator in allowed)


def _bare(column: Column) -> str:
    """What a value by itself means: equal, or the one thing that the column can ask."""
    allowed = _allowed(column)
    return allowed[0] if allowed and len(allowed) == 1 else "=="


def _check(tests: Sequence[Test], column: Column) -> None:
    for test in tests:
        operator = str(test["operator"])
        if operator not in OPERATORS_OF[column["type"]]:
            raise BadCell(f"A column of type {column['type']} has no operator {operator}.")
        if not _may_use(operator, column):
            raise BadCell(f"The column takes only {', '.join(_allowed(column) or ())}.")


def _understood(text: str, column: Column) -> list[Test] | None:
    try:
        return read_conditions(text, column)
    except BadCell:
        return None


def _ways(tests: Sequence[Test], column: Column) -> list[str]:
    """Ways to write a cell, the tidiest first."""
    if len(tests) == 1:
        return _ways_of_one(tests[0], column["type"])
    each = " and ".join(_ways_of_one(test, column["type"])[-1] for test in tests)
    span = _span(tests)
    return [span, each] if span else [each]


def _span(tests: Sequence[Test]) -> str:
    if len(tests) != 2:
        return ""
    low, high = tests
    opens, closes = _LOW.get(low.get("operator", "")), _HIGH.get(high.get("operator", ""))
    return f"{opens}{_plain(low['value'])}..{_plain(high['value'])}{closes}" if opens and closes else ""


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json_of(value)


def _ways_of_one(test: Test, column_type: str) -> list[str]:
    if "feel" in test:
        return [str(test["feel"])]
    operator: str = test["operator"]
    value: Any = test.get("value")
    sign = SIGNS[operator]
    if operator in ("isEmpty", "isNotEmpty"):
        return [sign]
    if operator in LISTS:
        bare, quoted = (", ".join(literal_texts(each, column_type)[at] for each in value) for at in (0, -1))
        wraps = ("{}",) if operator == "in" else ("not({})",)
        short = [wrap.format(text) for wrap in wraps for text in (bare, quoted)] if len(value) > 1 else []
        return [*short, f"{sign} ({quoted})"]
    if operator in RANGES:
        span = f"{_plain(value[0])}..{_plain(value[1])}"
        ends = " and ".join(literal_texts(each, column_type)[-1] for each in value)
        return [span if operator == "between" else f"not({span})", f"{sign} {ends}"]
    texts = literal_texts(value, column_type)
    return [*texts, *(f"{sign} {text}" for text in texts)]
