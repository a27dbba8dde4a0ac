"""JMESPath read to a tree: the grammar of https://jmespath.org/specification.html by precedence climbing."""

from __future__ import annotations

import json
import re
from typing import Any

from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.library.jmespath.nodes import Step

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_]\w*)|(?P<quoted>\"(?:\\.|[^\"\\])*\")|(?P<raw>'(?:\\.|[^'\\])*')"
    r"|(?P<json>`(?:\\.|[^`\\])*`)|(?P<number>-?[0-9]{1,15})|(?P<sign>\[\?|\[\]|\|\||&&|==|!=|<=|>=|[.\[\]{}()*,:|&!<>@]))"
)
_POWER = {
    "|": 1, "||": 2, "&&": 3, "==": 5, "!=": 5, "<": 5, "<=": 5, ">": 5, ">=": 5, "[]": 9, "[?": 21, ".": 40, "[": 55,
}  # fmt: skip
_PROJECTION_STOP = 10
_MAX_DEPTH = 40
_MAX_SOURCE = 2_000


def read(source: str) -> Step:
    """The tree of a JMESPath expression. Raises ``ExpressionError`` for what is none."""
    return _Reader(source).whole()


class _Reader:
    def __init__(self, source: str) -> None:
        if len(source) > _MAX_SOURCE:
            raise ExpressionError(f"A JMESPath expression has at most {_MAX_SOURCE} characters.")
        self._tokens = _tokenize(source)
        self._at = 0
        self._depth = 0

    def whole(self) -> Step:
        step = self._expression(0)
        if self._kind() != "end":
            raise self._wrong()
        return step

    def _kind(self) -> str:
        return self._tokens[self._at][0]

    def _next(self) -> tuple[str, Any]:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _skip(self, sign: str) -> bool:
        found = self._kind() == sign
        self._at += found
        return found

    def _expect(self, sign: str) -> None:
        if not self._skip(sign):
            raise self._wrong()

    def _wrong(self) -> ExpressionError:
        kind, value = self._tokens[self._at]
        shown = "the end" if kind == "end" else f"“{value}”"
        return ExpressionError(f"The JMESPath expression is not valid at {shown}.")

    def _expression(self, power: int) -> Step:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ExpressionError("The JMESPath expression is nested too deeply.")
        left = self._first()
        while power < _POWER.get(self._kind(), 0):
            left = self._following(left)
        self._depth -= 1
        return left

    def _first(self) -> Step:
        kind = self._kind()
        if kind in {"name", "field", "literal"}:
            return self._named(*self._next())
        if kind in {"*", "[]", "[?"} or (kind == "[" and self._is_bracket()):
            return self._following(Step("current"))
        if kind not in {"@", "!", "&", "(", "[", "{"}:
            raise self._wrong()
        self._at += 1
        if kind == "[":
            return Step("list", parts=self._listed("]"))
        if kind == "{":
            return self._hash()
        if kind == "(":
            inner = self._expression(0)
            self._expect(")")
            return Step("group", parts=[inner])
        return (
            Step("current")
            if kind == "@"
            else Step("not" if kind == "!" else "reference", parts=[self._expression(45)])
        )

    def _is_bracket(self) -> bool:
        """Whether a bracket holds an index, a slice or a star, not a list of expressions."""
        kind, following = (
            self._tokens[self._at + 1][0],
            self._tokens[min(self._at + 2, len(self._tokens) - 1)][0],
        )
        return kind in {"number", ":"} or (kind == "*" and following == "]")

    def _named(self, kind: str, value: Any) -> Step:
        if kind == "name" and self._skip("("):
            return Step("call", value, self._listed(")"))
        return Step("literal" if kind == "literal" else "field", value)

    def _listed(self, closing: str) -> list[Step]:
        parts: list[Step] = []
        while not self._skip(closing):
            if parts:
                self._expect(",")
            parts.append(self._expression(0))
        return parts

    def _hash(self) -> Step:
        names: list[str] = []
        parts: list[Step] = []
        while not names or self._skip(","):
            if self._kind() not in {"name", "field"}:
                raise self._wrong()
            names.append(self._next()[1])
            self._expect(":")
            parts.append(self._expression(0))
        self._expect("}")
        return Step("hash", names, parts)

    def _following(self, left: Step) -> Step:
        sign = self._next()[0]
        if sign == ".":
            return self._dotted(left)
        if sign == "*":
            return Step("values", parts=[left, self._projected()])
        if sign == "[]":
            return Step("flatten", parts=[left, self._projected()])
        if sign == "[?":
            condition = self._expression(0)
            self._expect("]")
            return Step("filter", parts=[left, condition, self._projected()])
        if sign == "[":
            return self._bracket(left)
        return Step(sign, parts=[left, self._expression(_POWER[sign])])

    def _dotted(self, left: Step) -> Step:
        kind = self._kind()
        if kind == "*":
            return self._following(left)
        if kind == "[":
            self._at += 1
            return Step("sub", parts=[left, Step("list", parts=self._listed("]"))])
        if kind not in {"name", "field", "{"}:
            raise self._wrong()
        return Step("sub", parts=[left, self._expression(_POWER["."])])

    def _bracket(self, left: Step) -> Step:
        if self._skip("*"):
            self._expect("]")
            return Step("each", parts=[left, self._projected()])
        bounds: list[int | None] = [None]
        while not self._skip("]"):
            kind, value = self._next()
            if kind == "number" and bounds[-1] is None:
                bounds[-1] = value
            elif kind == ":" and len(bounds) < 3:
                bounds.append(None)
            else:
                self._at -= 1
                raise self._wrong()
        if len(bounds) > 1:
            return Step("slice", bounds, [left, self._projected()])
        if bounds[0] is None:
            raise self._wrong()
        return Step("index", bounds[0], [left])

    def _projected(self) -> Step:
        """What is done to each entry of a projection; a looser operator ends it."""
        step = Step("current")
        while _POWER.get(self._kind(), 0) >= _PROJECTION_STOP:
            step = self._following(step)
        return step


def _tokenize(source: str) -> list[tuple[str, Any]]:
    tokens: list[tuple[str, Any]] = []
    at = 0
    source = source.rstrip()
    while at < len(source):
        found = _TOKEN.match(source, at)
        if found is None:
            raise ExpressionError(f"The JMESPath expression is not valid at “{source[at : at + 10].strip()}”.")
        at = found.end()
        tokens.append(_token(str(found.lastgroup), found.group(str(found.lastgroup))))
    return [*tokens, ("end", None), ("end", None)]


def _token(kind: str, text: str) -> tuple[str, Any]:
    if kind == "sign":
        return text, text
    if kind == "number":
        return "number", int(text)
    if kind == "raw":
        return "literal", text[1:-1].replace("\\'", "'")
    if kind == "name":
        return "name", text
    source = text if kind == "quoted" else text[1:-1].replace("\\`", "`")
    try:
        return ("field" if kind == "quoted" else "literal"), json.loads(source)
    except ValueError:
        raise ExpressionError(f"The JMESPath literal {text[:40]} is not JSON.") from None
