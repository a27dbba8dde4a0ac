"""Expressions reach named members only: nothing of Python's, nothing of JavaScript's machinery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from exprsn.kernel.expressions import UNDEFINED, ExpressionError, HostFunction, HostObject

_VALUES = [
    "''",
    "[]",
    "({})",
    "1",
    "1.5",
    "true",
    "Math",
    "Math.max",
    "(x => x)",
    "JSON",
    "Object",
    "Array",
    "Date",
    "Number",
    "$now",
    "DateTime",
    "Duration",
    "Interval",
    "new Date(0)",
    "new Set([1])",
    "$host",
    "$function",
    "[].map",
    "''.trim",
    "Duration.fromMillis(1)",
    "Interval.after($now, 1)",
    "undefined",
    "null",
    "$json",
    "$if",
    "DateTime.now",
]
_MEMBERS = [
    "constructor",
    "__proto__",
    "prototype",
    "__class__",
    "__dict__",
    "__globals__",
    "__init__",
    "__subclasses__",
    "__getattribute__",
    "caller",
    "callee",
    "arguments",
    "call",
    "apply",
    "bind",
    "__defineGetter__",
    "__lookupGetter__",
    "mro",
    "func_globals",
    "gi_frame",
    "_method",
    "_members",
    "_function",
    "methods",
    "invoke",
    "get_member",
    "value",
    "amounts",
    "run",
    "scope",
    "budget",
    "valueOf.constructor",
    "toString.constructor",
    "isPrototypeOf",
]
_ATTACKS = [
    "$json.constructor.constructor('return process')()",
    "''['constructor']['constructor']('return this')()",
    "[].map.constructor('return 1')()",
    "(() => 1).constructor('return 1')()",
    "Object.getPrototypeOf('')",
    "Object.defineProperty({}, 'a', {})",
    "Object.setPrototypeOf({}, null)",
    "Reflect.get({}, 'a')",
    "$host.secret()",
    "$host['_secret']()",
    "$host.__class__()",
    "$json[['constr', 'uctor'].join('')]()",
    "`${$host.__dict__}`()",
    "process.exit()",
    "require('fs')",
    "import('fs')",
    "globalThis.process",
    "Function('return 1')()",
    "eval('1')",
    "new Function('return 1')",
    "setTimeout(() => 1, 1)",
    "[].constructor.from([1])",
]


class Host(HostObject):
    """A host's value with one member."""

    _secret = "hidden"
    secret = "hidden too"

    def get_member(self, name: str) -> Any:
        return 5 if name == "open" else UNDEFINED


def _lent() -> dict[str, Any]:
    return {"host": Host(), "function": HostFunction(lambda: 1, "f"), "json": {"a": 1}}


@pytest.mark.parametrize("member", _MEMBERS)
def test_nothing_but_named_members_can_be_read(member: str, evaluate: Callable[..., Any]) -> None:
    for value in _VALUES:
        assert evaluate(f"({value}).{member}", **_lent()) is UNDEFINED, value
        dynamic = evaluate(f"({value})[$key]", key=member, **_lent())
        assert dynamic is UNDEFINED, value


@pytest.mark.parametrize("source", _ATTACKS)
def test_known_ways_out_are_closed(source: str, evaluate: Callable[..., Any]) -> None:
    with pytest.raises(ExpressionError):
        evaluate(source, **_lent())
    assert evaluate("$host.open", **_lent()) == 5


def test_data_may_have_members_with_such_names(evaluate: Callable[..., Any]) -> None:
    data = {"constructor": "a", "__proto__": {"x": 1}, "prototype": [1]}
    assert evaluate("[$json.constructor, $json.__proto__.x, $json.prototype[0]]", json=data) == ["a", 1, 1]
    assert evaluate('JSON.parse(\'{"__proto__": {"x": 1}}\').x') is UNDEFINED
    assert evaluate("({}).x") is UNDEFINED


def test_data_of_the_host_is_never_changed(evaluate: Callable[..., Any]) -> None:
    data = {"a": [3, 1, 2], "o": {"x": 1}}
    assert evaluate("$json.a.sort()", json=data) == [1, 2, 3]
    assert evaluate("$json.a.reverse()", json=data) == [2, 1, 3]
    assert evaluate("$json.a.pop()", json=data) == 2
    assert evaluate("$json.a.shift()", json=data) == 3
    assert evaluate("$json.a.fill(0)", json=data) == [0, 0, 0]
    assert evaluate("Object.assign($json.o, {y: 2})", json=data) == {"x": 1, "y": 2}
    assert data == {"a": [3, 1, 2], "o": {"x": 1}}
    assert evaluate("'a/b/c'.split('/').pop() + 'a/b'.split('/').pop()") == "cb"
    assert evaluate("Array(2).fill(1)") == [1, 1]
    assert evaluate("$json.a.map(x => x).sort().reverse()[0] + $json.a.length", json=data) == 6
    assert evaluate("new Date(new Date(0).setHours(1)).getHours()") == 1
