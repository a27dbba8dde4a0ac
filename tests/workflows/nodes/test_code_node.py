from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports import CodeAnswer


class Sandbox:
    def __init__(self, *items: Any, logs: Any = ()) -> None:
        self.answer = CodeAnswer(list(items), logs)
        self.asked: dict = {}
        self.calls = 0

    def run_javascript(self, source: Any, **asked: Any) -> Any:
        return self._run("javascript", source, asked)

    def run_python(self, source: Any, **asked: Any) -> Any:
        return self._run("python", source, asked)

    def _run(self, language: str, source: Any, asked: Any) -> Any:
        self.calls += 1
        self.asked = {"language": language, "source": source, **asked}
        return self.answer


def test_the_code_is_given_items_mode_context_and_time(run_node: Any) -> None:
    sandbox = Sandbox({"json": {"b": 1}})
    run_node("code", {"code": "=x", "mode": "each_item", "timeout_seconds": 7}, [{"a": 1}], code=sandbox)
    asked = sandbox.asked
    assert (asked["source"], asked["mode"], asked["seconds"]) == ("=x", "each_item", 7.0)
    assert asked["items"] == [{"json": {"a": 1}}]
    assert asked["language"] == "javascript"
    assert (asked["context"]["runIndex"], asked["context"]["timezone"]) == (0, "UTC")


def test_what_it_returns_becomes_items(run_node: Any) -> None:
    sandbox = Sandbox(
        {"json": {"a": 1}, "binary": {"f": {}}, "paired_item": 1},
        {"json": {"a": 2}, "pairedItem": {"item": 0}},
        {"json": {"a": 3}, "pairedItem": [0, {"item": 1}, {"item": 9}, -1, True, "x"]},
        {"json": {"a": 4}},
    )
    ran = run_node("code", {}, [{}, {}], code=sandbox)
    assert ran.json() == [{"a": 1}, {"a": 2}, {"a": 3}, {"a": 4}]
    assert ran.pairs() == [[(1, 0)], [(0, 0)], [(0, 0), (1, 0)], None]
    assert ran.result.outputs["main"][0].binary == {"f": {}}


def test_its_lines_are_in_the_log(run_node: Any) -> None:
    ran = run_node("code", {}, [{}], code=Sandbox(logs=[("info", "hello"), ("warning", "hm")]))
    assert ran.logs == [("info", "hello"), ("warning", "hm")]


@pytest.mark.parametrize("entry", [5, {}, {"json": 5}, None])
def test_entries_that_are_no_items_are_refused(run_node: Any, entry: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("code", {}, [{}], code=Sandbox({"json": {}}, entry))
    assert refused.value.kind == "code_result"
    assert "entry 1 is none" in refused.value.message


@pytest.mark.parametrize("parameters", [{"language": "ruby"}, {"timeout_seconds": 0}, {"timeout_seconds": 301}])
def test_bad_parameters_are_refused(run_node: Any, parameters: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("code", parameters, [{}], code=Sandbox())
    assert refused.value.kind == "bad_value"


@pytest.mark.parametrize("mode", ["all_items", "each_item"])
@pytest.mark.parametrize("language", ["javascript", "python"])
def test_a_run_is_one_call_for_all_items(run_node: Any, language: str, mode: str) -> None:
    sandbox = Sandbox()
    run_node("code", {"language": language, "mode": mode, "code": "x"}, [{"n": n} for n in range(50)], code=sandbox)
    assert (sandbox.calls, sandbox.asked["language"], len(sandbox.asked["items"])) == (1, language, 50)
