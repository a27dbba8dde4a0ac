"""What is no expression, and what is one but only for tier 2; always with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from exprsn.kernel.expressions import ExpressionSyntaxError, UnsupportedExpression, compile_expression, compile_template

_WRONG = [
    ("", "The expression ends too early.", 1),
    ("1 +", "The expression ends too early.", 4),
    ("a b", "Unexpected “b”.", 3),
    ("a 'b'", "Unexpected a text.", 3),
    ("(1", "The expression ends too early.", 3),
    ("1)", "Unexpected “)”.", 2),
    ("[1, 2", "The expression ends too early.", 6),
    ("{a: 1", "The expression ends too early.", 6),
    ("{a 1}", "Unexpected “1”.", 4),
    ("{if}", "Unexpected “}”.", 4),
    ("{1}", "Unexpected “}”.", 3),
    ("{`a`: 1}", "Unexpected a template text.", 2),
    ("{+: 1}", "Unexpected “+”.", 2),
    ("a.", "The expression ends too early.", 3),
    ("a.1", "Unexpected “0.1”.", 2),
    ("a?.", "The expression ends too early.", 4),
    ("a[1", "The expression ends too early.", 4),
    ("a ? b", "The expression ends too early.", 6),
    ("f(1", "The expression ends too early.", 4),
    ("f(1 2)", "Unexpected “2”.", 5),
    ("a ||", "The expression ends too early.", 5),
    ("* 2", "Unexpected “*”.", 1),
    ("1 = 2", "“=” needs a name before it.", 3),
    ("[1] += 2", "“+=” needs a name before it.", 5),
    ("a ?? b || c", "Put brackets around && and || beside ??.", 3),
    ("a || b ?? c", "Put brackets around && and || beside ??.", 8),
    ("a && b ?? c", "Put brackets around && and || beside ??.", 8),
    ("-2 ** 2", "Put brackets around the sign before **.", 4),
    ("a || x => y", "Unexpected “=>”.", 8),
    ("1 + else", "Unexpected “else”.", 5),
    ("1 + return", "Unexpected “return”.", 5),
    ("(if) => 1", "Unexpected “if”.", 2),
    ("(1) => 1", "Unexpected “1”.", 2),
    ("([a) => 1", "Unexpected “)”.", 4),
    ("({a: 1}) => 1", "Unexpected “1”.", 6),
    ("(...a, b) => 1", "Unexpected “,”.", 6),
    ("([...a, b]) => 1", "Unexpected “,”.", 7),
    ("({...a, b}) => 1", "Unexpected “,”.", 7),
    ("({if}) => 1", "Unexpected “if”.", 3),
    ("x => { return 1", "“}” is missing.", 6),
    ("'abc", "A text is not closed.", 1),
    ('1 + "a\nb"', "A text is not closed.", 5),
    ("'a\\", "A text is not closed.", 1),
    ("`abc", "A template text is not closed.", 1),
    ("`a${b`", "A template text is not closed.", 6),
    ("`a${b", "“}” is missing.", 6),
    ("`a${1 2}`", "Unexpected “2”.", 7),
    ("`a${}`", "The expression ends too early.", 5),
    ("a `b` c", "Tagged templates belong in a code node.", 3),
    ("1 `b`", "Tagged templates belong in a code node.", 3),
    ("(1) x `b`", "Unexpected “x”.", 5),
    ("[1 `b` ]", "Tagged templates belong in a code node.", 4),
    ("1 + #", "The character '#' cannot stand here.", 5),
    ("@", "The character '@' cannot stand here.", 1),
    ("1 + \\u0061", "The character '\\\\' cannot stand here.", 5),
    ("/abc", "A regular expression is not closed.", 1),
    ("'\\x4'", "This escape is not complete.", 2),
    ("'\\u00'", "This escape is not complete.", 2),
    ("'\\u{110000}'", "There is no character with this number.", 2),
    ("'\\1'", "Octal escapes are not allowed; write \\x or \\u.", 2),
    ("'\\07'", "Octal escapes are not allowed; write \\x or \\u.", 2),
    ("`\\8`", "Octal escapes are not allowed; write \\x or \\u.", 2),
    ("1abc", "A name or digit cannot follow a number directly.", 2),
    ("0b12", "A name or digit cannot follow a number directly.", 4),
    ("1__0", "A name or digit cannot follow a number directly.", 2),
    ("1.5n", "A name or digit cannot follow a number directly.", 4),
    ("012", "A number cannot begin with 0 and go on with a digit.", 1),
    ("0_1", "A number cannot begin with 0 and go on with a digit.", 1),
    ("²", "This name has characters that cannot stand in one.", 1),
    ("٣", "This is not a number.", 1),
    ("9" * 1001, "This number has too many digits.", 1),
]
_TIER_2 = [
    ("/a/.test(b)", "Regular expressions belong in a code node.", 1),
    ("a.replace(/[/]\\/\"'/g, '')", "Regular expressions belong in a code node.", 11),
    ("typeof /a/", "Regular expressions belong in a code node.", 8),
    ("10n + 1n", "BigInt numbers belong in a code node.", 1),
    ("0xffn", "BigInt numbers belong in a code node.", 1),
    ("function f() {}", "“function” belongs in a code node.", 1),
    ("(function () { return 1 })()", "“function” belongs in a code node.", 2),
    ("class A {}", "“class” belongs in a code node.", 1),
    ("this.a", "“this” belongs in a code node.", 1),
    ("await f()", "“await” belongs in a code node.", 1),
    ("async x => x", "“async” belongs in a code node.", 1),
    ("async (x) => x", "“async” belongs in a code node.", 1),
    ("delete a.b", "“delete” belongs in a code node.", 1),
    ("a instanceof B", "“instanceof” belongs in a code node.", 3),
    ("new Map()", "“new” belongs in a code node.", 1),
    ("new (f())", "“new” belongs in a code node.", 1),
    ("new Date.x()", "“new” belongs in a code node.", 1),
    ("let a = 1", "“let” belongs in a code node.", 1),
    ("if (a) b", "“if” belongs in a code node.", 1),
    ("for (;;) {}", "“for” belongs in a code node.", 1),
    ("a = 1", "Assignments belong in a code node.", 3),
    ("a.b += 1", "Assignments belong in a code node.", 5),
    ("[a] = b", "Assignments belong in a code node.", 5),
    ("({a} = b)", "Assignments belong in a code node.", 6),
    ("a++", "Assignments belong in a code node.", 2),
    ("--a", "Assignments belong in a code node.", 1),
    ("1; 2", "More than one expression belongs in a code node.", 4),
    ("a, b", "More than one expression belongs in a code node.", 2),
    ("(a, b)", "The comma operator belongs in a code node.", 3),
    ("a[b, c]", "The comma operator belongs in a code node.", 4),
    ("`${a, b}`", "The comma operator belongs in a code node.", 5),
    ("a`b`", "Tagged templates belong in a code node.", 2),
    ("{a() {}}", "Methods in objects belong in a code node.", 2),
    ("{'a'() {}}", "Methods in objects belong in a code node.", 2),
    ("{get a() {}}", "Methods in objects belong in a code node.", 2),
    ("{*a() {}}", "Methods in objects belong in a code node.", 2),
    ("{__proto__: a}", "“__proto__” belongs in a code node.", 2),
    ("x => {}", "Functions with statements belong in a code node.", 6),
    ("x => { if (x) return 1 }", "Functions with statements belong in a code node.", 6),
    ("x => { return }", "Functions with statements belong in a code node.", 6),
    ("x => { return; }", "Functions with statements belong in a code node.", 6),
    ("x => { return\n1 }", "Functions with statements belong in a code node.", 6),
    ("x => { return 1; 2 }", "Functions with statements belong in a code node.", 6),
    ("x => { let y; return y }", "Functions with statements belong in a code node.", 6),
    ("x => { const y = 1 return y }", "Functions with statements belong in a code node.", 6),
    ("RegExp('a')", "“RegExp” belongs in a code node.", 1),
    ("globalThis", "“globalThis” belongs in a code node.", 1),
    ("eval('1')", "“eval” belongs in a code node.", 1),
    ("a.push(1)", "push() belongs in a code node.", 2),
    ("[1].splice(0)", "splice() belongs in a code node.", 4),
    ("a['unshift'](1)", "unshift() belongs in a code node.", 2),
    ("a.pop() + a.length", "Changing a list that is used again belongs in a code node.", 2),
    ("a.b.sort()[0] + a.b[0]", "Changing a list that is used again belongs in a code node.", 4),
    ("[[1]].map(x => x.reverse().concat(x))", "Changing a list that is used again belongs in a code node.", 17),
    ("f().sort() + f", "Changing a list that is used again belongs in a code node.", 4),
]


@pytest.mark.parametrize(("source", "message", "column"), _WRONG)
def test_what_is_no_expression_is_refused_with_its_place(source: str, message: str, column: int) -> None:
    with pytest.raises((ExpressionSyntaxError, UnsupportedExpression)) as caught:
        compile_expression(source)
    error = caught.value
    assert (error.message, error.line, error.block) == (message, error.line, None)
    assert error.column == column - (source.rfind("\n", 0, column - 1) + 1)
    assert error.code == ("expression_unsupported" if "Tagged" in message else "expression_syntax_error")


@pytest.mark.parametrize(("source", "message", "column"), _TIER_2)
def test_what_only_tier_2_does_is_told_apart(source: str, message: str, column: int) -> None:
    with pytest.raises(UnsupportedExpression) as caught:
        compile_expression(source)
    assert (caught.value.message, caught.value.column) == (message, column)
    assert caught.value.code == "expression_unsupported"


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000 + "1" + ")" * 10_000,
        "[" * 10_000,
        "{a:" * 10_000,
        "x => " * 10_000 + "1",
        "f(" * 10_000,
        "a[" * 10_000,
        "2 ** " * 10_000 + "2",
        "`${" * 10_000,
        "a ? " * 10_000 + "1",
        "`${" * 19 + "(" * 40 + "1" + ")" * 40 + "}`" * 19,
        "([" + "[" * 100 + "]" * 101 + ") => 1",
    ],
    ids=lambda source: source[:6],
)
def test_deep_nesting_is_refused_cleanly(source: str) -> None:
    with pytest.raises(ExpressionSyntaxError) as caught:
        compile_expression(source)
    assert caught.value.message in {"The expression is nested too deeply.", "Templates are nested too deeply."}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("+".join(["1"] * 5_000), 5_000),
        ("!" * 2_000 + "1", True),
        ("[" + "1," * 5_000 + "1].length", 5_001),
        ("0 ? 1 : " * 3_000 + "2", 2),
        ("0 || " * 3_000 + "3", 3),
        ("({})" + ".a" * 5_000 + " ?? 4", 4),
        ("'a'" + ".trim()" * 3_000, "a"),
    ],
    ids=lambda case: str(case)[:8],
)
def test_long_chains_do_not_count_as_nesting(source: str, expected: object, evaluate: Callable[..., Any]) -> None:
    assert evaluate(source) == expected


def test_an_expression_has_a_longest_length() -> None:
    with pytest.raises(ExpressionSyntaxError, match="longer than 65536 characters"):
        compile_expression("1" + " " * 65_536)
    with pytest.raises(ExpressionSyntaxError, match="longer than 65536 characters") as caught:
        compile_template("a {{ 1 }}{{ 1" + " " * 65_536 + "}}")
    assert (caught.value.line, caught.value.column, caught.value.block) == (1, 12, 1)
    with pytest.raises(ExpressionSyntaxError, match="longer than 2000000 characters"):
        compile_template("a" * 2_000_001)


def test_a_compiler_called_from_deep_inside_refuses_instead_of_breaking() -> None:
    def dig(levels: int) -> None:
        if levels:
            dig(levels - 1)
        else:
            compile_expression("(" * 45 + "1" + ")" * 45)

    with pytest.raises(ExpressionSyntaxError, match="nested too deeply"):
        dig(750)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("/* a */ 1 // b", 1),
        ("1 /* \n */ + // c\n 2", 3),
        ("(x => { const a = x\n const b = a + 1, c = b\n return c })(1)", 2),
        ("(x => { let [a, b] = x; return a + b; })([1, 2])", 3),
        ("(x => { const x2 = x; return x2 })(1)", 1),
        ("(([a, [b], {c}]) => a + b + c)([1, [2], {c: 3}])", 6),
        ("(({['a' + 1]: b, 'c d': e, 5: f}) => b + e + f)({a1: 1, 'c d': 2, 5: 3})", 6),
        ("(([a, a2 = a]) => a2)([4])", 4),
        ("((a, a) => a)(1, 2)", 2),
        ("(() => 5)(1, 2)", 5),
        ("((a) => (b) => (c) => a + b + c)(1)(2)(3)", 6),
        ("async + 1", 8),
        ("({async: 1, get: 2, set: 3, of: 4}).get", 2),
        ("({get, async}).async", 7),
        ("((a,) => a)(1,)", 1),
        ("'a\\\r\nb\\\rc'", "abc"),
        ("`a\r\nb\rc$d`", "a\nb\nc$d"),
        ("'\\q\\0'", "q\0"),
        ("'\u2028'", "\u2028"),
        ("a1$b", 9),
        ("1;;", 1),
        ("{a: 1}.a", 1),
    ],
)
def test_spellings(source: str, expected: object, evaluate: Callable[..., Any]) -> None:
    assert evaluate(source, **{"async": 7, "get": 2, "a1$b": 9}) == expected
