"""Tables that require each other: answered in order, never in a circle, and not taken away."""

from __future__ import annotations

from typing import Any

import pytest

from apps.accounts.constants import Role
from apps.decision_tables.models import TableUse
from apps.decision_tables.services import requiring
from tests.decision_tables.pricing import API, at, call, create, done, publish, refusal
from tests.people import Person, make_person

pytestmark = pytest.mark.django_db
NUMBER = {"type": "number"}


def table(name: str, requires: list[dict[str, Any]] | None = None, output: str = "n * 10") -> dict[str, Any]:
    """A table that takes ``n`` and gives ``out``."""
    return {
        "name": name,
        "input_columns": [{"name": "n", **NUMBER}, {"name": "base", **NUMBER}],
        "output_columns": [{"name": "out", **NUMBER}],
        "rules": [{"id": "only", "outputs": {"out": {"feel": output}}}],
        "requires": requires or [],
    }


def needs(name: str, *, given: str = "n + 1") -> dict[str, Any]:
    return {"table": name, "inputs": {"n": given}, "provides": {"base": "out"}}


def evaluate(person: Person, name: str, **inputs: Any) -> Any:
    return call(person, "post", at(name, "evaluate"), {"inputs": inputs})


@pytest.fixture
def chain(owner: Person) -> None:
    """``top`` requires ``middle``, which requires ``low``; all are published."""
    for body in (table("low"), table("middle", [needs("low")], "base + n"), table("top", [needs("middle")], "base")):
        done(owner, "post", API, body)
        publish(owner, body["name"])


def test_required_tables_answer_first(owner: Person, chain: None) -> None:
    # top asks middle for 3 + 1; that asks low for 4 + 1, which gives 50.
    assert evaluate(owner, "top", n=3).json()["outputs"] == {"out": 54}


def test_what_is_provided_is_never_taken_from_outside(owner: Person, chain: None) -> None:
    assert evaluate(owner, "top", n=3, base=1).json()["outputs"] == {"out": 54}


def test_a_batch_asks_for_each_row_and_counts_every_table(owner: Person, chain: None) -> None:
    rows = [{"n": 3}, {"n": "x"}, {"n": 3}, {"n": 4}]
    found = done(owner, "post", at("top", "evaluate-batch"), {"inputs": rows})["results"]
    assert [row.get("outputs", {}).get("out") for row in found] == [54, None, 54, 65]
    # Two rows that ask for the same are answered once.
    counts = dict(TableUse.plain.values_list("table__name", "evaluations"))
    assert (counts["top"], counts["low"]) == (4, 3)


@pytest.mark.parametrize("way", [["a", "a"], ["a", "b", "a"]])
def test_a_circle_is_refused_on_saving(owner: Person, way: list[str]) -> None:
    done(owner, "post", API, table("a"))
    done(owner, "post", API, table("b", [needs("a")]))
    answer = call(owner, "patch", at("a"), {"requires": [needs(way[1])]})
    assert refusal(answer) == (422, "requirement_cycle")
    assert answer.json()["path"] == way
    assert done(owner, "get", at("a"))["requires"] == []


def test_a_circle_over_what_is_published_is_refused_too(owner: Person) -> None:
    done(owner, "post", API, table("a"))
    publish(owner, "a")
    done(owner, "post", API, table("b", [needs("a")]))
    publish(owner, "b")
    done(owner, "patch", at("b"), {"requires": []})
    assert refusal(call(owner, "patch", at("a"), {"requires": [needs("b")]})) == (422, "requirement_cycle")


def test_a_circle_that_came_about_all_the_same_ends(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("tables", "collaborating"):
        monkeypatch.setattr(f"apps.decision_tables.services.{module}.require_no_cycle", lambda *_: None)
    done(owner, "post", API, table("a", [needs("b")]))
    done(owner, "post", API, table("b", [needs("a")]))
    answer = evaluate(owner, "a", n=1)
    assert refusal(answer) == (422, "requirement_cycle")
    assert "a → b → a" in answer.json()["detail"]


def test_a_required_table_that_is_not_there_is_named(owner: Person) -> None:
    done(owner, "post", API, table("top", [needs("gone")]))
    answer = evaluate(owner, "top", n=1)
    assert (refusal(answer), answer.json()["table"]) == ((422, "required_table_not_found"), "gone")
    assert refusal(call(owner, "post", at("top", "publish"), {})) == (422, "required_table_not_found")


def test_tables_of_others_are_not_there(owner: Person, stranger: Person) -> None:
    done(stranger, "post", API, table("low"))
    publish(stranger, "low")
    done(owner, "post", API, table("top", [needs("low")]))
    assert refusal(evaluate(owner, "top", n=1)) == (422, "required_table_not_found")


def test_a_draft_asks_drafts_where_nothing_is_published(owner: Person) -> None:
    done(owner, "post", API, table("low"))
    done(owner, "post", API, table("top", [needs("low")], "base"))
    assert evaluate(owner, "top", n=1).json()["outputs"] == {"out": 20}
    assert refusal(call(owner, "post", at("top", "publish"), {})) == (409, "not_published")


def test_what_is_published_asks_what_is_published(owner: Person, chain: None) -> None:
    done(owner, "patch", at("low"), {"rules": []})
    operator = make_person("operator@example.com", owner.organization, Role.OPERATOR)
    assert evaluate(operator, "top", n=3).json()["outputs"] == {"out": 54}


def test_a_refusal_of_a_required_table_says_whose_it_is(owner: Person, chain: None) -> None:
    done(owner, "patch", at("top"), {"requires": [needs("middle", given='"x"')]})
    answer = call(owner, "post", at("top", "evaluate"), {"inputs": {"n": 1}, "version": "draft"})
    assert (refusal(answer), answer.json()["table"]) == ((422, "invalid_input"), "middle")


def test_what_others_require_is_neither_renamed_nor_deleted(owner: Person, chain: None) -> None:
    for answer in (call(owner, "delete", at("low")), call(owner, "patch", at("low"), {"name": "deep"})):
        assert (refusal(answer), answer.json()["used_by"]) == ((409, "table_in_use"), ["middle"])
    done(owner, "delete", at("top"))
    done(owner, "patch", at("middle"), {"label": "In the middle"})


def test_there_is_a_bound(owner: Person, chain: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requiring, "MAX_ANSWERS", 3)
    rows = done(owner, "post", at("top", "evaluate-batch"), {"inputs": [{"n": 1}, {"n": 2}]})["results"]
    assert (rows[0]["matched"], rows[1]["error"]["code"]) == (True, "too_many_steps")


def test_a_recorded_test_has_what_was_provided(owner: Person, chain: None) -> None:
    made = done(owner, "post", at("top", "tests"), {"from_evaluation": {"inputs": {"n": 3}}})
    assert made["inputs"] == {"n": 3, "base": 54}
    assert done(owner, "post", at("top", "tests", "run"), {})["passed"] is True


def test_a_table_comes_out_of_the_trash_without_a_circle(owner: Person) -> None:
    made = done(owner, "post", API, table("a", [needs("b")]))
    done(owner, "delete", at("a"))
    create(owner, "a")
    done(owner, "delete", at("a"))
    done(owner, "post", API, table("b", [needs("a")]))
    assert refusal(call(owner, "post", at(made["id"], "restore"))) == (422, "requirement_cycle")
