"""Cells of FEEL: what is known of them in advance, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from apps.decision_tables.engine.compiling import compile_table
from apps.decision_tables.engine.reading import read_table
from apps.decision_tables.engine.verification.verifying import verify_document
from tests.decision_tables.verification.small import condition, rule, table, verified

COLUMNS = [{"name": "n", "type": "number"}, {"name": "s", "type": "string"}]


def feel(column: str, text: str) -> dict[str, Any]:
    return {"column": column, "feel": text}


@pytest.mark.parametrize(
    ("texts", "example"),
    [
        (["< 5", "[5..10]", "> 10"], None),
        (["< 5", "(5..10]", "> 10"], {"n": 5}),
        (["not(1, 2)", "1"], {"n": 2}),
        (["not(1, 2)", "1, 2"], None),
        (["-"], None),
        (["<= 2 + 3"], {"n": 6}),
    ],
)
def test_constants_are_looked_through(texts: list[str], example: dict[str, Any] | None) -> None:
    document = table(*(rule(f"r{at}", feel("n", text), o=1) for at, text in enumerate(texts)), columns=COLUMNS)
    check = verified(document).of("gaps")
    assert [finding.example for finding in check.findings] == ([] if example is None else [example])
    assert not check.undecided


def test_a_null_that_is_asked_for_counts() -> None:
    check = verified(table(rule("r", feel("n", "null, < 5")), columns=COLUMNS)).of("gaps")
    assert [finding.example for finding in check.findings] == [{"n": 5}]
    check = verified(table(rule("r", feel("n", "null")), rule("q", feel("n", "> n * n")), columns=COLUMNS)).of("gaps")
    assert check.status == "undecided"


def test_tests_of_other_inputs_are_left_open() -> None:
    document = table(rule("r", feel("n", "? * 2 > n"), o=1), columns=COLUMNS)
    assert verified(document).of("gaps").status == "undecided"
    closed = table(rule("r", feel("n", "? * 2 > n"), o=1), rule("rest", o=2), columns=COLUMNS)
    assert verified(closed).of("gaps").status == "proved"
    assert verified({**closed, "hit_policy": "UNIQUE"}).of("overlaps").status == "undecided"
    beside = table(rule("r", feel("n", "? * 2 > n"), condition("s", "==", "a")), columns=COLUMNS)
    (finding,) = verified(beside).of("gaps").findings
    assert finding.example == {"s": "other"}


def test_named_values_beside_tests_of_other_inputs() -> None:
    rules = (rule("a", condition("n", "==", 5)), rule("b", feel("n", "? > n + 1")), rule("c", condition("n", "!=", 5)))
    document = table(*rules, columns=COLUMNS)
    assert verified(document).of("gaps").status == "proved"
    assert [finding.rules[0] for finding in verified(document).of("masked").findings] == []


def test_a_test_of_another_type_is_an_error() -> None:
    verification = verify_document(table(rule("r", feel("n", '"gold"'), o=1), columns=COLUMNS))
    (finding,) = verification.findings
    assert (finding.kind, finding.severity, finding.cells) == ("type_error", "error", (("r", "n"),))


def test_examples_and_proposals_do_in_evaluation_what_is_said() -> None:
    rules = [rule("a", feel("n", "< 5"), feel("s", '"x", "y"'), o=1), rule("b", condition("n", ">=", 7), o=2)]
    document = table(*rules, columns=COLUMNS, hit_policy="UNIQUE")
    for finding in verified(document).of("gaps").findings:
        assert not compile_table(read_table(document)).evaluate(finding.example or {}).matched
        document["rules"].append(finding.proposed_rule)
        answer = compile_table(read_table(document)).evaluate(finding.example or {})
        assert answer.rule_ids == [(finding.proposed_rule or {})["id"]]
    assert verified(document).of("gaps").status == "proved"
