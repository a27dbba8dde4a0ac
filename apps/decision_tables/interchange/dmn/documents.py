"""One decision table of a DMN file as a document of ours."""

from __future__ import annotations

import re
from typing import Any

from apps.decision_tables.engine.columns import AGGREGATIONS, MAX_CELL, MAX_RULE_ID, SCHEMA_VERSION
from apps.decision_tables.engine.dmn.hit_policies import policy_name
from apps.decision_tables.engine.dmn.model import Decision, DecisionTableExpression, Definitions, TableRule
from apps.decision_tables.engine.faults import TableInvalid
from apps.decision_tables.engine.reading import read_table
from apps.decision_tables.interchange.dmn.cells import NotFeel, conditions_of, loses_null, output_of
from apps.decision_tables.interchange.dmn.columns import ColumnReader
from apps.decision_tables.interchange.outcome import Report

EXTENSIONS = "dmn_extensions"
"""The member of the metadata that keeps what other tools added."""
_CELL = re.compile(r"rules\[(\d+)\]\.(?:conditions\[(\d+)\]|outputs\.(.+))")


class TableReading:
    """One table read plainly, without what our own extension adds."""

    def __init__(self, table: DecisionTableExpression, decision: Decision, model: Definitions, report: Report) -> None:
        self._table = table
        self._report = report
        columns = ColumnReader(model, self._note)
        self._inputs = columns.inputs(table.inputs)
        fallback = decision.variable.name or decision.name
        self._outputs, self._defaults = columns.outputs(table.outputs, fallback)
        self._names = [column["name"] for column in self._inputs]

    def _note(self, severity: str, place: str, message: str) -> None:
        self._report.append({"severity": severity, "place": place, "message": message})

    def document(self, extensions: list[str]) -> dict[str, Any]:
        """Return the document; columns whose cells are not of their type become columns of any type."""
        document = self._document(extensions)
        wrong = _wrong_columns(document)
        if wrong:
            for column in (*self._inputs, *self._outputs):
                if column["name"] in wrong:
                    self._widen(column)
            document = self._document(extensions)
        self._report.extend(self._rule_notes)
        if self._null_lost:
            self._note("info", "not(…)", 'Cells such as not("a") match a missing input in DMN; here they do not.')
        return document

    def _widen(self, column: dict[str, Any]) -> None:
        message = f"Some cells are not of the type {column['type']} or not allowed; the column takes any value now."
        self._note("warning", column["name"], message)
        column["type"] = "any"
        column.pop("allowed_values", None)

    def _document(self, extensions: list[str]) -> dict[str, Any]:
        self._ids: set[str] = set()
        self._rule_notes: Report = []
        self._null_lost = False
        return {
            "schema_version": SCHEMA_VERSION,
            "hit_policy": self._hit_policy(),
            "aggregation": self._aggregation(),
            "input_columns": self._inputs,
            "output_columns": self._outputs,
            "rules": [self._rule(rule, number) for number, rule in enumerate(self._table.rules, start=1)],
            "default_outputs": self._defaults,
            "metadata": {EXTENSIONS: extensions} if extensions else {},
            "requires": [],
        }

    def _hit_policy(self) -> str:
        name = policy_name(self._table.hit_policy).replace(" ", "_")
        if name in ("UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE_ORDER", "OUTPUT_ORDER"):
            return name
        self._note("warning", "hit policy", f"The hit policy {name[:40]!r} is not known; the table is UNIQUE now.")
        return "UNIQUE"

    def _aggregation(self) -> str | None:
        found = self._table.aggregation.lower()
        if found and found not in AGGREGATIONS:
            self._note("warning", "aggregation", f"The aggregation {found[:40]!r} is not known and was left out.")
        return found if found in AGGREGATIONS else None

    def _rule(self, rule: TableRule, number: int) -> dict[str, Any]:
        unread: list[str] = []
        name = self._id(rule.id, number)
        document = {
            "id": name,
            "priority": number,
            "conditions": self._conditions(rule, unread),
            "outputs": self._outputs_of(rule, unread),
            "annotation": "; ".join(filter(None, (rule.description, *rule.annotations))),
            "enabled": not unread,
        }
        if unread:
            kept = "; ".join(unread)
            document["annotation"] = f"{document['annotation']} (not read: {kept})".strip()[:MAX_CELL]
            message = f"The rule is switched off, because it could not be read: {kept[:500]}"
            self._rule_notes.append({"severity": "warning", "place": f"rule {name}", "message": message})
        return document

    def _id(self, wanted: str, number: int) -> str:
        name = wanted if 0 < len(wanted) <= MAX_RULE_ID else f"r{number}"
        suffix = 2
        chosen = name
        while chosen in self._ids:
            chosen = f"{name[: MAX_RULE_ID - 6]}_{suffix}"
            suffix += 1
        self._ids.add(chosen)
        return chosen

    def _conditions(self, rule: TableRule, unread: list[str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for column, text in zip(self._inputs, rule.inputs, strict=False):
            try:
                cell = conditions_of(text, column["type"], self._names) if rule.feel else _refuse()
            except NotFeel as error:
                unread.append(f"{column['name']}: {text[:200]} ({error})")
                continue
            found.extend({"column": column["name"], **condition} for condition in cell)
            self._null_lost = self._null_lost or loses_null(text, cell)
        return found

    def _outputs_of(self, rule: TableRule, unread: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for column, text in zip(self._outputs, rule.outputs, strict=False):
            if not text:
                continue
            try:
                found[column["name"]] = output_of(text, column["type"], self._names) if rule.feel else _refuse()
            except NotFeel as error:
                unread.append(f"{column['name']}: {text[:200]} ({error})")
        return found


def _wrong_columns(document: dict[str, Any]) -> set[str]:
    """The names of columns whose cells the table could not be made with."""
    try:
        read_table(document)
    except TableInvalid as refused:
        return {name for path in refused.errors if (name := _column_of(path, document))}
    return set()


def _column_of(path: str, document: dict[str, Any]) -> str:
    found = _CELL.match(path)
    if found is None:
        return ""
    rule, condition, output = found.groups()
    return output or str(document["rules"][int(rule)]["conditions"][int(condition)]["column"])


def _refuse() -> Any:
    raise NotFeel("its expression language is not FEEL")
