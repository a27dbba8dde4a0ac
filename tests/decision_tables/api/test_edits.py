"""Drafts edited by operations over HTTP: one door, undo, and what others made meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from exprsn.kernel.ids import new_id
from tests.decision_tables.pricing import PRICING, at, call, create, done, refusal
from tests.people import Person

pytestmark = pytest.mark.django_db
NAME = "product-pricing"


def operation(kind: str, *path: str, new: Any = None) -> dict[str, Any]:
    return {"op_id": str(new_id()), "type": kind, "path": list(path), "new": new}


def edit(person: Person, *operations: dict[str, Any], base: int = 0) -> Any:
    return call(person, "post", at(NAME, "operations"), {"base_seq": base, "client_id": "tab", "ops": operations})


def price(value: Any) -> dict[str, Any]:
    return operation("cell_changed", "rules", "r1", "outputs", "price", new=value)


def test_an_edit_changes_the_draft_and_is_told(owner: Person) -> None:
    create(owner)
    page = edit(owner, price(7)).json()
    assert (page["seq"], page["events"][0]["old"], page["events"][0]["new"]) == (1, 8.5, 7)
    document = done(owner, "get", at(NAME, "document"))
    assert (document["seq"], document["state"]["rules"][0]["outputs"]["price"]) == (1, 7)
    assert done(owner, "get", at(NAME))["rules"][0]["outputs"]["price"] == 7
    assert done(owner, "get", at(NAME, "operations"))["events"] == page["events"]


def test_an_edit_can_be_taken_back(owner: Person) -> None:
    made = create(owner)
    edit(owner, price(7), operation("rule_removed", "rules", "r2"))
    done(owner, "post", at(NAME, "undo"), {"seq": 2})
    done(owner, "post", at(NAME, "undo"), {"seq": 1})
    assert done(owner, "get", at(NAME))["rules"] == made["rules"]


def test_a_batch_is_taken_whole_or_not_at_all(owner: Person) -> None:
    made = create(owner)
    answer = edit(owner, price(7), operation("cell_changed", "rules", "r9", "outputs", "price", new=1))
    assert refusal(answer) == (409, "rule_not_found")
    assert list(answer.json()["errors"]) == ["ops[1].path"]
    assert done(owner, "get", at(NAME))["rules"] == made["rules"]


def test_a_cell_of_the_wrong_type_is_refused_by_its_place(owner: Person) -> None:
    create(owner)
    many = operation("cell_changed", "rules", "r1", "conditions", "quantity", new=[{"operator": ">=", "value": "x"}])
    answer = edit(owner, many)
    assert refusal(answer) == (422, "cell_invalid")


def test_what_lists_say_follows_the_edits(owner: Person) -> None:
    create(owner)
    column = {"column": {"name": "region", "type": "string"}, "after": None}
    edit(
        owner,
        operation("rule_removed", "rules", "r3"),
        operation("settings_changed", "hit_policy", new="UNIQUE"),
        operation("column_added", "input_columns", "region", new=column),
    )
    row = done(owner, "get", at())["items"][0]
    assert (row["rule_count"], row["hit_policy"], row["input_columns"][0]["name"]) == (2, "UNIQUE", "region")


@pytest.mark.parametrize("field", ["hit_policy", "aggregation", "default_outputs", "metadata", "requires"])
def test_a_setting_that_is_taken_away_is_what_it_is_by_default(owner: Person, field: str) -> None:
    default = done(owner, "post", at(), {"name": "empty"})[field]
    create(owner)
    assert edit(owner, operation("settings_changed", field)).status_code == 200
    assert done(owner, "get", at(NAME))[field] == default


def test_replacing_a_draft_is_one_edit_and_a_new_epoch(owner: Person) -> None:
    create(owner)
    edit(owner, price(7))
    done(owner, "put", at(NAME), PRICING)
    page = done(owner, "get", at(NAME, "operations"))
    assert [event["type"] for event in page["events"]] == ["cell_changed", "document_replaced"]
    assert refusal(
        call(owner, "post", at(NAME, "operations"), {"base_seq": 1, "epoch": 1, "ops": [price(1)]})
    ) == (409, "epoch_changed")  # fmt: skip


def test_every_edit_changes_the_tag(owner: Person) -> None:
    create(owner)
    tags = [owner.api.get(at(NAME))["ETag"]]
    for value in (1, 2):
        edit(owner, price(value))
        tags.append(owner.api.get(at(NAME))["ETag"])
    assert len(set(tags)) == 3


def test_two_people_edit_at_once(owner: Person, editor: Person) -> None:
    create(owner)
    edit(owner, price(7))
    page = edit(editor, operation("rule_changed", "rules", "r1", "annotation", new="Mine"), base=0).json()
    assert [event["actor"] for event in page["events"]] == [str(owner.user.id), str(editor.user.id)]
    refused = call(editor, "post", at(NAME, "undo"), {"seq": 1})
    assert refusal(refused) == (403, "undo_not_yours")
