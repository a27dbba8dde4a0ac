"""Dry runs: nothing outside changes, and what would have changed is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from apps.workflows.models import Execution
from tests.faults.stub import CountingStub
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stub(settings: Any) -> Any:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    with CountingStub() as made:
        yield made


def dry(person: Person, made: dict[str, Any], **body: Any) -> Any:
    return person.api.post(f"/api/v1/workflows/{made['id']}/test/", body, format="json")


def paying(url: str, **more: Any) -> dict[str, Any]:
    body = {
        "method": "POST",
        "url": f"={url}/pay/{{{{ $json.n }}}}",
        "body_mode": "json",
        "json_body": {"n": "={{ $json.n }}"},
    }
    call = ("Pay", "http_request", {k: v for k, v in body.items() if k in {"method", "url"}})
    definition = chain(MANUAL, call, fields("end", state="={{ $json.status }}"))
    definition["nodes"][1].update(more)
    return definition


def test_effects_are_told_and_not_had(owner: Person, stub: CountingStub) -> None:
    answer = dry(owner, create(owner, paying(stub.url)), test_data=[{"n": 1}, {"n": 2}])
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert sum(stub.calls.values()) == 0
    assert told["changes"] == [
        {
            "node_id": "Pay", "node": "Pay", "type": "http_request", "item": at,
            "effect": {"method": "POST", "url": f"{stub.url}/pay/{at + 1}"},
        }
        for at in range(2)
    ]  # fmt: skip
    assert told["execution"]["status"] == "success"
    assert isinstance(told["execution"]["duration_ms"], int)
    assert [(entry["node"], entry["status"]) for entry in told["logs"]] == [
        ("start", "success"), ("Pay", "success"), ("end", "success"),
    ]  # fmt: skip
    assert all(entry["timestamp"] for entry in told["logs"])
    execution = Execution.plain.get()
    assert (execution.trigger_mode, execution.test_mode, execution.dry_run) == ("test", True, True)
    kept = owner.api.get(f"/api/v1/executions/{execution.id}/").json()
    assert kept["changes"] == told["changes"]
    for page in ("/executions/", f"/executions/{execution.id}/"):
        shown = owner.client.get(page).content.decode()
        assert ">Dry run<" in shown and "<td>Test</td>" not in shown and "<dd>Test" not in shown


def test_pinned_data_stand_for_the_answer(owner: Person, stub: CountingStub) -> None:
    made = create(owner, paying(stub.url, pinned_data=[{"json": {"status": "paid"}}]))
    told = dry(owner, made, test_data={"n": 1}).json()
    assert told["execution"]["result"] == [{"state": "paid"}]
    assert [change["effect"]["url"] for change in told["changes"]] == [f"{stub.url}/pay/1"]


def test_waits_are_passed_and_pure_nodes_run(owner: Person) -> None:
    rest = ("rest", "wait", {"mode": "duration", "amount": 2, "unit": "hours"})
    code = ("code", "code", {"code": "return [{json: {sum: $input.all().length}}]"})
    told = dry(owner, create(owner, chain(MANUAL, rest, code)), test_data=[{"a": 1}, {"a": 2}]).json()
    assert (told["execution"]["status"], told["execution"]["result"]) == ("success", [{"sum": 2}])
    assert told["changes"] == []


def test_no_workflow_is_called(owner: Person) -> None:
    create(owner, chain(("called", "execute_workflow_trigger", {})), "Called")
    told = dry(owner, create(owner, chain(MANUAL, ("call", "execute_workflow", {"workflow": "called"})))).json()
    assert told["changes"][0]["effect"] == {"workflow": "called"}
    assert Execution.plain.count() == 1


def test_secrets_in_parameters_are_masked(owner: Person, stub: CountingStub) -> None:
    headers = [{"name": "Authorization", "value": "Bearer abcdefghijklmnop"}]
    call = ("Pay", "http_request", {"method": "POST", "url": stub.url, "headers": headers})
    told = dry(owner, create(owner, chain(MANUAL, call)))
    assert "abcdefghijklmnop" not in told.content.decode()


def test_a_failure_is_part_of_the_answer(owner: Person) -> None:
    told = dry(owner, create(owner, chain(MANUAL, ("no", "stop_and_error", {"message": "Never."})))).json()
    assert (told["execution"]["status"], told["execution"]["error"]["message"]) == ("error", "Never.")
    assert told["logs"][-1]["error"]["message"] == "Never."


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [({"trigger_node": "nobody"}, 422, "trigger_not_found"), ({"trigger_node": "x" * 300}, 422, "invalid")],
)
def test_refusals(owner: Person, body: Any, status: int, code: str) -> None:
    answer = dry(owner, create(owner, chain(MANUAL)), **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert Execution.plain.count() == 0


def test_who_may_not_run_it_may_not_test_it(owner: Person, stranger: Person) -> None:
    assert dry(stranger, create(owner, chain(MANUAL))).status_code == 404
    assert Execution.plain.count() == 0


def test_the_page_shows_what_would_have_changed(owner: Person, stub: CountingStub) -> None:
    made = create(owner, paying(stub.url))
    browser = Client()
    browser.force_login(owner.user)
    assert "Dry run" in browser.get(f"/workflows/{made['id']}/overview/").content.decode()
    answer = browser.post(f"/workflows/{made['id']}/dry-run/")
    page = browser.get(answer["Location"]).content.decode()
    assert "what would have been changed" in page
    assert f"{stub.url}/pay/" in page
    assert sum(stub.calls.values()) == 0


@pytest.mark.parametrize("body", [{}, {"from_failed_node": True}])
def test_a_dry_run_stays_one_when_it_is_tried_again(owner: Person, stub: CountingStub, body: dict[str, Any]) -> None:
    definition = paying(stub.url)
    definition["nodes"].append(
        {"id": "no", "type": "stop_and_error", "name": "no", "position": {"x": 900, "y": 0}, "parameters": {}}
    )
    definition["connections"].append({"source": "end", "target": "no"})
    told = dry(owner, create(owner, definition), test_data={"n": 1}).json()
    assert told["execution"]["status"] == "error"
    answer = owner.api.post(f"/api/v1/executions/{told['execution']['id']}/retry/", body, format="json")
    assert answer.status_code == 202
    again = Execution.plain.get(retry_of_id=told["execution"]["id"])
    assert (again.status, again.dry_run, again.test_mode) == ("error", True, True)
    assert sum(stub.calls.values()) == 0
