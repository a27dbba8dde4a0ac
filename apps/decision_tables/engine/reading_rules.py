"""Reading the rules of a table document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from apps.decision_tables.engine.coercion import WrongType, domain_of, plain_json
from apps.decision_tables.engine.columns import MAX_CONDITIONS_PER_CELL, MAX_RULE_ID
from apps.decision_tables.engine.faults import article, shown
from apps.decision_tables.engine.feel.syntax.nodes import UnaryTests
from apps.decision_tables.engine.feel_cells import feel_meaning
from apps.decision_tables.engine.reading_conditions import read_condition
from apps.decision_tables.engine.reading_faults import Faults
from apps.decision_tables.engine.table import AnyCondition, FeelOutput, FeelTest, InputColumn, OutputColumn, Rule

MEMBERS = frozenset({"id", "priority", "conditions", "outputs", "annotation", "enabled"})
MAX_PRIORITY = 1_000_000_000


class RuleReader:
    """Reads the rows of one table; the same FEEL text is parsed once."""

    def __init__(self, inputs: Sequence[InputColumn], outputs: Sequence[OutputColumn], faults: Faults) -> None:
        self._inputs = {column.name: column for column in inputs}
        self._outputs = {column.name: column for column in outputs}
        self._allowed = {
            column.name: {domain_of(column.type).key(domain_of(column.type).read(v)) for v in column.allowed_values}
            for column in outputs
            if column.allowed_values
        }
        self._names = tuple(self._inputs)
        self._faults = faults
        self._ids: set[str] = set()
        self._tests: dict[tuple[str, str], UnaryTests] = {}

    def read(self, value: Any, row: int) -> Rule | None:
        """The rule of a row; None where it is no rule at all."""
        path = f"rules[{row}]"
        if not isinstance(value, Mapping):
            self._faults.add(path, "A rule must be an object.")
            return None
        self._faults.unknown(path, value, MEMBERS)
        return Rule(
            id=self._id(value.get("id"), path, row),
            priority=self._priority(value.get("priority"), path, row),
            conditions=self._conditions(value.get("conditions"), path),
            outputs=self._outputs_of(value.get("outputs"), path),
            annotation=self._faults.text(f"{path}.annotation", value.get("annotation")),
            enabled=self._enabled(value.get("enabled"), path),
        )

    def _id(self, value: Any, path: str, row: int) -> str:
        if value is None:
            value = self._free_id(row)
        if not isinstance(value, str) or not 0 < len(value) <= MAX_RULE_ID:
            self._faults.add(f"{path}.id", f"The id of a rule is text of 1 to {MAX_RULE_ID} characters.")
        elif value in self._ids:
            self._faults.add(f"{path}.id", f"{value!r} is the id of a rule before it.")
        else:
            self._ids.add(value)
        return str(value)

    def _free_id(self, row: int) -> str:
        number = row + 1
        while f"r{number}" in self._ids:
            number += 1
        return f"r{number}"

    def _priority(self, value: Any, path: str, row: int) -> int:
        if value is None:
            return row + 1
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
            self._faults.add(f"{path}.priority", f"A priority is a whole number, and {shown(value)} is not.")
            return row + 1
        if abs(value) > MAX_PRIORITY:
            self._faults.add(f"{path}.priority", f"A priority is between -{MAX_PRIORITY:,} and {MAX_PRIORITY:,}.")
        return int(value)

    def _enabled(self, value: Any, path: str) -> bool:
        if value is not None and not isinstance(value, bool):
            self._faults.add(f"{path}.enabled", "Must be true or false.")
        return value is not False

    def _conditions(self, value: Any, path: str) -> tuple[AnyCondition, ...]:
        items = self._faults.items(f"{path}.conditions", value)
        cells = Counter(item["column"] for item in items if _names_a_column(item))
        for column, count in cells.items():
            if count > MAX_CONDITIONS_PER_CELL:
                message = f"A cell may have at most {MAX_CONDITIONS_PER_CELL} conditions; {column!r} has {count:,}."
                self._faults.add(f"{path}.conditions", message)
                return ()
        read = (self._condition(item, f"{path}.conditions[{at}]") for at, item in enumerate(items))
        return tuple(condition for condition in read if condition is not None)

    def _condition(self, value: Any, path: str) -> AnyCondition | None:
        if not _names_a_column(value):
            self._faults.add(path, "A condition must be an object that names its column.")
            return None
        column = self._inputs.get(value["column"])
        if column is None:
            self._faults.add(f"{path}.column", f"There is no input column {shown(value['column'])}.")
            return None
        if "feel" in value:
            return self._feel_test(value, column, path)
        return read_condition(value, column, path, self._faults)

    def _feel_test(self, value: Mapping[str, Any], column: InputColumn, path: str) -> FeelTest:
        self._faults.unknown(path, value, {"column", "feel"})
        text = self._faults.text(f"{path}.feel", value["feel"])
        if text.strip() in ("", "-"):
            return FeelTest(column.name, text)
        tests = self._tests.get((text, column.type)) or self._parsed(text, column.type, f"{path}.feel")
        if tests is not None:
            self._tests[text, column.type] = tests
        return FeelTest(column.name, text, tests)

    def _parsed(self, text: str, column_type: str, path: str) -> UnaryTests | None:
        tests = self._faults.unary_tests(path, text, self._names)
        try:
            if tests is not None:
                feel_meaning(tests, column_type)
        except WrongType as error:
            given = shown(plain_json(error.args[-1]))
            self._faults.add(path, f"The column holds {article(column_type)}, and {given} is not.")
        return tests

    def _outputs_of(self, value: Any, path: str) -> dict[str, Any]:
        read = {}
        for name, given in self._faults.mapping(f"{path}.outputs", value).items():
            place = f"{path}.outputs.{name}"
            column = self._outputs.get(name)
            if column is None:
                self._faults.add(place, "There is no output column of this name.")
            else:
                read[name] = self._output(given, column, place)
        return read

    def _output(self, value: Any, column: OutputColumn, path: str) -> Any:
        if isinstance(value, dict) and set(value) == {"feel"}:
            text = self._faults.text(f"{path}.feel", value["feel"])
            parsed = self._faults.expression(f"{path}.feel", text, self._names)
            return FeelOutput(text, parsed) if parsed else None
        if not self._faults.fits(path, len(value) if isinstance(value, str) else len(repr(value))):
            return None
        plain = self._faults.plain(path, value, column.type)
        allowed = self._allowed.get(column.name)
        if plain is not None and allowed is not None:
            domain = domain_of(column.type)
            if domain.key(domain.read(plain)) not in allowed:
                listed = ", ".join(map(shown, (column.allowed_values or ())[:10]))
                self._faults.add(path, f"{shown(value)} is none of the allowed values: {listed}.")
        return plain


def _names_a_column(item: Any) -> bool:
    return isinstance(item, Mapping) and isinstance(item.get("column"), str)
