"""What fails when it is evaluated, and how the message says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from exprsn.kernel.expressions import ExpressionError

_CASES = [
    ("$json.missing.trim()", "$json.missing.trim() cannot be called: there is no value before it."),
    ("null.trim()", "(…).trim() cannot be called: null stands before it."),
    ("$json.name()", "$json.name() cannot be called: an object has no such method."),
    ("$json.t.nope()", "$json.t.nope() cannot be called: a text has no such method."),
    ("$json.list.nope()", "$json.list.nope() cannot be called: a list has no such method."),
    ("(5).nope()", "(…).nope() cannot be called: a number has no such method."),
    ("(1.5).nope()", "(…).nope() cannot be called: a number has no such method."),
    ("true.nope()", "(…).nope() cannot be called: a boolean has no such method."),
    ("Math.nope()", "Math.nope() cannot be called: it is undefined."),
    ("Math.PI()", "Math.PI() cannot be called: it is a number, not a function."),
    ("nothing()", "nothing is not defined."),
    ("(undefined)()", "(…)() cannot be called: it is undefined."),
    ("(null)()", "(…)() cannot be called: it is null, not a function."),
    ("'a'()", "(…)() cannot be called: it is a text, not a function."),
    ("[1][0]()", "(…)[0]() cannot be called: it is a number, not a function."),
    ("Math()", "Math() cannot be called: it is an object, not a function."),
    ("$json.list[0].x.y()", "$json.list[0].x.y() cannot be called: there is no value before it."),
    ("$json[$json.t].y()", "$json[…].y() cannot be called: there is no value before it."),
    ("$json.f()()", "$json.f() cannot be called: an object has no such method."),
    ("[].map(5)", "A function is needed here, not number."),
    ("[].sort(5)", "A function is needed here, not number."),
    ("[].reduce()", "A function is needed here, not undefined."),
    ("[].reduce((a, b) => a)", "reduce() of an empty list needs a start value."),
    ("[...5]", "A list or a text is needed here, not number."),
    ("Math.max(...$json)", "A list or a text is needed here, not object."),
    ("(([a]) => a)(5)", "A list or a text is needed here, not number."),
    ("(({a}) => a)(null)", "Undefined or null cannot be taken apart."),
    ("1 in 2", "The right side of “in” must be an object or a list, not number."),
    ("'a'.repeat(-1)", "repeat() needs a count of 0 or more."),
    ("'a'.repeat(Infinity)", "repeat() needs a count of 0 or more."),
    ("'a'.normalize('X')", "normalize() takes NFC, NFD, NFKC or NFKD."),
    ("(1).toFixed(101)", "toFixed() needs 0 to 100 digits."),
    ("(1).toPrecision(0)", "toPrecision() needs 1 to 100 digits."),
    ("(1).toExponential(-1)", "toExponential() needs 0 to 100 digits."),
    ("(1).toString(1)", "toString() needs a base from 2 to 36."),
    ("(1).toLocaleString('xx')", "Numbers cannot be written in “xx”; use en, de, es, it, pt, nl."),
    (
        "(1).toLocaleString('en', {minimumFractionDigits: 5, maximumFractionDigits: 2})",
        "The digits of the fraction must be from 0 to 20, the fewest not above the most.",
    ),
    ("Array(-1)", "The length of a list must be a whole number from 0 on."),
    ("Array(1.5)", "The length of a list must be a whole number from 0 on."),
    ("[1].with(5, 0)", "with() has no entry 5."),
    ("Object.keys(null)", "An object is needed here, not null."),
    ("Object.entries()", "An object is needed here, not undefined."),
    ("Object.assign()", "An object is needed here, not undefined."),
    ("Object.fromEntries([1])", "Object.fromEntries() needs a list of pairs."),
    ("Object.fromEntries(5)", "A list or a text is needed here, not number."),
    ("Array.from(null)", "Array.from() needs a list, a text or an object with a length."),
    ("new Set(5)", "A list or a text is needed here, not number."),
    ("JSON.parse('{a: 1}')", "This text is not JSON (line 1, column 2 of it): '{a: 1}'."),
    ("JSON.parse('')", "This text is not JSON (line 1, column 1 of it): ''."),
    ("JSON.parse('[NaN]')", "This text is not JSON (line 1, column 1 of it): '[NaN]'."),
    ("JSON.parse('x'.repeat(50))", f"This text is not JSON (line 1, column 1 of it): {'x' * 40!r}…."),
    ("encodeURIComponent('\\ud800')", "The text holds half a character and cannot be encoded."),
    ("decodeURIComponent('%')", "The text holds a % that is not followed by two hexadecimal digits."),
    ("decodeURIComponent('%ff')", "The text does not mean UTF-8 when it is decoded."),
    ("'abc'.toNumber()", "'abc' cannot be turned into a number."),
    ("''.toNumber()", "'' cannot be turned into a number."),
    ("'abc'.toDateTime()", "'abc' cannot be turned into a date. Use DateTime.fromFormat()."),
    ("'a'.base64Decode()", "This text is not base64."),
    ("'a'.hash('x')", "hash() knows md5, sha1, sha224, sha256, sha384, sha512."),
    ("(1.5).isEven()", "isEven() needs a whole number."),
    ("(1.5).isOdd()", "isOdd() needs a whole number."),
    ("(1).toDateTime('x')", "toDateTime() of a number takes ms, s, us or excel."),
    ("[1, 'x'].sum()", "sum() needs a list of numbers."),
    ("[1, null].max()", "max() needs a list of numbers."),
    ("[1].chunk(0)", "chunk() needs a length of 1 or more."),
    ("[1].difference(2)", "A list is needed here, not number."),
    ("({}).merge(2)", "An object is needed here, not number."),
    ("new Date(NaN).toISOString()", "toISOString() needs a valid date."),
    ("new Date(0).toLocaleString('xx-YY')", None),
    ("new Date(0).toLocaleString('en-US', {timeZone: 'Nope'})", "There is no time zone 'Nope'."),
    ("new Date(0).nope()", "(…).nope() cannot be called: it is undefined."),
    ("$now.plus({parsecs: 1})", None),
    ("$now.plus('x')", "An amount of time is an object such as {days: 2}."),
    ("$now.plus({days: 'x'})", "The amount of days is not a number."),
    ("$now.set(5)", "Fields of a date are an object such as {year: 2024, month: 1}."),
    ("$now.set({nope: 5})", "A date has no field 'nope'."),
    ("$now.set({day: 1e12})", "The field day is not a number that a date can have."),
    ("$now.startOf('nope')", None),
    ("DateTime.now().nope()", "DateTime.now(…).nope() cannot be called: it is undefined."),
    ("DateTime.fromISO('2024', {zone: 'Nope'})", "There is no time zone 'Nope'. Use a name like Europe/Berlin."),
    (
        "DateTime.fromFormat('1', 'YYYY')",
        "The format cannot hold “YYYY”. Put letters that are text in single quotes.",
    ),
    ("DateTime.fromFormat('1', 'y'.repeat(201))", "The format is longer than 200 characters."),
    ("DateTime.fromFormat('1', 'y y')", "The format names the year twice."),
    ("DateTime.fromFormat('1', 'X y')", "In a format X and x stand alone."),
    ("$now.toFormat('y'.repeat(1001))", "The format is longer than 1000 characters."),
    ("Duration.fromMillis('x')", "Duration.fromMillis() needs a number."),
    ("Duration.fromObject(5)", "An amount of time is an object such as {days: 2}."),
]


@pytest.mark.parametrize(("source", "message"), _CASES)
def test_the_message_says_what_is_wrong(source: str, message: str | None, evaluate: Callable[..., Any]) -> None:
    with pytest.raises(ExpressionError) as caught:
        evaluate(source, json={"t": "x", "list": [{"a": 1}]})
    if message is not None:
        assert caught.value.message == message
    assert caught.value.code == "expression_failed"
    assert caught.value.line == 1


def test_a_long_chain_is_shortened_in_the_message(evaluate: Callable[..., Any]) -> None:
    with pytest.raises(ExpressionError) as caught:
        evaluate("$json" + ".abcdefghij" * 20 + ".nope()", json={})
    assert caught.value.message.startswith("…")
    assert caught.value.message.endswith(".nope() cannot be called: there is no value before it.")
    assert len(caught.value.message) < 140


def test_units_and_locales_are_listed_in_the_message(evaluate: Callable[..., Any]) -> None:
    with pytest.raises(ExpressionError, match=r"no unit of time 'parsecs'\. Use one of years, quarters, months"):
        evaluate("$now.plus({parsecs: 1})")
    with pytest.raises(ExpressionError, match=r"cannot be written in “xx-YY”; use toFormat\(\) or one of en-US, en-GB"):
        evaluate("new Date(0).toLocaleString('xx-YY')")
