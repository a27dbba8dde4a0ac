"""Rows of cells as a table: with the kinds of columns in a row, or with one row of headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.decision_tables.engine.columns import MAX_COLUMNS, MAX_RULES
from apps.decision_tables.interchange.cell_commas import pointed_answer, pointed_condition
from apps.decision_tables.interchange.cell_literals import value_of_json
from apps.decision_tables.interchange.layout import KINDS, RULE, SETTINGS, THEN, WHEN, Line, unshielded
from apps.decision_tables.interchange.layout_columns import SheetColumn, columns_of_heads, head_lines, plain_columns
from apps.decision_tables.interchange.layout_rules import RuleRows
from apps.decision_tables.interchange.limits import refused, too_many_columns, too_many_rules
from apps.decision_tables.interchange.outcome import Document, ReadTable, Report
from exprsn.kernel.errors import InvalidInput


def table_of(lines: Sequence[Line]) -> ReadTable:
    """The table that the rows of a sheet describe. Refused with ``import_invalid``, naming the cells."""
    settings, rest = _settings(lines)
    if not rest:
        raise InvalidInput("The file holds no decision table: it has no columns.", code="import_not_recognized")
    report: Report = []
    columns, rules = _columns(rest, report)
    used = sum(column.kind in (WHEN, THEN) for column in columns)
    if used > MAX_COLUMNS:
        raise too_many_columns(used)
    if len(rules) > MAX_RULES:
        raise too_many_rules()
    document = {
        **_document_settings(settings),
        "input_columns": [column.document for column in columns if column.kind == WHEN],
        "output_columns": [column.document for column in columns if column.kind == THEN],
        "rules": RuleRows(columns, report).read(rules),
    }
    defaults = {column.document["name"]: column.no_match for column in columns if column.has_no_match}
    if defaults:
        document["default_outputs"] = defaults
    if any(_has_decimal_comma(line, columns) for line in rest if line.decimal_comma):
        message = "Commas in numbers were read as decimal points, because semicolons stand between the cells."
        report.append({"severity": "info", "place": "content", "message": message})
    name, label, application = (unshielded(settings.get(title, "")) for title in SETTINGS[:3])
    return ReadTable(document, report, name=name, label=label, application=application)


def _has_decimal_comma(line: Line, columns: Sequence[SheetColumn]) -> bool:
    for column in columns:
        if column.document.get("type") == "number":
            text = line.cell(column.at).strip()
            pointed = pointed_condition if column.kind == WHEN else pointed_answer
            if pointed(text) != text:
                return True
    return False


def _settings(lines: Sequence[Line]) -> tuple[dict[str, str], Sequence[Line]]:
    """The rows ``Hit policy:``, ``Label:`` … at the top; a title that comes again goes on with its text."""
    found: dict[str, str] = {}
    known = {title.lower(): title for title in SETTINGS}
    for at, line in enumerate(lines):
        title = known.get(line.cell(0).strip().lower())
        if title is None:
            return found, lines[at:]
        found[title] = found.get(title, "") + line.cell(1)
    return found, []


def _document_settings(settings: Mapping[str, str]) -> Document:
    document: Document = {}
    policy = settings.get("Hit policy:", "").strip().upper().replace(" ", "_")
    if policy:
        document["hit_policy"] = policy
    if settings.get("Aggregation:", "").strip():
        document["aggregation"] = settings["Aggregation:"].strip().lower()
    for title, member, kind in (("Metadata:", "metadata", dict), ("Requires:", "requires", list)):
        if settings.get(title, "").strip():
            document[member] = _json(settings[title], title, kind)
    return document


def _json(text: str, title: str, kind: type) -> Any:
    value = value_of_json(text.strip())
    if not isinstance(value, kind):
        raise refused(f"{title} must be JSON: {'a list' if kind is list else 'an object'}.")
    return value


def _columns(lines: Sequence[Line], report: Report) -> tuple[list[SheetColumn], Sequence[Line]]:
    kinds = _kinds(lines[0])
    if kinds is None:
        return plain_columns(lines[0], lines[1:], report), lines[1:]
    titled = RULE in kinds and kinds.index(RULE) == 0
    heads, rules = head_lines(lines[1:], titled=titled)
    return columns_of_heads(kinds, heads, rules), rules


def _kinds(line: Line) -> list[str] | None:
    """The kind of each column, if the row names kinds; those of joined cells go on to the right."""
    words = [KINDS.get(cell.strip().lower(), "" if not cell.strip() else None) for cell in line.cells]
    if None in words or THEN not in words:
        return None
    kinds: list[str] = []
    for word in words:
        joined = kinds[-1] if kinds and kinds[-1] in (WHEN, THEN) else ""
        kinds.append(word or joined)
    return kinds
