"""Properties: no text breaks the compiler, and random arithmetic is JavaScript's."""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exprsn.kernel.expressions import (
    UNDEFINED,
    Budget,
    ExpressionError,
    compile_expression,
    compile_template,
    to_json,
)
from tests.kernel.expressions.engines import node_program

_PIECES = [
    "$json",
    ".a",
    "[0]",
    "?.b",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    "'",
    '"',
    "`",
    "${",
    "+",
    "-",
    "*",
    "/",
    "**",
    "=>",
    "=",
    "==",
    "?",
    ":",
    ",",
    ";",
    "...",
    "1",
    "0x1",
    "1e400",
    ".5",
    "x",
    "typeof ",
    "in ",
    "new ",
    "Date",
    "null",
    "undefined",
    "NaN",
    "\\",
    "\n",
    "\\u{1F600}",
    "😀",
    "\ud800",
    "//",
    "/*",
    "*/",
    "return ",
    "async ",
    "map",
    ".length",
    "Math.max",
    "JSON.stringify",
    "DateTime",
    ".now()",
    "[1,2]",
    "{a:1}",
    "&&",
    "||",
    "??",
    "!",
    "~",
    "<",
    ">>",
    "%",
    "Array",
    "Object.keys",
    ".sort()",
    ".at(-1)",
    "repeat",
    "9".zfill(30),
]
_GARBAGE = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join) | st.text(max_size=40)


class _Data:
    def resolve(self, name: str) -> Any:
        return {"a": [1, "x", None], "b": {"c": 1.5}} if name == "$json" else UNDEFINED


@settings(max_examples=400, deadline=None)
@given(_GARBAGE)
def test_garbage_raises_nothing_but_expression_errors(text: str) -> None:
    for compile_text in (compile_expression, compile_template):
        try:
            value = compile_text(text).evaluate(_Data(), Budget(steps=2_000, seconds=1, size=100_000))
            json.dumps(to_json(value))
        except ExpressionError as error:
            assert error.line is not None
            assert error.line >= 1
            assert error.column is not None
            assert error.column >= 1


_METHODS = [
    "at",
    "slice",
    "substring",
    "substr",
    "split",
    "replace",
    "replaceAll",
    "repeat",
    "padStart",
    "indexOf",
    "lastIndexOf",
    "includes",
    "charAt",
    "charCodeAt",
    "codePointAt",
    "concat",
    "map",
    "filter",
    "reduce",
    "sort",
    "flat",
    "flatMap",
    "join",
    "with",
    "toSpliced",
    "fill",
    "toFixed",
    "toPrecision",
    "toExponential",
    "toString",
    "toLocaleString",
    "sum",
    "unique",
    "pluck",
    "chunk",
    "merge",
    "difference",
    "smartJoin",
    "renameKeys",
    "removeField",
    "urlEncode",
    "round",
    "format",
    "toDateTime",
    "toTitleCase",
    "hash",
    "quote",
    "parseJson",
    "plus",
    "minus",
    "set",
    "setZone",
    "toFormat",
    "diff",
    "startOf",
    "hasSame",
    "toRelative",
    "shiftTo",
    "as",
    "extractDomain",
    "toInt",
    "base64Decode",
]
_ARGUMENTS = [
    "0",
    "1",
    "-1",
    "1.5",
    "NaN",
    "Infinity",
    "-0",
    "1e21",
    "''",
    "'a'",
    "'days'",
    "null",
    "undefined",
    "true",
    "[]",
    "[1,'a']",
    "{}",
    "{days:1}",
    "{a:'b'}",
    "x => x",
    "(a, b) => a",
    "$now",
    "'😀'",
    "'\\ud800'",
    "Duration.fromMillis(1)",
]


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([*_ARGUMENTS, "'a😀b c'", "[3,1,2]", "new Date(0)", "new Set([1])", "DateTime.invalid('x')"]),
    st.sampled_from(_METHODS),
    st.lists(st.sampled_from(_ARGUMENTS), max_size=3),
)
def test_every_method_takes_every_argument(value: str, method: str, arguments: list[str]) -> None:
    source = f"({value}).{method}({', '.join(arguments)})"
    try:
        json.dumps(to_json(compile_expression(source).evaluate(_Data(), Budget(steps=10_000, size=1_000_000))))
    except ExpressionError as error:
        assert error.line == 1


