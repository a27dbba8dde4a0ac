"""A retry from the failed node keeps what was done, does the rest, and refuses what does not fit."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from apps.workflows.models import Execution, NodeExecution
from tests.faults.stub import CountingStub
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db(transaction=True)
BROKEN = ("check", "stop_and_error", {"message": "Not today."})


@pytest.fixture
def stub(settings: Any) -> Any:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    with CountingStub() as made:
        yield made


def post(url: str, name: str = "pay") -> tuple[str, str, dict[str, Any]]:
    return name, "http_request", {"method": "POST", "url": f"{url}/{name}", "idempotency_header": True}


def save(person: Person, made: dict[str, Any], definition: dict[str, Any]) -> None:
    path = f"/api/v1/workflows/{made['id']}/"
    tag = person.api.get(path)["ETag"]
    answer = person.api.put(path, {"name": "Demo", "definition": definition}, format="json", headers={"If-Match": tag})
    assert answer.status_code == 200, answer.content


def retry(person: Person, execution_id: str, **body: Any) -> Any:
    return person.api.post(f"/api/v1/executions/{execution_id}/retry/", body, format="json")


def nodes(person: Person, execution_id: str) -> list[tuple[str, str]]:
    items = person.api.get(f"/api/v1/executions/{execution_id}/nodes/").json()["items"]
    return [(item["node_id"], item["status"]) for item in items]


def test_what_was_done_is_kept_and_the_mended_node_runs(owner: Person, stub: CountingStub) -> None:
    made = create(owner, chain(MANUAL, post(stub.url), BROKEN, fields("end", paid="yes")))
    failed = run_by_hand(owner, made)
    assert (failed["status"], sum(stub.calls.values())) == ("error", 1)
    save(owner, made, chain(MANUAL, post(stub.url), ("check", "no_op", {}), fields("end", paid="yes")))
    answer = retry(owner, failed["id"], from_failed_node=True, use_newest_version=True)
    assert answer.status_code == 202
    again = Execution.plain.get(retry_of_id=failed["id"])
    assert (again.status, again.retry_count, again.nodes_executed) == ("success", 1, 4)
    assert sum(stub.calls.values()) == 1
    expected = [("start", "success"), ("pay", "success"), ("check", "success"), ("end", "success")]
    assert nodes(owner, str(again.id)) == expected
    assert owner.api.get(f"/api/v1/executions/{again.id}/").json()["output"][0]["json"] == {"paid": "yes"}
    took = dict(NodeExecution.plain.filter(node_id="pay").values_list("execution_id", "duration_ms"))
    assert took[again.id] == took[again.retry_of_id] > 0


def test_with_the_same_version_it_fails_at_the_same_node_again(owner: Person, stub: CountingStub) -> None:
    failed = run_by_hand(owner, create(owner, chain(MANUAL, post(stub.url), BROKEN)))
    assert retry(owner, failed["id"], from_failed_node=True).status_code == 202
    again = Execution.plain.get(retry_of_id=failed["id"])
    assert (again.status, again.failed_node, sum(stub.calls.values())) == ("error", "check", 1)


def test_from_the_start_it_does_everything_again(owner: Person, stub: CountingStub) -> None:
    failed = run_by_hand(owner, create(owner, chain(MANUAL, post(stub.url), BROKEN)))
    assert retry(owner, failed["id"]).status_code == 202
    assert sum(stub.calls.values()) == 2


def test_loops_go_on_in_the_round_that_failed(owner: Person, stub: CountingStub) -> None:
    fails_once = ("stop", "stop_and_error", {"message": "third"})
    definition = chain(MANUAL, ("loop", "loop_over_items", {"batch_size": 1}), post(stub.url), fails_once)
    definition["connections"] = [
        {"source": "start", "target": "loop"},
        {"source": "loop", "source_output": "loop", "target": "pay"},
        {"source": "pay", "target": "stop"},
        {"source": "stop", "target": "loop"},
    ]
    definition["nodes"][3]["run_if"] = "$runIndex == 2"
    made = create(owner, definition)
    failed = run_by_hand(owner, made, trigger_data=[{"n": n} for n in range(4)])
    assert (failed["status"], sum(stub.calls.values())) == ("error", 3)
    definition["nodes"][3]["run_if"] = "false"
    save(owner, made, definition)
    assert retry(owner, failed["id"], from_failed_node=True, use_newest_version=True).status_code == 202
    again = Execution.plain.get(retry_of_id=failed["id"])
    assert (again.status, sum(stub.calls.values())) == ("success", 4)


def test_a_run_that_came_to_its_end_is_refused(owner: Person) -> None:
    done = run_by_hand(owner, create(owner, chain(MANUAL, fields("end", a="1"))))
    answer = retry(owner, done["id"], from_failed_node=True)
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_failed")
    assert Execution.plain.count() == 1


def test_a_change_before_the_failed_node_is_refused(owner: Person) -> None:
    made = create(owner, chain(MANUAL, fields("one", a="1"), BROKEN))
    failed = run_by_hand(owner, made)
    save(owner, made, chain(MANUAL, fields("new", a="1"), fields("one", a="1"), BROKEN))
    answer = retry(owner, failed["id"], from_failed_node=True, use_newest_version=True)
    assert (answer.status_code, answer.json()["code"]) == (409, "journal_mismatch")
    assert Execution.plain.count() == 1


def test_who_may_not_run_may_not_retry(owner: Person, stranger: Person) -> None:
    failed = run_by_hand(owner, create(owner, chain(MANUAL, BROKEN)))
    assert retry(stranger, failed["id"], from_failed_node=True).status_code == 404
    assert Execution.plain.count() == 1


def test_the_page_of_a_failed_run_offers_it(owner: Person) -> None:
    failed = run_by_hand(owner, create(owner, chain(MANUAL, BROKEN)))
    browser = Client()
    browser.force_login(owner.user)
    page = browser.get(f"/executions/{failed['id']}/").content.decode()
    assert "Retry from the failed step" in page
    assert "Run again from the start" in page
    answer = browser.post(f"/executions/{failed['id']}/retry/", {"from": "failed"})
    assert answer.status_code == 302
    assert Execution.plain.get(retry_of_id=failed["id"]).failed_node == "check"
