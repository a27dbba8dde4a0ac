"""Running one node, from a node on, or up to a node: effects before it are not had again."""

from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.models import Execution
from tests.faults.stub import CountingStub
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stub(settings: Any) -> Any:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    with CountingStub() as made:
        yield made


def pay(url: str, name: str = "pay") -> tuple[str, str, dict[str, Any]]:
    return name, "http_request", {"method": "POST", "url": f"{url}/{name}"}


def paying(url: str, **last: Any) -> dict[str, Any]:
    """start → keep → pay → mark → end."""
    keep = fields("keep", n="={{ $json.n }}")
    mark = fields("mark", of="={{ $('keep').item.json.n }}", **last)
    return chain(MANUAL, keep, pay(url), mark, fields("end", told="=of {{ $json.of }}"))


def save(person: Person, made: dict[str, Any], definition: dict[str, Any]) -> None:
    path = f"/api/v1/workflows/{made['id']}/"
    tag = person.api.get(path)["ETag"]
    answer = person.api.put(path, {"definition": definition}, format="json", headers={"If-Match": tag})
    assert answer.status_code == 200, answer.content


def ask(person: Person, made: dict[str, Any], door: str = "execute", **body: Any) -> Any:
    more = {"wait": True} if door == "execute" else {}
    return person.api.post(f"/api/v1/workflows/{made['id']}/{door}/", {**more, **body}, format="json")