_FUNCTIONS = [
    "Math.max",
    "Math.pow",
    "Math.round",
    "Math.hypot",
    "Math.atan2",
    "Number",
    "String",
    "Boolean",
    "parseInt",
    "parseFloat",
    "isNaN",
    "JSON.stringify",
    "JSON.parse",
    "Object.keys",
    "Object.entries",
    "Object.assign",
    "Object.fromEntries",
    "Object.groupBy",
    "Object.is",
    "Array.from",
    "Array",
    "Array.of",
    "Date.UTC",
    "Date.parse",
    "new Date",
    "new Set",
    "DateTime.fromISO",
    "DateTime.fromFormat",
    "DateTime.fromMillis",
    "DateTime.fromObject",
    "DateTime.local",
    "DateTime.max",
    "Duration.fromObject",
    "Duration.fromISO",
    "Duration.fromMillis",
    "Interval.fromDateTimes",
    "Interval.after",
    "Interval.fromISO",
    "encodeURIComponent",
    "decodeURIComponent",
    "$if",
    "$ifEmpty",
    "$min",
    "$jmespath",
    "String.fromCharCode",
]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(_FUNCTIONS), st.lists(st.sampled_from(_ARGUMENTS), max_size=4))
def test_every_function_takes_every_argument(function: str, arguments: list[str]) -> None:
    source = f"{function}({', '.join(arguments)})"
    try:
        json.dumps(to_json(compile_expression(source).evaluate(_Data(), Budget(steps=10_000, size=1_000_000))))
    except ExpressionError as error:
        assert error.line == 1


_LEAVES = st.sampled_from(
    ["0", "1", "2", "-1", "0.5", "1e21", "'2'", "'a'", "''", "true", "null", "undefined", "NaN", "[]", "[3]", "({})"]
)
_SIGNS = [
    "+",
    "-",
    "*",
    "/",
    "%",
    "<",
    ">",
    "<=",
    ">=",
    "==",
    "!=",
    "===",
    "&",
    "|",
    "^",
    "<<",
    ">>",
    ">>>",
    "&&",
    "||",
]


def _combine(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return (
        st.tuples(inner, st.sampled_from(_SIGNS), inner).map(" ".join)
        | inner.map("({})".format)
        | inner.map("!({})".format)
        | inner.map("typeof ({})".format)
        | st.tuples(inner, inner, inner).map(lambda parts: "({} ? {} : {})".format(*parts))
        | st.tuples(inner, inner).map(lambda parts: "(({}) ?? ({}))".format(*parts))
        | st.tuples(inner, inner).map(lambda parts: "(({}) ** ({}))".format(*parts))
        | st.tuples(inner, inner).map(lambda parts: "`${{{}}}{{${{{}}}`".format(*parts))
    )


_SOURCES = st.lists(st.recursive(_LEAVES, _combine, max_leaves=8), min_size=150, max_size=150)
_NODE = (
    "const show = v => v === undefined ? 'undefined' : typeof v === 'object' && v !== null ? JSON.stringify(v)"
    " : typeof v + Object.is(v, -0) + String(v);"
    "const sources = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
    "console.log(JSON.stringify(sources.map(s => show((0, eval)('(' + s + ')')))))"
)


def _shown(value: Any) -> str:
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, list | dict):
        return json.dumps(value, separators=(",", ":"))
    minus_zero = isinstance(value, float) and value == 0 and math.copysign(1, value) < 0
    kind, text = compile_expression("[typeof x, String(x)]").evaluate(_Named(value))
    return f"{kind}{str(minus_zero).lower()}{text}"


class _Named:
    def __init__(self, value: Any) -> None:
        self._value = value

    def resolve(self, name: str) -> Any:
        return self._value


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(_SOURCES)
def test_random_arithmetic_is_what_node_says(sources: list[str]) -> None:
    command = [node_program(), "-e", _NODE]
    answer = subprocess.run(command, input=json.dumps(sources), capture_output=True, text=True, check=True)
    evaluate: Callable[[str], Any] = lambda source: compile_expression(source).evaluate(_Data())  # noqa: E731
    for source, expected in zip(sources, json.loads(answer.stdout), strict=True):
        assert (source, _shown(evaluate(source))) == (source, expected)


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.floats(-1e15, 1e15)
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
        ),
        max_leaves=10,
    )
)
def test_json_goes_there_and_back(value: Any) -> None:
    data = _Named(value)
    assert json.loads(compile_expression("JSON.stringify(x)").evaluate(data)) == value
    assert compile_expression("JSON.parse(JSON.stringify(x, null, 2))").evaluate(data) == value
