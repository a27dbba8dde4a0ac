"""From text to tokens: the lexical grammar of JavaScript's expressions (ECMA-262, section 12).

The lexer stops at the end of the source or, inside a block, at the brackets that close it. That is also how the
end of a ``{{ … }}`` block is found: whatever stands in texts, templates, comments and braces is stepped over.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from exprsn.kernel.expressions.errors import ExpressionSyntaxError
from exprsn.kernel.expressions.numbers import SPACES
from exprsn.kernel.expressions.syntax.literals import read_escape, read_number
from exprsn.kernel.expressions.syntax.tokens import Kind, Token
from exprsn.kernel.expressions.utf16 import whole

MAX_TEMPLATE_DEPTH = 20
_LINE_ENDS = "\n\r\u2028\u2029"
_SPACE = re.compile(f"(?:[{SPACES}]+|//[^{_LINE_ENDS}]*|/\\*[\\s\\S]*?\\*/)+")
_NAME = re.compile(r"[^\W\d]\w*(?:\$\w*)*|\$[\w$]*")
_TEXT = {"'": re.compile(rf"[^'\\{_LINE_ENDS[:2]}]+"), '"': re.compile(rf'[^"\\{_LINE_ENDS[:2]}]+')}
_TEMPLATE_TEXT = re.compile(r"[^`\\$\r]+")
_REGEX = re.compile(
    rf"/(?![*/])(?:[^/\\\[{_LINE_ENDS}]|\\[^{_LINE_ENDS}]|\[(?:[^\]\\{_LINE_ENDS}]|\\[^{_LINE_ENDS}])*\])+/[\w$]*"
)
_SIGNS = re.compile(
    r">>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?![0-9])|\+\+|--"
    r"|\+=|-=|\*=|/=|%=|&=|\|=|\^=|\*\*|<<|>>|[{}()\[\].;,<>+\-*/%&|^!~?:=]"
)
_VALUE_ENDS = frozenset({")", "]", "}"})
_OPERATOR_WORDS = frozenset({"typeof", "void", "in", "return", "instanceof", "delete", "new", "case", "throw"})
_HEAD_WORDS = ("if", "while", "for", "with")


class Lexer:
    """Reads tokens of ``source`` from ``at``; ``at`` then stands behind what was read."""

    def __init__(self, source: str, at: int = 0, end: int | None = None, depth: int = 0) -> None:
        self.source = source
        self.at = at
        self._end = len(source) if end is None else end
        self._depth = depth
        self._braces = 0
        # For each open bracket whether it stands behind a word such as “if”: what follows it is no operator.
        self._heads: list[bool] = []
        self._after_head = False
        self._tokens: list[Token] = []

    def read_all(self) -> list[Token]:
        """Every token up to the end of the source, an END token last."""
        return self._read("")

    def read_block(self, closing: str) -> list[Token]:
        """Every token up to ``closing``, which must come outside of braces; ``at`` then stands behind it."""
        return self._read(closing)

    def _read(self, closing: str) -> list[Token]:
        while True:
            line_before = self._skip_space()
            if self.at >= self._end:
                if closing:
                    raise ExpressionSyntaxError(f"“{closing}” is missing.", offset=self._end)
                return self._finished()
            if closing and self._braces == 0 and self.source.startswith(closing, self.at):
                tokens = self._finished()
                self.at += len(closing)
                return tokens
            self._tokens.append(self._next(line_before))

    def _finished(self) -> list[Token]:
        self._tokens.append(Token(Kind.END, "the end", self.at))
        return self._tokens

    def _skip_space(self) -> bool:
        found = _SPACE.match(self.source, self.at, self._end)
        if found is None:
            return False
        self.at = found.end()
        return any(character in _LINE_ENDS for character in found.group())

    def _next(self, line_before: bool) -> Token:
        start = self.at
        kind, value = self._read_one(self.source[start])
        return Token(kind, value, start, line_before)

    def _read_one(self, character: str) -> tuple[Kind, Any]:
        if character in _TEXT:
            return Kind.TEXT, self._text(character)
        if character == "`":
            return Kind.TEMPLATE, self._template()
        name = _NAME.match(self.source, self.at, self._end)
        if name:
            return Kind.NAME, self._name(name)
        if character.isdigit() or (character == "." and self.source[self.at + 1 : self.at + 2].isdigit()):
            kind, value, self.at = read_number(self.source, self.at)
            return kind, value
        if character == "/" and self._value_may_begin():
            return self._regex()
        return self._sign(character)

    def _name(self, found: re.Match[str]) -> str:
        if not found.group().replace("$", "_").isidentifier():
            raise ExpressionSyntaxError("This name has characters that cannot stand in one.", offset=self.at)
        self.at = found.end()
        return unicodedata.normalize("NFC", found.group())

    def _sign(self, character: str) -> tuple[Kind, Any]:
        found = _SIGNS.match(self.source, self.at, self._end)
        if found is None:
            raise ExpressionSyntaxError(f"The character {character!r} cannot stand here.", offset=self.at)
        self.at = found.end()
        sign = found.group()
        if sign == "{":
            self._braces += 1
        elif sign == "}":
            self._braces -= 1
        elif sign == "(":
            self._heads.append(bool(self._tokens) and self._tokens[-1].value in _HEAD_WORDS)
        elif sign == ")":
            self._after_head = bool(self._heads) and self._heads.pop()
        return Kind.PUNCTUATOR, sign

    def _value_may_begin(self) -> bool:
        """Whether a slash begins a regular expression: where a value may stand."""
        if not self._tokens:
            return True
        last = self._tokens[-1]
        if last.kind is Kind.PUNCTUATOR:
            return last.value not in _VALUE_ENDS or (last.value == ")" and self._after_head)
        return last.kind is Kind.NAME and last.value in _OPERATOR_WORDS

    def _regex(self) -> tuple[Kind, Any]:
        found = _REGEX.match(self.source, self.at, self._end)
        if found is None:
            raise ExpressionSyntaxError("A regular expression is not closed.", offset=self.at)
        self.at = found.end()
        return Kind.REGEX, found.group()

    def _text(self, quote: str) -> str:
        start = self.at
        self.at += 1
        parts: list[str] = []
        while self.at < self._end:
            found = _TEXT[quote].match(self.source, self.at, self._end)
            if found:
                parts.append(found.group())
                self.at = found.end()
            elif self.source[self.at] == quote:
                self.at += 1
                return whole("".join(parts))
            elif self.source[self.at] == "\\":
                part, self.at = read_escape(self.source, self.at, in_template=False)
                parts.append(part)
            else:
                break
        raise ExpressionSyntaxError("A text is not closed.", offset=start)

    def _template(self) -> tuple[list[str], list[list[Token]]]:
        start = self.at
        if self._depth >= MAX_TEMPLATE_DEPTH:
            raise ExpressionSyntaxError("Templates are nested too deeply.", offset=start)
        self.at += 1
        texts: list[str] = []
        blocks: list[list[Token]] = []
        parts: list[str] = []
        while self.at < self._end:
            if self.source[self.at] == "`":
                self.at += 1
                return [*texts, whole("".join(parts))], blocks
            if self.source.startswith("${", self.at):
                texts.append(whole("".join(parts)))
                parts = []
                blocks.append(self._template_block())
            else:
                parts.append(self._template_text())
        raise ExpressionSyntaxError("A template text is not closed.", offset=start)

    def _template_text(self) -> str:
        found = _TEMPLATE_TEXT.match(self.source, self.at, self._end)
        if found:
            self.at = found.end()
            return found.group()
        character = self.source[self.at]
        if character == "\\":
            part, self.at = read_escape(self.source, self.at, in_template=True)
            return part
        self.at += 2 if self.source.startswith("\r\n", self.at) else 1
        return "\n" if character == "\r" else character

    def _template_block(self) -> list[Token]:
        inner = Lexer(self.source, self.at + 2, self._end, self._depth + 1)
        tokens = inner.read_block("}")
        self.at = inner.at
        return tokens
