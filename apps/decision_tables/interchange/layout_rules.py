"""The rules of a sheet, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.decision_tables.engine.columns import is_name
from apps.decision_tables.interchange.cell_commas import pointed_answer, pointed_condition
from apps.decision_tables.interchange.cell_literals import NOTHING
from apps.decision_tables.interchange.cell_text import BadCell, read_conditions, read_output
from apps.decision_tables.interchange.layout import ANNOTATION, ENABLED, PRIORITY, RULE, THEN, WHEN, Line, unshielded
from apps.decision_tables.interchange.layout_columns import SheetColumn
from apps.decision_tables.interchange.limits import MAX_FAULTS, cell_name
from apps.decision_tables.interchange.outcome import Document, Report
from exprsn.kernel.errors import InvalidInput

_OFF = frozenset({"no", "false", "0", "off", "n"})
_ON = frozenset({"", "yes", "true", "1", "on", "y"})
# Types whose cells look like names only by a slip of the pen.
_STRICT = frozenset({"number", "boolean", "date", "datetime", "time", "duration"})
_MAX_TOLD = 50


class RuleRows:
    """Reads rows; the same text in the same column is read once. All faults are told at once."""

    def __init__(self, columns: Sequence[SheetColumn], report: Report) -> None:
        self._columns = columns
        self._report = report
        self._names = {column.document["name"] for column in columns if column.kind == WHEN}
        self._known: dict[tuple[int, str], Any] = {}
        self._faults: dict[str, list[str]] = {}

    def read(self, lines: Sequence[Line]) -> list[Document]:
        """The rules. Refused with ``import_invalid``, naming the cells."""
        rules = [self._rule(line) for line in lines]
        if self._faults:
            place, (message, *_) = next(iter(self._faults.items()))
            raise InvalidInput(f"{place}: {message}", code="import_invalid", errors=self._faults)
        return rules

    def _rule(self, line: Line) -> Document:
        rule: Document = {"conditions": [], "outputs": {}}
        for column in self._columns:
            text = line.cell(column.at).strip()
            if not text:
                continue
            try:
                self._set(rule, column, _pointed(text, column) if line.decimal_comma else text, line)
            except BadCell as error:
                self._fault(cell_name(line.number, column.at), str(error))
        return rule

    def _set(self, rule: Document, column: SheetColumn, text: str, line: Line) -> None:
        if column.kind == WHEN:
            name = column.document["name"]
            rule["conditions"] += [{"column": name, **test} for test in self._tests(column, text, line)]
        elif column.kind == THEN:
            value = self._once(column, text, lambda: read_output(text, column.document["type"]))
            if value is not NOTHING:
                rule["outputs"][column.document["name"]] = value
        else:
            rule[_MEMBERS[column.kind]] = _READERS[column.kind](text)

    def _tests(self, column: SheetColumn, text: str, line: Line) -> list[Mapping[str, Any]]:
        new = (column.at, text) not in self._known
        tests: list[Mapping[str, Any]] = self._once(column, text, lambda: read_conditions(text, column.document))
        if new and tests and column.document["type"] in _STRICT:
            feel = str(tests[0].get("feel", ""))
            if feel == text and is_name(feel) and feel not in self._names and len(self._report) < _MAX_TOLD:
                message = f"{feel[:60]!r} is no {column.document['type']}; it is kept as a FEEL expression."
                self._report.append(
                    {"severity": "warning", "place": cell_name(line.number, column.at), "message": message}
                )
        return tests

    def _once(self, column: SheetColumn, text: str, read: Any) -> Any:
        key = (column.at, text)
        if key not in self._known:
            self._known[key] = read()
        return self._known[key]

    def _fault(self, place: str, message: str) -> None:
        if len(self._faults) < MAX_FAULTS:
            self._faults[place] = [message]


def _pointed(text: str, column: SheetColumn) -> str:
    if column.document.get("type") != "number":
        return text
    return pointed_condition(text) if column.kind == WHEN else pointed_answer(text)


def _priority(text: str) -> int:
    try:
        number = float(text)
    except ValueError:
        number = 0.5
    if number != number // 1 or abs(number) > 1e15:
        raise BadCell(f"A priority is a whole number, and {text[:60]!r} is not.")
    return int(number)


def _enabled(text: str) -> bool:
    if text.lower() not in _OFF | _ON:
        raise BadCell("Write yes or no.")
    return text.lower() not in _OFF


_MEMBERS = {RULE: "id", PRIORITY: "priority", ENABLED: "enabled", ANNOTATION: "annotation"}
_READERS: Mapping[str, Any] = {
    RULE: unshielded,
    PRIORITY: _priority,
    ENABLED: _enabled,
    ANNOTATION: unshielded,
}
