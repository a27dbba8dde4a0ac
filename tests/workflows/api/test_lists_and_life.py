"""Lists by cursor and filter; tags, keys, versions, retries and stops of the workflows API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from apps.workflows.models import Execution, Workflow
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.execution.starts import begun, change, queued, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db
URL = "/api/v1/workflows/"
RUNS = "/api/v1/executions/"
TALKS = "for (let i = 0; i < 5; i++) console.log(i); return items"
FAIL = ("stop", "stop_and_error", {"message": "Out of paper"})


def pages(person: Person, path: str, limit: int) -> list[list[Any]]:
    """Every page of a list, followed by cursor."""
    found, cursor = [], ""
    for _ in range(50):
        sign = "&" if "?" in path else "?"
        answer = person.api.get(f"{path}{sign}limit={limit}{f'&cursor={cursor}' if cursor else ''}").json()
        found.append([item["id"] for item in answer["items"]])
        cursor = answer["page_info"]["next_cursor"]
        assert answer["page_info"]["has_more"] == bool(cursor)
        if not cursor:
            return found
    raise AssertionError("the list does not end")


def many(owner: Person, kind: str) -> str:
    """Five rows of a list and its address."""
    if kind == "workflows":
        for number in range(5):
            create(owner, chain(MANUAL), f"Flow {number % 2}")  # equal names: the id settles ties
        return URL
    made = create(owner, chain(MANUAL, ("js", "code", {"code": TALKS})))
    if kind == "versions":
        path = f"{URL}{made['id']}/"
        for number in range(4):
            body = {"definition": chain(MANUAL), "message": f"Number {number}"}
            assert owner.api.put(path, body, format="json", headers={"If-Match": "*"}).status_code == 200
        return f"{path}versions/"
    if kind == "logs":
        return f"{RUNS}{run_by_hand(owner, made)['id']}/logs/"
    for number in range(5):
        if kind == "executions":
            run_by_hand(owner, made)
        elif kind == "webhooks":
            go_live(owner, chain(hook(f"path-{number}")), f"Live {number}")
        else:
            go_live(owner, chain(("t", "schedule", {"rules": [{"unit": "hours", "interval": 1}]})), f"Live {number}")
    return RUNS if kind == "executions" else f"/api/v1/{kind}/"


@pytest.mark.parametrize("kind", ["workflows", "executions", "versions", "logs", "webhooks", "schedules"])
def test_every_list_goes_on_by_cursor_without_gap_or_repeat(owner: Person, kind: str) -> None:
    path = many(owner, kind)
    whole = pages(owner, path, 200)[0]
    assert len(whole) == len(set(whole)) >= 5
    for limit in (1, 2, 3):
        found = pages(owner, path, limit)
        assert [row for page in found for row in page] == whole
        assert {len(page) for page in found[:-1]} == {limit}
    for query, code in (
        ("limit=201", "invalid_limit"),
        ("cursor=AAAA", "invalid_cursor"),
        ("ordering=x", "invalid_ordering"),
    ):
        assert owner.api.get(f"{path}?{query}").json()["code"] == code


@pytest.mark.parametrize("ordering", ["name", "-name", "created_at", "-created_at", "updated_at", "id", "-id"])
def test_workflows_are_ordered_as_asked_and_ties_are_settled(owner: Person, ordering: str) -> None:
    many(owner, "workflows")
    found = [row for page in pages(owner, f"{URL}?ordering={ordering}", 2) for row in page]
    field = ordering.removeprefix("-")
    rows = sorted(Workflow.plain.all(), key=lambda w: (getattr(w, field), w.id), reverse=ordering.startswith("-"))
    assert found == [str(row.id) for row in rows]


def test_a_row_that_comes_while_one_pages_disturbs_nothing(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    first = [run_by_hand(owner, made)["id"] for _ in range(4)]
    answer = owner.api.get(f"{RUNS}?limit=2").json()
    run_by_hand(owner, made)
    rest = owner.api.get(f"{RUNS}?limit=9&cursor={answer['page_info']['next_cursor']}").json()["items"]
    assert [item["id"] for item in answer["items"] + rest] == list(reversed(first))


def test_executions_are_filtered(owner: Person) -> None:
    good, bad = create(owner, chain(MANUAL), "Good one"), create(owner, chain(MANUAL, FAIL), "Bad one")
    went, failed = run_by_hand(owner, good)["id"], run_by_hand(owner, bad)["id"]
    old = run_by_hand(owner, good)["id"]
    Execution.plain.filter(id=old).update(created_at=utc_now() - timedelta(days=3), environment="production")
    day = (utc_now() - timedelta(days=1)).isoformat().replace("+00:00", "Z")
    for query, found in {
        "status=error": {failed},
        "status=canceled": set(),
        f"workflow={good['id']}": {went, old},
        f"workflow={good['id']}&status=success&environment=testing": {went},
        "environment=production": {old},
        "trigger_mode=manual": {went, failed, old},
        "trigger_mode=webhook": set(),
        "search=out+of+PAPER": {failed},
        "search=good": {went, old},
        "search=%25": set(),
        f"since={day}": {went, failed},
        f"until={day}": {old},
        f"since={day}&until={day}": set(),
        "unknown=1": {went, failed, old},
        "status=": {went, failed, old},
    }.items():
        answer = owner.api.get(f"{RUNS}?{query}")
        assert (query, {item["id"] for item in answer.json()["items"]}) == (query, found)


BAD = ["%00", "%FF", "'%20OR%201=1", "%F0%9F%98%80", "x" * 5000, "[]", "{}", "-1", "null", "%ED%A0%80"]


@pytest.mark.parametrize("name", ["status", "environment", "trigger_mode", "search", "since", "until", "workflow"])
def test_any_text_in_a_filter_of_executions_is_answered(owner: Person, name: str) -> None:
    run_by_hand(owner, create(owner, chain(MANUAL)))
    for value in BAD:
        answer = owner.api.get(f"{RUNS}?{name}={value}")
        assert answer.status_code in {200, 422}, (value, answer.content)
        if answer.status_code == 422:
            assert answer.json()["code"].startswith("invalid")


@pytest.mark.parametrize("name", ["status", "environment", "folder", "scope", "tag", "search"])
def test_any_text_in_a_filter_of_workflows_is_answered(owner: Person, name: str) -> None:
    create(owner, chain(MANUAL))
    for value in BAD:
        assert owner.api.get(f"{URL}?{name}={value}").status_code in {200, 422}, value


def test_workflows_are_filtered(owner: Person) -> None:
    made = {name: create(owner, chain(MANUAL), name)["id"] for name in ("Alpha", "Beta")}
    live = go_live(owner, chain(hook("x")), "Gamma")["id"]
    body = {"tags": ["red", "dark red"], "folder": "Sales", "description": "Counts 100%"}
    assert owner.api.patch(f"{URL}{made['Beta']}/", body, format="json").status_code == 200
    for query, found in {
        "status=active": {live},
        "status=draft": set(made.values()),
        "folder=Sales": {made["Beta"]},
        "tag=red": {made["Beta"]},
        "tag=dark": set(),
        "scope=organization": {*made.values(), live},
        "search=100%25": {made["Beta"]},
        "search=alp": {made["Alpha"]},
        "environment=production": set(),
    }.items():
        answer = owner.api.get(f"{URL}?{query}").json()
        assert (query, {item["id"] for item in answer["items"]}) == (query, found)


def test_log_lines_are_filtered_by_level(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ("js", "code", {"code": "console.log('a'); console.error('b'); return []"})))
    path = f"{RUNS}{run_by_hand(owner, made)['id']}/logs/"
    for query, found in {"": ["a", "b"], "?level=error": ["b"], "?level=debug": []}.items():
        answer = owner.api.get(path + query)
        assert [line["message"] for line in answer.json()["items"]] == found


# Tags


def test_a_tag_changes_with_every_save_and_only_the_newest_may_save(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    path = f"{URL}{made['id']}/"
    tags = [owner.api.get(path)["ETag"]]
    for name in ("a", "b"):
        answer = owner.api.put(
            path, {"definition": chain(MANUAL, (name, "no_op", {}))}, format="json", headers={"If-Match": tags[-1]}
        )
        assert answer.status_code == 200
        assert answer["ETag"] == owner.api.get(path)["ETag"]
        tags.append(answer["ETag"])
    assert len(set(tags)) == 3
    for header, status in {
        tags[0]: 412,
        '"nonsense"': 412,
        f"{tags[0]}, {tags[2]}": 200,
        "": 428,
        "\udcff": 412,
    }.items():
        body = {"definition": chain(MANUAL, ("b", "no_op", {}))}
        answer = owner.api.put(path, body, format="json", headers={"If-Match": header} if header else {})
        assert (header, answer.status_code) == (header, status)
        tags[2] = owner.api.get(path)["ETag"]
    weak = owner.api.put(path, body, format="json", headers={"If-Match": f"W/{tags[2]}"})
    assert weak.status_code == 200


# Keys


def doors(made: dict[str, Any], run: dict[str, Any]) -> list[tuple[str, dict[str, Any], Callable[[], int]]]:
    """Idempotent doors: path, body, and what they make."""
    return [
        (URL, {"name": "Once"}, Workflow.plain.count),
        (f"{URL}{made['id']}/execute/", {"trigger_data": {"n": 1}}, Execution.plain.count),
        (f"{URL}{made['id']}/duplicate/", {}, Workflow.plain.count),
        (f"{RUNS}{run['id']}/retry/", {}, Execution.plain.count),
        (f"{URL}import/", {"nodes": [], "connections": {}}, Workflow.plain.count),
    ]


def test_the_same_key_makes_one_thing(owner: Person, editor: Person) -> None:
    made = create(owner, chain(MANUAL))
    for path, body, count in doors(made, run_by_hand(owner, made)):
        before = count()
        answers = [owner.api.post(path, body, format="json", headers={"Idempotency-Key": "k1"}) for _ in range(3)]
        assert len({answer.content for answer in answers}) == 1
        assert {answer.status_code for answer in answers} <= {201, 202}
        assert [answer.get("Idempotency-Replayed") for answer in answers] == [None, "true", "true"]
        assert count() == before + 1
        other = owner.api.post(path, {**body, "more": 1}, format="json", headers={"Idempotency-Key": "k1"})
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
        assert editor.api.post(path, body, format="json", headers={"Idempotency-Key": "k1"}).status_code < 300
        assert count() == before + 2


@pytest.mark.parametrize("key", ["", "x" * 256, "tab\there", "é"])
def test_keys_that_are_none_are_refused(owner: Person, key: str) -> None:
    answer = owner.api.post(URL, {"name": "Once"}, format="json", headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_idempotency_key")
    assert not Workflow.plain.exists()


# Runs


@pytest.mark.parametrize("newest", [False, True])
def test_a_retry_takes_the_version_that_was_asked_for(owner: Person, newest: bool) -> None:
    made = create(owner, chain(MANUAL, FAIL))
    failed = run_by_hand(owner, made, trigger_data=[{"n": 1}, {"n": 2}])
    body = {"definition": chain(MANUAL, fields("a", n="={{ $json.n }}"))}
    owner.api.put(f"{URL}{made['id']}/", body, format="json", headers={"If-Match": "*"})
    answer = owner.api.post(f"{RUNS}{failed['id']}/retry/", {"use_newest_version": newest}, format="json")
    again = answer.json()["execution"]
    assert (answer.status_code, again["version"], again["retry_of"]) == (202, 2 if newest else 1, failed["id"])
    shown = owner.api.get(f"{RUNS}{again['id']}/").json()
    assert [item["json"] for item in shown["trigger_data"]] == [{"n": 1}, {"n": 2}]


@pytest.mark.parametrize("status", ["queued", "running", "waiting"])
def test_what_has_not_finished_is_neither_retried_nor_deleted(owner: Person, status: str) -> None:
    execution = queued(owner, create(owner, chain(MANUAL)))
    change(execution, status=status)
    for verb, path in (("post", f"{RUNS}{execution.id}/retry/"), ("delete", f"{RUNS}{execution.id}/")):
        answer = getattr(owner.api, verb)(path)
        assert (answer.status_code, answer.json()["code"]) == (409, "execution_not_finished")
    assert Execution.plain.get().status == status


@pytest.mark.parametrize(("status", "after"), [("queued", "canceled"), ("waiting", "canceled"), ("running", "running")])
def test_a_stop_ends_at_once_what_nobody_runs(owner: Person, status: str, after: str) -> None:
    execution = queued(owner, create(owner, chain(MANUAL)))
    change(execution, status=status)
    answer = owner.api.post(f"{RUNS}{execution.id}/stop/")
    assert (answer.status_code, answer.json()["execution"]["status"]) == (200, after)
    kept = Execution.plain.get()
    assert (kept.cancel_requested, kept.fence) == (True, 0 if after == "running" else 1)


@pytest.mark.parametrize("status", ["success", "error", "partial_success", "canceled"])
def test_a_finished_run_cannot_be_stopped(owner: Person, status: str) -> None:
    execution, _ = begun(owner, create(owner, chain(MANUAL)))
    change(execution, status=status)
    answer = owner.api.post(f"{RUNS}{execution.id}/stop/")
    assert (answer.status_code, answer.json()["code"]) == (409, "execution_finished")
    assert not Execution.plain.get().cancel_requested


def test_full_places_refuse_to_wait_but_accept(owner: Person, settings: Any) -> None:
    settings.EXPRSN_SYNC_RUNS = 0
    path = f"{URL}{create(owner, chain(MANUAL))['id']}/execute/"
    answer = owner.api.post(path, {"wait": True}, format="json")
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "busy", "1")
    assert not Execution.plain.exists()
    assert owner.api.post(path, {}, format="json").status_code == 202


def test_a_bundle_is_imported_whole_or_not_at_all(owner: Person) -> None:
    exports = []
    for name in ("One", "Two"):
        made = create(owner, chain(MANUAL), name)
        exports.append(owner.api.get(f"{URL}{made['id']}/export/?stable=1").json())
    answer = owner.api.post(f"{URL}import/", {"workflows": exports}, format="json")
    assert (answer.status_code, len(answer.json()["workflows"])) == (201, 2)
    assert [flow["status"] for flow in answer.json()["workflows"]] == ["draft", "draft"]
    before = Workflow.plain.count()
    broken = owner.api.post(f"{URL}import/", {"workflows": [*exports, {"nonsense": 1}]}, format="json")
    assert (broken.status_code, broken.json()["code"]) == (422, "import_not_recognized")
    assert Workflow.plain.count() == before


def test_a_workflow_tells_of_its_runs(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ("boom", "stop_and_error", {"message": "No stock left"})))
    path = f"/api/v1/workflows/{made['id']}/"
    assert (made["execution_count"], made["last_executed_at"], made["last_error"]) == (0, None, None)
    for _ in range(2):
        owner.api.post(f"{path}execute/", {"wait": True}, format="json")
    found = owner.api.get(path).json()
    assert (found["execution_count"], found["last_execution_status"]) == (2, "error")
    assert found["last_error"] == "No stock left"
    newest = owner.api.get("/api/v1/executions/").json()["items"][0]
    assert found["last_executed_at"] == newest["created_at"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("workflows/", "status"),
        ("workflows/", "environment"),
        ("workflows/", "scope"),
        ("executions/", "status"),
        ("executions/", "environment"),
        ("executions/", "trigger_mode"),
        ("executions/", "workflow"),
        ("executions/", "since"),
    ],
)
@pytest.mark.parametrize("value", ["nonsense", "\x00", "' OR 1=1"])
def test_a_filter_that_cannot_be_is_refused_by_name(owner: Person, path: str, name: str, value: str) -> None:
    answer = owner.api.get(f"/api/v1/{path}", {name: value})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [name])
    assert owner.api.get(f"/api/v1/{path}", {name: ""}).status_code == 200


def test_a_level_that_no_log_has_is_refused(owner: Person) -> None:
    run = run_by_hand(owner, create(owner, chain(MANUAL)))
    path = f"/api/v1/executions/{run['id']}/logs/"
    answer = owner.api.get(path, {"level": "loud"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_filter")
    assert owner.api.get(path, {"level": "error"}).json()["items"] == []