def run_part(person: Person, made: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = ask(person, made, **body)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = person.api.get(f"/api/v1/executions/{answer.json()['execution']['id']}/").json()
    return found


def nodes(person: Person, execution: dict[str, Any]) -> dict[str, Any]:
    """Node → what it put out."""
    items = person.api.get(f"/api/v1/executions/{execution['id']}/nodes/").json()["items"]
    return {item["node_id"]: [one["json"] for one in item["output"].get("main", [])] for item in items}


def test_one_node_runs_with_the_data_of_the_last_run(owner: Person, stub: CountingStub) -> None:
    made = create(owner, paying(stub.url))
    whole = run_by_hand(owner, made, trigger_data={"n": 7})
    save(owner, made, paying(stub.url, more="yes"))
    part = run_part(owner, made, start_node="mark", end_node="mark")
    assert part["status"] == "success"
    assert part["partial"] == {"start_node": "mark", "end_node": "mark", "source_execution": whole["id"]}
    assert nodes(owner, part)["mark"] == [{"of": "7", "more": "yes"}]
    assert part["execution_path"] == ["start", "keep", "pay", "mark"]
    assert part["output"][0]["json"] == {"of": "7", "more": "yes"}
    assert sum(stub.calls.values()) == 1


def test_from_a_node_on_everything_that_follows_runs(owner: Person, stub: CountingStub) -> None:
    made = create(owner, paying(stub.url))
    run_by_hand(owner, made, trigger_data={"n": 1})
    part = run_part(owner, made, start_node="pay")
    assert (part["execution_path"], part["output"][0]["json"]) == (
        ["start", "keep", "pay", "mark", "end"], {"told": "of 1"},
    )  # fmt: skip
    assert sum(stub.calls.values()) == 2
    assert part["trigger_data"] == [{"json": {"n": 1}}]


def test_up_to_a_node_nothing_after_it_runs(owner: Person, stub: CountingStub) -> None:
    made = create(owner, paying(stub.url))
    part = run_part(owner, made, end_node="keep", trigger_data={"n": 3})
    assert (part["execution_path"], part["output"][0]["json"]) == (["start", "keep"], {"n": "3"})
    assert part["partial"] == {"start_node": None, "end_node": "keep", "source_execution": None}
    assert sum(stub.calls.values()) == 0


def test_up_to_a_node_with_the_data_of_an_earlier_run(owner: Person, stub: CountingStub) -> None:
    made = create(owner, paying(stub.url))
    first = run_by_hand(owner, made, trigger_data={"n": 3})
    run_by_hand(owner, made, trigger_data={"n": 4})
    newest = run_part(owner, made, end_node="mark", reuse=True)
    named = run_part(owner, made, end_node="mark", source_execution=first["id"])
    assert [one["output"][0]["json"] for one in (named, newest)] == [{"of": "3"}, {"of": "4"}]
    assert sum(stub.calls.values()) == 2
    run_part(owner, made, end_node="mark")
    assert sum(stub.calls.values()) == 3


def test_with_nothing_to_reuse_everything_before_it_runs(owner: Person) -> None:
    made = create(owner, chain(MANUAL, fields("a", x="1"), fields("b", y="2")))
    assert run_part(owner, made, end_node="b", reuse=True)["execution_path"] == ["start", "a", "b"]


def test_a_gap_before_the_end_node_is_filled(owner: Person, stub: CountingStub) -> None:
    stop = ("stop", "stop_and_error", {"message": "Not today."})
    made = create(owner, chain(MANUAL, pay(stub.url), stop, fields("end", a="1")))
    assert run_by_hand(owner, made)["status"] == "error"
    save(owner, made, chain(MANUAL, pay(stub.url), ("stop", "no_op", {}), fields("end", a="1")))
    part = run_part(owner, made, end_node="end", reuse=True)
    assert (part["status"], sum(stub.calls.values())) == ("success", 1)


def test_pinned_data_win_over_the_last_run(owner: Person, stub: CountingStub) -> None:
    made = create(owner, paying(stub.url))
    run_by_hand(owner, made, trigger_data={"n": 1})
    changed = paying(stub.url)
    changed["nodes"][1]["pinned_data"] = [{"json": {"n": "pinned"}}]
    changed["nodes"][2]["pinned_data"] = [{"json": {}}]
    save(owner, made, changed)
    part = run_part(owner, made, start_node="mark", end_node="mark")
    assert (nodes(owner, part)["mark"], sum(stub.calls.values())) == ([{"of": "pinned"}], 1)


def test_pinned_data_are_enough(owner: Person, stub: CountingStub) -> None:
    definition = paying(stub.url)
    definition["nodes"][2]["pinned_data"] = [{"of": 1}, {"of": 2}]
    definition["nodes"][3] = {**definition["nodes"][3], "parameters": fields("m", n="={{ $json.of }}")[2]}
    part = run_part(owner, create(owner, definition), start_node="mark", end_node="mark")
    assert part["execution_path"] == ["pay", "mark"]
    assert nodes(owner, part)["mark"] == [{"n": "1"}, {"n": "2"}]
    assert part["partial"]["source_execution"] is None


def test_a_pinned_node_answers_its_pinned_data_when_it_is_run_by_itself(owner: Person, stub: CountingStub) -> None:
    definition = paying(stub.url)
    definition["nodes"][2]["pinned_data"] = [{"id": 5}]
    part = run_part(owner, create(owner, definition), start_node="pay", end_node="pay")
    assert (nodes(owner, part), sum(stub.calls.values())) == ({"pay": [{"id": 5}]}, 0)


def test_in_a_manual_run_pinned_data_stand_for_the_node(owner: Person, stub: CountingStub) -> None:
    definition = chain(MANUAL, pay(stub.url))
    definition["nodes"][1]["pinned_data"] = [{"json": {"id": 5}}]
    done = run_by_hand(owner, create(owner, definition))
    assert (nodes(owner, done)["pay"], sum(stub.calls.values())) == ([{"id": 5}], 0)


def test_the_pinned_data_of_the_trigger_stand_in_only_where_none_are_given(owner: Person) -> None:
    definition = chain(MANUAL, fields("b", n="={{ $json.n }}"))
    definition["nodes"][0]["pinned_data"] = [{"json": {"n": "pinned"}}]
    made = create(owner, definition)
    assert nodes(owner, run_by_hand(owner, made))["b"] == [{"n": "pinned"}]
    assert nodes(owner, run_by_hand(owner, made, trigger_data={"n": "given"}))["b"] == [{"n": "given"}]
    assert nodes(owner, run_part(owner, made, end_node="b"))["b"] == [{"n": "pinned"}]


def test_what_was_changed_before_the_node_runs_again(owner: Person, stub: CountingStub) -> None:
    made = create(owner, chain(MANUAL, pay(stub.url), fields("a", x="old"), fields("b", y="={{ $json.x }}")))
    run_by_hand(owner, made)
    save(owner, made, chain(MANUAL, pay(stub.url), fields("a", x="new"), fields("b", y="={{ $json.x }}")))
    part = run_part(owner, made, start_node="b", end_node="b")
    assert (nodes(owner, part)["b"], sum(stub.calls.values())) == ([{"y": "new"}], 1)


def test_a_node_put_in_between_runs(owner: Person, stub: CountingStub) -> None:
    made = create(owner, chain(MANUAL, pay(stub.url), fields("b", y="={{ $json.x }}")))
    run_by_hand(owner, made)
    save(owner, made, chain(MANUAL, pay(stub.url), fields("new", x="1"), fields("b", y="={{ $json.x }}")))
    part = run_part(owner, made, start_node="b", end_node="b")
    assert (part["execution_path"], nodes(owner, part)["b"]) == (["start", "pay", "new", "b"], [{"y": "1"}])
    assert sum(stub.calls.values()) == 1


def test_a_run_that_lacks_the_data_is_passed_over_for_an_older_one(owner: Person) -> None:
    join = ("join", "merge", {"mode": "append"})
    definition = chain(MANUAL, fields("a", x="1"), fields("b", y="1"), join)
    definition["connections"] = [
        {"source": "start", "target": "a"},
        {"source": "start", "target": "b"},
        {"source": "a", "target": "join", "target_input": "input_1"},
        {"source": "b", "target": "join", "target_input": "input_2"},
    ]
    made = create(owner, definition)
    whole = run_by_hand(owner, made)
    run_part(owner, made, end_node="a")
    part = run_part(owner, made, start_node="join", end_node="join")
    assert part["partial"]["source_execution"] == whole["id"]
    assert nodes(owner, part)["join"] == [{"x": "1"}, {"y": "1"}]


@pytest.mark.parametrize(
    ("body", "status", "code", "place"),
    [
        ({"start_node": "nobody"}, 422, "node_not_found", "start_node"),
        ({"end_node": "nobody"}, 422, "node_not_found", "end_node"),
        ({"start_node": "mark", "end_node": "keep"}, 422, "end_not_reached", "end_node"),
        ({"start_node": "mark"}, 422, "no_data_for_node", "start_node"),
        ({"start_node": "mark", "trigger_node": "nobody"}, 422, "trigger_not_found", "trigger_node"),
        ({"reuse": True}, 422, "source_without_part", "reuse"),
        ({"source_execution": "0190a0a0-0000-7000-8000-000000000000"}, 422, "source_without_part", "source_execution"),
        (
            {"start_node": "mark", "source_execution": "0190a0a0-0000-7000-8000-000000000000"},
            422, "execution_not_found", "source_execution",
        ),
        ({"start_node": "x" * 300}, 422, "invalid", "start_node"),
        ({"start_node": "mark", "source_execution": "x"}, 422, "invalid", "source_execution"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("door", ["execute", "test"])
def test_refusals_name_the_place(
    owner: Person, door: str, body: dict[str, Any], status: int, code: str, place: str
) -> None:
    answer = ask(owner, create(owner, paying("http://127.0.0.1:1")), door, **body)
    assert (answer.status_code, answer.json()["code"], list(answer.json()["errors"])) == (status, code, [place])
    assert Execution.plain.count() == 0


def test_without_data_it_says_what_to_do(owner: Person) -> None:
    answer = ask(owner, create(owner, chain(MANUAL, fields("a", x="1"), fields("b", y="1"))), start_node="b")
    assert "Run the workflow once or pin data" in answer.json()["detail"]


def test_a_run_that_goes_on_is_no_source(owner: Person) -> None:
    made = create(owner, chain(MANUAL, fields("a", x="1")))
    former = run_by_hand(owner, made)
    Execution.plain.filter(id=former["id"]).update(status="running")
    answer = ask(owner, made, start_node="a", source_execution=former["id"])
    assert (answer.status_code, answer.json()["code"]) == (409, "execution_not_finished")
    assert list(answer.json()["errors"]) == ["source_execution"]


def test_runs_of_other_workflows_are_no_source(owner: Person, stranger: Person) -> None:
    made = create(owner, chain(MANUAL, fields("a", x="1")))
    other = run_by_hand(owner, create(owner, chain(MANUAL, fields("a", x="1")), "Other"))
    foreign = run_by_hand(stranger, create(stranger, chain(MANUAL, fields("a", x="1"))))
    for execution in (other, foreign):
        answer = ask(owner, made, start_node="a", source_execution=execution["id"])
        assert (answer.status_code, answer.json()["code"]) == (422, "execution_not_found")
    assert Execution.plain.filter(workflow_id=made["id"]).count() == 0


def test_a_dry_run_is_no_source_for_a_real_one(owner: Person, stub: CountingStub) -> None:
    made = create(owner, paying(stub.url))
    assert ask(owner, made, "test", test_data={"n": 1}).status_code == 200
    assert ask(owner, made, start_node="mark").json()["code"] == "no_data_for_node"
    assert ask(owner, made, "test", start_node="mark").status_code == 200


def test_a_dry_run_of_a_part_tells_only_its_own_effects(owner: Person, stub: CountingStub) -> None:
    made = create(owner, chain(MANUAL, pay(stub.url), pay(stub.url, "again"), fields("end", a="1")))
    run_by_hand(owner, made)
    told = ask(owner, made, "test", start_node="again", end_node="again").json()
    assert [change["node_id"] for change in told["changes"]] == ["again"]
    assert sum(stub.calls.values()) == 2


def test_a_worker_carries_it_out_as_well(owner: Person, stub: CountingStub) -> None:
    made = create(owner, paying(stub.url))
    run_by_hand(owner, made, trigger_data={"n": 7})
    answer = ask(owner, made, wait=False, start_node="mark")
    assert answer.status_code == 202
    done = owner.api.get(f"/api/v1/executions/{answer.json()['execution']['id']}/").json()
    assert (done["status"], done["output"][0]["json"]) == ("success", {"told": "of 7"})
    assert sum(stub.calls.values()) == 1


def test_a_retry_runs_the_same_part(owner: Person, stub: CountingStub) -> None:
    made = create(owner, paying(stub.url))
    run_by_hand(owner, made, trigger_data={"n": 7})
    part = run_part(owner, made, start_node="mark")
    answer = owner.api.post(f"/api/v1/executions/{part['id']}/retry/", {}, format="json")
    assert answer.status_code == 202, answer.content
    again = owner.api.get(f"/api/v1/executions/{answer.json()['execution']['id']}/").json()
    assert (again["partial"], again["execution_path"]) == (part["partial"], part["execution_path"])
    assert sum(stub.calls.values()) == 1


def test_a_retry_from_the_failed_node_of_a_part(owner: Person, stub: CountingStub) -> None:
    stop = ("stop", "stop_and_error", {"message": "Not today."})
    made = create(owner, chain(MANUAL, fields("a", x="1"), pay(stub.url), stop))
    run_by_hand(owner, made)
    part = run_part(owner, made, start_node="pay")
    assert (part["status"], sum(stub.calls.values())) == ("error", 2)
    answer = owner.api.post(f"/api/v1/executions/{part['id']}/retry/", {"from_failed_node": True}, format="json")
    assert (answer.status_code, sum(stub.calls.values())) == (202, 2)
    save(owner, made, chain(MANUAL, fields("a", x="1"), pay(stub.url), ("stop", "no_op", {})))
    answer = owner.api.post(f"/api/v1/executions/{part['id']}/retry/", {"use_newest_version": True}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "journal_mismatch")


def test_when_its_data_are_gone_a_part_cannot_be_retried(owner: Person) -> None:
    definition = chain(MANUAL, fields("a", x="1"))
    made = create(owner, {**definition, "settings": {"save_manual": False}})
    part = run_part(owner, made, end_node="a")
    answer = owner.api.post(f"/api/v1/executions/{part['id']}/retry/", {}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "part_not_kept")


def test_whoever_may_not_run_may_not_run_a_part(owner: Person, mate: Person, stranger: Person) -> None:
    made = create(owner, chain(MANUAL, fields("a", x="1")))
    run_by_hand(owner, made)
    assert ask(mate, made, start_node="a").status_code == 403
    assert ask(stranger, made, start_node="a").status_code == 404
    assert Execution.plain.count() == 1
