"""What a table should answer, as simply as possible: rule by rule, condition by condition, from the document alone.

Values are drawn from ``SAMPLES``, where each has a kind and a place in the order of its kind, so that nothing of the
product is needed to compare them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

Document = Mapping[str, Any]
Known = tuple[str, Any]

SAMPLES: dict[str, list[tuple[Any, Known]]] = {
    "string": [(text, ("s", text)) for text in ("", "a", "ab", "b", "ba", "gold", "silver", "é", "\U0001f600")],
    "number": [
        *((number, ("n", Fraction(number))) for number in (-3, 0, 1, 2, 3, 10, 2**53, 2**53 + 1, 0.5, 2.0, 1e22)),
        (0.1, ("n", Fraction("0.1"))),
        (0.3, ("n", Fraction("0.3"))),
        (0.30000000000000004, ("n", Fraction("0.30000000000000004"))),
        (1e23, ("n", Fraction(10**23))),
    ],
    "boolean": [(True, ("b", True)), (False, ("b", False))],
    "date": [(text, ("d", text)) for text in ("2025-12-31", "2026-01-01", "2026-02-28", "2028-02-29")],
    "datetime": [
        ("2026-01-01T10:00:00Z", ("dt", 10)),
        ("2026-01-01T10:00:00", ("dt", 10)),
        ("2026-01-01T12:00:00+02:00", ("dt", 10)),
        ("2026-01-01T10:00:00.5Z", ("dt", 10.5)),
        ("2026-01-01T11:00:00Z", ("dt", 11)),
    ],
    "time": [("10:00:00", ("t", 10)), ("10:00:00Z", ("t", 10)), ("23:59:59", ("t", 24)), ("00:00:00", ("t", 0))],
    "duration": [
        ("P1D", ("dd", 24)),
        ("PT24H", ("dd", 24)),
        ("PT2H", ("dd", 2)),
        ("-PT2H", ("dd", -2)),
        ("P1Y", ("ym", 12)),
        ("P12M", ("ym", 12)),
        ("P2M", ("ym", 2)),
    ],
    "list": [([], ("l", ())), ([1], ("l", (("n", 1),))), (["a", 1], ("l", (("s", "a"), ("n", 1))))],
}
SAMPLES["any"] = [
    *SAMPLES["string"],
    *SAMPLES["number"][:6],
    *SAMPLES["boolean"],
    *SAMPLES["list"],
    ({"a": 1}, ("c", (("a", ("n", 1)),))),
]

Feel = tuple[str, Callable[[Any], bool]]
FEEL: dict[str, list[Feel]] = {
    "string": [
        ("-", lambda v: True),
        ("", lambda v: True),
        ('"a", "gold"', lambda v: v in ("a", "gold")),
        ('not("a", "b")', lambda v: v is not None and v not in ("a", "b")),
        ('> "ab"', lambda v: v is not None and v > "ab"),
        ("null", lambda v: v is None),
        ('starts with(?, "b")', lambda v: v is not None and v.startswith("b")),
        ('? = "a" or ? = null', lambda v: v is None or v == "a"),
    ],
    "number": [
        ("< 2", lambda v: v is not None and v < 2),
        ("[1..3)", lambda v: v is not None and 1 <= v < 3),
        ("]0..2]", lambda v: v is not None and 0 < v <= 2),
        ("1, > 5", lambda v: v is not None and (v == 1 or v > 5)),
        ("not(1, [2..3])", lambda v: v is not None and v != 1 and not 2 <= v <= 3),
        ("0.1 + 0.2", lambda v: v is not None and Fraction(repr(v)) == Fraction("0.3")),
        ("? * 2 > 3", lambda v: v is not None and v * 2 > 3),
        ("null", lambda v: v is None),
        ("not(null)", lambda v: v is not None),
    ],
    "boolean": [("true", lambda v: v is True), ("not(true)", lambda v: v is False)],
    "date": [
        ('>= date("2026-01-01")', lambda v: v is not None and v >= "2026-01-01"),
        ('@"2026-02-28"', lambda v: v == "2026-02-28"),
        ('< "2026-01-01"', lambda v: v is not None and v < "2026-01-01"),
        ("?.year = 2026", lambda v: v is not None and v.startswith("2026")),
    ],
}


def known(value: Any, column_type: str) -> Known:
    """Kind and place of a value."""
    return next(place for sample, place in SAMPLES[column_type] if type(sample) is type(value) and sample == value)


def is_fit(value: Any, column_type: str) -> bool:
    """Whether the value is null or of the type."""
    return value is None or any(type(s) is type(value) and s == value for s, _ in SAMPLES[column_type])


def holds(condition: Mapping[str, Any], value: Any, column_type: str) -> bool:
    """Whether an input meets a condition."""
    if "feel" in condition:
        return dict(FEEL[column_type])[condition["feel"]](value)
    operator, wanted = condition["operator"], condition.get("value")
    if operator in ("isEmpty", "isNotEmpty"):
        return (value is None or value == "" or value == []) == (operator == "isEmpty")
    if wanted is None:
        return (value is None) == (operator == "==")
    return value is not None and _compared(operator, value, wanted, column_type)


def _compared(operator: str, value: Any, wanted: Any, column_type: str) -> bool:
    if operator == "contains":
        if isinstance(value, list):
            return known(wanted, "any") in [known(member, "any") for member in value]
        return isinstance(value, str) and isinstance(wanted, str) and wanted in value
    if operator in ("startsWith", "endsWith"):
        return isinstance(value, str) and (value.startswith if operator == "startsWith" else value.endswith)(wanted)
    if operator in ("not" + word for word in ("In", "Between")):
        positive = {"notIn": "in", "notBetween": "between"}[operator]
        return not _compared(positive, value, wanted, column_type)
    here = known(value, column_type)
    if operator == "in":
        return here in [known(member, column_type) for member in wanted]
    if operator == "between":
        low, high = (known(end, column_type) for end in wanted)
        return here[0] == low[0] and low[1] <= here[1] <= high[1]
    return _ordered(operator, here, known(wanted, column_type))


def _ordered(operator: str, here: Known, there: Known) -> bool:
    if operator in ("==", "!="):
        return (here == there) == (operator == "==")
    if here[0] != there[0]:
        return False
    return {">": here > there, ">=": here >= there, "<": here < there, "<=": here <= there}[operator]


def matching(document: Document, inputs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The enabled rules that match, by priority and row."""
    types = {column["name"]: column["type"] for column in document["input_columns"]}
    return [
        rule
        for rule in sorted(document["rules"], key=lambda rule: rule["priority"])
        if rule["enabled"]
        and all(holds(one, inputs.get(one["column"]), types[one["column"]]) for one in rule["conditions"])
    ]


