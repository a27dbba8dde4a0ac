"""Code nodes from the API to the real sandbox and back."""

from __future__ import annotations

from typing import Any

import pytest

from apps.core.public import python_sandbox, sandbox
from apps.workflows.execution.real_ports import SandboxedCode
from apps.workflows.interchange.importing import import_documents
from apps.workflows.nodes import code as code_node
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db(transaction=True)


def code(name: str, source: str, **more: Any) -> tuple[str, str, dict[str, Any]]:
    return name, "code", {"code": source, **more}


def execute(owner: Person, *nodes: Any) -> dict[str, Any]:
    made = create(owner, chain(MANUAL, *nodes))
    body = {"trigger_data": {"n": 4}, "wait": True}
    answer = owner.api.post(f"/api/v1/workflows/{made['id']}/execute/", body, format="json").json()["execution"]
    found: dict[str, Any] = owner.api.get(f"/api/v1/executions/{answer['id']}/").json()
    return found


@pytest.mark.parametrize(
    "source",
    [
        code("js", "return items.map(i => ({json: {n: i.json.n + $('first').first().json.x}}))"),
        code("js", "return {n: $json.n + $node.first.json.x}", mode="each_item"),
        code("js", "const name = 'fir' + 'st'; return {n: $json.n + $(name).first().json.x}", mode="each_item"),
        code("py", "return [{'n': i.json.n + _('first').first().json.x} for i in items]", language="python"),
        code("py", "return {'n': item['json']['n'] + _node['first'].json.x}", language="python", mode="each_item"),
        code("py", "name = 'first'\nreturn {'n': _json['n'] + _(name).first().json.x}", language="python"),
    ],
)
def test_code_sees_its_items_and_the_nodes_that_it_names(owner: Person, source: Any) -> None:
    found = execute(owner, code("first", "return {n: $json.n, x: 10}"), code("second", "return items"), source)
    assert found["status"] == "success"
    assert found["output"][0]["json"] == {"n": 14}


def test_print_is_in_the_log_and_an_error_has_its_line(owner: Person) -> None:
    found = execute(owner, code("py", "print('seen', len(items))\n\nreturn 1 / 0", language="python"))
    assert (found["status"], found["error"]["kind"]) == ("error", "code_error")
    assert found["error"]["message"] == "ZeroDivisionError: division by zero"
    assert found["error"]["details"]["line"] == 3
    well = execute(owner, code("py", "print('seen', len(items))\nreturn items", language="python"))
    logs = owner.api.get(f"/api/v1/executions/{well['id']}/logs/").json()["items"]
    assert [line["message"] for line in logs] == ["seen 1"]


def test_only_what_is_named_travels(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []
    real = SandboxedCode._run

    def watched(self: SandboxedCode, run: Any, source: str, **asked: Any) -> Any:
        sent.append(asked["context"]["nodes"])
        return real(self, run, source, **asked)

    monkeypatch.setattr(SandboxedCode, "_run", watched)
    sources = ("return items", "return $('a').all()", "const n = 'a'; return $(n).all()")
    execute(owner, fields("a", x="1"), fields("b", x="2"), *(code(f"c{at}", text) for at, text in enumerate(sources)))
    assert [set(nodes) for nodes in sent] == [set(), {"a"}, {"start", "a", "b", "c0", "c1"}]


def test_the_code_of_an_organization_runs_under_its_name(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    owners: list[str] = []
    for pool in (sandbox(), python_sandbox()):
        real = pool.ask

        def ask(*given: Any, real: Any = real) -> Any:
            owners.append(given[3])
            return real(*given)

        monkeypatch.setattr(pool, "ask", ask)
    execute(owner, code("js", "return items"), code("py", "return items", language="python"))
    assert owners == [str(owner.organization.id)] * 2


def test_the_declaration_offers_both_languages() -> None:
    (language,) = [parameter for parameter in code_node.CodeNode.parameters if parameter.name == "language"]
    assert [option.value for option in language.options] == list(code_node.LANGUAGES)


def test_an_import_of_pythons_code_runs(owner: Person) -> None:
    source = "for item in _input.all():\n    item.json.twice = item.json.n * 2\nreturn _input.all()"
    node = {
        "id": "1", "name": "Code", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [200, 0],
        "parameters": {"language": "python", "pythonCode": source},
    }  # fmt: skip
    start = {"id": "0", "name": "Start", "type": "n8n-nodes-base.manualTrigger", "typeVersion": 1, "position": [0, 0],
             "parameters": {}}  # fmt: skip
    connections = {"Start": {"main": [[{"node": "Code", "type": "main", "index": 0}]]}}
    document = {"name": "From n8n", "nodes": [start, node], "connections": connections}
    definition = import_documents(document)[0].definition
    (trigger,) = [node["id"] for node in definition["nodes"] if node["type"] == "manual"]
    made = create(owner, dict(definition))
    body = {"trigger_data": {"n": 4}, "trigger_node": trigger, "wait": True}
    ran = owner.api.post(f"/api/v1/workflows/{made['id']}/execute/", body, format="json").json()["execution"]
    found = owner.api.get(f"/api/v1/executions/{ran['id']}/").json()
    assert found["output"][0]["json"] == {"n": 4, "twice": 8}
