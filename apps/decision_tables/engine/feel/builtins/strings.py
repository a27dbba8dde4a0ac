"""Functions on texts. Positions count Unicode characters from 1, or from -1 at the end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from apps.decision_tables.engine.feel import regex
from apps.decision_tables.engine.feel.builtins.signatures import LIST, NUMBER, TEXT, Builtin, Signature, may, needs
from apps.decision_tables.engine.feel.decimals import as_index
from apps.decision_tables.engine.feel.limits import MAX_STRING, FeelLimit
from apps.decision_tables.engine.feel.values import Value


def _substring(text: str, start: Decimal, length: Decimal | None = None) -> Value:
    begin = as_index(start, MAX_STRING)
    if begin == 0 or abs(begin) > len(text):
        return None
    begin = begin - 1 if begin > 0 else len(text) + begin
    if length is None:
        return text[begin:]
    count = as_index(length, MAX_STRING)
    return text[begin : begin + count] if count > 0 else None


def _before(text: str, match: str) -> str:
    before, found, _after = text.partition(match) if match else ("", "", "")
    return before if found else ""


def _after(text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


def _string_join(items: list[Value], delimiter: str | None = None) -> Value:
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) + items.count(None) < len(items):
        return None
    between = delimiter or ""
    if sum(map(len, texts)) + len(between) * len(texts) > MAX_STRING:
        raise FeelLimit(f"The text would be longer than {MAX_STRING} characters.")
    return between.join(texts)


def _bounded(text: str) -> str:
    if len(text) > MAX_STRING:
        raise FeelLimit(f"The text would be longer than {MAX_STRING} characters.")
    return text


def _matches(text: str, pattern: str, flags: str | None = None) -> Value:
    return regex.matches(text, pattern, flags or "")


def _replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    return regex.replace(text, pattern, replacement, flags or "")


def _split(text: str, delimiter: str) -> Value:
    return regex.split(text, delimiter)


class _PatternFunction(Builtin):
    """A function whose second argument is a regular expression."""

    __slots__ = ()

    def why_null(self, args: Sequence[Value]) -> str | None:
        """What is wrong with the pattern, if it is not the arguments."""
        return super().why_null(args) or regex.problem(str(args[1]))


_STRING = needs("string", TEXT)
_MATCH = needs("match", TEXT)
_INPUT = needs("input", TEXT)
_PATTERN = needs("pattern", TEXT)
_FLAGS = may("flags", TEXT.or_null())

FUNCTIONS = (
    Builtin("string length", Signature(lambda text: Decimal(len(text)), _STRING)),
    Builtin("substring", Signature(_substring, _STRING, needs("start position", NUMBER), may("length", NUMBER))),
    Builtin("upper case", Signature(lambda text: _bounded(text.upper()), _STRING)),
    Builtin("lower case", Signature(lambda text: _bounded(text.lower()), _STRING)),
    Builtin("substring before", Signature(_before, _STRING, _MATCH)),
    Builtin("substring after", Signature(_after, _STRING, _MATCH)),
    Builtin("contains", Signature(lambda text, match: match in text, _STRING, _MATCH)),
    Builtin("starts with", Signature(lambda text, match: text.startswith(match), _STRING, _MATCH)),
    Builtin("ends with", Signature(lambda text, match: text.endswith(match), _STRING, _MATCH)),
    _PatternFunction("matches", Signature(_matches, _INPUT, _PATTERN, _FLAGS)),
    _PatternFunction("replace", Signature(_replace, _INPUT, _PATTERN, needs("replacement", TEXT), _FLAGS)),
    _PatternFunction("split", Signature(_split, _STRING, needs("delimiter", TEXT))),
    Builtin("string join", Signature(_string_join, needs("list", LIST), may("delimiter", TEXT.or_null()))),
)