def expected(document: Document, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """``{"error": code}``, or what the answer must have."""
    columns = document["input_columns"]
    wrong = [column["name"] for column in columns if not is_fit(inputs.get(column["name"]), column["type"])]
    if wrong:
        return {"error": "invalid_input", "columns": wrong}
    return decided(document, matching(document, inputs))


def decided(document: Document, rules: list[Mapping[str, Any]]) -> dict[str, Any]:
    """What the hit policy makes of matching rules."""
    policy, outputs = document["hit_policy"], document["output_columns"]
    if policy in ("PRIORITY", "OUTPUT_ORDER"):
        rules = sorted(
            rules, key=lambda rule: [_place(column, rule) for column in outputs if "allowed_values" in column]
        )
    ids = [rule["id"] for rule in rules]
    answers = [{column["name"]: rule["outputs"].get(column["name"]) for column in outputs} for rule in rules]
    if not rules:
        return {"matched": False, "outputs": document["default_outputs"], "rule_ids": []}
    if policy == "UNIQUE" and len(rules) > 1:
        return {"error": "multiple_rules_matched", "rules": ids}
    if policy == "ANY" and any(answer != answers[0] for answer in answers):
        return {"error": "conflicting_outputs", "rules": ids}
    if policy in ("COLLECT", "RULE_ORDER", "OUTPUT_ORDER"):
        aggregation = document.get("aggregation") if policy == "COLLECT" else None
        lists = {column["name"]: [answer[column["name"]] for answer in answers] for column in outputs}
        return {
            "matched": True,
            "outputs": {name: _all(aggregation, found) for name, found in lists.items()},
            "rule_ids": ids,
        }
    return {"matched": True, "outputs": answers[0], "rule_ids": ids if policy == "ANY" else ids[:1]}


def _place(column: Mapping[str, Any], rule: Mapping[str, Any]) -> int:
    allowed = column["allowed_values"]
    value = rule["outputs"].get(column["name"])
    return len(allowed) if value is None else allowed.index(value)


def _all(aggregation: str | None, values: list[Any]) -> Any:
    present = [value for value in values if value is not None]
    if aggregation in (None, "list"):
        return values
    if aggregation == "count":
        return len(present)
    return {"sum": sum, "min": min, "max": max}[aggregation](present) if present else None
