"""Postgres 1–2.6 and MySQL 1–2.5."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Reader, Unmapped, is_expression
from apps.workflows.interchange.n8n.sql_values import query_values, refuse_dynamic_sql
from exprsn.kernel.jsonvalue import JsonObject

_CONDITIONS = {
    "equal": "=",
    "=": "=",
    "!=": "!=",
    ">": ">",
    ">=": ">=",
    "<": "<",
    "<=": "<=",
    "LIKE": "like",
    "IS NULL": "is_null",
    "IS NOT NULL": "is_not_null",
}
_BATCHING = ("single", "multiple", "normal", "transaction", "independently")
_WITHOUT_MEANING = (
    "connectionTimeout", "nodeVersion", "delayClosingIdleConnection", "connectionLimit", "priority", "operation",
    "executeOnce",
)  # fmt: skip


@dataclass(slots=True)
class _Node:
    """A node while it is read."""

    kind: str
    source: Source
    parameters: Reader
    options: Reader
    warnings: list[str]

    @property
    def is_old(self) -> bool:
        """Version 1 has other parameters."""
        return self.source.version < 2


@converts("postgres")
def convert_postgres(source: Source) -> Converted:
    """Postgres."""
    return _converted("postgres", source, "postgres")


@converts("mySql")
def convert_mysql(source: Source) -> Converted:
    """MySQL."""
    return _converted("mysql", source, "mySql")


def _converted(kind: str, source: Source, credential: str) -> Converted:
    parameters = source.parameters
    parameters.ignore("resource", "authentication")
    node = _Node(kind, source, parameters, parameters.inner("options"), [])
    operation = parameters.fixed(
        "operation", "insert", "executeQuery", "insert", "update", "upsert", "select", "deleteTable"
    )
    made = _operation(node, operation)
    made |= _settings(node)
    return Converted(kind, made, credentials={kind: credential}, warnings=node.warnings)


def _operation(node: _Node, operation: str) -> JsonObject:
    if operation == "executeQuery":
        return _query(node)
    if operation == "deleteTable":
        return _deleting(node)
    made: JsonObject = {"operation": operation, **_table(node)}
    if operation == "select":
        return made | _selecting(node)
    made |= _row_of_version_1(node, operation) if node.is_old else _row(node, operation)
    if operation == "insert" and node.options.flag("skipOnConflict"):
        made["skip_conflicts"] = True
    columns = node.options.value("outputColumns")
    if columns not in (None, [], ["*"], "*"):
        node.warnings.append("All columns of the rows come out, not some of them.")
    return made


def _settings(node: _Node) -> JsonObject:
    more = node.parameters.inner("additionalFields")
    options = node.options
    options.ignore(*_WITHOUT_MEANING)
    if options.flag("replaceEmptyStrings"):
        raise Unmapped("Replacing empty texts by NULL is not supported.")
    batching = options.fixed("queryBatching", more.fixed("mode", "single", *_BATCHING), *_BATCHING)
    made: JsonObject = {"transaction": "each" if batching == "independently" else "all"}
    if options.fixed("largeNumbersOutput", "text", "text", "numbers") == "numbers":
        made["decimals"] = "number"
    if node.kind == "mysql":
        node.warnings.append("What changes rows answers how many, not `success`.")
    return made


def _table(node: _Node) -> JsonObject:
    made: JsonObject = {"table": node.parameters.text("table")}
    if not made["table"]:
        raise Unmapped("The node names no table.")
    if node.kind == "postgres":
        made["schema"] = node.parameters.text("schema", "public")
    return made


def _query(node: _Node) -> JsonObject:
    query = node.parameters.text("query")
    more = node.parameters.inner("additionalFields")
    refuse_dynamic_sql(query)
    if is_expression(query):
        node.warnings.append("Each expression in the SQL is a bound value: one cannot be a name or a part of the text.")
    made: JsonObject = {"operation": "execute", "query": query if query.strip() else "SELECT 1"}
    if not query.strip():
        raise Unmapped("The node has no SQL.")
    if node.is_old:
        if more.text("queryParams"):
            raise Unmapped("Values that are named by fields (query parameters of version 1) are not supported.")
        return made
    values = query_values(node.options.value("queryReplacement"))
    node.options.ignore("treatQueryParametersInSingleQuotesAsText", "outputColumns")
    return made | ({"values": values} if values != [] else {})


def _row_of_version_1(node: _Node, operation: str) -> JsonObject:
    """The columns are named, their values are the item's fields."""
    names = [name.strip() for name in node.parameters.text("columns").split(",") if name.strip()]
    made: JsonObject = {"row": "item"}
    if operation != "insert":
        key = node.parameters.text("updateKey", "id").strip()
        match = [name.strip() for name in key.split(",")]
        made["match"] = [*match]
        names += [name for name in match if name not in names]
    if any(":" in name or "{{" in name for name in names):
        raise Unmapped("Columns with a type are not supported.")
    returned = node.parameters.text("returnFields", "*")
    if returned not in ("*", ""):
        node.warnings.append("All columns of the rows come out, not some of them.")
    options = node.options
    if options.flag("ignore"):
        made["skip_conflicts"] = True
    if names:
        fields: list[Any] = [{"name": name, "value": f"={{{{ $json[{_quoted(name)}] }}}}"} for name in names]
        made |= {"row": "fields", "columns": fields}
    return made


