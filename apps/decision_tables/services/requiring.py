"""Answering for a table whose inputs come from others: theirs first, in order, within one organization."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from apps.decision_tables.engine.faults import EvaluationError
from apps.decision_tables.engine.feel.evaluate import evaluate
from apps.decision_tables.engine.feel.jsonvalues import NotOfType, from_json, to_json
from apps.decision_tables.engine.results import Evaluation
from apps.decision_tables.engine.table import Requirement
from apps.decision_tables.models import DecisionTable
from apps.decision_tables.services.choosing import not_published
from apps.decision_tables.services.compiled import Ready, ready_draft, ready_version
from apps.decision_tables.services.counting import statistics
from exprsn.kernel.errors import DomainError

# Answers of other tables that one call may ask for, all its rows together.
MAX_ANSWERS = 50_000
Inputs = Mapping[str, Any]


class Resolver:
    """Answers for tables and those that they require. One for each call: what it found is kept until its end."""

    def __init__(self, *, drafts: bool) -> None:
        self._drafts = drafts
        self._ready: dict[str, Ready] = {}
        self._answers: dict[tuple[str, str], Evaluation] = {}
        self._asked = 0

    def answer(self, ready: Ready, inputs: Inputs, *, explain: bool = False) -> Evaluation:
        """The answer of a table, counted; raises what the table, or one that it requires, refuses with."""
        return self._counted(ready, lambda: ready.compiled.evaluate(self.filled(ready, inputs), explain=explain))

    def filled(self, ready: Ready, inputs: Inputs, path: tuple[str, ...] = ()) -> Inputs:
        """The inputs with those that other tables provide."""
        if not ready.table.requires:
            return inputs
        way = (*path, ready.name)
        merged = dict(inputs)
        for requirement in ready.table.requires:
            if requirement.table in way:
                circle = " → ".join([*way[way.index(requirement.table) :], requirement.table])
                raise EvaluationError(
                    f"These tables require each other in a circle: {circle}.", code="requirement_cycle"
                )
            merged.update(self._provided(ready, requirement, merged, way))
        return merged

    def require_all(self, ready: Ready) -> None:
        """Refuse a table of which something that it requires is not there, or cannot answer yet."""
        for requirement in ready.table.requires:
            self._find(ready, requirement.table)

    def _provided(self, ready: Ready, requirement: Requirement, inputs: Inputs, way: tuple[str, ...]) -> dict[str, Any]:
        required = self._find(ready, requirement.table)
        context = {name: _value(ready, name, value) for name, value in inputs.items()}
        given = {name: to_json(evaluate(text, context)) for name, text in requirement.inputs.items()}
        key = (required.name, repr(given))
        if key not in self._answers:
            self._answers[key] = self._asked_for(required, given, way)
        outputs = self._answers[key].outputs
        return {mine: outputs.get(theirs) for mine, theirs in requirement.provides.items()}

    def _asked_for(self, required: Ready, given: Inputs, way: tuple[str, ...]) -> Evaluation:
        if self._asked >= MAX_ANSWERS:
            message = f"One call may ask required tables for {MAX_ANSWERS} answers at most. Send fewer rows."
            raise EvaluationError(message, code="too_many_steps")
        self._asked += 1
        try:
            filled = self.filled(required, given, way)
            return self._counted(required, lambda: required.compiled.evaluate(filled))
        except EvaluationError as error:
            raise _of_required(required.name, error) from None

    def _counted(self, ready: Ready, work: Callable[[], Evaluation]) -> Evaluation:
        started = time.perf_counter()
        try:
            found = work()
        except DomainError:
            statistics.count_error(ready, time.perf_counter() - started)
            raise
        statistics.count(ready, found.rule_ids, found.matched, time.perf_counter() - started)
        return found

    def _find(self, ready: Ready, name: str) -> Ready:
        if name not in self._ready:
            self._load(ready, {requirement.table for requirement in ready.table.requires})
        if name not in self._ready:
            raise EvaluationError(
                f"“{ready.name}” requires the decision table “{name}”, which is not there.",
                code="required_table_not_found",
                params={"table": name},
            )
        return self._ready[name]

    def _load(self, ready: Ready, names: Iterable[str]) -> None:
        rows = DecisionTable.objects.for_organization(ready.organization_id).select_related("published")
        for row in rows.filter(deleted_at__isnull=True, name__in=set(names) - set(self._ready)):
            if row.published is not None:
                self._ready[row.name] = ready_version(row, row.published)
            elif self._drafts:
                self._ready[row.name] = ready_draft(row)
            else:
                raise not_published(row)


def _of_required(name: str, error: EvaluationError) -> EvaluationError:
    """The refusal with the table that it came from; ``table`` names the innermost one."""
    message = f"The required table “{name}” refused: {error.message}"
    errors = {f"{name}.{path}": found for path, found in error.errors.items()}
    return EvaluationError(message, code=error.code, errors=errors, params={"table": name, **error.params})


def _value(ready: Ready, name: str, value: Any) -> Any:
    """An input as expressions see it; one of the wrong type is refused by the table itself, later."""
    kind = next((column.type for column in ready.table.input_columns if column.name == name), "any")
    try:
        return from_json(value, kind)
    except NotOfType:
        return from_json(value)
