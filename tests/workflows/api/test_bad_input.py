"""Bad bodies of every kind: a 4xx with a code and the place, never a 5xx, and nothing is changed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.workflows.models import Execution, Workflow, WorkflowVersion
from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db
URL = "/api/v1/workflows/"
ODD: list[Any] = [None, True, 7, -1, 1.5, 10**30, "x" * 20_000, "", "\n", [], [None], {}, {"a": {}}]


def send(person: Person, verb: str, path: str, body: Any, content_type: str = "application/json") -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return getattr(person.api, verb)(path, data, content_type=content_type, headers={"If-Match": "*"})


def state() -> tuple[Any, ...]:
    """What must not change by a refusal."""
    versions = WorkflowVersion.plain.order_by("id").values_list("id", "number", "sealed", "node_count")
    workflows = Workflow.plain.order_by("id").values_list("id", "name", "slug", "status", "updated_at", "deleted_at")
    return Execution.plain.count(), list(versions), list(workflows)


@pytest.fixture
def doors(owner: Person) -> list[tuple[str, str]]:
    """Every place that reads a JSON body."""
    made = create(owner, chain(MANUAL))
    run = run_by_hand(owner, made)
    path = f"{URL}{made['id']}/"
    return [
        ("post", URL),
        ("put", path),
        ("patch", path),
        ("post", f"{URL}import/"),
        ("post", f"{path}execute/"),
        ("post", f"{path}publish/"),
        ("post", f"/api/v1/executions/{run['id']}/retry/"),
    ]


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (b'{"name": "x",', "malformed_json", "line 1, column"),
        (b'{"name": "a\nb"}', "malformed_json", "line 1"),
        (b"{'name': 1}", "malformed_json", "line 1"),
        (b'{"name": "\xff\xfe"}', "malformed_json", "line"),
        (b'{"name": NaN}', "malformed_json", "line"),
        (b'{"name": Infinity}', "malformed_json", "line"),
        (b'{"name": "\\ud800"}', "malformed_json", "line"),
        (b'{"\\udfff": 1}', "malformed_json", "line"),
        (b'{"name": "a\\u0000"}', "malformed_json", "NUL"),
        (b'{"definition": {"nodes": [{"name": "\\u0000"}]}}', "malformed_json", "definition.nodes[0].name"),
        (b'{"a": 1} {"b": 2}', "malformed_json", "line"),
        (b"\x00", "malformed_json", "line"),
        ('{"name": "Ä"}'.encode("utf-16"), "malformed_json", "line"),
        (b"[1, 2", "malformed_json", "line"),
        (b"\xef\xbb\xbf\xef\xbb\xbf{}", "malformed_json", "line"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(
    owner: Person, doors: list[tuple[str, str]], body: bytes, code: str, said: str
) -> None:
    before = state()
    for verb, path in doors:
        answer = send(owner, verb, path, body)
        problem = answer.json()
        assert (path, answer.status_code, problem["code"]) == (path, 400, code)
        assert said in problem["detail"]
        assert answer["Content-Type"] == "application/problem+json"
    assert state() == before


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "a/b/c"]
)
def test_only_json_is_taken(owner: Person, doors: list[tuple[str, str]], content_type: str) -> None:
    for verb, path in doors:
        answer = send(owner, verb, path, b'{"name": "Fine"}', content_type)
        assert (path, answer.status_code, answer.json()["code"]) == (path, 415, "unsupported_media_type")


@pytest.mark.parametrize("body", [[], [1], "text", 7, True, [[]], [{"name": "Fine"}]])
def test_a_body_that_is_no_object_is_refused(owner: Person, doors: list[tuple[str, str]], body: Any) -> None:
    before = state()
    for verb, path in doors:
        answer = send(owner, verb, path, body)
        assert (path, answer.status_code) == (path, 422)
        assert answer.json()["code"] in {"invalid", "import_not_recognized"}
    assert state() == before


LONGEST = {"name": 100, "description": 500, "folder": 200, "message": 200}


@pytest.mark.parametrize("field", ["name", "slug", "description", "scope", "folder", "tags", "definition", "message"])
def test_fields_of_a_workflow_take_their_own_type_only(owner: Person, field: str) -> None:
    for value in ODD:
        before = Workflow.plain.count()
        answer = send(owner, "post", URL, {"name": "Fine", field: value})
        if answer.status_code == 201:
            fits = value == [] if field == "tags" else len(str(value)) <= LONGEST.get(field, -1)
            assert fits, f"{field} took {value!r:.40}"
            continue
        assert answer.status_code == 422
        assert any(place.startswith(field) for place in answer.json()["errors"])
        assert Workflow.plain.count() == before


@pytest.mark.parametrize("field", ["trigger_node", "wait", "priority"])
def test_fields_of_a_start_take_their_own_type_only(owner: Person, field: str) -> None:
    path = f"{URL}{create(owner, chain(MANUAL))['id']}/execute/"
    for value in (None, 1.5, [], {}, "x" * 20_000, [None], "nope"):
        answer = send(owner, "post", path, {field: value})
        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    assert not Execution.plain.exists()


def test_versions_to_publish_are_numbers_of_versions(owner: Person) -> None:
    path = f"{URL}{create(owner, chain(MANUAL))['id']}/publish/"
    for value in (None, 0, -1, 1.5, "one", [], {}, 10**30, 2**63, 2**31, 99):
        answer = send(owner, "post", path, {"version": value})
        assert answer.status_code in {404, 422}, value
        assert answer.json()["code"] in {"version_not_found", "invalid"}


def test_any_trigger_data_is_data(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    for value in ODD:
        found = run_by_hand(owner, made, trigger_data=value)
        assert found["status"] == "success"
        assert owner.api.get(f"/api/v1/executions/{found['id']}/nodes/").status_code == 200


NODE = {"id": "a", "type": "no_op", "name": "a", "position": {"x": 0, "y": 0}, "parameters": {}}
FIELDS = {
    **{name: [5, None, [], {}, True] for name in ("id", "type", "name")},
    **{name: [5, "x", [], True] for name in ("position", "parameters", "credentials", "retry", "style")},
    **{name: ["yes", 1, [], {}] for name in ("disabled", "execute_once", "always_output_data")},
    **{name: [5, [], {}, "perhaps"] for name in ("on_error", "on_doubt")},
    "run_if": [5, [], {}],
    "timeout_seconds": ["x", [], -1, 0],
    "pinned_data": ["x", 5, [5]],
    "notes": [5, [], {}],
}


@pytest.mark.parametrize("field", FIELDS)
def test_fields_of_a_node_take_their_own_type_only(owner: Person, field: str) -> None:
    for value in FIELDS[field]:
        definition = {"nodes": [{**NODE, field: value}], "connections": []}
        answer = send(owner, "post", URL, {"name": "Fine", "definition": definition})
        assert (answer.status_code, answer.json()["code"]) == (422, "definition_invalid"), value
        assert next(iter(answer.json()["errors"])).startswith(f"definition.nodes[0].{field}")
    assert not Workflow.plain.exists()


@pytest.mark.parametrize("field", ["nodes", "connections", "variables", "settings"])
def test_parts_of_a_definition_have_their_shape(owner: Person, field: str) -> None:
    for value in (None, 5, "x", True, [5], {"a": 5}):
        fits = isinstance(value, dict) and field in {"variables", "settings"}
        definition = {"nodes": [], "connections": [], field: value}
        answer = send(owner, "post", URL, {"name": "Fine", "definition": definition})
        assert answer.status_code == (201 if fits else 422)
        if not fits:
            assert next(iter(answer.json()["errors"])).startswith(f"definition.{field}")


def test_a_definition_of_five_megabytes_is_refused(owner: Person) -> None:
    def padded(size: int) -> bytes:
        return json.dumps({"name": "Big", "definition": {**chain(MANUAL), "variables": {"v": "x" * size}}}).encode()

    made = create(owner, chain(MANUAL))
    before = state()
    for verb, path in (("post", URL), ("put", f"{URL}{made['id']}/")):
        for size, code in ((5 * 1024 * 1024, "body_too_large"), (4 * 1024 * 1024 + 1, "definition_too_large")):
            answer = send(owner, verb, path, padded(size))
            assert (answer.status_code, answer.json()["code"]) == (413, code)
    assert state() == before
    assert send(owner, "post", URL, padded(3 * 1024 * 1024)).status_code == 201


def test_an_import_of_more_than_sixteen_megabytes_is_refused(owner: Person) -> None:
    answer = send(owner, "post", f"{URL}import/", b'{"x": "' + b"x" * (16 * 1024 * 1024) + b'"}')
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    ("definition", "place"),
    [
        (chain(MANUAL, ("a", "teleport", {})), "definition.nodes[1].type"),
        (chain(MANUAL, ("a", "a" * 500, {})), "definition.nodes[1].type"),
        (chain(MANUAL, ("a", "no_op", {}), ("a", "no_op", {})), "definition.nodes[2].id"),
        ({**chain(MANUAL), "connections": [{"source": "start", "target": "gone"}]}, "definition.connections[0].target"),
        (chain(("a", "no_op", {})), "definition.nodes"),
    ],
)
def test_what_cannot_run_is_kept_as_a_draft_and_never_runs(owner: Person, definition: Any, place: str) -> None:
    made = send(owner, "post", URL, {"name": "Draft", "definition": definition}).json()
    if "id" not in made:
        assert any(found.startswith(place) for found in made["errors"])
        return
    for verb in ("publish", "execute"):
        answer = send(owner, "post", f"{URL}{made['id']}/{verb}/", {})
        assert answer.status_code == 422
        assert (
            any(found.startswith(place) for found in answer.json()["errors"]) or answer.json()["code"] == "no_trigger"
        )
    assert not Execution.plain.exists()


def test_a_cycle_without_a_loop_cannot_be_published_and_ends_when_it_is_run(owner: Person, settings: Any) -> None:
    settings.EXPRSN_MAX_NODE_RUNS = 50
    definition = chain(MANUAL, ("a", "no_op", {}), ("b", "no_op", {}))
    definition["connections"].append({"source": "b", "target": "a"})
    made = create(owner, definition)
    refused = send(owner, "post", f"{URL}{made['id']}/publish/", {})
    assert refused.status_code == 422
    assert "cycle" in json.dumps(refused.json()["faults"])
    answer = send(owner, "post", f"{URL}{made['id']}/execute/", {"wait": True})
    if answer.status_code == 200:
        assert answer.json()["execution"]["error"]["kind"] == "too_many_node_runs"
    else:
        assert answer.status_code == 422


# Deeper than Python's stack; but for one short enough to be compiled once and remembered.
BOMBS = [
    "(" * 4_000 + "1" + ")" * 4_000,
    "[" * 4_000 + "]" * 4_000,
    "!" * 25_000 + "1",
    "a" + ".b" * 9_000,
    "a => " * 3_000 + "1",
    "1 ? " * 2_000 + "1" + " : 1" * 2_000,
    "1" + " + 1" * 4_000,
    "`${" * 3_000 + "1" + "}`" * 3_000,
    "'x'.repeat(1e9)",
    "'x'.repeat(1e5).repeat(1e5)",
    "Array(1e9)",
    "'a'.padEnd(1e9)",
    "[1].flatMap(x => [x, x, x]).concat([1]).map(() => 'y'.repeat(1e7))",
    "((f) => f(f))((f) => f(f))",
    "[1,2,3,4,5,6,7,8,9].map(a => [1,2,3,4,5,6,7,8,9].map(b => [1,2,3,4,5,6,7,8,9].map(c => 'z'.repeat(99999))))",
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.match('(a+)+$')",
    "'x'.replaceAll('', 'y'.repeat(1e7))",
    "JSON.parse('[' + '['.repeat(100000))",
    "9 ** 9 ** 9 ** 9",
    "'a,'.repeat(1e6).split(',')",
]


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda text: text[:24])
def test_expression_bombs_are_refused_or_end_the_run(owner: Person, bomb: str) -> None:
    assignments = [{"name": "v", "type": "any", "value": f"={{{{ {bomb} }}}}"}]
    definition = chain(MANUAL, ("s", "set", {"mode": "manual", "include": "none", "assignments": assignments}))
    definition["nodes"][1]["run_if"] = f"={{{{ {bomb} || true }}}}"
    answer = send(owner, "post", URL, {"name": "Bomb", "definition": definition})
    if answer.status_code == 201:
        path = f"{URL}{answer.json()['id']}/"
        assert send(owner, "post", f"{path}publish/", {}).status_code in {200, 422}
        answer = send(owner, "post", f"{path}execute/", {"wait": True})
    assert answer.status_code in {200, 422}
    if answer.status_code == 200:
        execution = answer.json()["execution"]
        assert execution["total_duration_ms"] < 60_000
        assert execution["status"] in {"success", "error"}
        shown = owner.api.get(f"/api/v1/executions/{execution['id']}/nodes/")
        assert len(shown.content) < 25_000_000
