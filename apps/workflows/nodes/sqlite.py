"""SQLite: files that the administrator keeps for workflows."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from apps.workflows.engine.node_type import NodeContext, Parameter
from apps.workflows.engine.ports_sql import SQLITE_OFF, SqlTarget
from apps.workflows.nodes.support.sql_node import SqlNode
from apps.workflows.nodes.support.sql_parameters import COMMON, DOCUMENTATION, OPERATION, QUERY, TABLE
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue


@register_node
class SqliteNode(SqlNode):
    """A SQLite file of the organization."""

    type = "sqlite"
    dialect = "sqlite"
    display_name = "SQLite"
    description = "Reads and changes rows of a SQLite file."
    summary = "{operation} · {table} · {file}"
    parameters = (
        Parameter("file", "File", required=True, placeholder="shop.db", supports_expressions=False),
        Parameter(
            "create",
            "Make it if it is not there",
            type="boolean",
            default_value=False,
            supports_expressions=False,
        ),
        OPERATION,
        QUERY,
        TABLE,
        *COMMON,
    )
    example = {"file": "shop.db", "query": "=SELECT id, total FROM orders WHERE customer = {{ $json.customer }}"}
    example_output = {"id": 1, "total": 19.9}
    documentation = (
        DOCUMENTATION.format(
            question=", and so does `?`",
            lists="Lists and objects are bound as JSON text.",
            returned="What was added, changed or deleted comes back as rows.",
            insert_id=", with `insert_id` where a row got a number",
            errors="What the database says is the kind: `sqlite_constraint_unique`, `sqlite_busy`. "
            "`sqlite_not_allowed` is a statement that reaches beyond the file.",
        )
        + """
**Files.** They are in the folder that `EXPRSN_SQLITE_DIR` names, in it a folder for each organization, named by its
id; without that setting the node refuses. All processes must see the folder: a worker on another machine needs it
too. No name leads out of it, links are not followed. `ATTACH`, extensions, virtual tables and every `PRAGMA` but those
that describe tables are refused. A file grows to one gigabyte at most.
"""
    )

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        faults = super().check(parameters)
        return faults if settings.EXPRSN_SQLITE_DIR else {**faults, "file": [SQLITE_OFF]}

    def target(self, context: NodeContext) -> SqlTarget:
        """The file, which takes the place of a credential."""
        create = bool(context.raw("create")) and not context.raw("read_only")
        return self._target(context, {"file": str(context.raw("file") or "")}, create=create)
