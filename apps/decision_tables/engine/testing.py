"""Test cases of a table: run, compared, and what they cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.decision_tables.engine.compiling import CompiledTable
from apps.decision_tables.engine.faults import EvaluationError
from apps.decision_tables.engine.results import Evaluation
from apps.decision_tables.engine.sameness import same_json

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the answer is not the one expected; a side that has nothing there is None."""

    path: str
    expected: Any
    actual: Any


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case went."""

    id: str
    name: str
    differences: tuple[Difference, ...]
    rule_ids: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the answer was the one expected."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class TestReport:
    """How all cases went; ``hits`` counts for every enabled rule the cases that it answered."""

    cases: tuple[CaseResult, ...]
    hits: Mapping[str, int]

    __test__ = False

    @property
    def passed(self) -> bool:
        """Whether every case passed; so it is without any."""
        return all(case.passed for case in self.cases)

    @property
    def share(self) -> float:
        """The part of the enabled rules that a case reaches: 0 to 1, and 1 where there is none to reach."""
        return sum(1 for count in self.hits.values() if count) / len(self.hits) if self.hits else 1.0

    def as_json(self) -> dict[str, Any]:
        """The report as the API gives it."""
        failed = sum(1 for case in self.cases if not case.passed)
        return {
            "passed": self.passed,
            "totals": {"passed": len(self.cases) - failed, "failed": failed},
            "cases": [_case_json(case) for case in self.cases],
            "coverage": {"rules": dict(self.hits), "share": self.share},
        }


def run_cases(compiled: CompiledTable, cases: Sequence[Mapping[str, Any]]) -> TestReport:
    """Run ``{id, name, inputs, expected: {matched?, outputs?, rule_ids?, error?}}`` one by one.

    Only what ``expected`` names is compared, and of ``outputs`` only the columns named. Without ``error`` any error
    fails the case.
    """
    answers = compiled.evaluate_batch([case.get("inputs") or {} for case in cases])
    results = [_result(case, answer) for case, answer in zip(cases, answers, strict=True)]
    hits = {rule.id: 0 for rule in compiled.table.rules if rule.enabled}
    for result in results:
        for rule_id in result.rule_ids:
            hits[rule_id] += 1
    return TestReport(tuple(results), hits)


def _result(case: Mapping[str, Any], answer: Evaluation | EvaluationError) -> CaseResult:
    expected = case.get("expected") or {}
    differences = tuple(_differences(expected, answer))
    rules = tuple(answer.rule_ids) if isinstance(answer, Evaluation) else ()
    return CaseResult(str(case.get("id", "")), str(case.get("name", "")), differences, rules)


def _differences(expected: Mapping[str, Any], answer: Evaluation | EvaluationError) -> Iterator[Difference]:
    wanted = expected.get("error")
    if isinstance(answer, EvaluationError):
        if answer.code != wanted:
            yield Difference("error", wanted, answer.code)
        return
    if wanted is not None:
        yield Difference("error", wanted, None)
        return
    for path, actual in (("matched", answer.matched), ("rule_ids", answer.rule_ids)):
        if expected.get(path) is not None and not same_json(expected[path], actual):
            yield Difference(path, expected[path], actual)
    outputs = answer.outputs
    for name, value in (expected.get("outputs") or {}).items():
        actual = outputs.get(name, _ABSENT)
        if not same_json(value, actual):
            yield Difference(f"outputs.{name}", value, None if actual is _ABSENT else actual)


def _case_json(case: CaseResult) -> dict[str, Any]:
    return {
        "id": case.id,
        "name": case.name,
        "passed": case.passed,
        "rule_ids": list(case.rule_ids),
        "differences": [
            {"path": each.path, "expected": each.expected, "actual": each.actual} for each in case.differences
        ],
    }
