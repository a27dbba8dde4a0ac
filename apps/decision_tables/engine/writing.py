"""From a table back to its document."""

from __future__ import annotations

from typing import Any

from apps.decision_tables.engine.columns import EMPTINESS, SCHEMA_VERSION
from apps.decision_tables.engine.table import (
    AnyCondition,
    FeelOutput,
    FeelTest,
    InputColumn,
    OutputColumn,
    Rule,
    Table,
)


def document_of(table: Table) -> dict[str, Any]:
    """The document of a table, in which optional members that say nothing are left out."""
    return {
        "schema_version": SCHEMA_VERSION,
        "hit_policy": table.hit_policy,
        "aggregation": table.aggregation,
        "input_columns": [_input(column) for column in table.input_columns],
        "output_columns": [_output(column) for column in table.output_columns],
        "rules": [_rule(rule) for rule in table.rules],
        "default_outputs": dict(table.default_outputs),
        "metadata": dict(table.metadata),
        "requires": [
            {"table": need.table, "inputs": dict(need.inputs), "provides": dict(need.provides)}
            for need in table.requires
        ],
    }


def _input(column: InputColumn) -> dict[str, Any]:
    document: dict[str, Any] = {"name": column.name, "type": column.type, "label": column.label}
    if column.operators is not None:
        document["operators"] = list(column.operators)
    if column.expression:
        document["expression"] = column.expression
    if column.allowed_values is not None:
        document["allowed_values"] = list(column.allowed_values)
    return document


def _output(column: OutputColumn) -> dict[str, Any]:
    document: dict[str, Any] = {"name": column.name, "type": column.type, "label": column.label}
    if column.default_value is not None:
        document["default_value"] = column.default_value
    if column.allowed_values is not None:
        document["allowed_values"] = list(column.allowed_values)
    return document


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "priority": rule.priority,
        "conditions": [_condition(condition) for condition in rule.conditions],
        "outputs": {
            name: {"feel": value.text} if isinstance(value, FeelOutput) else value
            for name, value in rule.outputs.items()
        },
        "annotation": rule.annotation,
        "enabled": rule.enabled,
    }


def _condition(condition: AnyCondition) -> dict[str, Any]:
    if isinstance(condition, FeelTest):
        return {"column": condition.column, "feel": condition.text}
    document = {"column": condition.column, "operator": condition.operator}
    return document if condition.operator in EMPTINESS else {**document, "value": condition.value}
