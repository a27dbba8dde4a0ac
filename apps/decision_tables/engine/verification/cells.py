"""The cells of one input column: what each holds for, and which rules have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from apps.decision_tables.engine.conditions import Meaning, meaning_of
from apps.decision_tables.engine.feel.syntax.nodes import UnaryTests
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.engine.feel_cells import feel_meaning
from apps.decision_tables.engine.regions import Region, all_of
from apps.decision_tables.engine.table import AnyCondition, Condition, FeelTest, InputColumn, Rule
from apps.decision_tables.engine.verification.budget import Deadline

_NO_TESTS = UnaryTests(())


@dataclass(frozen=True, slots=True)
class Ask:
    """A question about a value that its place on the line does not answer. Without ``answer`` nobody can tell yet."""

    told: str
    answer: Callable[[Value], bool] | None
    operator: str = ""
    operand: Value = None


@dataclass(slots=True)
class Cell:
    """What the conditions of a rule on one column hold for: values of the region that answer all questions with yes."""

    region: Region
    null: bool
    asks: tuple[Ask, ...]
    names_null: bool
    sample: Value
    rules: int = 0


def column_cells(column: InputColumn, rules: Sequence[Rule], deadline: Deadline) -> list[Cell]:
    """The different cells of a column, each with the rules that have it (bit 0 is the first rule)."""
    found: dict[tuple[Any, ...], Cell] = {}
    for at, rule in enumerate(rules):
        deadline.spend()
        conditions = [each for each in rule.conditions if each.column == column.name and not _is_blank(each)]
        if conditions:
            told = tuple(map(_told, conditions))
            if told not in found:
                found[told] = _cell(conditions, column.type)
            found[told].rules |= 1 << at
    return list(found.values())


def _is_blank(condition: AnyCondition) -> bool:
    return isinstance(condition, FeelTest) and condition.tests is None


def _told(condition: AnyCondition) -> tuple[Any, ...]:
    if isinstance(condition, FeelTest):
        return ("feel", condition.text.strip())
    return (condition.operator, repr(condition.value))


def _cell(conditions: Sequence[AnyCondition], column_type: str) -> Cell:
    parts = [_part(condition, column_type) for condition in conditions]
    meanings = [meaning for meaning, _ask in parts if meaning is not None]
    asks = {ask.told: ask for _meaning, ask in parts if ask is not None}
    return Cell(
        region=all_of([meaning.region for meaning in meanings]),
        null=all(meaning.null for meaning in meanings),
        asks=tuple(asks.values()),
        names_null=any(
            _names_null(condition, meaning) for condition, (meaning, _) in zip(conditions, parts, strict=True)
        ),
        sample=next(filter(None, map(_sample, conditions)), None),
    )


def _part(condition: AnyCondition, column_type: str) -> tuple[Meaning | None, Ask | None]:
    if isinstance(condition, Condition):
        meaning = meaning_of(condition, column_type)
        if meaning.question is None:
            return meaning, None
        return meaning, Ask(repr(meaning.asks), meaning.question, condition.operator, condition.typed)
    told = feel_meaning(condition.tests or _NO_TESTS, column_type)
    return told, None if told is not None else Ask(f"feel {condition.text.strip()}", None)


def _names_null(condition: AnyCondition, meaning: Meaning | None) -> bool:
    """Whether the condition is about null, so that null counts as a value of the column."""
    if isinstance(condition, FeelTest):
        return meaning is not None and meaning.null
    return condition.operator in ("isEmpty", "isNotEmpty") or condition.typed is None


def _sample(condition: AnyCondition) -> Value:
    """A value of the column that the condition names."""
    typed = condition.typed if isinstance(condition, Condition) else None
    return next(iter(typed), None) if isinstance(typed, tuple) else typed


def all_cuts(cells: Iterable[Cell]) -> list[Any]:
    """Every cut at which a cell begins or ends, in order."""
    return sorted({cut for cell in cells for piece in cell.region for cut in piece if cut is not None})
