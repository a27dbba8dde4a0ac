"""PostgreSQL: SQL with bound values, and rows without SQL."""

from __future__ import annotations

from apps.workflows.nodes.support.sql_node import SqlNode
from apps.workflows.nodes.support.sql_parameters import COMMON, DOCUMENTATION, OPERATION, QUERY, SCHEMA, TABLE
from apps.workflows.registry import register_node


@register_node
class PostgresNode(SqlNode):
    """A PostgreSQL database, or one that speaks its protocol."""

    type = "postgres"
    dialect = "postgres"
    display_name = "PostgreSQL"
    description = "Reads and changes rows of a PostgreSQL database."
    credential_kinds = ("postgres",)
    needs_credential = True
    summary = "{operation} · {table}"
    parameters = (OPERATION, QUERY, SCHEMA, TABLE, *COMMON)
    example = {
        "query": "=SELECT id, total FROM orders WHERE customer = {{ $json.customer }} AND paid = $1",
        "values": [True],
    }
    example_output = {"id": 1, "total": "19.90"}
    documentation = (
        DOCUMENTATION.format(
            question="",
            lists="A list is bound as an array: `id = ANY({{ $json.ids }})`. An object is `jsonb`; a list for a JSON "
            "column is written `{{ JSON.stringify($json.tags) }}`.",
            returned="What was added, changed or deleted comes back as rows.",
            insert_id="",
            errors="What the database says is the kind: `sql_23505` for a value that is there already, with "
            "`sqlstate`, table, column and constraint in the details. `sql_login_refused` and "
            "`tls_failed` mean the credential.",
        )
        + """
**Safety.** Databases in private networks are refused unless `EXPRSN_OUTGOING_ALLOW` names them. With the encryption
`verify` the server's certificate is checked; `require` encrypts without a check; `disable` does not encrypt. Where it
matters that nothing is changed, give the credential a user who may only read, beside *Read only*.
"""
    )
