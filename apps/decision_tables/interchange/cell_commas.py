"""Commas between digits, as in ``1,5``: one number or two? Nobody guesses; a fault says how to write either."""

from __future__ import annotations

import re

_DIGITS = r"[0-9]++(?:\.[0-9]++)*+"
_RUN = re.compile(rf"(?<!\w)(?<![0-9]\.)[+-]?{_DIGITS}(?:,{_DIGITS})++")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BRACKET = re.compile(r"([()])")
# What stands before a bracket and makes no call of it.
_NO_CALL = frozenset({"", "not", "in", "notin", "between", "notbetween", "and", "or"})
# What has no names in it.
_PLAIN = re.compile(
    r"(?:[\s0-9.,+\-*/()\[\]<>=≤≥≠!?]|\b(?:not|notin|notbetween|in|between|and|or|null)\b)*+", re.IGNORECASE
)


def condition_fault(text: str) -> str | None:
    """What is wrong with the commas of a condition on a number, if anything."""
    found = _RUN.search(_outside_calls(text)) if "," in text else None
    if found is None:
        return None
    run = found[0]
    apart, count = run.replace(",", ", "), run.count(",")
    several = "a space for two numbers" if count == 1 else "spaces for several numbers"
    return f"Write {_number(run)} for the number, or {apart} with {several}."


def answer_fault(text: str) -> str | None:
    """What is wrong with the commas of a number that is answered, if anything."""
    return f"Write {_number(text)} for the number." if _RUN.fullmatch(text) else None


def pointed_condition(text: str) -> str:
    """A condition on a number with points for its decimal commas."""
    return _RUN.sub(_pointed, text) if "," in text and _PLAIN.fullmatch(text) else text


def pointed_answer(text: str) -> str:
    """A number that is answered, with a point for its decimal comma."""
    return _RUN.sub(_pointed, text) if _RUN.fullmatch(text) else text


def _outside_calls(text: str) -> str:
    """The text without strings and without what functions are called with, where commas stand between arguments."""
    kept: list[str] = []
    calls: list[bool] = []
    for part in _BRACKET.split(_STRING.sub('""', text)):
        if part == "(":
            calls.append(any(calls[-1:]) or _last_word(kept[-1]) not in _NO_CALL)
        elif part == ")":
            calls = calls[:-1]
        kept.append("" if any(calls[-1:]) and part not in "()" else part)
    return "".join(kept)


def _last_word(text: str) -> str:
    """The word that a text ends with."""
    return re.split(r"\W", text.rstrip())[-1].lower()


def _pointed(found: re.Match[str]) -> str:
    run = found[0]
    return _number(run) if run.count(",") == 1 and "." not in run.partition(",")[2] else run


def _number(run: str) -> str:
    """The number that was meant: of commas and points the last sign is the decimal one, unless it comes again."""
    whole, _, rest = run.partition(",")
    if "," in rest or "." in rest:
        return run.replace(",", "")
    return f"{whole.replace('.', '')}.{rest}"
