"""Decision tables of DMN models, evaluated rule by rule exactly as the standard says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.decision_tables.engine.dmn.hit_policies import SINGLE, Row, aggregated, policy_name, select
from apps.decision_tables.engine.dmn.model import DecisionTableExpression, TableInput, TableOutput, TableRule
from apps.decision_tables.engine.dmn.toolbox import Closure, Names, Toolbox, nothing
from apps.decision_tables.engine.dmn.types import Tests
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.values import Value


@dataclass(frozen=True, slots=True)
class _Input:
    value: Closure
    type_ref: str
    allowed: Tests | None
    collection: bool


@dataclass(frozen=True, slots=True)
class _Output:
    name: str
    type_ref: str
    allowed: Tests | None
    order: Closure | None
    default: Closure | None


@dataclass(frozen=True, slots=True)
class _Rule:
    tests: tuple[Tests, ...]
    outputs: tuple[Closure, ...]


class _NotAllowed(Exception):
    """A value that its column does not allow: the whole table is null."""


def compile_table(table: DecisionTableExpression, names: Names, tools: Toolbox) -> Closure:
    """Return what evaluates a decision table."""
    single = table.type_ref if len(table.outputs) == 1 else ""
    running = _Table(
        inputs=[_input(column, names, tools) for column in table.inputs],
        outputs=[_output(column, names, tools, single) for column in table.outputs],
        rules=[_rule(rule, names, tools, len(table.outputs)) for rule in table.rules if rule.feel],
        policy=policy_name(table.hit_policy),
        aggregation=table.aggregation.upper(),
        tools=tools,
    )
    return running.evaluate


def _input(column: TableInput, names: Names, tools: Toolbox) -> _Input:
    return _Input(
        value=tools.text(column.expression, names),
        type_ref=column.type_ref,
        allowed=tools.tests(column.values, names) if column.values else None,
        collection=tools.types.is_collection(column.type_ref) or column.type_ref.startswith("list"),
    )


def _output(column: TableOutput, names: Names, tools: Toolbox, table_type: str) -> _Output:
    type_ref = column.type_ref or table_type
    values = column.values or tools.types.allowed_values(type_ref)
    return _Output(
        name=column.name,
        type_ref=column.type_ref,
        allowed=tools.tests(column.values, names) if column.values else None,
        order=tools.text(f"[{values}]", names) if values else None,
        default=tools.text(column.default, names) if column.default else None,
    )


def _rule(rule: TableRule, names: Names, tools: Toolbox, width: int) -> _Rule:
    outputs = [tools.text(text, names) for text in rule.outputs[:width]]
    return _Rule(
        tests=tuple(tools.tests(text, names) for text in rule.inputs),
        outputs=(*outputs, *[nothing] * (width - len(outputs))),
    )


class _Table:
    def __init__(
        self,
        *,
        inputs: Sequence[_Input],
        outputs: Sequence[_Output],
        rules: Sequence[_Rule],
        policy: str,
        aggregation: str,
        tools: Toolbox,
    ) -> None:
        self._inputs = inputs
        self._outputs = outputs
        self._rules = rules
        self._policy = policy
        self._aggregation = aggregation
        self._types = tools.types

    def evaluate(self, scope: Scope) -> Value:
        try:
            values = [self._input_value(column, scope) for column in self._inputs]
            matching = self._matching(values, scope)
            if not matching:
                return self._default(scope)
            rows = [self._row(rule, scope) for rule in matching]
        except _NotAllowed as error:
            scope.run.warn(str(error))
            return None
        return self._result(rows, scope)

    def _input_value(self, column: _Input, scope: Scope) -> Value:
        value = self._types.accept(column.value(scope), column.type_ref, scope)
        if column.allowed is not None:
            entries = value if column.collection and isinstance(value, list) else [value]
            if not all(column.allowed(entry, scope) is True for entry in entries):
                raise _NotAllowed("An input of the decision table is not one of its allowed values.")
        return value

    def _matching(self, values: Sequence[Value], scope: Scope) -> list[_Rule]:
        matching = []
        for rule in self._rules:
            if all(test(value, scope) is True for test, value in zip(rule.tests, values, strict=False)):
                matching.append(rule)
                if self._policy == "FIRST":
                    break
        return matching

    def _row(self, rule: _Rule, scope: Scope) -> Row:
        return tuple(
            self._output_value(cell, column, scope) for cell, column in zip(rule.outputs, self._outputs, strict=True)
        )

    def _output_value(self, cell: Closure, column: _Output, scope: Scope) -> Value:
        value = self._types.accept(cell(scope), column.type_ref, scope)
        if value is not None and column.allowed is not None and column.allowed(value, scope) is not True:
            raise _NotAllowed("An output of the decision table is not one of its allowed values.")
        return value

    def _default(self, scope: Scope) -> Value:
        if any(column.default is not None for column in self._outputs):
            row = tuple(column.default(scope) if column.default is not None else None for column in self._outputs)
            return self._shaped(row)
        if self._policy == "COLLECT":
            return {"": [], "COUNT": aggregated("COUNT", [])}.get(self._aggregation)
        return None

    def _result(self, rows: list[Row], scope: Scope) -> Value:
        orders = [self._order(column, scope) for column in self._outputs]
        chosen = select(self._policy, rows, orders)
        if chosen is None:
            scope.run.warn(f"The rules that match do not agree with the hit policy {self._policy}.")
            return None
        if self._policy in SINGLE:
            return self._shaped(chosen[0])
        if self._policy == "COLLECT" and self._aggregation:
            return self._aggregate(chosen)
        return [self._shaped(row) for row in chosen]

    def _order(self, column: _Output, scope: Scope) -> list[Value]:
        found = column.order(scope) if column.order is not None else None
        return found if isinstance(found, list) else []

    def _shaped(self, row: Row) -> Value:
        if len(self._outputs) < 2:
            return row[0] if row else None
        return {column.name: value for column, value in zip(self._outputs, row, strict=True)}

    def _aggregate(self, rows: list[Row]) -> Value:
        if self._aggregation == "COUNT":
            return aggregated("COUNT", rows)
        columns = [list(column) for column in zip(*rows, strict=True)]
        return self._shaped(tuple(aggregated(self._aggregation, column) for column in columns))
