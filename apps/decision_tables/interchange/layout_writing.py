"""A table as rows of cells, from which it can be read again whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.decision_tables.engine.reading import normalized
from apps.decision_tables.interchange.cell_literals import json_of
from apps.decision_tables.interchange.cell_text import write_conditions, write_output
from apps.decision_tables.interchange.layout import (
    ANNOTATION,
    ENABLED,
    HEADS,
    PRIORITY,
    RULE,
    RULES,
    SETTINGS,
    THEN,
    WHEN,
    shielded,
)

_PIECE = 8_000
Column = Mapping[str, Any]
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of text; ``heads`` of them stand above the rules. ``kinds`` and ``types`` are those of the columns."""

    rows: list[list[str]]
    heads: int
    kinds: list[str]
    types: list[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A column of the sheet: its kind, the column of the table, and its cell in a rule."""

    kind: str
    cell: Callable[[Mapping[str, Any]], str]
    column: Column | None = None


def sheet_of(document: Document, name: str, label: str, application: str = "") -> Sheet:
    """The sheet of a table."""
    whole = normalized(document)
    parts = list(_parts(whole))
    rows = [*_titles(name, label, application), *_settings(whole), [part.kind for part in parts], *_heads(whole, parts)]
    rules = [[part.cell(rule) for part in parts] for rule in whole["rules"]]
    if rules and rules[0][0].strip().endswith(":"):
        rows.append([RULES])
    types = [part.column["type"] if part.column else "" for part in parts]
    return Sheet([*rows, *rules], len(rows), [part.kind for part in parts], types)


def _parts(document: Document) -> Iterator[_Part]:
    rules = document["rules"]
    yield _Part(RULE, lambda rule: shielded(rule["id"]))
    if any(rule["priority"] != row for row, rule in enumerate(rules, 1)):
        yield _Part(PRIORITY, lambda rule: str(rule["priority"]))
    if not all(rule["enabled"] for rule in rules):
        yield _Part(ENABLED, lambda rule: "yes" if rule["enabled"] else "no")
    for column in document["input_columns"]:
        yield _Part(WHEN, _condition_cell(column), column)
    for column in document["output_columns"]:
        yield _Part(THEN, _output_cell(column), column)
    if any(rule["annotation"] for rule in rules):
        yield _Part(ANNOTATION, lambda rule: shielded(rule["annotation"]))


def _condition_cell(column: Column) -> Callable[[Mapping[str, Any]], str]:
    def cell(rule: Mapping[str, Any]) -> str:
        tests = [
            {member: value for member, value in condition.items() if member != "column"}
            for condition in rule["conditions"]
            if condition["column"] == column["name"]
        ]
        return write_conditions(tests, column) if tests else ""

    return cell


def _output_cell(column: Column) -> Callable[[Mapping[str, Any]], str]:
    def cell(rule: Mapping[str, Any]) -> str:
        name = column["name"]
        return write_output(rule["outputs"][name], column["type"]) if name in rule["outputs"] else ""

    return cell


def _titles(*texts: str) -> Iterator[list[str]]:
    for title, text in zip(SETTINGS, texts, strict=False):
        if text:
            yield [title, shielded(text)]


def _settings(document: Document) -> Iterator[list[str]]:
    yield ["Hit policy:", document["hit_policy"]]
    if document["aggregation"]:
        yield ["Aggregation:", document["aggregation"]]
    for title, member in (("Metadata:", "metadata"), ("Requires:", "requires")):
        text = json_of(document[member])
        if document[member]:
            yield from ([title, text[at : at + _PIECE]] for at in range(0, len(text), _PIECE))


def _heads(document: Document, parts: Sequence[_Part]) -> Iterator[list[str]]:
    for title, text_of in zip(HEADS, _texts_of_heads(), strict=True):
        cells = [text_of(part.column) if part.column else "" for part in parts]
        if title == HEADS[-1]:
            cells = [_no_match(document["default_outputs"], part) for part in parts]
        if title in ("Name:", "Type:") or any(cells):
            yield [title, *cells[1:]]


def _texts_of_heads() -> Sequence[Callable[[Column], str]]:
    return (
        lambda column: shielded(column["name"]),
        lambda column: shielded(column["label"]),
        lambda column: str(column["type"]),
        lambda column: ", ".join(column["operators"] or ["none"]) if "operators" in column else "",
        lambda column: shielded(column.get("expression", "")),
        lambda column: json_of(column["allowed_values"]) if "allowed_values" in column else "",
        lambda column: write_output(column["default_value"], column["type"]) if "default_value" in column else "",
        lambda column: "",
    )


def _no_match(defaults: Mapping[str, Any], part: _Part) -> str:
    if part.kind != THEN or part.column is None or part.column["name"] not in defaults:
        return ""
    return write_output(defaults[part.column["name"]], part.column["type"])
