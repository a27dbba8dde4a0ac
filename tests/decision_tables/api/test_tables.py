"""Tables over HTTP: made, found, changed, copied, deleted and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import AuditEvent
from apps.decision_tables.models import DecisionTable
from tests.decision_tables.pricing import API, PRICING, at, call, create, done, publish, refusal
from tests.people import Person

pytestmark = pytest.mark.django_db


def names(person: Person, **query: str) -> list[str]:
    return [item["name"] for item in person.api.get(API, query).json()["items"]]


def test_a_new_table_is_found_by_id_and_by_name(owner: Person) -> None:
    made = create(owner, label="Product pricing", description="By quantity", application="shop")
    by_id, by_name = done(owner, "get", at(made["id"])), done(owner, "get", at("product-pricing"))
    assert by_id == by_name == made
    assert (made["label"], made["application"], made["hit_policy"]) == ("Product pricing", "shop", "FIRST")
    assert (made["version"], made["published_version"], made["created_by"]) == (1, None, str(owner.user.id))
    assert [(rule["id"], rule["priority"], rule["enabled"]) for rule in made["rules"]] == [
        ("r1", 1, True), ("r2", 2, True), ("r3", 3, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "name", "label"),
    [
        ({"label": "Prices of the shop"}, "prices-of-the-shop", "Prices of the shop"),
        ({"name": "shop_prices"}, "shop_prices", "Shop prices"),
        ({"label": "Цены"}, "table", "Цены"),
        ({"label": "Import"}, "import-2", "Import"),
    ],
)
def test_a_name_comes_of_the_label_and_the_other_way_round(
    owner: Person, body: dict[str, Any], name: str, label: str
) -> None:
    made = done(owner, "post", API, body)
    assert (made["name"], made["label"], made["rules"]) == (name, label, [])


def test_of_label_and_name_one_is_needed(owner: Person) -> None:
    assert call(owner, "post", API, PRICING).json()["errors"] == {"label": ["Give a label or a name."]}


@pytest.mark.parametrize("name", ["import", "templates", "feel", "0b7e2ba2-3c11-4bd1-9e27-6f5c35a4d1ac"])
def test_names_that_addresses_have_are_refused(owner: Person, name: str) -> None:
    assert refusal(call(owner, "post", API, {"name": name})) == (422, "name_reserved")


def test_a_name_is_taken_once_in_an_organization(owner: Person, stranger: Person) -> None:
    create(owner)
    assert refusal(call(owner, "post", API, {"name": "product-pricing"})) == (409, "table_name_taken")
    create(stranger)
    create(owner, "other")
    assert refusal(call(owner, "patch", at("other"), {"name": "product-pricing"})) == (409, "table_name_taken")
    done(owner, "delete", at("product-pricing"))
    done(owner, "patch", at("other"), {"name": "product-pricing"})


def test_the_list_leaves_rules_out_and_is_narrowed(owner: Person) -> None:
    create(owner, "first", application="shop")
    create(owner, "second", label="Discounts")
    first = owner.api.get(API, {"application": "shop"}).json()["items"]
    assert [(row["name"], row["rule_count"], "rules" in row) for row in first] == [("first", 3, False)]
    assert first[0]["input_columns"][0] == {"name": "quantity", "type": "number", "label": "Quantity"}
    assert names(owner, search="DISC") == ["second"]
    assert names(owner, ordering="name") == ["first", "second"]
    assert names(owner, ordering="-name", limit="1") == ["second"]
    assert refusal(owner.api.get(API, {"ordering": "rules"})) == (422, "invalid_ordering")


def test_replacing_the_draft_needs_the_tag_of_what_it_is_based_on(owner: Person) -> None:
    create(owner)
    tag = owner.api.get(at("product-pricing"))["ETag"]
    assert call(owner, "put", at("product-pricing"), PRICING, **{"If-Match": tag}).status_code == 200
    stale = call(owner, "put", at("product-pricing"), PRICING, **{"If-Match": tag})
    assert refusal(stale) == (412, "stale_write")
    assert owner.api.get(at("product-pricing"))["ETag"] == stale["ETag"]
    without = owner.api.put(at("product-pricing"), PRICING, format="json")
    assert refusal(without) == (428, "if_match_required")
    assert refusal(call(owner, "patch", at("product-pricing"), {"label": "X"}, **{"If-Match": tag}))[0] == 412


def test_what_a_put_leaves_out_is_empty_and_what_a_patch_leaves_out_stays(owner: Person) -> None:
    create(owner)
    patched = done(owner, "patch", at("product-pricing"), {"label": "Prices", "hit_policy": "UNIQUE"})
    assert (patched["label"], patched["hit_policy"], len(patched["rules"])) == ("Prices", "UNIQUE", 3)
    columns = {name: PRICING[name] for name in ("input_columns", "output_columns")}
    put = done(owner, "put", at("product-pricing"), columns)
    assert (put["label"], put["hit_policy"], put["rules"], put["default_outputs"]) == ("Prices", "FIRST", [], {})


def test_priorities_that_are_not_the_rows_are_kept(owner: Person) -> None:
    rules = [{**rule, "priority": 10 - row} for row, rule in enumerate(PRICING["rules"])]
    made = create(owner, rules=rules)
    assert [rule["priority"] for rule in made["rules"]] == [10, 9, 8]
    again = done(owner, "put", at("product-pricing"), made)
    assert again["rules"] == made["rules"]


def test_a_copy_is_a_table_of_its_own(owner: Person) -> None:
    made = create(owner)
    copy = done(owner, "post", at("product-pricing", "copy"), {})
    named = done(owner, "post", at("product-pricing", "copy"), {"name": "outlet", "label": "Outlet"})
    assert (copy["name"], copy["label"], named["name"]) == ("product-pricing-copy", "Product pricing (copy)", "outlet")
    assert copy["rules"] == made["rules"]
    assert copy["published_version"] is None


def test_the_trash_gives_a_table_back(owner: Person) -> None:
    made = create(owner)
    done(owner, "delete", at("product-pricing"))
    assert refusal(call(owner, "get", at("product-pricing"))) == (404, "table_not_found")
    create(owner, label="Another")
    back = done(owner, "post", at(made["id"], "restore"))
    assert (back["id"], back["name"], back["rules"]) == (made["id"], "product-pricing-2", made["rules"])
    assert sorted(names(owner)) == ["product-pricing", "product-pricing-2"]


def test_what_is_done_stands_in_the_audit_log(owner: Person) -> None:
    create(owner)
    done(owner, "patch", at("product-pricing"), {"label": "Prices"})
    done(owner, "put", at("product-pricing"), PRICING)
    publish(owner)
    done(owner, "delete", at("product-pricing"))
    told = AuditEvent.plain.filter(object_type="decision_table").order_by("id").values_list("verb", "changes")
    assert [verb.removeprefix("decision_table.") for verb, _ in told] == [
        "created", "updated", "saved", "published", "deleted",
    ]  # fmt: skip
    assert dict(told)["decision_table.updated"] == {"label": ["Product pricing", "Prices"]}


def test_the_same_key_makes_one_table(owner: Person) -> None:
    answers = [call(owner, "post", API, {"label": "Once"}, **{"Idempotency-Key": "k"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert DecisionTable.plain.count() == 1


def test_the_table_of_the_guide_is_taken_and_answers(owner: Person) -> None:
    page = (Path(__file__).parents[3] / "docs" / "guide" / "decision-tables.md").read_text()
    made = done(owner, "post", API, json.loads(page.partition("<<'JSON'\n")[2].partition("JSON\n")[0]))
    assert [made["name"], made["rule_count"], made["version"]] == ["shipping", 2, 1]
    costs = [
        done(owner, "post", at("shipping", "evaluate"), {"inputs": inputs})["outputs"]["costs"]
        for inputs in ({"country": "DE"}, {"country": "FR", "weight": 2}, {"country": "FR", "weight": 3})
    ]
    assert costs == [4.9, 9.9, 19.9]


def test_an_example_becomes_a_table(owner: Person) -> None:
    listed = done(owner, "get", at("templates"))["items"]
    assert [(item["name"], item["description"]) for item in listed] == [
        ("product-pricing", "Product pricing based on quantity and customer tier")
    ]
    made = [done(owner, "post", at("templates", "product-pricing"), {})["name"] for _ in range(2)]
    assert made == ["product-pricing", "product-pricing-2"]
    assert refusal(call(owner, "get", at("templates", "nothing"))) == (404, "template_not_found")
