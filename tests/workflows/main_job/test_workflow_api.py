"""Workflows and executions over the API."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from apps.workflows.models import Execution, Webhook, Workflow, WorkflowVersion
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/api/v1/workflows/"


def put(person: Person, path: str, definition: dict[str, Any], etag: str | None) -> Any:
    headers = {"If-Match": etag} if etag else {}
    return person.api.put(path, {"definition": definition}, format="json", headers=headers)


def test_a_workflow_is_made_read_changed_and_deleted(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    path = f"{URL}{made['id']}/"
    assert (made["status"], made["slug"], made["environment"], made["version"]) == ("draft", "demo", "testing", 1)
    assert owner.api.get(path).json()["definition"]["nodes"][0]["type"] == "manual"
    assert owner.api.patch(path, {"name": "Renamed", "tags": ["a"]}, format="json").json()["name"] == "Renamed"
    assert [w["name"] for w in owner.api.get(f"{URL}?tag=a&search=ren").json()["items"]] == ["Renamed"]
    assert owner.api.delete(path).status_code == 204
    assert owner.api.get(path).json()["code"] == "workflow_not_found"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "name"),
        ({"name": "x"}, "name"),
        ({"name": "Fine", "slug": "Not Fine"}, "slug"),
        ({"name": "Fine", "tags": [1] * 30}, "tags"),
        ({"name": "Fine", "definition": {"nodes": [{"id": 5}], "connections": []}}, "definition.nodes[0].id"),
        ({"name": "Fine", "definition": {"nodes": []}}, "definition"),
    ],
)
def test_a_bad_workflow_is_refused_with_the_place(owner: Person, body: dict[str, Any], place: str) -> None:
    answer = owner.api.post(URL, body, format="json")
    assert answer.status_code == 422
    assert any(path.startswith(place) for path in answer.json()["errors"])
    assert not Workflow.plain.exists()


def test_a_slug_is_unique_and_free_ones_are_found(owner: Person) -> None:
    create(owner, chain(MANUAL))
    assert create(owner, chain(MANUAL))["slug"] == "demo-2"
    answer = owner.api.post(URL, {"name": "Other", "slug": "demo"}, format="json")
    assert answer.json()["code"] == "slug_taken"


def test_a_stale_save_is_refused_and_a_missing_tag_asked_for(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    path = f"{URL}{made['id']}/"
    etag = owner.api.get(path)["ETag"]
    assert put(owner, path, chain(MANUAL, ("a", "no_op", {})), etag).status_code == 200
    stale = put(owner, path, chain(MANUAL), etag)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_write")
    assert stale["ETag"] == owner.api.get(path)["ETag"]
    assert put(owner, path, chain(MANUAL), None).status_code == 428
    assert len(owner.api.get(path).json()["definition"]["nodes"]) == 2


def test_saves_collapse_until_the_version_was_published(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    path = f"{URL}{made['id']}/"
    for _ in range(3):
        put(owner, path, chain(MANUAL), owner.api.get(path)["ETag"])
    owner.api.post(f"{path}publish/", {}, format="json")
    put(owner, path, chain(MANUAL), owner.api.get(path)["ETag"])
    numbers = [v["number"] for v in owner.api.get(f"{path}versions/").json()["items"]]
    assert numbers == [2, 1]
    assert WorkflowVersion.plain.get(number=1).sealed


def test_an_unpublished_workflow_cannot_be_activated(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    answer = owner.api.post(f"{URL}{made['id']}/activate/")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_published")


def test_faults_keep_a_draft_from_being_published(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ("call", "http_request", {"url": "={{ ) }}"})))
    answer = owner.api.post(f"{URL}{made['id']}/publish/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "definition_invalid")
    assert list(answer.json()["errors"]) == ["definition.nodes[1].parameters.url"]
    missing = owner.api.post(f"{URL}{made['id']}/publish/", {"version": 9}, format="json")
    assert missing.json()["code"] == "version_not_found"


def test_active_is_reachable_and_paused_is_not(owner: Person) -> None:
    made = go_live(owner, chain(hook("life"), fields("a", x="1")))
    assert Webhook.plain.count() == 1
    assert owner.api.get("/api/v1/webhooks/").json()["items"][0]["path"] == "life"
    assert owner.api.post(f"{URL}{made['id']}/deactivate/").json()["status"] == "paused"
    assert not Webhook.plain.exists()
    owner.api.post(f"{URL}{made['id']}/activate/")
    owner.api.delete(f"{URL}{made['id']}/")
    assert not Webhook.plain.exists()


def test_a_path_belongs_to_one_active_workflow(owner: Person, stranger: Person) -> None:
    go_live(owner, chain(hook("a/:id"), fields("a", x="1")))
    other = create(stranger, chain(hook("a/:other"), fields("a", x="1")))
    stranger.api.post(f"{URL}{other['id']}/publish/", {}, format="json")
    answer = stranger.api.post(f"{URL}{other['id']}/activate/")
    assert (answer.status_code, answer.json()["code"]) == (409, "webhook_path_taken")
    assert stranger.api.get(f"{URL}{other['id']}/").json()["status"] == "draft"


def test_a_run_by_hand_is_recorded_whole(owner: Person) -> None:
    made = create(owner, chain(MANUAL, fields("greet", text="=Hi {{ $json.name }}")))
    body = {"trigger_data": {"name": "Ada"}, "wait": True}
    answer = owner.api.post(f"{URL}{made['id']}/execute/", body, format="json")
    assert answer.status_code == 200
    execution = owner.api.get(f"/api/v1/executions/{answer.json()['execution']['id']}/").json()
    assert (execution["status"], execution["execution_path"]) == ("success", ["start", "greet"])
    assert execution["output"] == [{"json": {"text": "Hi Ada"}, "paired_item": [{"item": 0, "input": 0}]}]
    assert execution["trigger_data"] == [{"json": {"name": "Ada"}}]
    nodes = owner.api.get(f"/api/v1/executions/{execution['id']}/nodes/").json()["items"]
    assert nodes[1]["input"]["main"][0]["json"] == {"name": "Ada"}


def test_a_run_is_accepted_and_done_by_a_worker(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    answer = owner.api.post(f"{URL}{made['id']}/execute/", {}, format="json")
    assert answer.status_code == 202
    assert Execution.plain.get().status == "success"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"trigger_node": "nope"}, 422, "trigger_not_found"),
        ({"priority": "now"}, 422, "invalid"),
        ({"wait": 5}, 422, "invalid"),
    ],
)
def test_a_start_that_cannot_be(owner: Person, body: dict[str, Any], status: int, code: str) -> None:
    made = create(owner, chain(MANUAL))
    answer = owner.api.post(f"{URL}{made['id']}/execute/", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Execution.plain.exists()


def failing(owner: Person) -> dict[str, Any]:
    made = create(owner, chain(MANUAL, ("stop", "stop_and_error", {"message": "Out of paper"})))
    answer = owner.api.post(f"{URL}{made['id']}/execute/", {"wait": True}, format="json")
    found: dict[str, Any] = answer.json()["execution"]
    return found


def test_a_failed_run_says_where_and_why_and_can_be_retried(owner: Person) -> None:
    execution = failing(owner)
    assert (execution["status"], execution["failed_node"]) == ("error", "stop")
    assert execution["error"]["message"] == "Out of paper"
    logs = owner.api.get(f"/api/v1/executions/{execution['id']}/logs/?level=error").json()["items"]
    assert logs[0]["message"] == "Out of paper"
    retried = owner.api.post(f"/api/v1/executions/{execution['id']}/retry/", {}, format="json").json()["execution"]
    assert (retried["retry_of"], retried["retry_count"], retried["trigger_mode"]) == (execution["id"], 1, "retry")


def test_finished_runs_cannot_be_stopped_but_deleted(owner: Person) -> None:
    path = f"/api/v1/executions/{failing(owner)['id']}/"
    assert owner.api.post(f"{path}stop/").json()["code"] == "execution_finished"
    assert owner.api.delete(path).status_code == 204
    assert not Execution.plain.exists()


def test_lists_go_on_by_cursor_and_by_page(owner: Person) -> None:
    names = [create(owner, chain(MANUAL), f"Flow {n}")["name"] for n in range(5)]
    first = owner.api.get(f"{URL}?limit=2&ordering=name").json()
    second = owner.api.get(f"{URL}?limit=2&ordering=name&cursor={first['page_info']['next_cursor']}").json()
    assert [w["name"] for w in first["items"] + second["items"]] == names[:4]
    assert owner.api.get(f"{URL}?limit=2&page=3").json()["page_info"]["total_items"] == 5


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "cursor=%%%", "cursor=e30", "ordering=secret", "page=99"])
def test_bad_list_requests_are_refused(owner: Person, query: str) -> None:
    assert 400 <= owner.api.get(f"{URL}?{query}").status_code < 500


@pytest.mark.parametrize("query", ["workflow=x", "since=yesterday", "until=2020-13-01"])
def test_bad_filters_are_refused(owner: Person, query: str) -> None:
    answer = owner.api.get(f"/api/v1/executions/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_filter")


def test_lists_cost_a_bounded_number_of_statements(
    owner: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        made = create(owner, chain(MANUAL), f"Flow {number}")
        owner.api.post(f"{URL}{made['id']}/execute/", {"wait": True}, format="json")
    for path in (URL, "/api/v1/executions/", "/api/v1/webhooks/", "/api/v1/audit-events/"):
        with django_assert_max_num_queries(6):
            assert owner.api.get(path).status_code == 200


def test_three_people(owner: Person, mate: Person, stranger: Person) -> None:
    made = go_live(owner, chain(hook("secret"), fields("a", x="1")))
    path = f"{URL}{made['id']}/"
    execution = owner.api.post(f"{path}execute/", {"wait": True}, format="json").json()["execution"]
    run = f"/api/v1/executions/{execution['id']}/"
    assert mate.api.get(path).status_code == mate.api.get(run).status_code == 200
    writes = [
        ("delete", path),
        ("post", f"{path}publish/"),
        ("post", f"{path}deactivate/"),
        ("post", f"{path}execute/"),
        ("post", f"{run}retry/"),
        ("delete", run),
    ]
    assert {getattr(mate.api, verb)(where).status_code for verb, where in writes} == {403}
    reads = [
        ("get", path),
        ("get", run),
        ("get", f"{run}nodes/"),
        ("get", f"{run}logs/"),
        ("get", f"{path}export/"),
        ("get", f"{path}versions/"),
    ]
    assert {getattr(stranger.api, verb)(where).status_code for verb, where in writes + reads} == {404}
    assert stranger.api.get(URL).json()["items"] == stranger.api.get("/api/v1/executions/").json()["items"] == []
    assert Workflow.plain.get().status == "active"
    assert Execution.plain.count() == 1


def test_private_workflows_are_their_makers(owner: Person, mate: Person) -> None:
    body = {"name": "Mine", "scope": "user", "definition": chain(MANUAL)}
    made = owner.api.post(URL, body, format="json").json()
    assert mate.api.get(f"{URL}{made['id']}/").status_code == 404
    assert mate.api.get(URL).json()["items"] == []


def test_export_and_import_are_inverse(owner: Person, stranger: Person) -> None:
    made = create(owner, chain(MANUAL, fields("a", x="={{ $json.b }}")))
    export = owner.api.get(f"{URL}{made['id']}/export/").json()
    assert (export["format"], export["version"]) == ("exprsn-workflow", "1.0")
    answer = stranger.api.post(f"{URL}import/", export, format="json")
    assert answer.status_code == 201
    again = stranger.api.get(f"{URL}{answer.json()['workflow']['id']}/export/?stable=true").json()
    assert again["definition"] == export["definition"]
    assert "exported_at" not in again


@pytest.mark.parametrize("body", [{}, [], {"nodes": 5}, {"hello": "world"}, "text", None, [[[]]]])
def test_garbage_is_not_imported(owner: Person, body: Any) -> None:
    answer = owner.api.post(f"{URL}import/", body, format="json")
    assert answer.status_code == 422
    assert not Workflow.plain.exists()


def test_duplicates_are_drafts(owner: Person) -> None:
    made = go_live(owner, chain(hook("dup"), fields("a", x="1")))
    copy = owner.api.post(f"{URL}{made['id']}/duplicate/").json()
    assert (copy["name"], copy["status"], copy["published_version"]) == ("Demo (copy)", "draft", None)


def test_the_catalogue_and_the_schema_are_published(owner: Person) -> None:
    types = {entry["type"] for entry in owner.api.get("/api/v1/node-types/").json()["items"]}
    assert {"webhook", "if", "code", "http_request", "merge"} <= types
    assert owner.api.get(f"{URL}schema/").json()["title"] == "Exprsn workflow definition"
