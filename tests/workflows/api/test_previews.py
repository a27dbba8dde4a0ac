"""What expressions of a draft come to, over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from apps.workflows.models import Execution, ExecutionPayload, Workflow
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db
PEOPLE = [{"name": "Ada", "born": 1815}, {"name": "Grace", "born": 1906}, {"name": "Mary", "born": 1831}]
GREET = fields("greet", text="={{ 'Hello ' + $json.name }}")


def ask(person: Person, made: dict[str, Any], node: str, expression: str, **more: Any) -> Any:
    body = {"node": node, "expression": expression, **more}
    return person.api.post(f"/api/v1/workflows/{made['id']}/preview/", body, format="json")


def values(person: Person, made: dict[str, Any], node: str, expression: str, **more: Any) -> list[Any]:
    answer = ask(person, made, node, expression, limit=20, **more)
    assert answer.status_code == 200, answer.content
    return [item.get("value", item.get("error")) for item in answer.json()["items"]]


def edit(person: Person, made: dict[str, Any], definition: dict[str, Any]) -> None:
    path = f"/api/v1/workflows/{made['id']}/"
    answer = person.api.put(path, {"definition": definition}, format="json", headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.content


@pytest.fixture
def made(owner: Person) -> dict[str, Any]:
    """A workflow that ran with three people."""
    made = create(owner, chain(MANUAL, GREET, fields("last", x="={{ $json.text }}")))
    return {**made, "run": run_by_hand(owner, made, trigger_data=PEOPLE)["id"]}


def test_one_expression_for_some_items(owner: Person, made: dict[str, Any]) -> None:
    answer = ask(owner, made, "greet", "=Dear {{ $json.name }}", limit=2)
    assert answer.json() == {
        "items": [
            {"item": 0, "value": "Dear Ada", "type": "string"},
            {"item": 1, "value": "Dear Grace", "type": "string"},
        ],
        "count": 3,
        "source": {"execution": made["run"], "node": "start"},
    }


def test_one_item_by_its_position(owner: Person, made: dict[str, Any]) -> None:
    assert ask(owner, made, "greet", "={{ $json.born }}", item=2).json()["items"] == [
        {"item": 2, "value": 1831, "type": "number"}
    ]
    assert values(owner, made, "greet", "={{ $json.born }}", item=9) == [1831]


@pytest.mark.parametrize(
    ("expression", "value", "kind"),
    [
        ("={{ $json.born + 1 }}", 1816, "number"),
        ("={{ [$itemIndex, $json] }}", [0, PEOPLE[0]], "array"),
        ("={{ $json.nothing }}", None, "undefined"),
        ("={{ null }}", None, "null"),
        ("={{ $json.born > 1900 }}", False, "boolean"),
        ("={{ $input.all() }}", [{"json": one} for one in PEOPLE], "array"),
        ("={{ $json }}", PEOPLE[0], "object"),
        ("=at {{ $json.nothing }}.", "at .", "string"),
        ("{{ $json.name }}", "{{ $json.name }}", "string"),
        ("", "", "string"),
        ("={{ ((n) => { let sum = 0; for (const c of n) sum += 1; return sum })($json.name) }}", 3, "number"),
        ("={{ $('start').first().json.name + $workflow.name }}", "AdaDemo", "string"),
    ],
)
def test_values_and_their_types(owner: Person, made: dict[str, Any], expression: str, value: Any, kind: str) -> None:
    shown = ask(owner, made, "greet", expression).json()["items"][0]
    assert (shown.get("value", shown.get("error")), shown.get("type")) == (value, kind)


def test_a_moment_is_a_date(owner: Person, made: dict[str, Any]) -> None:
    assert ask(owner, made, "greet", "={{ $now }}").json()["items"][0]["type"] == "date"


def test_what_a_run_would_have_said_is_what_is_shown(owner: Person, made: dict[str, Any]) -> None:
    """``$('greet').item`` of the last node follows each item back, and later nodes have not run yet."""
    assert values(owner, made, "last", "={{ $('start').item.json.name }}") == ["Ada", "Grace", "Mary"]
    error = values(owner, made, "greet", "={{ $('last').first() }}")[0]
    assert (error["code"], error["line"], error["column"]) == ("node_not_found", 1, 19)


def test_each_item_has_its_own_error(owner: Person, made: dict[str, Any]) -> None:
    shown = values(owner, made, "greet", "={{ $json.born > 1900 ? $json.born : $json.no() }}")
    assert shown[1] == 1906
    assert [shown[0]["code"], shown[2]["code"]] == ["expression_failed"] * 2


def test_a_fault_of_syntax_has_its_place(owner: Person, made: dict[str, Any]) -> None:
    error = ask(owner, made, "greet", "=a\n{{ $json. }}").json()["items"][0]["error"]
    assert (error["code"], error["line"]) == ("expression_syntax_error", 2)


def test_several_at_once(owner: Person, made: dict[str, Any]) -> None:
    body = {
        "node": "greet",
        "expressions": {"a": "={{ $json.name }}", "b": "x", "run_if": "$json.born > 1900"},
        "limit": 2,
    }
    found = owner.api.post(f"/api/v1/workflows/{made['id']}/preview/", body, format="json").json()
    shown = {path: [one["value"] for one in items] for path, items in found["previews"].items()}
    assert shown == {"a": ["Ada", "Grace"], "b": ["x", "x"], "run_if": [False, True]}
    assert found["count"] == 3


def test_without_data_there_is_one_empty_item(owner: Person) -> None:
    made = create(owner, chain(MANUAL, GREET))
    found = ask(owner, made, "greet", "=Dear {{ $json.name }}!", limit=5).json()
    assert found == {"items": [{"item": 0, "value": "Dear !", "type": "string"}], "count": 0, "source": None}


def test_pinned_data_of_the_draft_wins(owner: Person, made: dict[str, Any]) -> None:
    pinned = made["definition"]
    pinned["nodes"][0]["pinned_data"] = [{"name": "Alan"}, {"json": {"name": "Edsger"}}]
    edit(owner, made, pinned)
    assert values(owner, made, "greet", "={{ $json.name }}") == ["Alan", "Edsger"]
    assert values(owner, made, "last", "={{ $json.text }}")[0] == "Hello Ada"


def test_pinned_data_is_enough(owner: Person) -> None:
    pinned = chain(MANUAL, GREET)
    pinned["nodes"][0]["pinned_data"] = [{"name": "Alan"}]
    found = ask(owner, create(owner, pinned), "greet", "={{ $json.name }}").json()
    assert (found["items"][0]["value"], found["source"]) == ("Alan", {"execution": None, "node": "start"})


def test_a_new_node_sees_what_the_one_before_it_put_out(owner: Person, made: dict[str, Any]) -> None:
    edit(owner, made, chain(MANUAL, GREET, fields("new", x="1")))
    assert values(owner, made, "new", "={{ $json.text }}") == ["Hello Ada", "Hello Grace", "Hello Mary"]


def test_a_node_that_was_connected_elsewhere_sees_the_new_input(owner: Person, made: dict[str, Any]) -> None:
    changed = made["definition"]
    changed["connections"] = [{"source": "start", "target": "greet"}, {"source": "start", "target": "last"}]
    edit(owner, made, changed)
    assert values(owner, made, "last", "={{ $json.name }}") == ["Ada", "Grace", "Mary"]


def test_lineage_leads_through_a_node_that_is_gone(owner: Person, made: dict[str, Any]) -> None:
    edit(owner, made, chain(MANUAL, fields("last", x="1")))
    assert values(owner, made, "last", "={{ $json.name }}") == ["Ada", "Grace", "Mary"]
    assert values(owner, made, "last", "={{ $('greet').first() }}")[0]["code"] == "node_not_found"


def test_a_chosen_execution(owner: Person, made: dict[str, Any]) -> None:
    newer = run_by_hand(owner, made, trigger_data=[{"name": "New"}])["id"]
    assert values(owner, made, "greet", "={{ $json.name }}") == ["New"]
    assert values(owner, made, "greet", "={{ $json.name }}", execution=newer) == ["New"]
    assert len(values(owner, made, "greet", "={{ $json.name }}", execution=made["run"])) == 3


def test_a_node_as_it_is_being_edited(owner: Person, made: dict[str, Any]) -> None:
    node = {"type": "set", "name": "Renamed", "parameters": {"x": 5}}
    assert values(owner, made, "greet", "={{ $parameter.x }}", node_definition=node) == [5, 5, 5]
    fresh = {"type": "set", "name": "Fresh", "parameters": {}}
    assert values(owner, made, "unsaved", "={{ $('start').first().json.name }}", node_definition=fresh) == ["Ada"]


def test_execute_once_sees_the_first_item(owner: Person, made: dict[str, Any]) -> None:
    node = {"type": "set", "name": "greet", "execute_once": True}
    assert values(owner, made, "greet", "={{ $json.name }}", node_definition=node) == ["Ada"]


def test_a_type_that_is_not_installed_is_no_hindrance(owner: Person, made: dict[str, Any]) -> None:
    changed = made["definition"]
    changed["nodes"][1]["type"] = "teleport"
    edit(owner, made, changed)
    assert values(owner, made, "last", "={{ $json.text }}")[0] == "Hello Ada"


def test_large_values_are_cut(owner: Person, made: dict[str, Any]) -> None:
    shown = ask(owner, made, "greet", "={{ 'x'.repeat(200000) }}").json()["items"][0]
    assert shown["truncated"] is True
    assert len(shown["value"]) == 50_001
    longer = ask(owner, made, "greet", "={{ Array(50000).fill(12345) }}").json()["items"][0]
    assert 1_000 < len(longer["value"]) < 50_000


def test_many_large_values_are_cut_together(owner: Person, made: dict[str, Any]) -> None:
    texts = {f"p{at}": "={{ 'x'.repeat(49000) }}" for at in range(50)}
    body = {"node": "greet", "expressions": texts, "limit": 3}
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/preview/", body, format="json")
    assert len(answer.content) < 1_500_000
    assert answer.json()["previews"]["p49"][2]["truncated"] is True


def test_what_never_ends_is_stopped(owner: Person, made: dict[str, Any]) -> None:
    body = {"node": "greet", "expressions": {"a": "={{ (() => { while (true) {} })() }}", "b": "={{ 1 }}"}}
    found = owner.api.post(f"/api/v1/workflows/{made['id']}/preview/", body, format="json").json()["previews"]
    assert found["a"][0]["error"]["code"] == "expression_too_costly"
    assert found["b"][0]["value"] == 1


def test_nothing_is_written(owner: Person, made: dict[str, Any]) -> None:
    before = [list(model.plain.values()) for model in (Workflow, Execution)], ExecutionPayload.plain.count()
    ask(owner, made, "greet", "={{ $json.name }}", node_definition={"type": "set", "name": "x"})
    assert ([list(model.plain.values()) for model in (Workflow, Execution)], ExecutionPayload.plain.count()) == before


def test_data_that_is_forgotten_is_no_longer_shown(owner: Person, made: dict[str, Any]) -> None:
    ExecutionPayload.plain.all().delete()
    assert ask(owner, made, "greet", "={{ $json.name }}").json()["source"] is None


def test_viewers_look_and_strangers_find_nothing(owner: Person, mate: Person, stranger: Person, made: Any) -> None:
    assert values(mate, made, "greet", "={{ $json.name }}")[0] == "Ada"
    assert ask(stranger, made, "greet", "={{ 1 }}").status_code == 404
    theirs = create(stranger, chain(MANUAL))
    refused = ask(stranger, theirs, "start", "={{ $json }}", execution=made["run"])
    assert (refused.status_code, refused.json()["code"]) == (404, "execution_not_found")


def test_an_execution_of_another_workflow_is_not_found(owner: Person, made: dict[str, Any]) -> None:
    other = create(owner, chain(MANUAL), "Other")
    refused = ask(owner, other, "start", "={{ 1 }}", execution=made["run"])
    assert (refused.status_code, refused.json()["code"]) == (404, "execution_not_found")


def test_environment_is_for_those_who_write(
    owner: Person, mate: Person, made: Any, settings: Any, monkeypatch: Any
) -> None:
    settings.EXPRSN_EXPRESSION_ENV = ["SHOP_URL"]
    monkeypatch.setenv("SHOP_URL", "https://shop.example.com")
    assert values(owner, made, "greet", "={{ $env.SHOP_URL }}")[0] == "https://shop.example.com"
    assert values(mate, made, "greet", "={{ $env.SHOP_URL }}")[0] is None


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"node": "nope", "expression": "x"}, "node"),
        ({"node": "greet"}, "expression"),
        ({"node": "greet", "expression": "x", "expressions": {}}, "expression"),
        ({"node": "greet", "expressions": {str(at): "x" for at in range(51)}}, "expressions"),
        ({"node": "greet", "expression": 5.5, "limit": 21}, "limit"),
        ({"node": "greet", "expression": "x", "item": -1}, "item"),
        ({"node": "greet", "expression": "x", "execution": "7"}, "execution"),
        ({"node": "greet", "expression": "x", "node_definition": []}, "node_definition"),
        ({"expression": "x"}, "node"),
    ],
)
def test_bad_questions_are_refused_and_named(owner: Person, made: dict[str, Any], body: Any, place: str) -> None:
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/preview/", body, format="json")
    assert answer.status_code in (400, 422)
    assert list(answer.json()["errors"]) == [place]


def scope_of(person: Person, made: dict[str, Any], node: str, **query: Any) -> Any:
    return person.api.get(f"/api/v1/workflows/{made['id']}/nodes/{node}/scope/", query)


def test_scope_shows_roots_and_nodes_with_samples(owner: Person, made: dict[str, Any]) -> None:
    found = scope_of(owner, made, "greet").json()
    assert found["execution"] == made["run"]
    roots = {root["name"]: root["sample"] for root in found["roots"]}
    assert roots["$json"] == PEOPLE[0]
    assert roots["$input"] == {"item": {"json": PEOPLE[0]}}
    assert roots["$workflow"]["name"] == "Demo"
    assert found["nodes"] == [
        {"name": "start", "id": "start", "sample": PEOPLE[0]},
        {"name": "last", "id": "last", "sample": None},
    ]
    assert all(root["description"] for root in found["roots"])


def test_scope_cuts_long_texts(owner: Person) -> None:
    made = create(owner, chain(MANUAL, GREET))
    run_by_hand(owner, made, trigger_data=[{"name": "x" * 5000, **{f"field {at}": "y" * 300 for at in range(500)}}])
    found = scope_of(owner, made, "greet")
    sample = found.json()["roots"][0]["sample"]
    assert sample["name"] == "x" * 200 + "…"
    assert len(found.content) < 100_000


def test_scope_without_data(owner: Person) -> None:
    found = scope_of(owner, create(owner, chain(MANUAL, GREET)), "greet").json()
    assert (found["execution"], found["roots"][0]["sample"]) == (None, None)
    assert found["nodes"] == [{"name": "start", "id": "start", "sample": None}]


def test_scope_of_what_is_not_there(owner: Person, stranger: Person, made: dict[str, Any]) -> None:
    assert scope_of(owner, made, "nope").json()["code"] == "unknown_node"
    assert scope_of(owner, made, "greet", execution=str(uuid4())).status_code == 404
    assert scope_of(owner, made, "greet", execution="x").status_code in (400, 422)
    assert scope_of(stranger, made, "greet").status_code == 404
