"""Decision tables in DMN files: ``read_dmn`` and ``write_dmn``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from apps.decision_tables.engine.columns import MAX_CELL, MAX_COLUMNS, MAX_RULES
from apps.decision_tables.engine.dmn.model import (
    Decision,
    DecisionTableExpression,
    Definitions,
    DrgElement,
    InputData,
)
from apps.decision_tables.interchange.dmn.documents import EXTENSIONS, TableReading
from apps.decision_tables.interchange.dmn.foreign import foreign_report, kept_extensions, own_extension
from apps.decision_tables.interchange.dmn.leftovers import leftovers_of, with_leftovers
from apps.decision_tables.interchange.dmn.namespaces import OWN, child, children
from apps.decision_tables.interchange.dmn.reading import definitions_of
from apps.decision_tables.interchange.dmn.writing import TableWriter, serialized
from apps.decision_tables.interchange.dmn.xml import parse_xml, refused
from apps.decision_tables.interchange.outcome import ReadTable, Report
from apps.decision_tables.interchange.slugs import slug


def read_dmn(content: bytes) -> Sequence[ReadTable]:
    """Return every decision of a file that is a decision table, with what could not be kept.

    Raises ``import_invalid`` for what is no DMN, or larger than tables may be.
    """
    root = parse_xml(content)
    model = definitions_of(root)
    shared = foreign_report(root)
    shared.extend(_left_out(model))
    found = []
    for element, decision in zip(children(root, "decision"), _decisions(model), strict=True):
        if isinstance(decision.expression, DecisionTableExpression):
            found.append(_table(element, decision, decision.expression, model, shared))
    if not found:
        raise refused("The file is DMN, but none of its decisions is a decision table.")
    return found


def write_dmn(document: Mapping[str, Any], name: str, label: str, application: str = "") -> bytes:
    """Return a DMN 1.5 file of a table; reading it again gives the same document.

    The rows stand in the order of priorities; rules that are switched off are only in our own extension.
    """
    document = _complete(document)
    metadata = document.get("metadata") or {}
    extensions = [text for text in metadata.get(EXTENSIONS, ()) if isinstance(text, str)]
    shown = {**document, "rules": sorted(_enabled(document), key=_priority)}
    writer = TableWriter(shown, name, label, application)
    plain = read_dmn(serialized(writer.definitions(extensions=extensions)))[0].document
    extension = leftovers_of({**document, "rules": _enabled(document)}, plain, _disabled(document))
    return serialized(TableWriter(shown, name, label, application).definitions(extension, extensions))


def _complete(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the members that writing needs; what it leaves out means the same."""
    rules = [{"id": f"r{number}", **rule} for number, rule in enumerate(document.get("rules") or (), start=1)]
    whole = {"hit_policy": "FIRST", "input_columns": [], "output_columns": [], **document, "rules": rules}
    return {**whole, "hit_policy": whole["hit_policy"] or "FIRST"}


def _enabled(document: Mapping[str, Any]) -> list[Any]:
    return [rule for rule in document["rules"] if rule.get("enabled", True)]


def _priority(rule: Mapping[str, Any]) -> int:
    return int(rule.get("priority", 0))


def _disabled(document: Mapping[str, Any]) -> list[Any]:
    found, after = [], None
    for rule in document["rules"]:
        if not rule.get("enabled", True):
            found.append({"after": after, "rule": rule})
        after = rule["id"]
    return found


def _decisions(model: Definitions) -> list[Decision]:
    return [element for element in model.elements if isinstance(element, Decision)]


def _left_out(model: Definitions) -> Report:
    return [
        {
            "severity": "info",
            "place": element.name,
            "message": f"{element.name!r} is no decision table and was left out.",
        }
        for element in model.elements
        if not isinstance(element, InputData) and not _is_table(element)
    ]


def _is_table(element: DrgElement) -> bool:
    return isinstance(element, Decision) and isinstance(element.expression, DecisionTableExpression)


def _table(
    element: etree._Element, decision: Decision, table: DecisionTableExpression, model: Definitions, shared: Report
) -> ReadTable:
    _check_limits(decision.name, table)
    needed = {reference.id for reference in decision.requirements}
    report = [*shared, *(_required(other.name) for other in _decisions(model) if other.id in needed)]
    reading = TableReading(table, decision, model, report)
    inner = child(element, "decisionTable")
    plain = reading.document(kept_extensions(element, *(() if inner is None else (inner,))))
    return ReadTable(
        document=with_leftovers(plain, own_extension(inner) if inner is not None else ""),
        report=report,
        name=element.get(f"{{{OWN}}}name") or slug(decision.name),
        label=element.get(f"{{{OWN}}}label") or decision.label or decision.name,
        description=decision.description,
        application=element.get(f"{{{OWN}}}application", ""),
    )


def _required(name: str) -> dict[str, Any]:
    message = f"The table needs the result of {name!r}. Add it as a required table, or give it as an input."
    return {"severity": "warning", "place": name, "message": message}


def _check_limits(name: str, table: DecisionTableExpression) -> None:
    if len(table.rules) > MAX_RULES:
        raise refused(f"The table {name!r} has {len(table.rules):,} rules, and a table may have {MAX_RULES:,}.")
    columns = len(table.inputs) + len(table.outputs)
    if columns > MAX_COLUMNS:
        raise refused(f"The table {name!r} has {columns:,} columns, and a table may have {MAX_COLUMNS:,}.")
    for number, rule in enumerate(table.rules, start=1):
        for text in (*rule.inputs, *rule.outputs):
            if len(text) > MAX_CELL:
                raise refused(
                    f"A cell of rule {number} of the table {name!r} has {len(text):,} characters, "
                    f"and a cell may have {MAX_CELL:,}.",
                    path=f"rules[{number - 1}]",
                )
