"""Mail and databases of n8n's exports."""
# ruff: noqa: E501 - a table

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.registry import get_node_type

MAIL = {"fromEmail": "a@x.org", "toEmail": "b@x.org", "subject": "S"}
SENT = {"from": "a@x.org", "to": "b@x.org", "cc": "", "bcc": "", "reply_to": "", "subject": "S"}
TABLE = {"schema": {"__rl": True, "mode": "list", "value": "public"}, "table": {"__rl": True, "value": "t"}}
PLACE = {"schema": "public", "table": "t"}
ALL = {"transaction": "all"}


@pytest.mark.parametrize(
    ("type_id", "given", "version", "expected"),
    [
        ("emailSend", {**MAIL, "text": "x"}, 1, {**SENT, "format": "text", "text": "x"}),
        ("emailSend", {**MAIL, "text": "x", "html": "h", "ccEmail": "c@x.org"}, 1,
         {**SENT, "cc": "c@x.org", "format": "both", "text": "x", "html": "h"}),
        ("emailSend", {**MAIL, "text": "x"}, 2, {**SENT, "format": "text", "text": "x"}),
        ("emailSend", {**MAIL, "html": "=<b>{{ $json.a }}</b>", "options": {"replyTo": "r@x.org"}}, 2.1,
         {**SENT, "reply_to": "r@x.org", "format": "html", "html": "=<b>{{ $json.a }}</b>"}),
        ("emailSend", {**MAIL, "operation": "sendAndWait"}, 2.1, "Sending and waiting for an answer is not supported yet."),
        ("emailSend", {**MAIL, "text": "x", "attachments": "data"}, 1,
         {**SENT, "format": "text", "text": "x", "attachments": "data"}),
        ("emailSend", {"toEmail": "b@x.org"}, 2, "The node has no sender or nobody to send to."),
        ("postgres", {"operation": "executeQuery", "query": "SELECT $1, $2", "options": {"queryReplacement": "a, b"}}, 2,
         {"operation": "execute", "query": "SELECT $1, $2", "values": ["a", "b"], **ALL}),
        ("postgres", {"operation": "executeQuery", "query": "SELECT $1",
                      "options": {"queryReplacement": "={{ $json.a }},x,{{ [1, 2].join(',') }}",
                                  "queryBatching": "independently"}}, 2.5,
         {"operation": "execute", "query": "SELECT $1",
          "values": ["={{ $json.a }}", "x", "={{ [1, 2].join(',') }}"], "transaction": "each"}),
        ("postgres", {"operation": "executeQuery", "query": "SELECT $1", "options": {"queryReplacement": "={{ [1] }}"}}, 2.5,
         {"operation": "execute", "query": "SELECT $1", "values": "={{ [1] }}", **ALL}),
        ("postgres", {"operation": "executeQuery", "query": "=SELECT 'abc{{ $json['x'] }}' WHERE a = {{ $json.id }}"}, 2,
         {"operation": "execute", "query": "=SELECT 'abc{{ $json['x'] }}' WHERE a = {{ $json.id }}", **ALL}),
        ("postgres", {"operation": "executeQuery", "query": "={{ $json.sql }}"}, 2,
         "The SQL itself comes from an expression; only values can."),
        ("postgres", {"operation": "executeQuery", "query": "=SELECT * FROM {{ $json.t }}"}, 2,
         "A name in the SQL comes from an expression; only values can."),
        ("postgres", {"operation": "executeQuery", "query": "=SELECT \"{{ $json.t }}\""}, 2,
         "A name in the SQL comes from an expression; only values can."),
        ("postgres", {"operation": "executeQuery", "query": "SELECT * FROM $1:name"}, 2,
         "Values that become names or parts of the SQL ($1:name and their like) are not supported."),
        ("postgres", {"operation": "executeQuery", "query": "SELECT $1::int"}, 2,
         {"operation": "execute", "query": "SELECT $1::int", **ALL}),
        ("postgres", {"operation": "executeQuery"}, 2, "The node has no SQL."),
        ("postgres", {**TABLE, "columns": {"mappingMode": "defineBelow", "value": {"a": "={{ $json.x }}", "b": None},
                                           "matchingColumns": [], "schema": [{"id": "a"}]},
                      "options": {"skipOnConflict": True}}, 2.6,
         {"operation": "insert", **PLACE, "row": "fields", "columns": [{"name": "a", "value": "={{ $json.x }}"}],
          "skip_conflicts": True, **ALL}),
        ("postgres", {**TABLE, "operation": "upsert", "columns": {"mappingMode": "autoMapInputData", "value": {},
                                                                  "matchingColumns": ["id"]}}, 2.4,
         {"operation": "upsert", **PLACE, "row": "item", "match": ["id"], **ALL}),
        ("postgres", {**TABLE, "operation": "update", "columns": {"mappingMode": "autoMapInputData"}}, 2.4,
         "The node names no columns by which rows are found."),
        ("postgres", {"operation": "insert", "table": "t", "columns": "a, b c"}, 1,
         {"operation": "insert", **PLACE, "row": "fields", **ALL, "columns": [
             {"name": "a", "value": "={{ $json['a'] }}"}, {"name": "b c", "value": "={{ $json['b c'] }}"}]}),
        ("postgres", {"operation": "update", "table": "t", "columns": "a"}, 1,
         {"operation": "update", **PLACE, "row": "fields", "match": ["id"], **ALL, "columns": [
             {"name": "a", "value": "={{ $json['a'] }}"}, {"name": "id", "value": "={{ $json['id'] }}"}]}),
        ("postgres", {"operation": "insert", "table": "t", "columns": "a:int"}, 1, "Columns with a type are not supported."),
        ("postgres", {**TABLE, "operation": "select", "limit": 5, "combineConditions": "OR",
                      "where": {"values": [{"column": "a", "condition": "equal", "value": 1},
                                           {"column": "b", "condition": "IS NULL"}]},
                      "sort": {"values": [{"column": "a", "direction": "DESC"}]},
                      "options": {"outputColumns": ["a"], "largeNumbersOutput": "numbers"}}, 2.6,
         {"operation": "select", **PLACE, "combine": "any", "limit": 5, "output_columns": ["a"], "decimals": "number",
          "conditions": [{"column": "a", "operator": "=", "value": 1}, {"column": "b", "operator": "is_null", "value": ""}],
          "order": [{"column": "a", "direction": "desc"}], **ALL}),
        ("postgres", {**TABLE, "operation": "select", "returnAll": True}, 2.6,
         {"operation": "select", **PLACE, "combine": "all", "conditions": [], "order": [], **ALL}),
        ("postgres", {**TABLE, "operation": "deleteTable", "restartSequences": True}, 2.6,
         {"operation": "execute", "query": 'TRUNCATE TABLE "public"."t" RESTART IDENTITY', **ALL}),
        ("postgres", {**TABLE, "operation": "deleteTable", "deleteCommand": "drop", "options": {"cascade": True}}, 2.6,
         {"operation": "execute", "query": 'DROP TABLE IF EXISTS "public"."t" CASCADE', **ALL}),
        ("postgres", {**TABLE, "operation": "deleteTable", "table": 'a"b'}, 2.6,
         "The name of the table is an expression, which is not supported there."),
        ("postgres", {**TABLE, "operation": "deleteTable", "deleteCommand": "delete"}, 2.6,
         "It deletes all rows without a condition; write it as SQL if that is meant."),
        ("postgres", {**TABLE, "operation": "select", "options": {"replaceEmptyStrings": True}}, 2.6,
         "Replacing empty texts by NULL is not supported."),
        ("mySql", {"operation": "upsert", "table": {"__rl": True, "value": "t"}, "dataMode": "defineBelow",
                   "valuesToSend": {"values": [{"column": "a", "value": 1}]},
                   "columnToMatchOn": "id", "valueToMatchOn": "={{ $json.id }}"}, 2.5,
         {"operation": "upsert", "table": "t", "row": "fields", "match": ["id"], **ALL,
          "columns": [{"name": "a", "value": 1}, {"name": "id", "value": "={{ $json.id }}"}]}),
        ("mySql", {"operation": "insert", "table": "t", "columns": "a", "options": {"ignore": True}}, 1,
         {"operation": "insert", "table": "t", "row": "fields", "skip_conflicts": True, **ALL,
          "columns": [{"name": "a", "value": "={{ $json['a'] }}"}]}),
        ("mySql", {"table": ""}, 2, "The node names no table."),
    ],
)  # fmt: skip
def test_what_becomes_of_a_node(parameters: Any, type_id: str, given: Any, version: float, expected: Any) -> None:
    made = parameters(type_id, given, version)
    if isinstance(expected, str):
        assert made == expected
        return
    assert made == expected
    assert get_node_type({"emailSend": "send_email", "mySql": "mysql"}.get(type_id, type_id)).check(expected) == {}
