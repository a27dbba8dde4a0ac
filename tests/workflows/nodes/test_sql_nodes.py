"""What the nodes of databases refuse before any database is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apps.workflows.constants import TriggerMode
from apps.workflows.engine.node_type import NodeError
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.models import ExecutionPayload
from apps.workflows.registry import get_node_type
from tests.people import Person
from tests.workflows.execution.starts import begun
from tests.workflows.main_job.definitions import MANUAL, chain, create


@pytest.mark.parametrize("dialect", ["postgres", "mysql", "sqlite"])
@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"query": "=SELECT * FROM {{ $json.table }}"}, "not for a name"),
        ({"query": "={{ $json.sql }}"}, "itself cannot come from an expression"),
        ({"query": "={{ $json.sql; }}"}, "itself cannot come from an expression"),
        ({"query": "SELECT 'x"}, "never closed"),
        ({"query": "COMMIT"}, "COMMIT is not possible"),
        ({"query": "SELECT 1", "operation": "execute"}, None),
        ({"query": "=SELECT {{ $json.a }}, '{{ $json.b }}'"}, None),
        ({"query": "SELECT :a", "values": {"a": 1}}, None),
        ({"query": "SELECT :a", "values": "={{ $json }}"}, None),
        ({"query": "=SELECT {{ $json. }}"}, None),  # said of the expression itself
        ({"operation": "select", "query": "nonsense '"}, None),
        ({"query": ""}, None),
        ({"query": 5}, None),
    ],
)
def test_faults_are_named_before_publishing(
    settings: Any, tmp_path: Path, dialect: str, parameters: Any, words: str | None
) -> None:
    settings.EXPRSN_SQLITE_DIR = str(tmp_path)
    faults = get_node_type(dialect).check(parameters)
    if words is None:
        assert faults == {}
    else:
        assert words in faults["query"][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("node", "place", "words"),
    [
        (("db", "postgres", {"query": "SELECT 1"}), "credentials", "kind postgres"),
        (("mail", "send_email", {"from": "a@example.com", "to": "b@example.com"}), "credentials", "kind smtp"),
        (("file", "sqlite", {"file": "x.db", "query": "SELECT 1"}), "parameters.file", "EXPRSN_SQLITE_DIR"),
    ],
)
def test_what_could_never_run_is_not_published(
    owner: Person, settings: Any, node: tuple[str, str, dict[str, Any]], place: str, words: str
) -> None:
    settings.EXPRSN_SQLITE_DIR = ""
    made = create(owner, chain(MANUAL, node))
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/publish/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "definition_invalid")
    assert words in answer.json()["errors"][f"definition.nodes[1].{place}"][0]


@pytest.mark.parametrize("dialect", ["postgres", "mysql"])
def test_a_credential_is_needed(run_node: Any, dialect: str) -> None:
    with pytest.raises(NodeError) as refused:
        run_node(dialect, {"query": "SELECT 1"})
    assert refused.value.kind == "credential_missing"


@pytest.mark.parametrize("name", ["max_rows", "timeout_seconds"])
def test_limits_are_numbers(run_node: Any, name: str) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("sqlite", {"file": "x.db", "query": "SELECT 1", name: 0})
    assert (refused.value.kind, refused.value.parameter) == ("bad_value", name)


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_asks_nobody_and_says_what_it_would_have_done(owner: Person) -> None:
    steps = (
        ("mail", "send_email", {"from": "a@x.org", "to": "b@x.org", "subject": "=S {{ $json.n }}"}),
        ("rows", "postgres", {"query": "=DELETE FROM t WHERE id = {{ $json.n }}"}),
        ("note", "static_data", {"operation": "set", "name": "a", "value": 1}),
    )
    made = create(owner, chain(MANUAL, *steps))
    execution, lease = begun(owner, made, trigger_mode=TriggerMode.WEBHOOK, dry_run=True)
    assert execute_held_run(execution, lease).status == "success"
    changes = ExecutionPayload.plain.get(kind="changes").value
    assert [change["type"] for change in changes] == ["send_email", "postgres", "static_data"]
    assert changes[0]["effect"]["subject"] == "S 1"
