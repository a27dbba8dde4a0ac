"""Parts of a table as pages show them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from apps.accounts.contracts import Actor
from apps.decision_tables.models import DecisionTable, DecisionTableVersion

Document = Mapping[str, Any]

MAX_RULES = 200
MAX_VERSIONS = 10
MAX_CELL = 200
# What can be taken along: the format's name in the API, and how people call it.
EXPORTS: Sequence[tuple[str, str]] = (("xlsx", "Excel"), ("csv", "CSV"), ("dmn", "DMN"), ("json", "JSON"))
_SIGNS = {"==": "=", "!=": "≠", ">=": "≥", "<=": "≤"}


def columns_of(document: Document, side: str) -> list[dict[str, str]]:
    """Name, label and type of each column."""
    return [
        {"name": column["name"], "label": column.get("label") or column["name"], "type": column["type"]}
        for column in document.get(side) or []
    ]


def rule_rows(document: Document) -> tuple[list[dict[str, Any]], int]:
    """The first rules as texts, cell by cell, and how many more there are."""
    rules = document.get("rules") or []
    inputs = [column["name"] for column in document.get("input_columns") or []]
    outputs = [column["name"] for column in document.get("output_columns") or []]
    rows = [
        {
            "number": number,
            "enabled": rule.get("enabled", True),
            "annotation": rule.get("annotation") or "",
            "inputs": [condition_text(rule, name) for name in inputs],
            "outputs": [value_text((rule.get("outputs") or {}).get(name)) for name in outputs],
        }
        for number, rule in enumerate(rules[:MAX_RULES], 1)
    ]
    return rows, max(len(rules) - MAX_RULES, 0)


def condition_text(rule: Mapping[str, Any], column: str) -> str:
    """What a rule asks of a column: ``≥ 100``; a dash where it asks nothing."""
    asked = [entry for entry in rule.get("conditions") or [] if entry["column"] == column]
    return _cut(", ".join(_one(entry) for entry in asked) or "–")


def _one(entry: Mapping[str, Any]) -> str:
    if "feel" in entry:
        return entry["feel"] or "–"
    operator = entry.get("operator", "")
    value = entry.get("value")
    sign = _SIGNS.get(operator, operator)
    return sign if value is None else f"{sign} {value_text(value)}"


def value_text(value: Any) -> str:
    """A value in one line; a FEEL expression begins with an equals sign."""
    if value is None:
        return "–"
    if isinstance(value, dict) and set(value) == {"feel"}:
        return _cut(f"= {value['feel']}")
    return _cut(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[:MAX_CELL] + "…"


def version_rows(actor: Actor, table: DecisionTable) -> list[DecisionTableVersion]:
    """The newest versions, with who made them."""
    rows = DecisionTableVersion.objects.for_organization(actor.organization_id).filter(table=table)
    return list(rows.select_related("author").order_by("-number")[:MAX_VERSIONS])
