"""Python in the sandbox: what code nodes may rely on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exprsn.sandbox.errors import CodeFailed
from exprsn.sandbox.python import PythonPool

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
def pool() -> Iterator[PythonPool]:
    pool = PythonPool(max_parallel=2)
    yield pool
    pool.close()


def run(pool: PythonPool, source: str, items: list[Any] | None = None, **options: Any) -> Any:
    """The items that the code returned."""
    given = [{"json": {"n": 1}}] if items is None else items
    result = pool.run_code(source, items_json=json.dumps(given), context_json=json.dumps(CONTEXT), **options)
    return json.loads(result.items_json)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("len(items) + len(_items) + len(_input.all())", 3),
        ("items[0]['json']['n'] + items[0].json.n + _input.first().json.n + _input.last().json.n", 4),
        ("item.json.n + _item['json']['n'] + _json['n'] + _input.item.json.n", 4),
        ("_('Start').last().json.n + _node['Start'].first().json.n + len(_('Start').all())", 5),
        ("_('Start').itemMatching(1).json.n + _node['Start'].json.n", 3),
        ("_vars.colour + _env['REGION'] + _workflow.name + _execution.id + str(_runIndex)", "blueeuDemoe12"),
        ("_now.isoformat()", "2026-03-01T12:30:00+00:00"),
        ("_today.isoformat()", "2026-03-01T00:00:00+00:00"),
        ("_input.all()[0].to_py()['json']", {"n": 1}),
        ("__import__('datetime').datetime.fromtimestamp(0).hour", 0),
        ("__import__('hashlib').sha256(b'a').hexdigest()[:6]", "ca9781"),
        ("round(__import__('statistics').stdev([1, 2, 3]), 3)", 1.0),
        ("'häß'.encode('latin-1').decode('cp1252')", "häß"),
        ("(1, True, None, 1.5, [{'a': ()}])", [1, True, None, 1.5, [{"a": []}]]),
        ("{1: 'a', 'b': 2}", {"1": "a", "b": 2}),
        ("2 ** 62", 2**62),
    ],
)
def test_what_code_may_use(pool: PythonPool, expression: str, value: Any) -> None:
    assert run(pool, f"return {{'value': {expression}}}") == [{"json": {"value": value}}]


def test_zones_of_time_are_known(pool: PythonPool) -> None:
    source = "import zoneinfo, datetime\nzone = zoneinfo.ZoneInfo('Europe/Zurich')\n"
    assert run(pool, source + "return {'v': _now.astimezone(zone).isoformat()}")[0]["json"]["v"].endswith("+01:00")


def test_what_it_sees_may_be_assigned_and_used_in_functions(pool: PythonPool) -> None:
    kept = "items = [i for i in items if i.json.n]\ndef f():\n    return len(items)\n"
    assert run(pool, kept + "class A:\n    x = f()\nreturn {'v': A.x}")[0]["json"] == {"v": 1}
    assert run(pool, 'text = """a\n  b"""\nreturn {"v": text}')[0]["json"] == {"v": "a\n  b"}
    assert run(pool, "items[0].json.added = 5\ndel items[0].json.n\nreturn items")[0]["json"] == {"added": 5}


def test_each_item_runs_for_every_item_and_keeps_its_origin(pool: PythonPool) -> None:
    items = [{"json": {"n": n}} for n in range(3)]
    source = "return None if item.json.n == 1 else {'double': _json['n'] * 2, 'at': _itemIndex}"
    assert run(pool, source, items, mode="each_item") == [
        {"json": {"double": 0, "at": 0}, "paired_item": [{"item": 0, "input": 0}]},
        {"json": {"double": 4, "at": 2}, "paired_item": [{"item": 2, "input": 0}]},
    ]
    assert run(pool, "return item", [], mode="each_item") == []


def test_items_keep_binaries_and_pairs(pool: PythonPool) -> None:
    found = run(pool, "return [{'json': {}, 'binary': {'f': {'id': 1}}, 'pairedItem': [3, {'item': -1}, 'x']}]")
    assert found == [{"json": {}, "binary": {"f": {"id": 1}}, "paired_item": [{"item": 3, "input": 0}]}]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("5", "return"),
        ("", "return"),
        ("return 'text'", "not a value of type str"),
        ("return [1]", "entry 0 is a value of type int"),
        ("return [{'json': 5}]", "json of entry 0"),
        ("return [{'d': _now}]", "datetime, which is not JSON"),
        ("return [{'d': {1, 2}}]", "set, which is not JSON"),
        ("return [{'d': b'x'}]", "bytes, which is not JSON"),
        ("return [{'d': float('nan')}]", "nan, which is no number"),
        ("return [{(1, 2): 1}]", "keys are text"),
        ("x = {}\nx['x'] = x\nreturn x", "holds itself"),
        ("return [{'d': 10 ** 5000}]", "digits"),
        ("_('Nowhere').first()", "Nowhere"),
        ("return items[0].json.nothing", "there is no 'nothing'"),
        ("import numpy", "No module named 'numpy'"),
        ("return await f()", "await"),
    ],
)
def test_results_that_are_no_items_are_refused(pool: PythonPool, source: str, message: str) -> None:
    with pytest.raises(CodeFailed, match=message):
        run(pool, source)


@pytest.mark.parametrize("source", ["0", "''", "[]", "False"])
def test_only_none_drops_an_item(pool: PythonPool, source: str) -> None:
    with pytest.raises(CodeFailed, match="or None to drop") as caught:
        run(pool, f"return {source}", mode="each_item")
    assert caught.value.params["item"] == 0


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("\n\nNone.x", 3, "AttributeError"),
        ("a = 1\nraise ValueError('no')", 2, "ValueError: no"),
        ("let = ;", 1, "SyntaxError: invalid syntax"),
        ("x = 1\nif x:\nreturn 5", 3, "expected an indented block"),
        ("import json\njson.loads('{')", 2, "Expecting property name"),
    ],
)
def test_errors_name_the_line_of_the_code(pool: PythonPool, source: str, line: int, message: str) -> None:
    with pytest.raises(CodeFailed, match=message) as caught:
        run(pool, source)
    assert caught.value.params["line"] == line


def test_an_error_has_a_short_stack_of_the_code_alone_and_its_item(pool: PythonPool) -> None:
    source = "def inner(n):\n    return 1 / n\ndef outer(n):\n    return inner(n)\nreturn {'v': outer(item.json.n)}"
    with pytest.raises(CodeFailed, match="ZeroDivisionError") as caught:
        run(pool, source, [{"json": {"n": 1}}, {"json": {"n": 0}}], mode="each_item")
    assert caught.value.params["stack"].split("\n") == ["line 2, in inner", "line 4, in outer", "line 5, in code"]
    assert (caught.value.params["line"], caught.value.params["item"]) == (2, 1)
    with pytest.raises(CodeFailed) as caught:
        run(pool, "def f(n):\n    return f(n + 1)\nf(0)")
    assert len(caught.value.params["stack"].split("\n")) <= 8


def test_print_goes_to_the_log_up_to_a_limit(pool: PythonPool) -> None:
    source = "import sys\nprint('a', 1, sep='-', end='')\nprint('\\nb')\nprint('careful', file=sys.stderr)\nreturn []"
    logs = pool.run_code(source, context_json=json.dumps(CONTEXT)).logs
    assert [(line.level, line.message) for line in logs] == [("info", "a-1"), ("info", "b"), ("warning", "careful")]
    logs = pool.run_code("for n in range(300): print(n)\nreturn []", context_json=json.dumps(CONTEXT)).logs
    assert logs[-1].message == "100 lines skipped"
    logs = pool.run_code("print('x' * 100000, end='')\nreturn []", context_json=json.dumps(CONTEXT)).logs
    assert len(logs[0].message) == 8000


def test_chance_differs_from_run_to_run(pool: PythonPool) -> None:
    source = "import random, uuid\nreturn {'v': [random.random(), str(uuid.uuid4())]}"
    assert run(pool, source) != run(pool, source)


def test_nothing_stays_from_run_to_run(pool: PythonPool) -> None:
    run(pool, "import json\njson.kept = 5\nreturn []")
    assert run(pool, "import json\nreturn {'v': hasattr(json, 'kept')}")[0]["json"] == {"v": False}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.dictionaries(st.text(), JSON, max_size=3), max_size=3))
def test_what_goes_in_comes_out(pool: PythonPool, values: list[dict[str, Any]]) -> None:
    items = [{"json": value} for value in values]
    assert run(pool, "return items", items) == items
