"""What the nodes of all databases share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from apps.workflows.engine.items import Item, ItemBatch, Pair
from apps.workflows.engine.node_type import (
    Capabilities,
    Filled,
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    single,
)
from apps.workflows.engine.ports_sql import SqlAnswer, SqlSession, SqlStatement, SqlTarget
from apps.workflows.nodes.support.parameters import json_value, name_value_pairs, whole_number
from apps.workflows.nodes.support.sql_lexing import HOLE, SqlProblem
from apps.workflows.nodes.support.sql_parameters import MAX_ROWS, MAX_SECONDS
from apps.workflows.nodes.support.sql_rows import (
    Condition,
    Table,
    delete_rows,
    insert_row,
    select_rows,
    update_rows,
    upsert_row,
)
from apps.workflows.nodes.support.sql_text import bind, parse_sql
from apps.workflows.nodes.support.values import text_of
from exprsn.kernel.errors import DomainError
from exprsn.kernel.expressions import compile_template
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

MAX_VALUES = 10_000


class SqlNode(NodeType):
    """One run is one connection."""

    dialect: ClassVar[str]
    group = "connect"
    icon = "database"
    color = "data"
    capabilities = Capabilities(supports_retry=True, side_effect=True)

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        query = parameters.get("query")
        if parameters.get("operation", "execute") != "execute" or not isinstance(query, str) or not query.strip():
            return {}
        values = parameters.get("values")
        named = [isinstance(values, dict)] if not _is_template(values) else [False, True]
        try:
            for by_name in named:
                parse_sql(_with_holes(query), cls.dialect, named=by_name)
        except SqlProblem as problem:
            return {"query": [str(problem)]}
        except DomainError:
            return {}  # the expression itself is at fault, which is said elsewhere
        return {}

    def run(self, context: NodeContext) -> NodeResult:
        target = self.target(context)
        apart = context.raw("transaction") == "each"
        with context.ports.sql.session(target) as session:
            if not apart:
                with session.transaction():
                    return self._together(context, session)

            def work(item: Item, position: int) -> list[Item]:
                with session.transaction():
                    return self._items(context, session, position)

            return context.each(work)

    def target(self, context: NodeContext) -> SqlTarget:
        """The database that the node speaks to."""
        credential = context.node.credentials.get(self.dialect)
        if not credential:
            raise NodeError(f"Choose a credential of the kind {self.dialect} for this node.", kind="credential_missing")
        return self._target(context, context.ports.credentials.open(credential).fields)

    def _target(self, context: NodeContext, settings: Mapping[str, str], *, create: bool = False) -> SqlTarget:
        def number(name: str, most: int) -> int:
            return whole_number(context.raw(name), least=1, most=most, item=0, parameter=name)

        return SqlTarget(
            self.dialect,
            settings,
            seconds=float(number("timeout_seconds", MAX_SECONDS)),
            max_rows=number("max_rows", MAX_ROWS),
            read_only=bool(context.raw("read_only")),
            create=create,
            numbers=str(context.raw("decimals")),
        )

    def _together(self, context: NodeContext, session: SqlSession) -> NodeResult:
        """All items or none: an error is the node's, not one item's."""
        made: list[Item] = []
        for position in range(len(context.items)):
            try:
                items = self._items(context, session, position)
            except NodeError as error:
                if error.item is None:
                    error.item = position
                raise
            for item in items:
                item.paired = (Pair(position),)
            made += items
        return single(ItemBatch(made))

    def _items(self, context: NodeContext, session: SqlSession, position: int) -> list[Item]:
        try:
            statements = self._statements(context, position)
        except SqlProblem as problem:
            raise NodeError(str(problem), kind="bad_sql", item=position) from None
        return [Item(row) for statement in statements for row in _rows(session.execute(statement))]

    def _statements(self, context: NodeContext, item: int) -> list[SqlStatement]:
        operation = context.raw("operation")
        if operation == "execute":
            return self._written(context, item)
        table = Table(self.dialect, _name(context, "table", item), _name(context, "schema", item))
        if operation == "select":
            return [_selecting(context, table, item)]
        if operation == "delete":
            return [delete_rows(table, _conditions(context, item), any_of=context.raw("combine") == "any")]
        row = _row(context, item)
        if operation == "insert":
            return [insert_row(table, row, skip_conflicts=bool(context.raw("skip_conflicts")))]
        match = _names(context, "match", item)
        return [upsert_row(table, row, match) if operation == "upsert" else update_rows(table, row, match)]

    def _written(self, context: NodeContext, item: int) -> list[SqlStatement]:
        values = json_value(context.param("values", item) or [], item=item, parameter="values")
        given = values if isinstance(values, list | dict) else [values]
        if len(given) > MAX_VALUES:
            raise SqlProblem(f"There are more than {MAX_VALUES} values.")
        return statements_of(context.pieces("query", item), self.dialect, given)


def statements_of(
    pieces: Sequence[str | Filled], dialect: str, given: Sequence[JsonValue] | Mapping[str, JsonValue]
) -> list[SqlStatement]:
    """The statements of a written query whose blocks are filled. Raises ``SqlProblem``."""
    if any(isinstance(piece, str) and HOLE in piece for piece in pieces):
        raise SqlProblem("The SQL contains the character NUL, which no database takes.")
    text = "".join(piece if isinstance(piece, str) else HOLE for piece in pieces)
    blocks = [piece.value for piece in pieces if isinstance(piece, Filled)]
    return [bind(statement, blocks, given) for statement in parse_sql(text, dialect, named=isinstance(given, dict))]


def _is_template(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("=")


def _with_holes(query: str) -> str:
    if not _is_template(query):
        return query
    parts = compile_template(query[1:], scripts=True).parts
    return "".join(part if isinstance(part, str) else HOLE for part in parts)


def _rows(answer: SqlAnswer) -> Sequence[JsonObject]:
    if answer.rows is not None:
        return answer.rows
    row: JsonObject = {"affected_rows": max(0, answer.affected)}
    if answer.insert_id is not None:
        row["insert_id"] = answer.insert_id
    return [row]


def _name(context: NodeContext, name: str, item: int) -> str:
    return text_of(context.param(name, item)).strip()


def _names(context: NodeContext, name: str, item: int) -> list[str]:
    value = context.param(name, item)
    entries = value if isinstance(value, list) else text_of(value).split(",")
    return [text for text in (text_of(entry).strip() for entry in entries) if text]


def _row(context: NodeContext, item: int) -> Mapping[str, JsonValue]:
    if context.raw("row") == "item":
        return context.items[item].json if item < len(context.items) else {}
    return dict(name_value_pairs(context.param("columns", item), item=item, parameter="columns"))


def _conditions(context: NodeContext, item: int) -> list[Condition]:
    entries = context.param("conditions", item)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise NodeError("A list of conditions is expected.", kind="bad_value", item=item, parameter="conditions")
    return [
        Condition(text_of(entry.get("column")), text_of(entry.get("operator") or "="), entry.get("value"))
        for entry in entries
    ]


def _selecting(context: NodeContext, table: Table, item: int) -> SqlStatement:
    entries = context.param("order", item)
    order = [
        (text_of(entry.get("column")), entry.get("direction") == "desc")
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict)
    ]
    limit = context.param("limit", item)
    return select_rows(
        table,
        _conditions(context, item),
        columns=_names(context, "output_columns", item),
        any_of=context.raw("combine") == "any",
        order=order,
        limit=None
        if limit is None or limit == ""
        else whole_number(limit, least=0, most=MAX_ROWS, item=item, parameter="limit"),
    )
