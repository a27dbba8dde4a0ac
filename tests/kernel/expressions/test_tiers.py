"""Both tiers give the same answers: on the whole table of cases, and on expressions made at random."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exprsn.kernel.expressions import UNDEFINED, Budget, ExpressionError, compile_expression
from exprsn.kernel.expressions.dates.making import date_from_milliseconds
from exprsn.sandbox.expressions import ExpressionPool
from tests.kernel.expressions.engines import NOW, node, script, tier_2

_FOLDER = Path(__file__).parent / "cases"
_TABLES = sorted(path.relative_to(_FOLDER).with_suffix("").as_posix() for path in _FOLDER.rglob("*.json"))
# A mistake of the engine itself: it spreads no texts into objects.
_ENGINE_DIFFERS = {"({...'hi'})"}
_RANDOM = settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)


@pytest.mark.parametrize("table", _TABLES)
def test_tier_2_agrees_with_the_table(table: str, pool: ExpressionPool) -> None:
    cases = json.loads((_FOLDER / f"{table}.json").read_text())
    cases = [(source, expected) for source, expected in cases if source not in _ENGINE_DIFFERS]
    answers = tier_2(pool, [source for source, _ in cases])
    found = dict(zip([source for source, _ in cases], answers, strict=True))
    assert found == dict(cases)


def test_what_the_engine_does_differently_it_still_does(pool: ExpressionPool) -> None:
    assert tier_2(pool, sorted(_ENGINE_DIFFERS)) == [{}]


_VALUES = [
    "0", "1", "2", "-1", "0.5", "1e21", "'2'", "'a'", "''", "true", "null", "undefined", "NaN", "[]", "[3]", "({})",
    "$json.a", "$json.b.c", "$json.list", "$json.list[0].n", "$json.missing.deeper", "'a😀b c'", "[3, 1, 2]",
]  # fmt: skip
_SIGNS = [
    "+", "-", "*", "/", "%", "<", ">", "<=", ">=", "==", "!=", "===", "&", "|", "^", "<<", ">>", ">>>", "&&", "||",
]  # fmt: skip
_DATA = {"a": "Some text", "b": {"c": 1.5, "keys": 7}, "list": [{"n": 3}, {"n": "x"}]}


def _combine(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return (
        st.tuples(inner, st.sampled_from(_SIGNS), inner).map(" ".join)
        | inner.map("({})".format)
        | inner.map("!({})".format)
        | inner.map("typeof ({})".format)
        | inner.map("[{}].map(x => x ?? 5)".format)
        | inner.map("(({{p}}) => p)({{p: {}}})".format)
        | st.tuples(inner, inner, inner).map(lambda parts: "({} ? {} : {})".format(*parts))
        | st.tuples(inner, inner).map(lambda parts: "(({}) ?? ({}))".format(*parts))
        | st.tuples(inner, inner).map(lambda parts: "`${{{}}}{{${{{}}}`".format(*parts))
    )


_SOURCES = st.lists(st.recursive(st.sampled_from(_VALUES), _combine, max_leaves=8), min_size=150, max_size=150)


class _Data:
    def resolve(self, name: str) -> Any:
        return {"$json": _DATA, "$now": date_from_milliseconds(NOW, UTC)}.get(name, UNDEFINED)


def _tier_1(source: str, shown: Callable[[Any], Any]) -> Any:
    try:
        return shown(compile_expression(source).evaluate(_Data(), Budget()))
    except ExpressionError:
        return "@error"


@_RANDOM
@given(_SOURCES)
def test_random_expressions_agree(pool: ExpressionPool, shown: Callable[[Any], Any], sources: list[str]) -> None:
    for source, answer in zip(sources, tier_2(pool, sources, _DATA), strict=True):
        assert (source, answer) == (source, _tier_1(source, shown))


@_RANDOM
@given(_SOURCES)
def test_random_expressions_are_what_node_says(shown: Callable[[Any], Any], sources: list[str]) -> None:
    bound = [source.replace("$json", f"({json.dumps(_DATA)})") for source in sources if "missing" not in source]
    for source, answer in zip(bound, node(bound), strict=True):
        assert (source, answer) == (source, _tier_1(source, shown))


_METHODS = [
    "at", "slice", "substring", "split", "repeat", "padStart", "indexOf", "includes", "charAt", "charCodeAt", "concat",
    "map", "filter", "sort", "flat", "join", "toFixed", "toString", "sum", "unique", "pluck",
    "chunk", "first", "last", "isEmpty", "isNotEmpty", "keys", "hasField", "compact", "toInt", "toNumber", "round",
    "format", "toDateTime", "toTitleCase", "toSnakeCase", "hash", "quote", "parseJson", "urlEncode", "toBoolean",
    "extractEmail", "base64Encode", "smartJoin", "removeField", "average", "max", "toJsonString", "isEven",
    "plus", "toFormat", "startOf", "toISODate", "diffTo", "isBetween", "isWeekend", "toMillis", "as",
]  # fmt: skip
_OWNERS = [
    "'a😀b c'", "'x@y.de'", "'2024-03-05'", "''", "0", "1.5", "-7", "true", "[3, 1, 2]", "['a', '', null]",
    "[{a: 1}, {a: 2}]", "({a: 'b', c: null})", "({})", "null", "undefined", "$now", "DateTime.fromISO('2024-03-05')",
    "Duration.fromObject({hours: 36})",
]  # fmt: skip
_ARGUMENTS = ["", "0", "1", "-1", "'a'", "'days'", "undefined", "{days: 1}", "'a', 'c'", "$now", "[1, 'a']"]
_CALLS = st.tuples(st.sampled_from(_OWNERS), st.sampled_from(_METHODS), st.sampled_from(_ARGUMENTS)).map(
    lambda parts: "({}).{}({})".format(*parts)
)


@_RANDOM
@given(st.lists(_CALLS, min_size=200, max_size=200))
def test_random_calls_agree(pool: ExpressionPool, shown: Callable[[Any], Any], sources: list[str]) -> None:
    for source, answer in zip(sources, tier_2(pool, sources, _DATA), strict=True):
        assert (source, answer) == (source, _tier_1(source, shown))


@pytest.mark.parametrize(
    ("source", "lenient"),
    [
        ("$json.a.b", "$json?.a?.b"),
        ("$json.a.b()", "($json?.a).b()"),
        ("$json.a?.b.c()", "$json?.a?.b.c()"),
        ("$json['a'][0].b", "$json?.['a']?.[0]?.b"),
        ("x.y.z = 1", "(x?.y).z = 1"),
        ("x.y.z++", "(x?.y).z++"),
        ("delete x.y.z", "delete (x?.y).z"),
        ("new a.B(c.d).e", "new a.B(c?.d).e"),
        ("a.b`c`", "a.b`c`"),
        ("`${a.b}`", "`${a?.b}`"),
        ("a.keys()", '__call(a, "keys", false)()'),
        ("a.b.keys().c", '__call(a?.b, "keys", false)()?.c'),
        ("a?.keys()", '__call(a, "keys", true)()'),
        ("f(a.b)(c.d)", "f(a?.b)(c?.d)"),
        ("if (a) /b.c/.d", "if (a) /b.c/?.d"),
        ("function f() { return a.b }", "function f() { return a?.b }"),
        ("'a.b'.length", "'a.b'?.length"),
    ],
)
def test_the_form_in_which_tier_2_runs(source: str, lenient: str) -> None:
    assert script(source).lenient == lenient
