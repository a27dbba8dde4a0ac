"""Templates: how they are split, what type they give, what they say about themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from exprsn.kernel.expressions import (
    UNDEFINED,
    ExpressionError,
    ExpressionSyntaxError,
    compile_expression,
    compile_template,
    to_json,
)

Make = Callable[..., Any]
_JSON = {"a": {"b": [1, {"c": "x"}]}, "n": 5, "t": "it's", "null": None, "o": {"x": 1}, "list": [1, [2, 3]]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("plain", "plain"),
        ("{{ $json.n }}", 5),
        ("{{$json.a.b}}", [1, {"c": "x"}]),
        (" {{ $json.n }}", " 5"),
        ("{{ $json.n }} ", "5 "),
        ("{{ $json.n }}{{ $json.n }}", "55"),
        ("n={{ $json.n }}, t={{ $json.t }}!", "n=5, t=it's!"),
        ("{{ $json.missing }}", UNDEFINED),
        ("[{{ $json.missing }}|{{ $json.null }}|{{ undefined }}]", "[||]"),
        ("{{ $json.o }}!", "[object Object]!"),
        ("{{ $json.list }}!", "1,2,3!"),
        ("{{ {a: {b: 1}} }}", {"a": {"b": 1}}),
        ("{{ {a: {b: 1}}}}", {"a": {"b": 1}}),
        ('{{ "}}" }}', "}}"),
        ("{{ '}}' + \"{{\" }}", "}}{{"),
        ("{{ `}}${ {a: '}}'}.a }` }}", "}}}}"),
        ("{{ /* }} */ 1 }}", 1),
        ("{{ 1 // }}\n }}", 1),
        ("{{ }}", ""),
        ("a{{ }}b", "ab"),
        ("{{ /* nothing */ }}a", "a"),
        ("{{ 1", "{{ 1"),
        ("a }} b", "a }} b"),
        ("{{ 1 }} {{", "1 {{"),
        ("{ {1} }", "{ {1} }"),
        ("{{ 'Don\\'t' }} don't {{ 1 }}", "Don't don't 1"),
        ("it's {{ $json.t }}", "it's it's"),
        ("😀{{ '😀'.length }}", "😀2"),
        ("{{ DateTime.fromISO('2024-03-05') }}!", "2024-03-05T00:00:00.000Z!"),
        ("{{ Duration.fromObject({hours: 1}) }}!", "PT1H!"),
        ("{{ new Date(0) }}!", "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)!"),
    ],
)
def test_a_template_gives(text: str, expected: Any, names: Make) -> None:
    assert compile_template(text).evaluate(names(json=_JSON)) == expected


@pytest.mark.parametrize(
    ("text", "line", "column", "block"),
    [
        ("{{ 1 + }}", 1, 8, 0),
        ("a\nb {{ 1 }} {{ (2 }}", 2, 17, 1),
        ("{{ 'a }}", 1, 4, 0),
        ("{{ { a: 1 }}", 1, 11, 0),
        ("{{ 1 }}\n\n  {{ # }}", 3, 6, 1),
        ("{{ a \n b }}", 2, 2, 0),
        ("{{ x.y(/a/) }}", 1, 8, 0),
    ],
)
def test_an_error_of_compilation_has_its_place_in_the_whole_text(text: str, line: int, column: int, block: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_template(text)
    error = caught.value
    assert (error.line, error.column, error.block) == (line, column, block)
    assert error.params == {"line": line, "column": column, "block": block}


@pytest.mark.parametrize(
    ("text", "line", "column", "block"),
    [
        ("{{ nope }}", 1, 4, 0),
        ("{{ 1 }}\n{{ $json.n + $json.n() }}", 2, 21, 1),
        ("{{ 1 in 2 }}", 1, 3, 0),
        ("{{ [1].map(x => nope) }}", 1, 17, 0),
        ("x{{ $json.a.b.map(x => x.zip()) }}", 1, 29, 0),
    ],
)
def test_an_error_of_evaluation_has_its_place_too(text: str, line: int, column: int, block: int, names: Make) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_template(text).evaluate(names(json=_JSON))
    assert (caught.value.line, caught.value.column, caught.value.block) == (line, column, block)
    assert caught.value.code == "expression_failed"


def test_what_a_template_uses() -> None:
    text = (
        "{{ $json.a }} {{ $('One').item.json.b + $node['Two'].json.c + $node.Three.x }} {{ $items(\"Four\") }}"
        "{{ [1].map(x => x + Math.max($vars.y)) }} {{ $(name).first() }} {{ $() }} {{ $node[key] }} {{ $now }}"
    )
    template = compile_template(text)
    assert template.names == {"$json", "$", "$node", "$items", "$vars", "name", "key", "$now"}
    assert template.node_names == {"One", "Two", "Three", "Four"}
    assert [block.block for block in template.blocks] == list(range(8))
    assert template.blocks[0].source == " $json.a "
    assert not template.is_single_block


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{{ $json.a.b }}", ("$json", "a", "b")),
        ("{{ $json['a b'][0].c }}", ("$json", "a b", "0", "c")),
        ("{{ $json?.a?.['b'] }}", ("$json", "a", "b")),
        ("{{ $json }}", ("$json",)),
        ("{{ $json.a[b] }}", None),
        ("{{ $json.a[-1] }}", None),
        ("{{ $json.a[1.5] }}", None),
        ("{{ $json.a() }}", None),
        ("{{ Math.PI }}", None),
        ("{{ 'a'.length }}", None),
        ("{{ 1 }}", None),
        ("a {{ $json.a }}", None),
    ],
)
def test_a_plain_path_is_known_as_one(text: str, path: tuple[str, ...] | None) -> None:
    assert compile_template(text).plain_path == path


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$json.a.b[1].c", "x"),
        ("$json.a.b.length", 2),
        ("$json.t[0]", "i"),
        ("$json.t.length", 4),
        ("$json.a.b[7]", UNDEFINED),
        ("$json.a.b.c.d.e", UNDEFINED),
        ("$json.null.x", UNDEFINED),
        ("$json.n.x", UNDEFINED),
        ("$json.a['b']['0']", 1),
        ("$json.a.b[0 + 1].c", "x"),
        ("$json.a[['b']].length", 2),
        ("$json?.missing?.[0].x", UNDEFINED),
        ("[$json][0].n", 5),
        ("($json).n", 5),
        ("$json.values", UNDEFINED),
        ("$json.first", UNDEFINED),
        ("$json.a.b[true]", UNDEFINED),
        ("$json.missing?.[$json.n].z", UNDEFINED),
        ("$json.missing?.[$json.n]()", UNDEFINED),
        ("$json.missing?.(1).x", UNDEFINED),
    ],
)
def test_paths(source: str, expected: Any, evaluate: Make) -> None:
    assert evaluate(source, json=_JSON) == expected


def test_a_name_that_the_scope_does_not_have_is_named(evaluate: Make) -> None:
    with pytest.raises(ExpressionError, match=r"^\$jsn is not defined\.$"):
        evaluate("$jsn.a")
    with pytest.raises(ExpressionError, match="foo is not defined"):
        evaluate("1 + foo")
    assert evaluate("typeof foo") == "undefined"
    assert evaluate("typeof $now") == "object"
    assert evaluate("typeof $json.a", json=_JSON) == "object"
    assert evaluate("typeof json", json=_JSON) == "object"
    assert evaluate("[1].map(x => typeof x)[0]") == "number"
    assert evaluate("typeof Math") == "object"


def test_short_templates_are_compiled_once() -> None:
    assert compile_template("{{ $json.once }}") is compile_template("{{ $json.once }}")
    long = "{{ 1 }}" + "a" * 20_000
    assert compile_template(long) is not compile_template(long)


def test_an_expression_that_stands_alone(names: Make) -> None:
    expression = compile_expression("$json.a + $node.X")
    assert expression.names == {"$json", "$node"}
    assert expression.node_names == {"X"}
    assert expression.block is None
    assert expression.plain_path is None
    assert compile_expression("1 + 1").evaluate(names()) == 2


def test_mixed_text_gives_text_that_json_can_hold(names: Make) -> None:
    value = compile_template("{{ 1.5 }}{{ true }}{{ 1e21 }}").evaluate(names())
    assert to_json(value) == "1.5true1e+21"


def test_values_nested_too_deeply_end_cleanly(names: Make) -> None:
    deep: list[Any] = []
    for _ in range(150):
        deep = [deep]
    for source in ("String($json)", "JSON.stringify($json)", "$json.join()"):
        with pytest.raises(ExpressionError, match="nested too deeply") as caught:
            compile_expression(source).evaluate(names(json=deep))
        assert caught.value.code == "expression_too_costly"
    with pytest.raises(ExpressionError, match="nested too deeply"):
        to_json(deep)


def test_a_syntax_error_is_an_expression_error() -> None:
    with pytest.raises(ExpressionSyntaxError) as caught:
        compile_template("{{ ( }}")
    assert isinstance(caught.value, ExpressionError)
    assert (caught.value.http_status, caught.value.code) == (422, "expression_syntax_error")
