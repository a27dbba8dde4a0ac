"""JavaScript in the sandbox: what code nodes may rely on."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from exprsn.kernel.errors import InvalidInput
from exprsn.sandbox.errors import CodeCrashed, CodeFailed, CodeOutputTooLarge, CodeTimeout
from exprsn.sandbox.jail import ALWAYS, OPTIONAL
from exprsn.sandbox.javascript import JavaScriptPool
from exprsn.sandbox.limits import MIB, Limits

CONTEXT = {
    "nodes": {"Start": [{"json": {"n": 1}}, {"json": {"n": 2}}]},
    "vars": {"colour": "blue"},
    "env": {"REGION": "eu"},
    "workflow": {"name": "Demo"},
    "execution": {"id": "e1"},
    "now": "2026-03-01T12:30:00+00:00",
    "runIndex": 2,
}


@pytest.fixture(scope="module")
def pool() -> Iterator[JavaScriptPool]:
    pool = JavaScriptPool(max_parallel=2)
    yield pool
    pool.close()


def run(pool: JavaScriptPool, source: str, items: list[Any] | None = None, **options: Any) -> Any:
    """The JSON of the items that the code returned."""
    result = pool.run_code(
        source, items_json=json.dumps(items or [{"json": {"n": 1}}]), context_json=json.dumps(CONTEXT), **options
    )
    return json.loads(result.items_json)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$input.all().length", 1),
        ("$input.first().json.n", 1),
        ("$input.last().json.n", 1),
        ("items[0].json.n", 1),
        ("$json.n", 1),
        ("$('Start').all().length", 2),
        ("$('Start').last().json.n", 2),
        ("$('Start').itemMatching(1).json.n", 2),
        ("$node['Start'].json.n", 1),
        ("$items('Start')[1].json.n", 2),
        ("$items().length", 1),
        ("$vars.colour + $env.REGION", "blueeu"),
        ("$workflow.name + $execution.id + $runIndex", "Demoe12"),
        ("$now.toISO()", "2026-03-01T12:30:00.000Z"),
        ("$today.toISODate()", "2026-03-01"),
        ("$now.plus({months: 1, days: 2}).toFormat('yyyy-MM-dd HH:mm')", "2026-04-03 12:30"),
        ("$now.minus(1, 'week').startOf('week').toISODate()", "2026-02-16"),
        ("$now.endOf('month').day", 31),
        ("DateTime.fromISO('2026-03-03').diff($today, 'days').days", 2),
        ("Buffer.from('häß', 'utf8').toString('base64')", "aMOkw58="),
        ("Buffer.from('aMOkw58=', 'base64').toString()", "häß"),
        ("Buffer.from('00ff', 'hex').toString('hex')", "00ff"),
        ("atob(btoa('abc'))", "abc"),
        ("structuredClone({a: [1]}).a[0]", 1),
        ("await Promise.resolve(5)", 5),
        ("await new Promise(done => setTimeout(() => done(7), 1000))", 7),
        ("9007199254740991 + 0", 9007199254740991),
        ("'\\u0000'.length", 1),
        ("typeof process + typeof require + typeof fetch", "undefinedundefinedundefined"),
    ],
)
def test_what_code_may_use(pool: JavaScriptPool, expression: str, value: Any) -> None:
    assert run(pool, f"return {{ value: {expression} }}") == [{"json": {"value": value}}]


def test_each_item_runs_for_every_item_and_keeps_its_origin(pool: JavaScriptPool) -> None:
    items = [{"json": {"n": 1}}, {"json": {"n": 2}}]
    found = run(pool, "return { double: $json.n * 2, at: $itemIndex }", items, mode="each_item")
    assert [item["json"] for item in found] == [{"double": 2, "at": 0}, {"double": 4, "at": 1}]
    assert [item["paired_item"] for item in found] == [[{"item": 0, "input": 0}], [{"item": 1, "input": 0}]]


def test_null_for_an_item_drops_it(pool: JavaScriptPool) -> None:
    items = [{"json": {"n": n}} for n in range(3)]
    found = run(pool, "return $json.n === 1 ? null : $input.item", items, mode="each_item")
    assert [(item["json"], item["paired_item"]) for item in found] == [
        ({"n": 0}, [{"item": 0, "input": 0}]),
        ({"n": 2}, [{"item": 2, "input": 0}]),
    ]


@pytest.mark.parametrize("source", ["undefined", "0", "''", "[]", "[null]", "false"])
def test_only_null_drops_an_item(pool: JavaScriptPool, source: str) -> None:
    with pytest.raises(CodeFailed, match="or null to drop"):
        run(pool, f"return {source}", [{"json": {}}], mode="each_item")


def test_items_keep_binaries_and_pairs(pool: JavaScriptPool) -> None:
    found = run(pool, "return [{ json: {}, binary: { f: { id: 1 } }, pairedItem: 3 }]")
    assert found == [{"json": {}, "binary": {"f": {"id": 1}}, "paired_item": [{"item": 3, "input": 0}]}]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("5", "return"),
        ("return [1]", "entry 0 is number"),
        ("return [{ json: 5 }]", "json of entry 0"),
        ("return null", "return"),
        ("await new Promise(() => {})", "never settles"),
        ("$('Nowhere').first()", "Nowhere"),
    ],
)
def test_results_that_are_no_items_are_refused(pool: JavaScriptPool, source: str, message: str) -> None:
    with pytest.raises(CodeFailed, match=message):
        run(pool, source)


@pytest.mark.parametrize(
    ("source", "line"), [("\n\nnull.x", 3), ("const a = 1;\nthrow new Error('no')", 2), ("let = ;", 1)]
)
def test_errors_name_the_line_of_the_code(pool: JavaScriptPool, source: str, line: int) -> None:
    with pytest.raises(CodeFailed) as caught:
        run(pool, source)
    assert caught.value.params["line"] == line


def test_an_error_in_one_item_names_it(pool: JavaScriptPool) -> None:
    with pytest.raises(CodeFailed) as caught:
        run(pool, "return $json.n === 2 ? 5 : {}", [{"json": {"n": 1}}, {"json": {"n": 2}}], mode="each_item")
    assert caught.value.params["item"] == 1


def test_console_goes_to_the_log_up_to_a_limit(pool: JavaScriptPool) -> None:
    source = "console.warn('careful', {a: 1}); for (let i = 0; i < 300; i++) console.log(i); return []"
    result = pool.run_code(source, context_json=json.dumps(CONTEXT))
    assert (result.logs[0].level, result.logs[0].message) == ("warning", 'careful {"a":1}')
    assert result.logs[-1].message == "101 lines skipped"


def test_large_data_goes_through(pool: JavaScriptPool) -> None:
    items = [{"json": {"text": "x" * 1000}} for _ in range(1000)]
    assert len(run(pool, "return items", items)) == 1000


def test_a_result_beyond_the_limit_is_refused(pool: JavaScriptPool) -> None:
    with pytest.raises(CodeOutputTooLarge):
        run(pool, "return { text: 'x'.repeat(2e6) }", limits=Limits(output_bytes=MIB))


@pytest.mark.parametrize("limits", [{"wall_seconds": 0}, {"memory_bytes": -1}, {"output_bytes": 0}])
def test_a_limit_cannot_be_switched_off(limits: dict[str, int]) -> None:
    with pytest.raises(InvalidInput):
        Limits(**limits)  # type: ignore[arg-type]


def test_source_and_input_have_limits(pool: JavaScriptPool) -> None:
    with pytest.raises(CodeFailed, match="longer than"):
        run(pool, "//" + "x" * 100, limits=Limits(source_bytes=50))
    with pytest.raises(CodeFailed, match="larger than"):
        run(pool, "return []", limits=Limits(input_bytes=10))
    with pytest.raises(CodeFailed, match="mode"):
        run(pool, "return []", mode="sideways")


def test_the_layers_are_reported(pool: JavaScriptPool) -> None:
    assert set(pool.layers()) == {*ALWAYS, *OPTIONAL}


def test_a_killed_zygote_is_replaced() -> None:
    pool = JavaScriptPool(max_parallel=1)
    run(pool, "return []")
    process = pool._all[0]._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert run(pool, "return {a: 1}") == [{"json": {"a": 1}}]
    pool.close()


def test_a_zygote_that_dies_while_code_runs_is_an_error_and_the_next_call_works() -> None:
    pool = JavaScriptPool(max_parallel=1)
    run(pool, "return []")
    process = pool._all[0]._process
    assert process is not None
    timer = threading.Timer(0.3, process.kill)
    timer.start()
    with pytest.raises(CodeCrashed):
        run(pool, "for (;;) {}")
    assert run(pool, "return {a: 1}") == [{"json": {"a": 1}}]
    pool.close()


def test_stuck_code_does_not_keep_others_waiting(pool: JavaScriptPool) -> None:
    def be_stuck() -> None:
        with pytest.raises(CodeTimeout):
            run(pool, "for (;;) {}", limits=Limits(wall_seconds=2))

    stuck = threading.Thread(target=be_stuck)
    stuck.start()
    time.sleep(0.2)
    started = time.monotonic()
    run(pool, "return []")
    assert time.monotonic() - started < 1
    stuck.join()
