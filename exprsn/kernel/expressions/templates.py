"""Templates: texts with ``{{ … }}`` blocks. One block alone keeps its type; in mixed text nothing renders empty."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from exprsn.kernel.expressions.budget import Budget
from exprsn.kernel.expressions.coercion import to_primitive, to_text
from exprsn.kernel.expressions.compiler.compiler import Code, compile_tree
from exprsn.kernel.expressions.compiler.frames import Frame
from exprsn.kernel.expressions.errors import (
    ExpressionBudgetExceeded,
    ExpressionError,
    ExpressionSyntaxError,
    UnsupportedExpression,
)
from exprsn.kernel.expressions.finish import to_json
from exprsn.kernel.expressions.members import get_member
from exprsn.kernel.expressions.run import Run, Scope
from exprsn.kernel.expressions.scripts import Script, node_names_in
from exprsn.kernel.expressions.syntax.lexer import Lexer
from exprsn.kernel.expressions.syntax.parser import parse
from exprsn.kernel.expressions.syntax.tokens import Token
from exprsn.kernel.expressions.values import UNDEFINED, is_nothing

MAX_SOURCE = 65_536
MAX_TEXT = 2_000_000
_MAX_CACHED = 20_000


class Expression:
    """One compiled expression at its place in a text. Immutable: one serves all runs and threads."""

    __slots__ = ("_path", "_text", "block", "code", "source", "start")

    def __init__(self, text: str, start: int, end: int, tokens: list[Token], block: int | None) -> None:
        self.source = text[start:end]
        self.start = start
        self.block = block
        self._text = text
        self.code = self._compile(tokens)
        self._path = self.code.plain_path

    @property
    def names(self) -> frozenset[str]:
        """The root names that it uses."""
        return self.code.root_names

    @property
    def node_names(self) -> frozenset[str]:
        """The workflow nodes that it names literally: ``$("Name")``, ``$node["Name"]``."""
        return self.code.node_names

    def may_look_at(self) -> frozenset[str] | None:
        """The workflow nodes that it may look at; None when a name is only known when it is evaluated."""
        return node_names_in(Lexer(self.source).read_all())

    @property
    def plain_path(self) -> tuple[str, ...] | None:
        """Root and members when it only reads a path, such as ``("$json", "a", "b")``."""
        return self._path

    def evaluate(self, scope: Scope, budget: Budget | None = None) -> Any:
        """The value for one scope; ``ExpressionError`` carries line and column."""
        if self._path is not None:
            try:
                value = scope.resolve(self._path[0])
                if value is not UNDEFINED:
                    for name in self._path[1:]:
                        value = value.get(name, UNDEFINED) if type(value) is dict else get_member(value, name)
                    return value
            except ExpressionError as error:
                error.place(self._text, self.start, self.block)
                raise
        return self.evaluate_in(Run(scope, budget or Budget()))

    def evaluate_in(self, run: Run, *, as_text: bool = False) -> Any:
        """The value within a run that other expressions share; ``as_text`` as it stands in mixed text."""
        try:
            value = self.code.closure(Frame(run, [], None))
            return _text_of(value, run) if as_text else value
        except ExpressionError as error:
            error.place(self._text, self.start, self.block)
            raise
        except RecursionError:
            deep = ExpressionBudgetExceeded("The expression or its values are nested too deeply.")
            deep.place(self._text, self.start, self.block)
            raise deep from None

    def _compile(self, tokens: list[Token]) -> Code:
        try:
            return compile_tree(parse(tokens))
        except ExpressionError as error:
            error.place(self._text, self.start, self.block)
            raise
        except RecursionError:
            deep = ExpressionSyntaxError("The expression is nested too deeply.")
            deep.place(self._text, self.start, self.block)
            raise deep from None


Part = str | Expression | Script


class Template:
    """A compiled template. Immutable: one serves all runs and threads.

    With ``scripts`` a block that tier 1 refuses is kept as a ``Script`` for the scope to evaluate.
    """

    __slots__ = ("_single", "blocks", "parts", "scripts", "text")

    def __init__(self, text: str, *, scripts: bool = False) -> None:
        self.text = text
        self.parts = split_template(text, scripts=scripts)
        self.blocks = [part for part in self.parts if not isinstance(part, str)]
        self.scripts = [part for part in self.blocks if isinstance(part, Script)]
        self._single = self.blocks[0] if len(self.parts) == len(self.blocks) == 1 else None

    @property
    def is_single_block(self) -> bool:
        """Whether it is one block and nothing else, so that the value keeps its type."""
        return self._single is not None

    @property
    def names(self) -> frozenset[str]:
        """The root names that its blocks use."""
        return frozenset().union(*(block.names for block in self.blocks))

    @property
    def node_names(self) -> frozenset[str]:
        """The workflow nodes that its blocks name literally."""
        return frozenset().union(*(block.node_names or () for block in self.blocks))

    @property
    def plain_path(self) -> tuple[str, ...] | None:
        """Root and members when it is one block that only reads a path."""
        return self._single.plain_path if isinstance(self._single, Expression) else None

    def evaluate(self, scope: Scope, budget: Budget | None = None) -> Any:
        """The value for one scope: of any type for a single block (see ``to_json``), else a text.

        All blocks share one budget. Raises ``ExpressionError`` with line, column and block.
        """
        if isinstance(self._single, Script):
            return self._single.evaluate(scope)
        if self._single is not None:
            return self._single.evaluate(scope, budget)
        run = Run(scope, budget or Budget())
        return "".join(_rendered(part, run) for part in self.parts)


def _rendered(part: Part, run: Run) -> str:
    if isinstance(part, str):
        return part
    text = part.evaluate(run.scope, as_text=True) if isinstance(part, Script) else part.evaluate_in(run, as_text=True)
    return str(text)


def _text_of(value: Any, run: Run) -> str:
    if isinstance(value, str):
        return value
    if is_nothing(value):
        return ""
    text = to_text(to_primitive(value, run, "string"), run)
    run.budget.charge(len(text))
    return text


def split_template(text: str, *, scripts: bool = False) -> list[Part]:
    """The texts and compiled blocks of a template; a ``{{`` that is never closed is text, an empty block nothing."""
    if len(text) > MAX_TEXT:
        raise ExpressionSyntaxError(f"The text is longer than {MAX_TEXT} characters.", line=1, column=1)
    parts: list[Part] = []
    at = count = 0
    while (opening := text.find("{{", at)) >= 0 and (closing := text.find("}}", opening + 2)) >= 0:
        if opening > at:
            parts.append(text[at:opening])
        end, part = _block(text, opening + 2, closing, count, scripts=scripts)
        if part is not None:
            parts.append(part)
        at = end + 2
        count += 1
    if at < len(text) or not parts:
        parts.append(text[at:])
    return parts


def _block(text: str, start: int, closing: int, block: int, *, scripts: bool) -> tuple[int, Part | None]:
    """Where a block ends, and what it is. ``closing`` is the first ``}}``, taken when nothing better is found."""
    lexer = Lexer(text, start, min(len(text), start + MAX_SOURCE + 2))
    end, tokens = closing, []
    try:
        tokens = lexer.read_block("}}")
        end = lexer.at - 2
    except ExpressionError:
        if closing - start > MAX_SOURCE:
            scripts = False
    try:
        tokens = tokens or _read_up_to(text, start, end, block)
        return end, Expression(text, start, end, tokens, block) if len(tokens) > 1 else None
    except (ExpressionSyntaxError, UnsupportedExpression) as error:
        if not scripts:
            raise
        return end, Script(text, start, end, tokens, block, error)


def _read_up_to(text: str, start: int, end: int, block: int) -> list[Token]:
    try:
        if end - start > MAX_SOURCE:
            raise ExpressionSyntaxError(f"The expression is longer than {MAX_SOURCE} characters.", offset=start)
        return Lexer(text, start, end).read_all()
    except ExpressionError as error:
        error.place(text, start, block)
        raise


@lru_cache(maxsize=4096)
def _cached(text: str, scripts: bool) -> Template:
    return Template(text, scripts=scripts)


def compile_template(text: str, *, scripts: bool = False) -> Template:
    """Compile a parameter's text, without its leading ``=``.

    Raises ``ExpressionSyntaxError`` or ``UnsupportedExpression`` with line, column and block; with ``scripts`` only
    for a text that is too long. Short templates are remembered.
    """
    return _cached(text, scripts) if len(text) <= _MAX_CACHED else Template(text, scripts=scripts)


def compile_expression(source: str) -> Expression:
    """Compile one expression that stands alone. Errors as those of ``compile_template``; their block is None."""
    if len(source) > MAX_SOURCE:
        raise ExpressionSyntaxError(f"The expression is longer than {MAX_SOURCE} characters.", line=1, column=1)
    try:
        tokens = Lexer(source).read_all()
    except ExpressionError as error:
        error.place(source, 0, None)
        raise
    return Expression(source, 0, len(source), tokens, None)


def evaluate(source: str, scope: Scope, budget: Budget | None = None) -> Any:
    """The value of one expression as JSON."""
    return to_json(compile_expression(source).evaluate(scope, budget))
