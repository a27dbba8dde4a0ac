"""How many SQL statements each list, detail and page costs: never more than the committed baseline, however many rows.

``EXPRSN_WRITE_BASELINES=1 pytest tests/performance/test_query_counts.py`` writes the baseline anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.decision_tables.models import DecisionTable, DecisionTestCase
from apps.pages.models import Form
from apps.workflows.models import Approval, ApprovalAssignee, Execution, Workflow, WorkflowTest
from tests.decision_tables.pricing import at, call, publish
from tests.decision_tables.pricing import create as create_table
from tests.pages.contact import open_contact, send
from tests.people import Person, make_person
from tests.workflows.execution.questions import open_question
from tests.workflows.main_job.definitions import MANUAL, chain, create, go_live, hook

pytestmark = pytest.mark.django_db
BASELINE = Path(__file__).parents[1] / "baselines" / "query_counts.json"
WRITES = os.environ.get("EXPRSN_WRITE_BASELINES") == "1"
API = [
    "me/",
    "organizations/",
    "organizations/{organization}/",
    "organizations/{organization}/members/",
    "teams/",
    "tokens/",
    "audit-events/",
    "credentials/",
    "credentials/{credential}/",
    "credential-types/",
    "node-types/",
    "workflow-templates/",
    "workflow-templates/csv-summary/",
    "workflows/",
    "workflows/?search=flow&status=active&tag=a",
    "workflows/?page=1",
    "workflows/schema/",
    "workflows/{workflow}/",
    "workflows/{workflow}/versions/",
    "workflows/{workflow}/versions/1/",
    "workflows/{workflow}/diff/?from=1",
    "workflows/{workflow}/view/",
    "workflows/{workflow}/nodes/a/scope/",
    "expressions/reference/",
    "workflows/{workflow}/export/",
    "workflows/{workflow}/document/",
    "workflows/{workflow}/operations/",
    "workflows/{workflow}/tests/",
    "workflows/{workflow}/tests/{test}/",
    "executions/",
    "executions/?status=success&workflow={workflow}",
    "executions/{execution}/",
    "executions/{execution}/nodes/",
    "executions/{execution}/logs/",
    "webhooks/",
    "schedules/",
    "circuit-breakers/",
    "approvals/",
    "approvals/{approval}/",
    "decision-tables/",
    "decision-tables/?search=table&application=shop",
    "decision-tables/table-0/",
    "decision-tables/{table}/versions/",
    "decision-tables/{table}/versions/1/",
    "decision-tables/{table}/diff/?from=1",
    "decision-tables/{table}/document/",
    "decision-tables/{table}/operations/",
    "decision-tables/{table}/tests/",
    "decision-tables/{table}/tests/{case}/",
    "decision-tables/{table}/stats/",
    "decision-tables/{table}/export/?format=json",
    "decision-tables/templates/",
    "decision-tables/templates/product-pricing/",
    "forms/",
    "forms/{form}/",
    "forms/{form}/submissions/",
]
PAGES = [
    "/",
    "/workflows/",
    "/workflows/import/",
    "/workflows/gallery/",
    "/workflows/{workflow}/",
    "/executions/",
    "/executions/{execution}/",
    "/approvals/",
    "/approvals/{approval}/",
    "/forms/",
    "/forms/{form}/submissions/",
    "/forms/form-0",
    "/settings/members/",
    "/settings/teams/",
    "/settings/tokens/",
    "/settings/audit/",
    "/settings/credentials/",
]
PATHS = [f"/api/v1/{path}" for path in API] + PAGES


def add(owner: Person, numbers: range) -> None:
    """One of everything for each number."""
    tick = ("tick", "schedule", {"rules": [{"unit": "hours", "interval": 1}]})
    for number in numbers:
        live = go_live(owner, chain(hook(f"path-{number}"), ("a", "no_op", {})), f"Live {number}")
        go_live(owner, chain(tick), f"Ticks {number}")
        open_contact(owner, f"form-{number}")
        for _ in range(number + 1):
            send("form-0")
        made = create(owner, chain(MANUAL, ("a", "no_op", {}), ("s", "stop_and_error", {})), f"Flow {number}")
        for flow in (live, made):
            owner.api.post(f"/api/v1/workflows/{flow['id']}/execute/", {"wait": True}, format="json")
        question = open_question(Execution.plain.filter(workflow_id=made["id"])[0].id, for_everybody=False)
        ApprovalAssignee.plain.create(organization=owner.organization, approval_id=question, user=owner.user)
        owner.api.post(f"/api/v1/workflows/{_first_flow()}/tests/", {"name": f"Test {number}"}, format="json")
        secret = {"name": f"Key {number}", "kind": "bearer", "fields": {"token": "x"}}
        owner.api.post("/api/v1/credentials/", secret, format="json")
        owner.api.post("/api/v1/teams/", {"name": f"Team {number}"}, format="json")
        owner.api.post("/api/v1/tokens/", {"name": f"Token {number}", "scopes": []}, format="json")
        _add_table(owner, number)
        make_person(f"mate{number}@example.com", owner.organization, "viewer")


def _add_table(owner: Person, number: int) -> None:
    """A table, and one version, test and evaluation more of the first one."""
    create_table(owner, f"table-{number}", application="shop")
    call(owner, "patch", at("table-0"), {"default_outputs": {"price": number, "discount": 0}})
    publish(owner, "table-0")
    call(owner, "post", at("table-0", "tests"), {"name": f"Case {number}"})
    call(owner, "post", at("table-0", "evaluate"), {"inputs": {}})


def _first_flow() -> Any:
    return Workflow.plain.get(name="Flow 0").id


def measured(owner: Person) -> dict[str, int]:
    """Path → statements, on the second call, when what is kept in the process is there."""
    known = {
        "organization": owner.organization.id,
        "workflow": _first_flow(),
        "test": WorkflowTest.plain.get(name="Test 0").id,
        "execution": Execution.plain.filter(workflow__name="Flow 0").get().id,
        "approval": Approval.plain.get(workflow__name="Flow 0").id,
        "table": DecisionTable.plain.get(name="table-0").id,
        "case": DecisionTestCase.plain.get(name="Case 0").id,
        "form": Form.plain.get(slug="form-0").id,
        "credential": owner.api.get("/api/v1/credentials/").json()["items"][-1]["id"],
    }
    counts: dict[str, int] = {}
    for path in PATHS:
        client: Any = owner.api if path.startswith("/api/") else owner.client
        client.get(path.format(**known))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(path.format(**known))
        assert answer.status_code == 200, (path, answer.status_code)
        counts[path] = len(queries)
    return counts


def test_no_list_detail_or_page_costs_more_statements_than_before(owner: Person) -> None:
    add(owner, range(2))
    few = measured(owner)
    add(owner, range(2, 7))
    many = measured(owner)
    assert {path: (few[path], many[path]) for path in PATHS if many[path] > few[path]} == {}
    if WRITES:
        BASELINE.write_text(json.dumps(many, indent=2) + "\n")
    baseline = json.loads(BASELINE.read_text())
    grown = {path: (baseline.get(path, 0), count) for path, count in many.items() if count > baseline.get(path, 0)}
    assert grown == {}, "more statements than the baseline (before, now); mend it, or see this file's first lines"


def test_the_baseline_names_what_is_measured() -> None:
    assert sorted(json.loads(BASELINE.read_text())) == sorted(PATHS)
