"""Tables ready to answer: compiled once per version, then asked as often as wanted.

Every column has an index that gives the rules whose condition on it holds, as the bits of one whole number. An answer
is the bitwise AND of one such mask per column, whatever the number of rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import repeat
from operator import and_
from typing import Any

from apps.decision_tables.engine.coercion import WrongType, domain_of, feel_value
from apps.decision_tables.engine.compiled_columns import CompiledColumn, compile_column
from apps.decision_tables.engine.deciding import Decider
from apps.decision_tables.engine.faults import EvaluationError, invalid_input
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.engine.hit_policies import ranking
from apps.decision_tables.engine.results import Evaluation
from apps.decision_tables.engine.table import Table
from apps.decision_tables.engine.tracing import trace_of

MASK_BYTES = 64 << 20
CHUNK = 256
_NO_LOOKUP = (WrongType, TypeError, AttributeError)


def compile_table(table: Table, *, mask_bytes: int = MASK_BYTES) -> CompiledTable:
    """The table, ready to answer. ``mask_bytes`` is about how much memory its indexes may take."""
    rules = ranking(table)
    budget = mask_bytes // max(1, len(table.input_columns))
    columns = [compile_column(column, rules, budget) for column in table.input_columns]
    return CompiledTable(table, rules, columns)


class CompiledTable:
    """A table that answers. It never changes, and threads may share it."""

    def __init__(self, table: Table, rules: Sequence[Any], columns: Sequence[CompiledColumn]) -> None:
        self.table = table
        self.rules = rules
        self.columns = columns
        self._decider = Decider(table, rules)
        self._decide = self._decider.quick()
        self._full = (1 << len(rules)) - 1
        self._plan = [(column.name, column.lookup) for column in columns]
        self._types = {column.name: column.domain.type for column in columns if column.expression is None}
        self._is_scoped = self._decider.needs_scope or any(column.is_scoped for column in columns)

    def evaluate(self, inputs: Mapping[str, Any], *, explain: bool = False) -> Evaluation:
        """The answer for JSON inputs; ``explain`` adds every match and a trace. Raises ``EvaluationError``."""
        if explain or self._is_scoped:
            return self._evaluate_with_scope(inputs, explain)
        mask = self._full
        try:
            given = inputs.get
            for name, lookup in self._plan:
                mask &= lookup(given(name))  # type: ignore[operator]  # None says that the input is no number
        except _NO_LOOKUP:
            return self._evaluate_with_scope(inputs, explain)
        return self._decide(mask)

    def evaluate_batch(
        self, rows: Sequence[Mapping[str, Any]], *, explain: bool = False
    ) -> list[Evaluation | EvaluationError]:
        """The answers for many inputs, in their order; a row that cannot be answered gives its error."""
        if explain or self._is_scoped:
            return [self._tried(row, explain) for row in rows]
        found: list[Evaluation | EvaluationError] = []
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            try:
                found.extend(self._at_once(chunk))
            except (*_NO_LOOKUP, EvaluationError):
                found.extend(self._tried(row, explain) for row in chunk)
        return found

    def _at_once(self, rows: Sequence[Mapping[str, Any]]) -> list[Evaluation]:
        """The answers of rows that have no faults, worked out column by column."""
        masks: Any = repeat(self._full, len(rows))
        for name, lookup in self._plan:
            masks = map(and_, masks, map(lookup, [row.get(name) for row in rows]))
        return list(map(self._decide, masks))

    def _tried(self, row: Mapping[str, Any], explain: bool) -> Evaluation | EvaluationError:
        try:
            return self.evaluate(row, explain=explain)
        except EvaluationError as error:
            return error

    def _evaluate_with_scope(self, inputs: Mapping[str, Any], explain: bool) -> Evaluation:
        values, scope = self._values(inputs)
        mask = self._full
        for column in self.columns:
            mask &= column.mask(values[column.name], scope)
        tracing = partial(trace_of, self.table, self.rules, self.columns, values, scope, mask) if explain else None
        return self._decider.decide(mask, scope, tracing)

    def _values(self, inputs: Mapping[str, Any]) -> tuple[dict[str, Value], Scope]:
        """The typed value of every column, and the scope in which expressions see them by name."""
        if not isinstance(inputs, Mapping):
            raise EvaluationError("The inputs must be an object of column names and values.", code="invalid_input")
        types = {name: self._types.get(name, "any") for name in (*self._types, *inputs)}
        typed: dict[str, Value] = {}
        faults: list[tuple[str, str, Any]] = []
        for name, column_type in types.items():
            given = inputs.get(name)
            try:
                typed[name] = None if given is None else domain_of(column_type).read(given)
            except WrongType:
                if name in self._types:
                    faults.append((name, column_type, given))
        if faults:
            raise invalid_input(faults)
        return self._computed(typed)

    def _computed(self, typed: dict[str, Value]) -> tuple[dict[str, Value], Scope]:
        scope = Scope({name: feel_value(value) for name, value in typed.items()})
        worked_out: dict[str, Value] = {}
        for column in self.columns:
            if column.expression is not None:
                worked_out[column.name] = column.expression(scope)
        if worked_out:
            scope = scope.child({name: feel_value(value) for name, value in worked_out.items() if name not in typed})
        return {**typed, **worked_out}, scope
