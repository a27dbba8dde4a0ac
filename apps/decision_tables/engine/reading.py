"""From a document to a table: every fault is found at once and named by its path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.decision_tables.engine.columns import (
    AGGREGATIONS,
    HIT_POLICIES,
    MAX_COLUMNS,
    MAX_RULES,
    SCHEMA_VERSION,
)
from apps.decision_tables.engine.faults import TableInvalid
from apps.decision_tables.engine.reading_columns import input_column_of, output_column_of
from apps.decision_tables.engine.reading_faults import Faults
from apps.decision_tables.engine.reading_rules import RuleReader
from apps.decision_tables.engine.table import InputColumn, OutputColumn, Requirement, Rule, Table
from apps.decision_tables.engine.writing import document_of

__all__ = ["document_of", "normalized", "read_table"]

MEMBERS = frozenset(
    {
        "schema_version",
        "hit_policy",
        "aggregation",
        "input_columns",
        "output_columns",
        "rules",
        "default_outputs",
        "metadata",
        "requires",
    }
)
SUMMED = frozenset({"number", "duration", "any"})
UNORDERED = frozenset({"boolean", "list"})


def read_table(document: Mapping[str, Any]) -> Table:
    """The table that a document describes. Raises ``TableInvalid`` with every fault."""
    faults = Faults()
    table = _table(faults.mapping("", document), faults)
    if faults.found:
        raise TableInvalid(faults.found)
    return table


def normalized(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with values as their columns' types write them, and ids and priorities filled in."""
    return document_of(read_table(document))


def _table(document: Mapping[str, Any], faults: Faults) -> Table:
    faults.unknown("", document, MEMBERS)
    if document.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION:
        faults.add("schema_version", f"Only version {SCHEMA_VERSION} is known.")
    inputs, outputs = _columns(document, faults)
    hit_policy = faults.choice("hit_policy", document.get("hit_policy", "FIRST"), HIT_POLICIES) or "FIRST"
    aggregation = document.get("aggregation")
    if aggregation is not None:
        aggregation = faults.choice("aggregation", aggregation, AGGREGATIONS)
    if hit_policy == "COLLECT":
        _check_aggregation(aggregation, outputs, faults)
    rules = _rules(document.get("rules"), inputs, outputs, faults)
    return Table(
        input_columns=inputs,
        output_columns=outputs,
        rules=rules,
        hit_policy=hit_policy,
        aggregation=aggregation,
        default_outputs=_defaults(document.get("default_outputs"), outputs, faults),
        metadata=faults.mapping("metadata", document.get("metadata")),
        requires=_requires(document.get("requires"), inputs, faults),
    )


def _columns(document: Mapping[str, Any], faults: Faults) -> tuple[tuple[InputColumn, ...], tuple[OutputColumn, ...]]:
    found = [faults.items(side, document.get(side)) for side in ("input_columns", "output_columns")]
    if sum(map(len, found)) > MAX_COLUMNS:
        side = "input_columns" if len(found[0]) > len(found[1]) else "output_columns"
        faults.add(side, f"A table may have at most {MAX_COLUMNS} columns, and this one has {sum(map(len, found))}.")
        found = [side[:MAX_COLUMNS] for side in found]
    names = [column["name"] for column in found[0] if isinstance(column, Mapping) and _is_text(column.get("name"))]
    inputs = [input_column_of(column, f"input_columns[{at}]", names, faults) for at, column in enumerate(found[0])]
    outputs = [output_column_of(column, f"output_columns[{at}]", faults) for at, column in enumerate(found[1])]
    faults.repeated("input_columns", [column.name if column else None for column in inputs], "name")
    faults.repeated("output_columns", [column.name if column else None for column in outputs], "name")
    return tuple(filter(None, inputs)), tuple(filter(None, outputs))


def _check_aggregation(aggregation: str | None, outputs: Sequence[OutputColumn], faults: Faults) -> None:
    for column in outputs:
        if aggregation == "sum" and column.type not in SUMMED:
            faults.add("aggregation", f"sum needs numbers, and the output {column.name!r} is of type {column.type}.")
        if aggregation in ("min", "max") and column.type in UNORDERED:
            faults.add(
                "aggregation", f"{aggregation} needs an order, and the output {column.name!r} is of type {column.type}."
            )


def _rules(
    value: Any, inputs: Sequence[InputColumn], outputs: Sequence[OutputColumn], faults: Faults
) -> tuple[Rule, ...]:
    items = faults.items("rules", value)
    if len(items) > MAX_RULES:
        faults.add("rules", f"A table may have at most {MAX_RULES:,} rules, and this one has {len(items):,}.")
        items = items[:MAX_RULES]
    reader = RuleReader(inputs, outputs, faults)
    return tuple(rule for at, item in enumerate(items) if (rule := reader.read(item, at)) is not None)


def _defaults(value: Any, outputs: Sequence[OutputColumn], faults: Faults) -> dict[str, Any]:
    types = {column.name: column.type for column in outputs}
    defaults = {}
    for name, given in faults.mapping("default_outputs", value).items():
        if name not in types:
            faults.add(f"default_outputs.{name}", "There is no output column of this name.")
        else:
            defaults[name] = faults.plain(f"default_outputs.{name}", given, types[name])
    return defaults


def _requires(value: Any, inputs: Sequence[InputColumn], faults: Faults) -> tuple[Requirement, ...]:
    names = {column.name for column in inputs}
    found = []
    for at, item in enumerate(faults.items("requires", value)):
        path = f"requires[{at}]"
        item = faults.mapping(path, item)
        faults.unknown(path, item, {"table", "inputs", "provides"})
        if not _is_text(item.get("table")):
            faults.add(f"{path}.table", "Name the table.")
            continue
        sent = faults.texts(f"{path}.inputs", item.get("inputs"))
        for name, text in sent.items():
            faults.expression(f"{path}.inputs.{name}", text, names)
        provides = faults.texts(f"{path}.provides", item.get("provides"))
        for name in provides:
            if name not in names:
                faults.add(f"{path}.provides.{name}", "There is no input column of this name.")
        found.append(Requirement(item["table"], sent, provides))
    return tuple(found)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)
