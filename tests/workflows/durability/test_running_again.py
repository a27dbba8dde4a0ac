"""Many retries with one request, and replays of what started a run."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.models import Execution, ExecutionPayload, Workflow
from exprsn.kernel.ids import new_id
from tests.people import Person
from tests.workflows.durability.effects import post
from tests.workflows.execution.starts import queued, run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)
BROKEN = ("check", "stop_and_error", {"message": "Not today."})
MENDED = fields("check", ok="yes")


def save(person: Person, made: dict[str, Any], definition: dict[str, Any]) -> None:
    path = f"/api/v1/workflows/{made['id']}/"
    body = {"name": "Demo", "definition": definition}
    assert person.api.put(path, body, format="json", headers={"If-Match": "*"}).status_code == 200


def retry(person: Person, **body: Any) -> Any:
    return person.api.post("/api/v1/executions/retry/", body, format="json")


def test_what_a_filter_finds_is_run_again_once(owner: Person) -> None:
    made = create(owner, chain(MANUAL, BROKEN))
    failed = [run_by_hand(owner, made)["id"] for _ in range(3)]
    run_by_hand(owner, create(owner, chain(MANUAL, BROKEN), "Other"))
    run_by_hand(owner, create(owner, chain(MANUAL), "Good"))
    save(owner, made, chain(MANUAL, MENDED))
    body = {"filter": {"workflow": made["id"]}, "from": "failed", "version": "newest"}
    answer = retry(owner, **body)
    assert answer.status_code == 202
    done = answer.json()
    assert (done["accepted"], done["refused"], done["more"], done["refusals"]) == (3, 0, False, [])
    assert sorted(entry["retry_of"] for entry in done["executions"]) == sorted(failed)
    runs = Execution.plain.filter(id__in=[entry["id"] for entry in done["executions"]])
    assert set(runs.values_list("status", "retry_count")) == {("success", 1)}
    assert retry(owner, **body).json()["accepted"] == 0


def test_each_is_accepted_or_refused_by_itself(owner: Person, stranger: Person) -> None:
    made = create(owner, chain(MANUAL, BROKEN))
    failed, open_run = run_by_hand(owner, made)["id"], queued(owner, made)
    good = run_by_hand(owner, create(owner, chain(MANUAL), "Good"))["id"]
    foreign = run_by_hand(stranger, create(stranger, chain(MANUAL, BROKEN)))["id"]
    ids = [failed, failed, str(open_run.id), good, foreign, str(new_id())]
    done = retry(owner, ids=ids, **{"from": "failed"}).json()
    assert (done["accepted"], done["refused"]) == (1, 4)
    assert {(entry["execution"], entry["code"]) for entry in done["refusals"]} == {
        (str(open_run.id), "execution_not_finished"),
        (good, "nothing_failed"),
        (foreign, "execution_not_found"),
        (ids[-1], "execution_not_found"),
    }
    assert Execution.plain.filter(retry_of__isnull=False).count() == 1


def test_there_are_more_than_one_request_takes(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.workflows.services.bulk_retries.MAX_RETRIED", 2)
    made = create(owner, chain(MANUAL, BROKEN))
    for _ in range(3):
        run_by_hand(owner, made)
    wanted = {"filter": {"status": "error", "trigger_mode": "manual"}}
    first, second = retry(owner, **wanted).json(), retry(owner, **wanted).json()
    assert [(done["accepted"], done["more"]) for done in (first, second)] == [(2, True), (1, False)]
    assert retry(owner, ids=[str(new_id()) for _ in range(3)]).status_code == 422


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "ids"),
        ({"ids": [], "filter": {}}, "ids"),
        ({"filter": {"status": "running"}}, "filter.status"),
        ({"filter": {"colour": "red"}}, "colour"),
        ({"filter": {"since": "soon"}}, "since"),
        ({"ids": ["x"]}, "ids"),
        ({"ids": [], "from": "middle"}, "from"),
        ({"ids": [], "version": "best"}, "version"),
    ],
)
def test_a_wrong_request_names_the_place(owner: Person, body: Any, place: str) -> None:
    answer = retry(owner, **body)
    assert answer.status_code == 422
    assert any(name.startswith(place) for name in answer.json()["errors"])


def test_who_may_not_run_may_not_run_again(owner: Person, mate: Person, stranger: Person) -> None:
    failed = run_by_hand(owner, create(owner, chain(MANUAL, BROKEN)))["id"]
    assert retry(mate, ids=[failed]).status_code == 403
    assert retry(stranger, ids=[failed]).json()["accepted"] == 0
    assert [post(person, failed, "replay").status_code for person in (mate, stranger)] == [403, 404]
    assert Execution.plain.count() == 1


def test_a_replay_runs_what_is_published_with_the_same_data(owner: Person) -> None:
    made = go_live(owner, chain(hook("orders"), fields("end", was="={{ $json.body.n }}")))
    owner.client.post("/webhook/orders", b'{"n": 7}', content_type="application/json")
    former = Execution.plain.get()
    save(owner, made, chain(hook("orders"), fields("end", now="={{ $json.body.n }}")))
    outputs = []
    for body in ({}, {"version": "published"}, {"version": "draft"}):
        answer = post(owner, former, "replay", body)
        assert answer.status_code == 202
        found = owner.api.get(f"/api/v1/executions/{answer.json()['execution']['id']}/").json()
        assert (found["retry_of"], found["trigger_mode"]) == (str(former.id), "retry")
        outputs.append(found["output"][0]["json"])
    assert outputs == [{"was": "7"}, {"was": "7"}, {"now": "7"}]


def test_a_replay_may_run_another_workflow(owner: Person) -> None:
    former = run_by_hand(owner, create(owner, chain(MANUAL)), trigger_data={"n": 3})["id"]
    begin = ("begin", "manual", {})
    other = create(owner, chain(begin, fields("end", copy="={{ $json.n }}")), "Other")
    refused = post(owner, former, "replay", {"workflow": other["id"], "version": "published"})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_published")
    answer = post(owner, former, "replay", {"workflow": other["id"]}).json()["execution"]
    run = Execution.plain.get(id=answer["id"])
    assert (str(run.workflow_id), run.trigger_node, run.status) == (other["id"], "begin", "success")
    assert owner.api.get(f"/api/v1/executions/{run.id}/").json()["output"][0]["json"] == {"copy": "3"}
    assert post(owner, former, "replay", {"workflow": str(new_id())}).status_code == 404


def test_what_is_gone_is_not_made_up(owner: Person) -> None:
    former = run_by_hand(owner, create(owner, chain(MANUAL)))["id"]
    ExecutionPayload.plain.all().delete()
    for verb in ("replay", "retry"):
        answer = post(owner, former, verb)
        assert (answer.status_code, answer.json()["code"]) == (409, "trigger_not_kept")
    assert (Execution.plain.count(), Workflow.plain.count()) == (1, 1)
