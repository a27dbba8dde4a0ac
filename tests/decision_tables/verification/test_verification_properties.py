"""What a verification says of random tables is what looking at every kind of input says."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings

from apps.decision_tables.engine.reading import read_table
from tests.decision_tables.verification.small import (
    ASKING,
    CONDITIONS,
    all_inputs,
    documents,
    matching,
    verified,
)

FEW = settings(max_examples=60, deadline=None)


@given(document=documents())
@FEW
def test_gaps_are_those_that_there_are(document: dict[str, Any]) -> None:
    check = verified(document).of("gaps")
    for finding in check.findings:
        assert matching(document, dict(finding.example or {})) == []
    has_gap = any(not matching(document, inputs) for inputs in all_inputs(document))
    assert check.status == ("found" if has_gap else "proved")


@given(document=documents())
@FEW
def test_the_proposed_rules_close_the_gaps(document: dict[str, Any]) -> None:
    check = verified(document).of("gaps")
    for finding in check.findings:
        assert finding.proposed_rule is not None
        document = {**document, "rules": [*document["rules"], dict(finding.proposed_rule)]}
        read_table(document)
        assert matching(document, dict(finding.example or {})) == [finding.proposed_rule["id"]]
    assert check.truncated or verified(document).of("gaps").status == "proved"


@given(document=documents(hit_policy="UNIQUE"))
@FEW
def test_overlaps_are_the_pairs_that_match_together(document: dict[str, Any]) -> None:
    check = verified(document).of("overlaps")
    together = {pair for inputs in all_inputs(document) for pair in combinations(matching(document, inputs), 2)}
    assert {finding.rules for finding in check.findings} == together or check.truncated
    for finding in check.findings:
        assert set(finding.rules) <= set(matching(document, dict(finding.example or {})))


@given(document=documents(hit_policy="ANY"))
@FEW
def test_conflicts_are_the_overlaps_that_differ(document: dict[str, Any]) -> None:
    outputs = {each["id"]: each["outputs"]["o"] for each in document["rules"]}
    check = verified(document).of("conflicts")
    together = {pair for inputs in all_inputs(document) for pair in combinations(matching(document, inputs), 2)}
    assert {each.rules for each in check.findings} == {p for p in together if outputs[p[0]] != outputs[p[1]]}


@given(document=documents(hit_policy="FIRST"))
@FEW
def test_masked_rules_never_win_and_all_others_do(document: dict[str, Any]) -> None:
    verification = verified(document)
    winners = {matching(document, inputs)[0] for inputs in all_inputs(document) if matching(document, inputs)}
    enabled = {each["id"] for each in document["rules"] if each["enabled"]}
    masked = {finding.rules[0] for finding in verification.of("masked").findings}
    twice = {each for finding in verification.of("duplicates").findings for each in finding.rules[1:]}
    never = {each for f in verification.of("unreachable").findings if f.severity == "warning" for each in f.rules}
    assert masked | twice | never >= enabled - winners
    assert not (masked | twice) & winners


@given(document=documents(CONDITIONS | ASKING | ASKING))
@FEW
def test_questions_of_values_never_lead_to_a_wrong_word(document: dict[str, Any]) -> None:
    verification = verified(document)
    check = verification.of("gaps")
    for finding in check.findings:
        assert matching(document, dict(finding.example or {})) == []
    if check.status == "proved":
        assert all(matching(document, inputs) for inputs in all_inputs(document))
    winners = {matching(document, inputs)[0] for inputs in all_inputs(document) if matching(document, inputs)}
    assert not winners & {finding.rules[0] for finding in verification.of("masked").findings}
