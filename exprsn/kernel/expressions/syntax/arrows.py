"""Arrow functions: their parameters, patterns and bodies."""

from __future__ import annotations

from exprsn.kernel.expressions.errors import ExpressionSyntaxError
from exprsn.kernel.expressions.syntax.nodes import (
    Arrow,
    Constant,
    ListPattern,
    Node,
    ObjectPattern,
    Parameter,
    Target,
    Variable,
)
from exprsn.kernel.expressions.syntax.tokens import Kind
from exprsn.kernel.expressions.syntax.values import ValueParser
from exprsn.kernel.expressions.syntax.words import RESERVED, unsupported

_DECLARING = frozenset({"const", "let", "var"})


class ArrowParser(ValueParser):
    """Adds arrow functions to the values."""

    def arrow(self) -> Node | None:
        """An arrow function if one comes next."""
        token = self.token
        if token.kind is Kind.NAME and self.ahead().is_sign("=>") and token.value not in RESERVED:
            parameter = Parameter(self._variable(), None)
            self.expect("=>")
            return self._arrow([parameter])
        if not token.is_sign("("):
            return None
        behind = self.after_closing()
        if behind is None or not behind.is_sign("=>"):
            return None
        self.expect("(")
        parameters = self._parameters()
        self.expect("=>")
        return self._arrow(parameters)

    def _arrow(self, parameters: list[Parameter]) -> Arrow:
        if not self.is_sign("{"):
            return Arrow(parameters, [], self.expression())
        if self.after_closing() is None:
            raise ExpressionSyntaxError("“}” is missing.", offset=self.token.start)
        return self._block(parameters)

    def _parameters(self) -> list[Parameter]:
        parameters: list[Parameter] = []
        while not self.is_sign(")"):
            rest = self.skip("...")
            parameters.append(self._bound(rest=rest))
            if rest or not self.skip(","):
                break
        self.expect(")")
        return parameters

    def _bound(self, *, rest: bool = False) -> Parameter:
        """A name or pattern with its default."""
        target = self._target()
        default = self.expression() if not rest and self.skip("=") else None
        return Parameter(target, default, rest)

    def _variable(self) -> Variable:
        token = self.identifier()
        return Variable(token.value, token.start)

    def _target(self) -> Target:
        if not self.is_sign("[") and not self.is_sign("{"):
            return self._variable()
        self.enter()
        target = self._list_pattern() if self.skip("[") else self._object_pattern()
        self.leave()
        return target

    def _list_pattern(self) -> ListPattern:
        entries: list[Parameter | None] = []
        while not self.is_sign("]"):
            if self.skip(","):
                entries.append(None)
                continue
            rest = self.skip("...")
            entries.append(self._bound(rest=rest))
            if rest or not self.skip(","):
                break
        self.expect("]")
        return ListPattern(entries)

    def _object_pattern(self) -> ObjectPattern:
        self.expect("{")
        members: list[tuple[Node | None, Parameter]] = []
        while not self.is_sign("}"):
            if self.skip("..."):
                members.append((None, Parameter(self._variable(), None, rest=True)))
                break
            members.append(self._object_pattern_member())
            if not self.skip(","):
                break
        self.expect("}")
        return ObjectPattern(members)

    def _object_pattern_member(self) -> tuple[Node, Parameter]:
        ahead = self.ahead()
        if self.token.kind is Kind.NAME and not ahead.is_sign(":"):
            name = self.token.value
            return Constant(name), self._bound()
        key = self.key()
        self.expect(":")
        return key, self._bound()

    def _block(self, parameters: list[Parameter]) -> Arrow:
        """A body in braces: declarations, then one ``return``. More than that is tier 2."""
        start = self.take().start
        declarations: list[tuple[Parameter, Node]] = []
        while self.token.kind is Kind.NAME and self.token.value in _DECLARING:
            self.take()
            declarations.extend(self._declared(start))
        if not self.token.is_word("return"):
            raise unsupported("Functions with statements", start)
        self.take()
        if self.token.line_before or self.is_sign(";") or self.is_sign("}"):
            raise unsupported("Functions with statements", start)
        body = self.expression()
        self.skip(";")
        if not self.skip("}"):
            raise unsupported("Functions with statements", start)
        return Arrow(parameters, declarations, body)

    def _declared(self, start: int) -> list[tuple[Parameter, Node]]:
        declared: list[tuple[Parameter, Node]] = []
        while True:
            target = self._target()
            if not self.skip("="):
                raise unsupported("Functions with statements", start)
            declared.append((Parameter(target, None), self.expression()))
            if not self.skip(","):
                break
        if not self.skip(";") and not self.token.line_before:
            raise unsupported("Functions with statements", start)
        return declared
