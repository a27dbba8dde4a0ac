"""What a verification tells the author of a table."""

from __future__ import annotations

from decimal import Decimal
from time import thread_time
from typing import Any

import pytest

from apps.decision_tables.engine.verification.budget import OutOfTime
from apps.decision_tables.engine.verification.gaps import check_gaps
from apps.decision_tables.engine.verification.verifying import verify_document
from tests.decision_tables.verification.small import condition, found, holds, rule, table, verified

NUMBER = [{"name": "n", "type": "number"}]
TIERS = [{"name": "s", "type": "string", "allowed_values": ["gold", "silver"]}]
PRICING = table(
    rule("r1", condition("tier", "==", "premium"), condition("quantity", ">=", 100), o=8.5),
    rule("r2", condition("tier", "==", "premium"), o=9.5),
    rule("r3", condition("quantity", ">=", 100), o=9),
    columns=[
        {"name": "quantity", "type": "number", "label": "Quantity", "operators": [">=", "<"]},
        {"name": "tier", "type": "string"},
    ],
)


def gaps(document: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Example and proposed conditions of each gap."""
    findings = verified(document).of("gaps").findings
    return [(each.example, (each.proposed_rule or {}).get("conditions")) for each in findings]


def test_the_example_table_leaves_small_orders_of_others_open() -> None:
    (finding,) = verified(PRICING).as_json()["findings"]
    assert finding["message"] == 'No rule covers Quantity < 100 and tier is not "premium".'
    assert finding["example"] == {"quantity": 99, "tier": "other"}
    assert finding["cells"] == [{"rule": None, "column": "quantity"}, {"rule": None, "column": "tier"}]
    assert finding["proposed_rule"] == {
        "id": "gap-1",
        "conditions": [condition("quantity", "<", 100), condition("tier", "!=", "premium")],
        "outputs": {},
    }


def test_defaults_and_several_matches_close_gaps() -> None:
    covered = verified({**PRICING, "default_outputs": {"o": 10}})
    assert covered.status == "ok" and "default" in covered.of("gaps").reason
    assert verified({**PRICING, "hit_policy": "COLLECT"}).of("gaps").status == "proved"
    assert verified({**PRICING, "default_outputs": {"o": None}}).of("gaps").status == "found"


@pytest.mark.parametrize(
    ("conditions", "example", "proposed"),
    [
        ([condition("n", "<", 1)], 1, [condition("n", ">=", 1)]),
        ([condition("n", "!=", 5)], 5, [condition("n", "==", 5)]),
        ([condition("n", "==", 5)], 1, [condition("n", "!=", 5)]),
        ([condition("n", "in", [1, 5])], 0, [condition("n", "notIn", [1, 5])]),
        ([condition("n", "notIn", [1, 5])], 1, [condition("n", "in", [1, 5])]),
        ([condition("n", "notBetween", [1, 5])], 1, [condition("n", ">=", 1), condition("n", "<=", 5)]),
        ([condition("n", "isNotEmpty")], None, [condition("n", "==", None)]),
        ([condition("n", "isEmpty")], 1, [condition("n", "!=", None)]),
    ],
)
def test_a_gap_is_said_as_a_rule(conditions: list[Any], example: Any, proposed: list[Any]) -> None:
    assert gaps(table(rule("r", *conditions, o=1), columns=NUMBER)) == [({"n": example}, proposed)]


@pytest.mark.parametrize(
    ("low", "high", "example"),
    [(1, 2, 1.5), (1, 5, 2), (0.1, 0.11, 0.105), (-1, 1, 0), (10**30, 10**30 + 1, None), (0.25, 0.26, 0.255)],
)
def test_between_two_numbers_there_is_one(low: Any, high: Any, example: Any) -> None:
    document = table(rule("a", condition("n", "<=", low)), rule("b", condition("n", ">=", high)), columns=NUMBER)
    ((inputs, _rule),) = gaps(document)
    assert low < inputs["n"] < high and example in (None, inputs["n"])


@pytest.mark.parametrize("operator", ["<", ">", "<=", ">="])
def test_very_large_numbers_have_others_beyond_them(operator: str) -> None:
    ((inputs, _rule),) = gaps(table(rule("r", condition("n", operator, 1e30)), columns=NUMBER))
    assert not holds(condition("n", operator, 10**30), inputs["n"])


@pytest.mark.parametrize(
    ("kind", "low", "high", "example"),
    [
        ("date", "2026-01-01", "2026-01-03", "2026-01-02"),
        ("datetime", "2026-01-01T10:00:00Z", "2026-01-01T10:00:05Z", "2026-01-01T10:00:01Z"),
        ("datetime", "2026-01-01T10:00:00", "2026-02-01T10:00:00", "2026-01-02T10:00:00"),
        ("time", "10:00:00", "12:30:00", "11:00:00"),
        ("duration", "P1D", "P5D", "P2D"),
        ("duration", "P1Y", "P2Y", "P1Y1M"),
        ("string", "a", "b", "aa"),
        ("any", 1, 4, 2),
        ("any", "a", "b", "aa"),
    ],
)
def test_examples_of_every_type(kind: str, low: Any, high: Any, example: Any) -> None:
    columns = [{"name": "x", "type": kind}]
    document = table(rule("a", condition("x", "<=", low)), rule("b", condition("x", ">=", high)), columns=columns)
    assert gaps(document) == [({"x": example}, [condition("x", ">", low), condition("x", "<", high)])]


def test_days_that_follow_each_other_have_nothing_between_them() -> None:
    rules = (rule("a", condition("x", "<=", "2026-01-01")), rule("b", condition("x", ">=", "2026-01-02")))
    assert gaps(table(*rules, columns=[{"name": "x", "type": "date"}])) == []
    never = [condition("x", ">", "2026-01-01"), condition("x", "<", "2026-01-02")]
    document = table(
        rule("a", *never), rule("b", condition("x", ">=", "2026-05-01")), columns=[{"name": "x", "type": "date"}]
    )
    assert [proposed for _example, proposed in gaps(document)] == [[condition("x", "<", "2026-05-01")]]
    moments = (rule("a", condition("x", "<", "00:00:00")), rule("b", condition("x", ">=", "00:00:00")))
    document = table(*moments, columns=[{"name": "x", "type": "time"}])
    assert gaps(document) == [] and found(document, "unreachable") == [("unreachable_value", "warning", "a")]


@pytest.mark.parametrize(
    ("operators", "type_", "conditions", "text"),
    [
        ([">=", "<"], "number", [condition("x", "<", 100)], None),
        ([">", "<"], "number", [condition("x", "<", 1), condition("x", ">", 5)], "[1..5]"),
        (["==", "isEmpty"], "string", [condition("x", "==", "a")], 'not("a")'),
        (["!="], "date", [condition("x", "!=", "2026-01-01")], 'date("2026-01-01")'),
        (["!="], "number", [condition("x", "!=", 0.5)], "0.5"),
        (["isNotEmpty"], "number", [condition("x", "isNotEmpty")], "null"),
        (["isEmpty"], "number", [condition("x", "isEmpty")], "not(null)"),
        (["<="], "number", [condition("x", "<=", 2)], "> 2"),
    ],
)
def test_where_operators_do_not_suffice_feel_does(
    operators: Any, type_: str, conditions: Any, text: str | None
) -> None:
    columns = [{"name": "x", "type": type_, "operators": operators}]
    rules = [rule(f"r{at}", each) for at, each in enumerate(conditions)]
    ((_example, proposed),) = gaps(table(*rules, columns=columns))
    assert [entry.get("feel") for entry in proposed] == [text]


def test_allowed_values_are_all_there_is() -> None:
    document = table(rule("r", condition("s", "==", "gold"), o=1), columns=TIERS)
    assert gaps(document) == [({"s": "silver"}, [condition("s", "==", "silver")])]
    assert gaps(table(rule("r", condition("s", "in", ["gold", "silver"]), o=1), columns=TIERS)) == []
    assert gaps(table(rule("r", condition("s", "==", "x")), columns=[{**TIERS[0], "allowed_values": []}])) == []


def test_an_example_follows_the_path_of_a_column() -> None:
    columns = [{"name": "tier", "type": "string", "expression": "customer.tier"}]
    document = table(rule("r", condition("tier", "==", "gold"), o=1), columns=columns)
    assert gaps(document) == [({"customer": {"tier": "other"}}, [condition("tier", "!=", "gold")])]


def test_what_a_computed_column_leaves_open() -> None:
    columns = [{"name": "total", "type": "number", "expression": "n * 2"}, *NUMBER]
    document = table(rule("r", condition("total", "<", 5), o=1), columns=columns)
    check = verified(document).of("gaps")
    assert check.status == "undecided" and "total" in check.reason
    closed = table(rule("a", condition("total", "<", 5)), rule("b", condition("total", ">=", 5)), columns=columns)
    assert verified(closed).of("gaps").status == "proved"
    other = table(rule("r", condition("total", "<", 5), condition("n", "<", 1), o=1), columns=columns)
    assert gaps(other) == [({"n": 1}, [condition("n", ">=", 1)])]


def test_columns_of_one_input_are_not_taken_for_two() -> None:
    columns = [*NUMBER, {"name": "same", "type": "number", "expression": "n"}]
    document = table(rule("r", condition("n", "<", 5)), rule("q", condition("same", ">=", 5)), columns=columns)
    assert verified(document).of("gaps").status == "undecided"


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ([condition("s", "contains", "a")], "found"),
        ([condition("s", "matches", "a|other")], "found"),
        ([condition("s", op, t) for t in "ab" for op in ("contains", "startsWith", "endsWith")], "found"),
        ([condition("s", "matches", f"x{at}") for at in range(7)], "found"),
    ],
)
def test_questions_of_texts(entries: list[Any], status: str) -> None:
    rules = [rule(f"r{at}", entry) for at, entry in enumerate(entries)]
    columns = [{"name": "s", "type": "string"}]
    assert verified(table(*rules, columns=columns)).of("gaps").status == status
    everything = table(*rules, rule("rest"), columns=columns)
    assert verified(everything).of("gaps").status == "proved"
    assert verified({**everything, "hit_policy": "UNIQUE"}).of("overlaps").status == "found"


def test_questions_of_lists_and_of_allowed_texts() -> None:
    columns = [{"name": "l", "type": "list"}]
    rules = (rule("a", condition("l", "contains", "x")), rule("b", condition("l", "contains", 5)))
    (overlap,) = verified(table(*rules, columns=columns, hit_policy="UNIQUE")).of("overlaps").findings
    assert overlap.example == {"l": ["x", 5]}
    document = table(rule("a", condition("s", "contains", "old")), columns=TIERS)
    assert gaps(document) == [({"s": "silver"}, [condition("s", "==", "silver")])]
    empty = table(rule("a", condition("l", "isEmpty")), columns=columns)
    assert verified(empty).of("gaps").status == "found"


def test_an_overlap_that_nobody_can_show_is_left_open() -> None:
    rules = (rule("a", condition("s", "matches", "^x+$")), rule("b", condition("s", "matches", "^y+$")))
    document = table(*rules, columns=[{"name": "s", "type": "string"}], hit_policy="UNIQUE")
    assert verified(document).of("overlaps").status == "undecided"


def test_overlaps_matter_to_unique_alone() -> None:
    rules = (rule("a", condition("n", "<", 5), o=1), rule("b", condition("n", ">", 3), o=2))
    document = table(*rules, columns=NUMBER, hit_policy="UNIQUE")
    (finding,) = verified(document).of("overlaps").findings
    assert finding.rules == ("a", "b") and finding.example == {"n": 4} and finding.severity == "error"
    assert ("a", "n") in finding.cells
    assert found({**document, "hit_policy": "FIRST"}, "overlaps") == []


def test_conflicts_are_matches_that_differ() -> None:
    rules = (rule("a", o=1), rule("b", o=1.0), rule("c", o={"feel": "1 + n"}), rule("d", o={"feel": "1 + n"}))
    check = verified(table(*rules, columns=NUMBER, hit_policy="ANY")).of("conflicts")
    assert check.status == "undecided"
    document = table(
        rule("a", condition("n", "<", 5), o=1), rule("b", o=2), rule("c"), columns=NUMBER, hit_policy="ANY"
    )
    assert [each[2:] for each in found(document, "conflicts")] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_a_rule_below_others_that_cover_it_is_masked() -> None:
    rules = (
        rule("low", condition("n", "<", 5)),
        rule("high", condition("n", ">=", 3)),
        rule("middle", condition("n", "between", [1, 9])),
        rule("inner", condition("n", "==", 7)),
    )
    document = table(*rules, columns=NUMBER)
    assert [each[2:] for each in found(document, "masked")] == [("middle", "low", "high"), ("inner", "high")]
    assert found({**document, "hit_policy": "RULE_ORDER"}, "masked") == []


def test_importance_decides_what_masks_what() -> None:
    outputs = [{"name": "o", "type": "string", "allowed_values": ["high", "low"]}]
    rules = (
        rule("a", o="low"),
        rule("b", condition("n", "<", 5), o="high"),
        rule("c", condition("n", "<", 1), o="low"),
    )
    document = {**table(*rules, columns=NUMBER, hit_policy="PRIORITY"), "output_columns": outputs}
    assert [each[2:] for each in found(document, "masked")] == [("c", "b")]
    late = {**document, "rules": [*rules, rule("d", o={"feel": '"low"'})]}
    assert verified(late).of("masked").status == "undecided"


def test_masked_for_all_that_can_be_told() -> None:
    entries = [condition("s", "matches", "^x+$"), condition("s", "matches", "^y+$")]
    rules = (rule("a", entries[0]), rule("b", condition("s", "!=", "q")), rule("c", entries[1]))
    assert [each[2:] for each in found(table(*rules), "masked")] == [("c", "b")]
    rules = (rule("a", entries[0]), rule("b", entries[1]), rule("c", condition("s", "startsWith", "x")))
    assert verified(table(*rules)).of("masked").status == "undecided"


def test_the_same_rule_twice() -> None:
    rules = (
        rule("a", condition("n", "==", 5), o=1),
        rule("b", condition("n", "between", [5, 5]), o=1.0),
        rule("c", o=1),
    )
    document = table(*rules, columns=NUMBER)
    assert found(document, "duplicates") == [("duplicate", "warning", "a", "b")]
    assert found({**document, "hit_policy": "ANY"}, "duplicates") == [("duplicate", "info", "a", "b")]
    assert found(document, "masked") == []
    asked = [rule(f"r{at}", condition("s", "matches", f"x{at % 6}"), o=1) for at in range(7)]
    assert found(table(*asked, rule("z", o=1), rule("y", o=1)), "duplicates") == [
        ("duplicate", "warning", "r0", "r6"),
        ("duplicate", "warning", "z", "y"),
    ]


def test_cells_that_hold_for_nothing() -> None:
    rules = (
        rule("a", condition("n", "<", 1), condition("n", ">", 5)),
        rule("b", condition("s", "==", "copper")),
        rule("c", condition("s", "in", ["gold", "tin"])),
        rule("d", condition("s", "notIn", ["silver"])),
    )
    findings = verified(table(*rules, columns=[*NUMBER, *TIERS])).of("unreachable").findings
    assert [finding.cells for finding in findings] == [(("a", "n"),), (("b", "s"),), (("c", "s"),)]
    assert "allowed values" in findings[1].message and "'tin'" in findings[2].message


def test_outputs_that_nothing_gives() -> None:
    outputs = [{"name": "o", "type": "string", "allowed_values": ["a", "b", "c"]}]
    document = {**table(rule("r", o="a"), default_outputs={"o": "b"}), "output_columns": outputs}
    (finding,) = verified(document).of("unreachable").findings
    assert finding.severity == "info" and "'c'" in finding.message and finding.cells == ((None, "o"),)
    worked_out = {**document, "rules": [rule("r", o={"feel": '"a"'})]}
    assert found(worked_out, "unreachable") == []


def test_columns_without_use() -> None:
    columns = [{"name": name, "type": "number"} for name in ("tested", "named", "sent", "idle")]
    columns[0]["expression"] = "named + 1"
    outputs = [{"name": name, "type": "number"} for name in ("given", "never")]
    rules = [
        rule("r", condition("tested", ">", 1), {"column": "idle", "feel": "-"}, given={"feel": "other"}, never=None)
    ]
    document = {
        "input_columns": columns, "output_columns": outputs, "rules": rules,
        "requires": [{"table": "t", "inputs": {"x": "sent"}, "provides": {"named": "y"}}],
    }  # fmt: skip
    cells = [finding.cells for finding in verified(document).of("unused").findings]
    assert cells == [((None, "idle"),), ((None, "never"),)]


@pytest.mark.parametrize(
    ("document", "cells"),
    [
        (table(rule("r", condition("n", "<", "x"))), [{"rule": "r", "column": "n"}]),
        (table({"conditions": [condition("n", "<", "x")]}), [{"rule": "r1", "column": "n"}]),
        (table(rule("r", o="x")), [{"rule": "r", "column": "o"}]),
        (table({"id": "r", "priority": "x"}), [{"rule": "r", "column": ""}]),
        (table(hit_policy="SOME"), []),
        (table(rule("r", {"operator": "<"})), []),
    ],
)
def test_what_does_not_read_is_a_type_error_at_its_cell(document: dict[str, Any], cells: list[Any]) -> None:
    verification = verify_document(document)
    (finding,) = verification.as_json()["findings"]
    assert finding["kind"] == "type_error" and finding["cells"] == cells
    assert verification.of("gaps").status == "undecided"


def test_a_document_that_reads_is_verified() -> None:
    assert verify_document(PRICING, budget_seconds=5).of("gaps").status == "found"


def test_disabled_rules_say_nothing() -> None:
    document = table({**rule("r"), "enabled": False}, columns=NUMBER)
    assert gaps(document) == [({}, [])] and found(document, "duplicates") == []


def test_findings_are_limited_and_the_ids_proposed_are_free() -> None:
    rules = [rule(f"gap-{at + 1}", condition("n", "==", at), condition("s", "==", f"x{at}")) for at in range(60)]
    verification = verified(table(*rules))
    assert verification.as_json()["truncated"] and len(verification.of("gaps").findings) == 20
    assert verification.of("gaps").findings[0].proposed_rule["id"] == "gap-61"  # type: ignore[index]
    same = table(*(rule(f"r{at}", o=1) for at in range(9)), hit_policy="UNIQUE")
    assert verified(same).of("overlaps").truncated and not verified(same).of("overlaps").undecided


@pytest.mark.parametrize("policy", ["FIRST", "ANY"])
def test_all_lists_of_findings_are_limited(policy: str) -> None:
    pairs = [rule(f"{name}{at}", condition("n", "==", at), o=at) for at in range(25) for name in "ab"]
    shut = [rule(f"c{at}", condition("n", "<", at), condition("n", ">", at), o=1) for at in range(25)]
    masked = [rule("d"), *(rule(f"e{at}", condition("n", "==", at), o=3) for at in range(25))]
    document = table(*pairs, *shut, *masked, columns=NUMBER, hit_policy=policy)
    verification = verified(document)
    assert max(len(check.findings) for check in verification.checks) == 20
    assert {check.check for check in verification.checks if check.truncated} >= {"duplicates", "unreachable"}


def test_no_time_leaves_the_answers_open() -> None:
    verification = verified(PRICING, seconds=0)
    assert verification.status == "undecided"
    assert {check.check for check in verification.checks if not check.undecided} == {
        "overlaps",
        "conflicts",
        "unused",
    }


def test_the_time_limit_is_kept() -> None:
    columns = [{"name": f"c{at}", "type": "number"} for at in range(8)]
    rules = [
        rule(f"r{at}", *(condition(f"c{by}", "between", [(at * by) % 97, (at * by) % 97 + 60]) for by in range(8)))
        for at in range(400)
    ]
    document = table(*rules, columns=columns)
    began = thread_time()
    verification = verified(document, seconds=0.1)
    assert verification.of("masked").status != "proved" and thread_time() - began < 1.5


def test_values_that_cannot_be_shown_are_left_open() -> None:
    document = table(rule("a", condition("x", "==", {"k": [1]})), columns=[{"name": "x", "type": "any"}])
    verification = verified(document)
    assert verification.of("unreachable").status == "proved" and verification.of("gaps").status == "found"
    night = table(rule("a", condition("x", "==", "00:30:00+02:00")), columns=[{"name": "x", "type": "time"}])
    assert verified(night).of("unreachable").status == "proved"
    nested = table(rule("a", condition("x", "==", [[1], None])), columns=[{"name": "x", "type": "list"}])
    assert verified(nested).of("unreachable").status == "proved"


def test_a_search_that_remembers_nothing_comes_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.decision_tables.engine.verification.covering.MAX_REMEMBERED", 0)
    assert len(gaps(PRICING)) == 1


def test_findings_before_the_end_of_the_time_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(grid: Any, check: Any, deadline: Any) -> None:
        check_gaps(grid, check, deadline)
        raise OutOfTime

    monkeypatch.setattr("apps.decision_tables.engine.verification.verifying.check_gaps", look)
    verification = verified(PRICING)
    assert verification.as_json()["truncated"] and verification.of("gaps").status == "found"


def test_long_decimals_are_proposed_as_they_are() -> None:
    long = Decimal("0.1234567890123456789")
    columns = [{"name": "x", "type": "number", "operators": ["!="]}]
    assert gaps(table(rule("r", condition("x", "!=", long)), columns=columns))[0][1] == [
        {"column": "x", "feel": "0.1234567890123456789"}
    ]


@pytest.mark.parametrize(
    ("kind", "entries", "proposed"),
    [
        ("any", [condition("x", "==", True), condition("x", ">", 5)], [condition("x", "==", False)]),
        ("duration", [condition("x", "<", "P1D"), condition("x", "==", "P1Y")], [condition("x", ">=", "P1D")]),
        ("duration", [condition("x", "<", "P1D"), condition("x", ">=", "P1D")], []),
        ("list", [condition("x", "==", ["a"])], [condition("x", "!=", ["a"])]),
        ("list", [condition("x", "!=", ["a"])], [condition("x", "==", ["a"])]),
    ],
)
def test_gaps_among_values_of_several_kinds(kind: str, entries: list[Any], proposed: list[Any]) -> None:
    rules = [rule(f"r{at}", entry) for at, entry in enumerate(entries)]
    found_ones = [conditions for _example, conditions in gaps(table(*rules, columns=[{"name": "x", "type": kind}]))]
    assert (proposed in found_ones) if proposed else found_ones == []


def test_a_gap_of_all_values_of_a_kind_is_closed_one_by_one() -> None:
    rules = (rule("a", condition("x", "<", "P1D"), condition("y", "<", 5)), rule("b", condition("x", ">", "P1M")))
    columns = [{"name": "x", "type": "duration"}, {"name": "y", "type": "number"}]
    proposed = [entries for _example, entries in gaps(table(*rules, columns=columns))]
    assert [condition("x", "<=", "P1M")] in proposed and len(proposed) == 3
