"""From the rules that match to the answer of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from apps.decision_tables.engine.columns import MULTIPLE
from apps.decision_tables.engine.expressions import compiled_output
from apps.decision_tables.engine.faults import EvaluationError, conflicting_outputs, multiple_rules_matched
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.hit_policies import (
    BY_IMPORTANCE,
    agreement,
    answer_of,
    default_answer,
    gathered,
    importance,
    ranked_columns,
    ranks_late,
)
from apps.decision_tables.engine.indexes import bits_of
from apps.decision_tables.engine.results import Evaluation
from apps.decision_tables.engine.table import FeelOutput, Rule, Table

Decide: TypeAlias = Callable[[int], Evaluation]
Explain: TypeAlias = Callable[[], dict[str, Any]]
Matches: TypeAlias = list[dict[str, Any]]
WorkedOut: TypeAlias = Mapping[str, Callable[[Scope], Any]]


class Decider:
    """The hit policy of a table over its ranked rules, of which bit i of a mask stands for the i-th."""

    def __init__(self, table: Table, rules: Sequence[Rule]) -> None:
        self._table = table
        self._rules = rules
        self._answers = [answer_of(table, rule) for rule in rules]
        self._worked_out = [_worked_out(table, rule, answer) for rule, answer in zip(rules, self._answers, strict=True)]
        self._ranked = ranked_columns(table) if table.hit_policy in BY_IMPORTANCE and ranks_late(table) else []
        self._otherwise = Evaluation(False, default_answer(table))
        self.needs_scope = any(self._worked_out)

    def decide(self, mask: int, scope: Scope, explain: Explain | None = None) -> Evaluation:
        """The answer where these rules match; ``explain`` makes its trace when all has been worked out."""
        bits = bits_of(mask)
        policy = self._table.hit_policy
        if policy == "UNIQUE" and len(bits) > 1:
            raise multiple_rules_matched(self._ids(bits))
        every = bool(self._ranked) or policy == "ANY" or policy in MULTIPLE
        answers = {bit: self._answer(bit, scope) for bit in (bits if every else bits[:1])}
        if self._ranked:
            bits.sort(key=lambda bit: importance(self._ranked, answers[bit]))
        matches = [self._match(bit, answers, scope) for bit in bits] if explain or policy in MULTIPLE else None
        return self._evaluation(bits, answers, matches, explain)

    def quick(self) -> Decide:
        """The same where no expression and no explanation is wanted, as fast as the policy allows."""
        answers = [Evaluation(True, answer, [rule.id]) for answer, rule in zip(self._answers, self._rules, strict=True)]
        answers.append(self._otherwise)
        nothing = Scope({})

        def first(mask: int) -> Evaluation:
            # The place of the lowest bit; where none is set it is -1, the answer at the end.
            return answers[(mask & -mask).bit_length() - 1]

        def only(mask: int) -> Evaluation:
            return self.decide(mask, nothing) if mask & (mask - 1) else answers[mask.bit_length() - 1]

        def every(mask: int) -> Evaluation:
            return self.decide(mask, nothing)

        return {"FIRST": first, "PRIORITY": first, "UNIQUE": only, "ANY": only}.get(self._table.hit_policy, every)

    def _evaluation(
        self,
        bits: Sequence[int],
        answers: Mapping[int, Mapping[str, Any]],
        matches: Matches | None,
        explain: Explain | None,
    ) -> Evaluation:
        policy, ids, trace = self._table.hit_policy, self._ids(bits), explain() if explain else None
        if not bits:
            return Evaluation(False, default_answer(self._table), (), matches, trace)
        if policy in MULTIPLE:
            outputs = gathered(self._table, [answers[bit] for bit in bits])
            return Evaluation(True, outputs, ids, matches, trace)
        if policy == "ANY":
            self._require_agreement(ids, [answers[bit] for bit in bits])
        return Evaluation(True, answers[bits[0]], ids if policy == "ANY" else ids[:1], matches, trace)

    def _match(self, bit: int, answers: Mapping[int, Mapping[str, Any]], scope: Scope) -> dict[str, Any]:
        """A match as it is shown; outputs that only the explanation asks for may fail without harm."""
        match: dict[str, Any] = {"rule_id": self._rules[bit].id, "outputs": answers.get(bit)}
        if bit not in answers:
            try:
                match["outputs"] = self._answer(bit, scope)
            except EvaluationError as error:
                match |= {"outputs": {}, "error": {"code": error.code, "message": error.message}}
        return match

    def _require_agreement(self, ids: Sequence[str], answers: Sequence[Mapping[str, Any]]) -> None:
        if len({agreement(self._table.output_columns, answer) for answer in answers}) > 1:
            raise conflicting_outputs(ids)

    def _answer(self, bit: int, scope: Scope) -> dict[str, Any]:
        answer = dict(self._answers[bit])
        for name, work_out in self._worked_out[bit].items():
            answer[name] = work_out(scope)
        return answer

    def _ids(self, bits: Sequence[int]) -> list[str]:
        return [self._rules[bit].id for bit in bits]


def _worked_out(table: Table, rule: Rule, answer: Mapping[str, Any]) -> WorkedOut:
    return {
        column.name: compiled_output(rule.id, column, output)
        for column in table.output_columns
        if isinstance(output := answer[column.name], FeelOutput)
    }
