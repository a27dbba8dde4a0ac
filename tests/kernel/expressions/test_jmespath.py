"""``$jmespath``: the language of https://jmespath.org, by its own examples and by what it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from exprsn.kernel.expressions import ExpressionError

_DATA = {
    "a": "foo", "n": 5, "t": True, "no": None, "e": [], "deep": {"b": {"c": [0, 1, 2, 3]}},
    "people": [{"name": "Ann", "age": 30, "tags": ["x", "y"]}, {"name": "Bob", "age": 20}, {"name": "Cy", "age": 25}],
    "ops": {"one": {"n": 1}, "two": {"n": 2}, "none": {}}, "with space": 1, "nested": [[1, 2], [3, [4]]],
}  # fmt: skip
_CASES = [
    ("a", "foo"),
    ("missing", None),
    ("a.b", None),
    ("deep.b.c[1]", 1),
    ("deep.b.c[-1]", 3),
    ("deep.b.c[9]", None),
    ("a[0]", None),
    ("deep.b.c[1:3]", [1, 2]),
    ("deep.b.c[:2]", [0, 1]),
    ("deep.b.c[::2]", [0, 2]),
    ("deep.b.c[::-1]", [3, 2, 1, 0]),
    ("a[1:]", None),
    ('"with space"', 1),
    ("people[*].name", ["Ann", "Bob", "Cy"]),
    ("people[*].tags[0]", ["x"]),
    ("people[].tags[]", ["x", "y"]),
    ("[people][0][1].name", "Bob"),
    ("a[*]", None),
    ("a[]", None),
    ("a.*", None),
    ("nested[]", [1, 2, 3, [4]]),
    ("nested[][]", [1, 2, 3, 4]),
    ("ops.*.n", [1, 2]),
    ("*.b", [{"c": [0, 1, 2, 3]}]),
    ("people[?age > `22`].name", ["Ann", "Cy"]),
    ("people[?age >= `25` && name != 'Ann'].name", ["Cy"]),
    ("people[?age < `25` || name == 'Ann'].name", ["Ann", "Bob"]),
    ("people[?age <= `20`] | [0].name", "Bob"),
    ("people[?!tags].name", ["Bob", "Cy"]),
    ("people[?(age > `20`)].name | [0]", "Ann"),
    ("a[?b]", None),
    ("people[0].[name, age]", ["Ann", 30]),
    ("people[0].{n: name, \"a b\": age}", {"n": "Ann", "a b": 30}),
    ("no.[a]", None),
    ("no.{a: a}", None),
    ("no | {a: a}", None),
    ("[a, n]", ["foo", 5]),
    ("{x: a}", {"x": "foo"}),
    ("@.a", "foo"),
    ("missing || a", "foo"),
    ("a || n", "foo"),
    ("a && n", 5),
    ("e && n", []),
    ("!e", True),
    ("n == `5`", True),
    ("t == `1`", False),
    ("ops == ops && deep.b.c == `[0, 1, 2, 3]`", True),
    ("ops != `{}` && nested != e && a != n", True),
    ("ops.one == `{\"n\": 2}`", False),
    ("t < `5`", None),
    ("a < `5`", None),
    ("'it\\'s'", "it's"),
    ("`\"a\\`b\"`", "a`b"),
    ("abs(`-5`)", 5),
    ("avg(people[*].age)", 25),
    ("avg(e)", None),
    ("ceil(`1.2`)", 2),
    ("floor(`1.8`)", 1),
    ("contains(a, 'oo')", True),
    ("contains(a, `5`)", False),
    ("contains(deep.b.c, `3`)", True),
    ("ends_with(a, 'o')", True),
    ("starts_with(a, 'x')", False),
    ("join(', ', people[*].name)", "Ann, Bob, Cy"),
    ("keys(ops)", ["one", "two", "none"]),
    ("values(ops)[0]", {"n": 1}),
    ("length(people)", 3),
    ("length(a)", 3),
    ("map(&name, people)", ["Ann", "Bob", "Cy"]),
    ("max(people[*].age)", 30),
    ("max(e)", None),
    ("min(people[*].name)", "Ann"),
    ("max_by(people, &age).name", "Ann"),
    ("min_by(people, &age).name", "Bob"),
    ("max_by(e, &age)", None),
    ("min_by(e, &age)", None),
    ("merge(ops.one, ops.two, {x: a})", {"n": 2, "x": "foo"}),
    ("not_null(no, missing, n)", 5),
    ("not_null(no)", None),
    ("reverse(a)", "oof"),
    ("reverse(deep.b.c)", [3, 2, 1, 0]),
    ("sort(people[*].age)", [20, 25, 30]),
    ("sort_by(people, &age)[*].name", ["Bob", "Cy", "Ann"]),
    ("sum(people[*].age)", 75),
    ("to_array(n)", [5]),
    ("to_array(e)", []),
    ("to_number('1.5')", 1.5),
    ("to_number(n)", 5),
    ("to_number('x')", None),
    ("to_number(t)", None),
    ("to_string(e)", "[]"),
    ("to_string(a)", "foo"),
    ("[type(a), type(n), type(t), type(no), type(e), type(ops)]",
     ["string", "number", "boolean", "null", "array", "object"]),
]  # fmt: skip
_WRONG = [
    ("", "not valid at the end"),
    ("a b", "not valid at “b”"),
    ("a.", "not valid at the end"),
    ("a..b", "not valid at “.”"),
    ("a.'b'", "not valid at “b”"),
    ("[", "not valid at the end"),
    ("a[", "not valid at the end"),
    ("a[1 2]", "not valid at “2”"),
    ("a[1:2:3:4]", "not valid at “:”"),
    ("a[b]", "not valid at “b”"),
    ("a[ ]", "not valid at the end"),
    ("a[?b", "not valid at the end"),
    ("{a}", "not valid at “}”"),
    ("{'a': b}", "not valid at “a”"),
    ("[a b]", "not valid at “b”"),
    ("(a", "not valid at the end"),
    ("a # b", "not valid at “# b”"),
    ("`{`", "is not JSON"),
    ("a[::0]", "cannot be 0"),
    ("nope(a)", "no function nope"),
    ("length(a, a)", "takes 1 arguments, not 2"),
    ("length(n)", "needs string or array or object, not number"),
    ("sort_by(people, n)", "needs expression, not number"),
    ("sort_by(people, &tags)", "only order numbers or texts"),
    ("sort([a, n])", "only order numbers or texts"),
    ("sum([a])", "need a list of numbers"),
    ("join(',', [n])", "needs a list of texts"),
    ("merge(a)", "needs objects"),
    ("&a", "& stands only before arguments"),
    ("(" * 60 + "a" + ")" * 60, "nested too deeply"),
    ("a" * 2001, "at most 2000 characters"),
]


@pytest.mark.parametrize(("source", "expected"), _CASES)
def test_searching(source: str, expected: Any, evaluate: Callable[..., Any]) -> None:
    assert evaluate("$jmespath($json, $query)", json=_DATA, query=source) == expected


@pytest.mark.parametrize(("source", "message"), _WRONG)
def test_refusals(source: str, message: str, evaluate: Callable[..., Any]) -> None:
    with pytest.raises(ExpressionError, match=re.escape(message)):
        evaluate("$jmespath($json, $query)", json=_DATA, query=source)


def test_other_values(evaluate: Callable[..., Any]) -> None:
    assert evaluate("$jmespath(undefined, 'a')") is None
    assert evaluate("$jmespath({a: [1, 2]}, 'a[1]') + 1") == 3
    assert evaluate("$jmespath(DateTime.fromISO('2024-03-05'), '@')") == "2024-03-05T00:00:00.000Z"
