"""The word of a verification is what evaluation does: for every type, operator and hit policy."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.decision_tables.engine.columns import EMPTINESS, LISTS, OPERATORS_OF, RANGES, TEXTUAL
from apps.decision_tables.engine.compiling import CompiledTable, compile_table
from apps.decision_tables.engine.faults import EvaluationError, TableInvalid
from apps.decision_tables.engine.reading import read_table
from apps.decision_tables.engine.verification.findings import Verification
from apps.decision_tables.engine.verification.verifying import verify

VALUES: dict[str, list[Any]] = {
    "string": ["", "a", "ab", "b", "ba", "zz"],
    "number": [-1, 0, 0.5, 1, 2, 10**30],
    "boolean": [True, False],
    "date": ["2026-01-01", "2026-01-02", "2026-01-05", "-0044-03-15"],
    "datetime": ["2026-01-01T00:00:00Z", "2026-01-01T02:00:00+02:00", "2026-01-01T00:00:01Z", "2027-01-01T00:00:00"],
    "time": ["00:00:00", "12:00:00", "12:00:00.5", "23:59:59"],
    "duration": ["P1D", "PT24H", "PT36H", "-P1D", "P1Y", "P14M"],
    "list": [[], ["a"], ["a", "b"], [1], [["a"]]],
    "any": ["", "a", 1, 2.5, True, [], ["a"], {"k": 1}],
}
FEEL = {"number": ["< 1", "[0..2)", "not(1, 2)", "? * 2 > 1", "null"], "string": ['"a"', 'not("a", "b")', "-"]}
OUTPUTS = [{"name": "o", "type": "string", "allowed_values": ["high", "middle", "low"]}]


def random_condition(pick: Random, name: str, kind: str) -> dict[str, Any]:
    if kind in FEEL and pick.random() < 0.2:
        return {"column": name, "feel": pick.choice(FEEL[kind])}
    operator = pick.choice(sorted(OPERATORS_OF[kind]))
    entry: dict[str, Any] = {"column": name, "operator": operator}
    values = [pick.choice(VALUES[kind]) for _ in range(2)]
    if operator in EMPTINESS:
        return entry
    if operator in LISTS or operator in RANGES:
        return {**entry, "value": values}
    if operator in TEXTUAL and kind != "list":
        return {**entry, "value": pick.choice(VALUES["string"])}
    return {**entry, "value": values[0] if kind != "list" or operator != "contains" else pick.choice(["a", 1])}


def random_table(pick: Random, policy: str) -> dict[str, Any]:
    columns: list[dict[str, Any]] = [{"name": f"c{at}", "type": pick.choice(list(VALUES))} for at in range(2)]
    if pick.random() < 0.2:
        columns[0]["allowed_values"] = [VALUES[columns[0]["type"]][at] for at in (0, -1)]
    rules = []
    for at in range(pick.randrange(1, 6)):
        entries = [
            random_condition(pick, each["name"], each["type"]) for each in columns for _ in range(pick.randrange(3))
        ]
        outputs = {"o": pick.choice(["high", "middle", "low", {"feel": '"low"'}])}
        rules.append({"id": f"r{at}", "conditions": entries, "outputs": outputs, "enabled": pick.random() < 0.9})
    return {"hit_policy": policy, "input_columns": columns, "output_columns": OUTPUTS, "rules": rules}


def readable(pick: Random, policy: str) -> tuple[dict[str, Any], CompiledTable, Verification]:
    """A random table without the cells that do not read, compiled and verified."""
    document = random_table(pick, policy)
    for rule in document["rules"]:
        rule["conditions"] = [each for each in rule["conditions"] if _reads(document, each)]
    table = read_table(document)
    return document, compile_table(table), verify(table, budget_seconds=5)


def _reads(document: dict[str, Any], entry: dict[str, Any]) -> bool:
    try:
        read_table({**document, "rules": [{"conditions": [entry]}]})
    except TableInvalid:
        return False
    return True


def inputs_of(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All pairs of values that rules may name."""
    one, other = document["input_columns"]
    for value in one.get("allowed_values", VALUES[one["type"]]):
        for beside in VALUES[other["type"]]:
            yield {one["name"]: value, other["name"]: beside}


def answered(compiled: CompiledTable, inputs: dict[str, Any]) -> Any:
    """The rules that answer, or the error's word and rules."""
    try:
        return compiled.evaluate(inputs).rule_ids
    except EvaluationError as error:
        return error.code, set(error.params["rules"])


@given(seed=st.integers(0, 2**32), policy=st.sampled_from(["FIRST", "PRIORITY"]))
@settings(max_examples=60, deadline=None)
def test_gaps_and_masked_rules(seed: int, policy: str) -> None:
    document, compiled, verification = readable(Random(seed), policy)
    gaps = verification.of("gaps")
    for finding in gaps.findings:
        assert answered(compiled, dict(finding.example or {})) == []
    seen = [answered(compiled, inputs) for inputs in inputs_of(document)]
    assert [] not in seen or gaps.status != "proved"
    never = {finding.rules[0] for finding in verification.of("masked").findings}
    never |= {rule for f in verification.of("unreachable").findings if "No value" in f.message for rule in f.rules}
    never |= {rule for finding in verification.of("duplicates").findings for rule in finding.rules[1:]}
    assert not never & {rule for rules in seen for rule in rules}


@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_a_proposed_rule_answers_its_example(seed: int) -> None:
    document, _compiled, verification = readable(Random(seed), "FIRST")
    for finding in verification.of("gaps").findings[:5]:
        proposed = dict(finding.proposed_rule or {})
        with_it = compile_table(read_table({**document, "rules": [*document["rules"], proposed]}))
        assert answered(with_it, dict(finding.example or {})) == [proposed["id"]]


@pytest.mark.parametrize(
    ("policy", "check", "code"),
    [("UNIQUE", "overlaps", "multiple_rules_matched"), ("ANY", "conflicts", "conflicting_outputs")],
)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_rules_that_must_not_match_together(policy: str, check: str, code: str, seed: int) -> None:
    document, compiled, verification = readable(Random(seed), policy)
    for finding in verification.of(check).findings:
        word, rules = answered(compiled, dict(finding.example or {}))
        assert word == code and set(finding.rules) <= rules
    if verification.of(check).status == "proved":
        assert all(isinstance(answered(compiled, inputs), list) for inputs in inputs_of(document))
