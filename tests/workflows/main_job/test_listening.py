"""Listening for a test call: the draft answers one call as if it were live, and only while somebody listens."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from apps.workflows.models import Execution, Listening, Workflow
from apps.workflows.services.retention import forget_old_executions
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)


def call(path: str, body: Any = None, method: str = "post", **headers: str) -> Any:
    data = json.dumps(body if body is not None else {}).encode()
    return getattr(Client(), method)(
        f"/webhook-test/{path}", data, content_type="application/json", headers=headers
    )  # fmt: skip


def address(made: dict[str, Any]) -> str:
    return f"/api/v1/workflows/{made['id']}/listen/"


def listen(person: Person, made: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = person.api.post(address(made), body, format="json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()["listening"]
    return found


def state(person: Person, made: dict[str, Any]) -> Any:
    return person.api.get(address(made)).json()["listening"]


def save(person: Person, made: dict[str, Any], definition: dict[str, Any]) -> None:
    path = f"/api/v1/workflows/{made['id']}/"
    tag = person.api.get(path)["ETag"]
    answer = person.api.put(path, {"definition": definition}, format="json", headers={"If-Match": tag})
    assert answer.status_code == 200, answer.content


def test_a_call_is_answered_by_a_run_of_the_draft(owner: Person, settings: Any) -> None:
    settings.EXPRSN_PUBLIC_URL = "https://exprsn.example"
    made = create(owner, chain(hook("orders/:id"), fields("a", text="=Hi {{ $json.body.name }} {{ $json.params.id }}")))
    opened = listen(owner, made)
    assert (opened["url"], opened["method"], opened["open"]) == (
        "https://exprsn.example/webhook-test/orders/:id", "POST", True,
    )  # fmt: skip
    answer = call("orders/7", {"name": "Ada"})
    assert (answer.status_code, answer.json()) == (200, {"text": "Hi Ada 7"})
    execution = Execution.plain.get()
    assert answer["X-Execution-ID"] == str(execution.id)
    assert (execution.trigger_mode, execution.test_mode, execution.dry_run, execution.created_by) == (
        "test", True, False, owner.user.id,
    )  # fmt: skip
    after = state(owner, made)
    assert (after["id"], after["execution"], after["open"]) == (opened["id"], str(execution.id), False)


def test_one_call_closes_it(owner: Person) -> None:
    made = create(owner, chain(hook("once"), fields("a", x="1")))
    first = listen(owner, made)
    assert call("once").status_code == 200
    answer = call("once")
    assert (answer.status_code, answer.json()["code"]) == (404, "webhook_not_listening")
    assert "press Listen" in answer.json()["detail"]
    assert listen(owner, made)["id"] != first["id"]
    assert call("once").status_code == 200
    assert Execution.plain.count() == 2


def test_nobody_listens_at_a_live_webhook_by_itself(owner: Person) -> None:
    go_live(owner, chain(hook("live"), fields("a", x="1")))
    assert call("live").json()["code"] == "webhook_not_listening"
    assert Execution.plain.count() == 0


def test_a_listening_does_not_open_the_real_address(owner: Person) -> None:
    listen(owner, create(owner, chain(hook("draft"), fields("a", x="1"))))
    assert Client().post("/webhook/draft", b"{}", content_type="application/json").status_code == 404


def test_it_ends_by_itself(owner: Person) -> None:
    made = create(owner, chain(hook("late"), fields("a", x="1")))
    with time_machine.travel(utc_now() - timedelta(seconds=121)):
        listen(owner, made)
    assert state(owner, made) is None
    assert call("late").json()["code"] == "webhook_not_listening"


def test_asking_again_goes_on_listening(owner: Person) -> None:
    made = create(owner, chain(hook("again"), fields("a", x="1")))
    with time_machine.travel(utc_now() - timedelta(seconds=100)):
        first = listen(owner, made)
    second = listen(owner, made)
    assert second["id"] == first["id"]
    assert second["expires_at"] > first["expires_at"]


def test_it_can_be_ended(owner: Person) -> None:
    made = create(owner, chain(hook("end"), fields("a", x="1")))
    assert state(owner, made) is None
    listen(owner, made)
    assert owner.api.delete(address(made)).status_code == 204
    assert (state(owner, made), call("end").status_code) == (None, 404)
    assert owner.api.delete(address(made)).status_code == 204


def test_edits_in_between_count(owner: Person) -> None:
    made = create(owner, chain(hook("edit"), fields("a", x="old")))
    listen(owner, made)
    save(owner, made, chain(hook("edit"), fields("a", x="new")))
    assert call("edit").json() == {"x": "new"}


@pytest.mark.parametrize("after", [chain(hook("other"), fields("a", x="1")), chain(MANUAL)])
def test_a_webhook_that_has_moved_is_not_called(owner: Person, after: dict[str, Any]) -> None:
    made = create(owner, chain(hook("moved"), fields("a", x="1")))
    listen(owner, made)
    save(owner, made, after)
    assert call("moved").json()["code"] == "webhook_not_listening"
    assert Execution.plain.count() == 0


def test_a_new_path_is_listened_at_at_once(owner: Person) -> None:
    made = create(owner, chain(hook("one"), fields("a", x="1")))
    first = listen(owner, made)
    save(owner, made, chain(hook("two"), fields("a", x="1")))
    assert listen(owner, made)["id"] != first["id"]
    assert [call(path).status_code for path in ("one", "two")] == [404, 200]


def test_a_workflow_in_the_trash_is_not_called(owner: Person) -> None:
    made = create(owner, chain(hook("gone"), fields("a", x="1")))
    listen(owner, made)
    Workflow.plain.filter(id=made["id"]).update(deleted_at=utc_now())
    assert call("gone").status_code == 404


def test_refusals_of_the_webhook_itself_leave_it_open(owner: Person) -> None:
    credential = {"name": "K", "kind": "header", "fields": {"name": "X-Key", "value": "k1"}}
    key = owner.api.post("/api/v1/credentials/", credential, format="json").json()
    definition = chain(hook("strict", auth="header"), fields("a", x="1"))
    definition["nodes"][0]["credentials"] = {"header": key["id"]}
    made = create(owner, definition)
    listen(owner, made)
    assert call("strict").json()["code"] == "webhook_unauthorized"
    assert call("strict", method="put").json()["code"] == "webhook_method_not_found"
    assert state(owner, made)["open"]
    assert call("strict", **{"X-Key": "k1"}).status_code == 200


def test_a_body_beyond_the_limit_and_a_strange_path(owner: Person, settings: Any) -> None:
    settings.EXPRSN_WEBHOOK_MAX_BYTES = 10
    made = create(owner, chain(hook("big"), fields("a", x="1")))
    listen(owner, made)
    assert call("big", {"a": "x" * 100}).status_code == 413
    assert call("a%00b").json()["code"] == "webhook_not_listening"
    assert state(owner, made)["open"]


def test_at_once(owner: Person) -> None:
    made = create(owner, chain(hook("now", response_mode="immediately"), fields("a", x="1")))
    listen(owner, made)
    answer = call("now")
    execution = Execution.plain.get()
    assert (answer.status_code, answer.json()["execution_id"]) == (202, str(execution.id))
    assert (execution.status, state(owner, made)["execution"]) == ("success", str(execution.id))


def test_by_the_respond_node_after_a_hand_over(owner: Person, settings: Any) -> None:
    settings.EXPRSN_SYNC_SLICE_SECONDS = 0
    respond = ("r", "respond_to_webhook", {"respond_with": "text", "text_body": "fine", "response_code": 418})
    made = create(owner, chain(hook("slow", response_mode="respond_node"), fields("a", x="1"), respond))
    listen(owner, made)
    answer = call("slow")
    assert (answer.status_code, answer.content) == (418, b"fine")


def test_pinned_data_stand_for_nodes_in_a_test_call(owner: Person) -> None:
    definition = chain(hook("pins"), ("stop", "stop_and_error", {"message": "No."}), fields("a", x="={{ $json.p }}"))
    definition["nodes"][1]["pinned_data"] = [{"p": "pinned"}]
    listen(owner, create(owner, definition))
    assert call("pins").json() == {"x": "pinned"}


def test_the_webhook_can_be_named(owner: Person) -> None:
    definition = chain(hook("one"), fields("a", x="1"))
    other = {**definition["nodes"][0], "id": "other", "name": "Other", "parameters": {"path": "two"}}
    definition["nodes"].append(other)
    made = create(owner, definition)
    assert listen(owner, made, trigger_node="Other")["node_id"] == "other"
    assert listen(owner, made)["node_id"] == "hook"


@pytest.mark.parametrize(
    ("definition", "body", "code"),
    [
        (chain(MANUAL), {}, "no_webhook"),
        (chain(MANUAL, hook("x")), {"trigger_node": "start"}, "not_a_webhook"),
        (chain(hook("x")), {"trigger_node": "nobody"}, "trigger_not_found"),
        (chain(hook("a b")), {}, "webhook_path_invalid"),
        (chain(hook("x")), {"trigger_node": "x" * 300}, "invalid"),
    ],
)
def test_refusals(owner: Person, definition: dict[str, Any], body: dict[str, Any], code: str) -> None:
    answer = owner.api.post(address(create(owner, definition)), body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert Listening.plain.count() == 0


def test_a_path_belongs_to_whoever_listens_first(owner: Person, stranger: Person) -> None:
    mine = create(owner, chain(hook("shared"), fields("a", x="mine")))
    theirs = create(stranger, chain(hook("shared"), fields("a", x="theirs")))
    listen(owner, mine)
    answer = stranger.api.post(address(theirs), {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "test_path_taken")
    assert call("shared").json() == {"x": "mine"}
    listen(stranger, theirs)
    assert call("shared").json() == {"x": "theirs"}
    assert Execution.plain.filter(organization=stranger.organization).count() == 1


def test_whoever_may_not_run_may_not_listen(owner: Person, mate: Person, stranger: Person) -> None:
    made = create(owner, chain(hook("closed"), fields("a", x="1")))
    assert mate.api.post(address(made), {}, format="json").status_code == 403
    for verb in ("get", "post", "delete"):
        assert getattr(stranger.api, verb)(address(made), format="json").status_code == 404
    listen(owner, made)
    assert mate.api.delete(address(made)).status_code == 403
    assert state(mate, made)["open"]


def test_two_calls_at_once_start_one_run(owner: Person) -> None:
    made = create(owner, chain(hook("race"), fields("a", x="1")))
    listen(owner, made)

    def once(_: int) -> int:
        try:
            return int(call("race").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(once, range(4)))
    assert codes == [200, 404, 404, 404]
    assert Execution.plain.count() == 1


def test_what_is_over_for_long_is_swept(owner: Person) -> None:
    made = create(owner, chain(hook("old"), fields("a", x="1")))
    with time_machine.travel(utc_now() - timedelta(hours=2)):
        listen(owner, made)
    listen(owner, create(owner, chain(hook("new"), fields("a", x="1")), "New"))
    forget_old_executions()
    assert list(Listening.plain.values_list("path", flat=True)) == ["new"]


def test_a_real_call_counts_more_than_pinned_data(owner: Person) -> None:
    definition = chain(hook("pinned"), fields("a", to="={{ $json.body.name }}"))
    definition["nodes"][0]["pinned_data"] = [{"json": {"body": {"name": "Sample"}}}]
    listen(owner, create(owner, definition))
    assert call("pinned", {"name": "Ada"}).json() == {"to": "Ada"}
