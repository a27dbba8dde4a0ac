"""One column of a compiled table: which rules hold for a value, as bits of a mask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.decision_tables.engine.coercion import Domain, Key, domain_of
from apps.decision_tables.engine.conditions import Meaning, Question, meaning_of
from apps.decision_tables.engine.expressions import Test, compiled_column, compiled_test
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.engine.feel_cells import feel_meaning
from apps.decision_tables.engine.indexes import Index, build_index, mask_of
from apps.decision_tables.engine.lookups import (
    MAX_REMEMBERED,
    Lookup,
    boolean_lookup,
    general_lookup,
    number_lookup,
    text_lookup,
)
from apps.decision_tables.engine.regions import EVERYTHING, all_of
from apps.decision_tables.engine.table import AnyCondition, Condition, InputColumn, Rule

TEXT_TYPES = frozenset({"string", "date", "datetime", "time", "duration"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A condition of a rule with what it means; ``test`` where only a scope can tell."""

    condition: AnyCondition
    meaning: Meaning | None = None
    test: Test | None = None

    def holds(self, value: Value, key: Key, scope: Scope) -> bool:
        """Whether a value meets the condition."""
        if self.meaning is not None:
            return self.meaning.holds(value, key)
        return self.test is not None and self.test(value, scope)


@dataclass(frozen=True, slots=True)
class CompiledColumn:
    """A column with its index. ``questions`` and ``tests`` are asked when one of their rules is still in play."""

    name: str
    domain: Domain
    full: int
    index: Index
    null_mask: int
    questions: tuple[tuple[Question, int], ...]
    tests: tuple[tuple[Test, int], ...]
    cells: Mapping[int, tuple[Cell, ...]]
    expression: Callable[[Scope], Value] | None
    lookup: Lookup

    @property
    def is_scoped(self) -> bool:
        """Whether more than the input of the column's name plays a part."""
        return bool(self.tests) or self.expression is not None

    def mask(self, value: Value, scope: Scope) -> int:
        """The rules whose conditions on this column hold for a typed value."""
        mask = self.null_mask if value is None else indexed(self.index, self.questions, value, self.domain.key(value))
        for test, bits in self.tests:
            if mask & bits and not test(value, scope):
                mask &= self.full ^ bits
        return mask


def indexed(index: Index, questions: Sequence[tuple[Question, int]], value: Value, key: Key) -> int:
    """The rules that hold for a value which is not null, tests of a scope left aside."""
    mask = index.at(key)
    for question, bits in questions:
        if mask & bits and not question(value):
            mask ^= mask & bits
    return mask


def compile_column(column: InputColumn, rules: Sequence[Rule], budget: int) -> CompiledColumn:
    """The column as the ranked rules test it. ``budget`` is the memory that its masks may take."""
    domain, full = domain_of(column.type), (1 << len(rules)) - 1
    cells = _cells(column, rules)
    regions = {bit: all_of([cell.meaning.region for cell in found if cell.meaning]) for bit, found in cells.items()}
    index = build_index({bit: region for bit, region in regions.items() if region != EVERYTHING}, len(rules), budget)
    never_null = [bit for bit, found in cells.items() if any(cell.meaning and not cell.meaning.null for cell in found)]
    null_mask = full ^ mask_of(never_null)
    questions = _questions(cells)
    return CompiledColumn(
        name=column.name,
        domain=domain,
        full=full,
        index=index,
        null_mask=null_mask,
        questions=questions,
        tests=_tests(cells),
        cells=cells,
        expression=compiled_column(column.name, column.parsed, domain) if column.parsed else None,
        lookup=_lookup(domain, index, questions, null_mask, _room(len(rules), budget)),
    )


def _room(rules: int, budget: int) -> int:
    """How many masks may be remembered beside those of the index."""
    return max(16, min(MAX_REMEMBERED, budget // (rules // 8 + 28)))


def _lookup(
    domain: Domain, index: Index, questions: Sequence[tuple[Question, int]], null_mask: int, room: int
) -> Lookup:
    def mask_of_value(value: Value, key: Key) -> int:
        return indexed(index, questions, value, key)

    if domain.type in TEXT_TYPES:
        return text_lookup(domain, index, mask_of_value, null_mask, room)
    if domain.type == "boolean":
        return boolean_lookup(mask_of_value, null_mask)
    if domain.type == "number":
        return number_lookup(index, null_mask)
    return general_lookup(domain, mask_of_value, null_mask)


class _Meanings:
    """The meanings of the cells of one column; what is written alike is made once."""

    def __init__(self, column: InputColumn) -> None:
        self._column = column
        self._known: dict[tuple[str, str], Cell] = {}

    def of(self, condition: AnyCondition) -> Cell:
        written = (
            (condition.operator, repr(condition.value)) if isinstance(condition, Condition) else ("", condition.text)
        )
        cell = self._known.get(written)
        if cell is None:
            cell = self._known[written] = self._made(condition)
        return cell

    def _made(self, condition: AnyCondition) -> Cell:
        if isinstance(condition, Condition):
            return Cell(condition, meaning_of(condition, self._column.type))
        if condition.tests is None:
            return Cell(condition, Meaning(EVERYTHING, null=True))
        meaning = feel_meaning(condition.tests, self._column.type)
        test = None if meaning else compiled_test(self._column.name, condition.tests)
        return Cell(condition, meaning, test)


def _cells(column: InputColumn, rules: Sequence[Rule]) -> dict[int, tuple[Cell, ...]]:
    meanings = _Meanings(column)
    found = {}
    for bit, rule in enumerate(rules):
        cells = tuple(meanings.of(condition) for condition in rule.conditions if condition.column == column.name)
        if cells:
            found[bit] = cells
    return found


def _questions(cells: Mapping[int, Sequence[Cell]]) -> tuple[tuple[Question, int], ...]:
    """Every different question with the rules that ask it."""
    asked: dict[Any, tuple[Question, list[int]]] = {}
    for bit, found in cells.items():
        for cell in found:
            if cell.meaning is not None and cell.meaning.question is not None:
                bits = asked.setdefault(cell.meaning.asks, (cell.meaning.question, []))[1]
                if bits[-1:] != [bit]:
                    bits.append(bit)
    return tuple((question, mask_of(bits)) for question, bits in asked.values())


def _tests(cells: Mapping[int, Sequence[Cell]]) -> tuple[tuple[Test, int], ...]:
    """Every different FEEL test with the rules that ask it."""
    asked: dict[int, tuple[Test, list[int]]] = {}
    for bit, found in cells.items():
        for cell in found:
            if cell.test is not None:
                bits = asked.setdefault(id(cell.test), (cell.test, []))[1]
                if bits[-1:] != [bit]:
                    bits.append(bit)
    return tuple((test, mask_of(bits)) for test, bits in asked.values())
