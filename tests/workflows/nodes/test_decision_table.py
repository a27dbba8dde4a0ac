"""Decision tables asked from workflows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_decisions import DecisionFault, DecisionQuestion
from apps.workflows.registry import get_node_type
from tests.decision_tables import pricing
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain
from tests.workflows.main_job.definitions import create as create_workflow

GOLD = {"matched": True, "outputs": {"price": 8.5}, "rule_ids": ["r1"], "version": 1, "table": "prices"}
NONE = {"matched": False, "outputs": {"price": 10}, "rule_ids": [], "version": 1, "table": "prices"}


@dataclass
class Tables:
    """Knows gold, and no text for a quantity."""

    asked: list[tuple[DecisionQuestion, list[Any]]] = field(default_factory=list)

    def decide(self, question: DecisionQuestion, rows: Sequence[Any]) -> list[Any]:
        self.asked.append((question, list(rows)))
        return [self._answer(row) for row in rows]

    def _answer(self, row: Any) -> Any:
        if isinstance(row.get("quantity"), str):
            return DecisionFault("invalid_input", "quantity must be a number", {"errors": {"inputs.quantity": []}})
        return dict(GOLD if row.get("tier") == "gold" else NONE)


@pytest.fixture
def ask(run_node: Callable[..., Any]) -> Callable[..., Any]:
    def asking(items: Any, tables: Tables | None = None, on_error: str = "stop", **parameters: Any) -> Any:
        given = {"table": "prices", **parameters}
        return run_node("decision_table", given, items, decisions=tables or Tables(), on_error=on_error)

    return asking


def test_all_items_are_one_question(ask: Callable[..., Any]) -> None:
    tables = Tables()
    found = ask([{"tier": "gold", "price": 1}, {"tier": "x"}], tables)
    assert found.json() == [{"tier": "gold", "price": 8.5}, {"tier": "x", "price": 10}]
    assert found.pairs() == [[(0, 0)], [(1, 0)]]
    assert tables.asked == [(DecisionQuestion("prices"), [{"tier": "gold", "price": 1}, {"tier": "x"}])]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"result": "field"}, {"tier": "gold", "decision": GOLD}),
        ({"result": "field", "field": "={{ $json.tier }}"}, {"tier": "gold", "gold": GOLD} | {"tier": "gold"}),
        ({"result": "only"}, GOLD),
    ],
)
def test_where_the_answer_goes(ask: Callable[..., Any], parameters: dict[str, Any], expected: Any) -> None:
    assert ask([{"tier": "gold"}], **parameters).json() == [expected]


def test_inputs_are_given_by_expressions(ask: Callable[..., Any]) -> None:
    tables = Tables()
    inputs = [{"name": "tier", "value": "={{ $json.customer.tier }}"}, {"name": "quantity", "value": 5}]
    ask([{"customer": {"tier": "gold"}}, {"customer": {}}], tables, inputs_from="fields", inputs=inputs)
    assert tables.asked[0][1][0] == {"tier": "gold", "quantity": 5}


@pytest.mark.parametrize(
    ("result", "explained"), [("merge", False), ("only", True)], ids=["merge has no room for it", "only"]
)
def test_version_and_explanation(ask: Callable[..., Any], result: str, explained: bool) -> None:
    tables = Tables()
    ask([{}], tables, version=" 3 ", explain=True, result=result)
    assert tables.asked[0][0] == DecisionQuestion("prices", "3", explained)


def test_each_items_error_is_its_own(ask: Callable[..., Any]) -> None:
    items = [{"tier": "gold"}, {"quantity": "many"}, {"fails": True}]
    inputs = [{"name": "quantity", "value": "={{ $json.fails ? $('Nobody').first().json : $json.quantity }}"}]
    found = ask(items[:2], on_error="error_output")
    assert (found.json(), [item.json["quantity"] for item in found.result.failed]) == (
        [{"tier": "gold", "price": 8.5}], ["many"],
    )  # fmt: skip
    left = ask(items, on_error="error_output", inputs_from="fields", inputs=inputs)
    assert (len(left.json()), len(left.result.failed)) == (1, 2)


@pytest.mark.parametrize(
    ("items", "parameters", "kind"),
    [
        ([{"quantity": "many"}], {}, "invalid_input"),
        ([{"tier": "x"}], {"no_match": "error"}, "no_rule_matched"),
    ],
)
def test_errors(ask: Callable[..., Any], items: Any, parameters: dict[str, Any], kind: str) -> None:
    with pytest.raises(NodeError) as failed:
        ask(items, **parameters)
    assert (failed.value.kind, failed.value.item) == (kind, 0)


def test_no_items_ask_nothing_and_without_tables_none_is_found(
    ask: Callable[..., Any], run_node: Callable[..., Any]
) -> None:
    tables = Tables()
    assert (ask([], tables).json(), tables.asked) == ([], [])
    with pytest.raises(NodeError) as failed:
        run_node("decision_table", {"table": "prices"}, [{}])
    assert failed.value.kind == "table_not_found"


@pytest.mark.parametrize(
    ("parameters", "faulty"),
    [({"version": "new"}, {"version"}), ({"inputs_from": "fields"}, {"inputs"}), ({"version": "7"}, set())],
)
def test_faults_are_seen_before_the_run(parameters: dict[str, Any], faulty: set[str]) -> None:
    assert set(get_node_type("decision_table").check({"table": "prices", **parameters})) == faulty


def run(person: Person, items: Any, **parameters: Any) -> dict[str, Any]:
    given = {"table": "product-pricing", **parameters}
    node, split = ("ask", "decision_table", given), ("split", "split_out", {"fields": [{"field": "rows"}]})
    made = create_workflow(person, chain(MANUAL, split, node))
    body = {"trigger_data": {"rows": items}, "wait": True}
    answer = person.api.post(f"/api/v1/workflows/{made['id']}/execute/", body, format="json").json()["execution"]
    found: dict[str, Any] = person.api.get(f"/api/v1/executions/{answer['id']}/").json()
    return found


@pytest.mark.django_db(transaction=True)
def test_a_run_asks_the_tables_of_its_organization(owner: Person, stranger: Person) -> None:
    pricing.create(owner)
    rows = [pricing.MANY_PREMIUM, {"quantity": 1, "customer_tier": "none"}]
    assert run(owner, rows)["error"]["kind"] == "not_published"
    pricing.publish(owner)
    found = run(owner, rows)
    assert found["status"] == "success", found["error"]
    assert [(item["json"]["price"], item["json"]["discount"]) for item in found["output"]] == [(8.5, 15), (10, 0)]
    told = run(owner, rows, result="only", explain=True, version="draft")["output"][0]["json"]
    assert (told["version"], told["rule_ids"], len(told["trace"]["rules"])) == ("draft", ["r1"], 3)
    assert run(owner, rows, version="9")["error"]["kind"] == "version_not_found"
    assert run(stranger, rows)["error"]["kind"] == "table_not_found"
