"""MySQL and MariaDB: SQL with bound values, and rows without SQL."""

from __future__ import annotations

from apps.workflows.nodes.support.sql_node import SqlNode
from apps.workflows.nodes.support.sql_parameters import COMMON, DOCUMENTATION, OPERATION, QUERY, TABLE
from apps.workflows.registry import register_node


@register_node
class MySqlNode(SqlNode):
    """A MySQL or MariaDB database."""

    type = "mysql"
    dialect = "mysql"
    display_name = "MySQL"
    description = "Reads and changes rows of a MySQL or MariaDB database."
    credential_kinds = ("mysql",)
    needs_credential = True
    summary = "{operation} · {table}"
    parameters = (OPERATION, QUERY, TABLE, *COMMON)
    example = {
        "query": "=SELECT id, total FROM orders WHERE customer = {{ $json.customer }} AND paid = ?",
        "values": [True],
    }
    example_output = {"id": 1, "total": "19.90"}
    documentation = (
        DOCUMENTATION.format(
            question=", and so does `?`",
            lists="Lists and objects are bound as JSON text.",
            returned="MySQL gives no rows back: the answer is `{affected_rows, insert_id}`. *Add or change* goes by "
            "the keys of the table; the columns to match must be one of them.",
            insert_id=", with `insert_id` where a row got a number",
            errors="What the database says is the kind: `mysql_1062` for a value that is there already. "
            "`sql_login_refused` and `tls_failed` mean the credential.",
        )
        + """
Statements that define tables end a transaction by themselves: that is MySQL's way. `SET` is refused, and the node sets
`sql_mode` itself (strict, with backslashes in texts, double quotes for texts), because on it rests how values are
written. On MySQL the server stops only queries at the time limit; for others the connection is cut.

**Safety.** Databases in private networks are refused unless `EXPRSN_OUTGOING_ALLOW` names them. With the encryption
`verify` the server's certificate is checked; `require` encrypts without a check; `disable` does not encrypt. Files of
this server cannot be loaded (`LOAD DATA LOCAL`).
"""
    )