def _quoted(name: str) -> str:
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _row(node: _Node, operation: str) -> JsonObject:
    mapper = node.parameters.inner("columns")
    mapper.ignore("schema", "attemptToConvertTypes", "convertFieldsToString", "ignoreTypeMismatchErrors")
    column = node.parameters.text("columnToMatchOn")
    matching = mapper.value("matchingColumns", [])
    match = [column] if column else [str(name) for name in matching if name] if isinstance(matching, list) else []
    mode = node.parameters.fixed("dataMode", mapper.fixed("mappingMode", "autoMapInputData"))
    made: JsonObject = {"row": "item"}
    if mode == "defineBelow":
        fields = _fields(node, mapper)
        if column and operation != "insert":
            fields.append({"name": column, "value": node.parameters.value("valueToMatchOn", "")})
        made = {"row": "fields", "columns": fields}
    elif mode != "autoMapInputData":
        raise Unmapped(f"dataMode = {mode[:40]} is not supported.")
    node.parameters.ignore("valuesToSend", "valueToMatchOn")
    mapper.ignore("value")
    if operation != "insert":
        if not match:
            raise Unmapped("The node names no columns by which rows are found.")
        made["match"] = [*match]
    return made


def _fields(node: _Node, mapper: Reader) -> list[Any]:
    values = mapper.value("value")
    if isinstance(values, dict):
        return [{"name": name, "value": value} for name, value in values.items() if value is not None]
    entries = node.parameters.entries("valuesToSend", "values")
    return [{"name": entry["column"], "value": entry.get("value", "")} for entry in entries if entry.get("column")]


def _selecting(node: _Node) -> JsonObject:
    parameters = node.parameters
    order: list[Any] = [
        {"column": entry["column"], "direction": str(entry.get("direction", "ASC")).lower()}
        for entry in parameters.entries("sort", "values")
        if entry.get("column")
    ]
    made: JsonObject = {**_where(node), "order": order}
    if not parameters.flag("returnAll"):
        made["limit"] = parameters.value("limit", 50)
    parameters.ignore("limit")
    columns = node.options.value("outputColumns", [])
    if columns not in ([], ["*"], "*"):
        made["output_columns"] = columns
    if node.options.flag("selectDistinct"):
        raise Unmapped("Reading distinct rows is not supported; write it as SQL.")
    return made


def _where(node: _Node) -> JsonObject:
    conditions: list[Any] = []
    for entry in node.parameters.entries("where", "values"):
        operator = _CONDITIONS.get(str(entry.get("condition", "equal")))
        if operator is None:
            raise Unmapped(f"The condition {str(entry.get('condition'))[:40]} is not supported.")
        if entry.get("column"):
            conditions.append({"column": entry["column"], "operator": operator, "value": entry.get("value", "")})
    combined = node.parameters.fixed("combineConditions", "AND", "AND", "OR")
    return {"conditions": conditions, "combine": "any" if combined == "OR" else "all"}


def _deleting(node: _Node) -> JsonObject:
    command = node.parameters.fixed("deleteCommand", "truncate", "truncate", "delete", "drop")
    place = _table(node)
    if command == "delete":
        made = _where(node)
        if not made["conditions"]:
            raise Unmapped("It deletes all rows without a condition; write it as SQL if that is meant.")
        return {"operation": "delete", **place, **made}
    if any(re.search(r'[{}`"\x00]', str(name)) for name in place.values()):
        raise Unmapped("The name of the table is an expression, which is not supported there.")
    quote = "`" if node.kind == "mysql" else '"'
    name = ".".join(f"{quote}{place[part]}{quote}" for part in ("schema", "table") if part in place)
    words = "TRUNCATE TABLE" if command == "truncate" else "DROP TABLE IF EXISTS"
    restart = " RESTART IDENTITY" if node.parameters.flag("restartSequences") and node.kind == "postgres" else ""
    cascade = " CASCADE" if node.options.flag("cascade") else ""
    return {"operation": "execute", "query": f"{words} {name}{restart}{cascade}"}
