"""Blocks of tier 2: JavaScript that is more than an expression of tier 1. An engine in the sandbox evaluates them.

Nothing of them is run here. They know which roots and workflow nodes their source names, so that no other data has
to be sent to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol

from exprsn.kernel.expressions.dates.fields import FIELDS
from exprsn.kernel.expressions.dates.moment_methods import MOMENT_METHODS
from exprsn.kernel.expressions.errors import ExpressionError, ExpressionSyntaxError, HostError
from exprsn.kernel.expressions.methods.dictionary_helpers import OBJECT_HELPERS
from exprsn.kernel.expressions.methods.nothing import NOTHING_HELPERS
from exprsn.kernel.expressions.syntax.lenient import rewrite
from exprsn.kernel.expressions.syntax.tokens import Kind, Token

# Methods that a value of JavaScript cannot carry itself: an object's would hide its fields, a date's its properties.
CALLED_HELPERS = frozenset({*OBJECT_HELPERS, *NOTHING_HELPERS, *(MOMENT_METHODS.keys() & FIELDS.keys())})
_ROOT = re.compile(r"\$[A-Za-z_]\w*|\$(?=\s*\()")
_BY_CALL = frozenset({"$", "$items"})


class ScriptScope(Protocol):
    """A scope that can have scripts evaluated."""

    def resolve(self, name: str) -> Any: ...

    def script_value(self, script: Script, *, as_text: bool) -> Any:
        """The value of a script as JSON, or as it stands in mixed text. Raises ``ExpressionError``."""


class Script:
    """One block of tier 2 at its place in a text. Immutable: one serves all runs and threads."""

    __slots__ = ("_rewritten", "_text", "block", "names", "node_names", "refusal", "source", "start")

    def __init__(
        self, text: str, start: int, end: int, tokens: list[Token], block: int | None, refusal: ExpressionError
    ) -> None:
        self.source = text[start:end].rstrip(" \t\r\n;")
        self.start = start
        self.block = block
        self.refusal = refusal
        self._text = text
        self._rewritten = rewrite(self.source, tokens, start, CALLED_HELPERS)
        names = frozenset({name for _, name in _root_names(tokens)} if tokens else _ROOT.findall(self.source))
        # For a block that tier 1 cannot even read: it may name any node.
        self.names = names
        self.node_names = node_names_in(tokens) if tokens or not names & {*_BY_CALL, "$node"} else None

    @property
    def lenient(self) -> str:
        """The source as the engine is to run it, if it is JavaScript; else the source itself."""
        return self._rewritten.text

    @property
    def is_doubtful(self) -> bool:
        """Whether tier 1 takes it for a mistake: only the engine can say that it is none."""
        return isinstance(self.refusal, ExpressionSyntaxError)

    def may_look_at(self) -> frozenset[str] | None:
        """The workflow nodes that it may look at; None when that may be any."""
        return self.node_names

    def evaluate(self, scope: Any, *, as_text: bool = False) -> Any:
        """The value for one scope; where nothing evaluates scripts, tier 1's refusal."""
        run = getattr(scope, "script_value", None)
        if run is None:
            raise self.refused()
        try:
            return run(self, as_text=as_text)
        except ExpressionError as error:
            error.place(self._text, self.start, self.block)
            raise

    def refused(self) -> ExpressionError:
        """Tier 1's refusal, made anew for each time that it is raised."""
        old = self.refusal
        error = type(old)(old.message, offset=old.offset)
        error.place(self._text, self.start, self.block)
        return error

    def error(
        self, code: str, message: str, line: int | None, column: int | None, *, in_lenient: bool
    ) -> ExpressionError:
        """What an engine says about the script, at its place in the whole text. Line and column count from 1."""
        error = HostError(message)
        error.code = code
        if line is not None:
            error.offset = self._offset(line, column or 1, in_lenient=in_lenient)
        error.place(self._text, self.start, self.block)
        return error

    def _offset(self, line: int, column: int, *, in_lenient: bool) -> int:
        text = self.lenient if in_lenient else self.source
        before = text.split("\n")[: max(line, 1) - 1]
        position = min(sum(map(len, before)) + len(before) + max(column, 1) - 1, len(text))
        return self.start + (self._rewritten.origin(position) if in_lenient else position)


def _lists(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens, and those of all template texts in them."""
    todo = [tokens]
    while todo:
        current = todo.pop()
        yield current
        todo += [inner for token in current if token.kind is Kind.TEMPLATE for inner in token.value[1]]


def _root_names(tokens: list[Token]) -> Iterator[tuple[list[Token], str]]:
    """Every use of a name that begins with ``$``: the tokens from there on, and the name."""
    for current in _lists(tokens):
        for at, token in enumerate(current):
            is_member = at > 0 and (current[at - 1].is_sign(".") or current[at - 1].is_sign("?."))
            if token.kind is Kind.NAME and token.value.startswith("$") and not is_member:
                yield current[at + 1 :], token.value


def node_names_in(tokens: list[Token]) -> frozenset[str] | None:
    """The workflow nodes that a source names; None when it may name any."""
    found: set[str] = set()
    for behind, name in _root_names(tokens):
        if name in _BY_CALL:
            named = _called_with(behind, may_be_empty=name == "$items")
        elif name == "$node":
            named = _read_by(behind)
        else:
            continue
        if named is None:
            return None
        found |= named
    return frozenset(found)


def _called_with(behind: list[Token], *, may_be_empty: bool) -> set[str] | None:
    if len(behind) < 3 or not behind[0].is_sign("("):
        return None
    if may_be_empty and behind[1].is_sign(")"):
        return set()
    return _literal(behind[1]) if behind[2].is_sign(")") or behind[2].is_sign(",") else None


def _read_by(behind: list[Token]) -> set[str] | None:
    if len(behind) < 3:
        return None
    if behind[0].is_sign("."):
        return {behind[1].value} if behind[1].kind is Kind.NAME else None
    return _literal(behind[1]) if behind[0].is_sign("[") and behind[2].is_sign("]") else None


def _literal(token: Token) -> set[str] | None:
    if token.kind is Kind.TEMPLATE and not token.value[1]:
        return set(token.value[0])
    return {token.value} if token.kind is Kind.TEXT else None
