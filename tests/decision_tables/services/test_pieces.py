"""Pieces that have a life of their own: the cache of compiled tables, exact numbers, what other apps are offered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.accounts.contracts import Actor
from apps.core.events import subscribe, subscriptions
from apps.decision_tables import public
from apps.decision_tables.contracts import TableReference, empty_document
from apps.decision_tables.services import documents
from apps.decision_tables.services.compiled import CompiledCache
from apps.decision_tables.services.json_numbers import json_text, plain, read_exactly, write_exactly
from exprsn.kernel.errors import Conflict, MalformedInput, NotFound
from tests.decision_tables.pricing import MANY_PREMIUM, at, create, done, publish
from tests.people import Person


def rules(count: int) -> dict[str, Any]:
    return {**empty_document(), "rules": [{"id": f"r{number}"} for number in range(count)]}


def test_a_table_is_compiled_once() -> None:
    cache, key, left = CompiledCache(), (uuid4(), 0), [rules(1)]
    kept = [cache.get(key, left.pop) for _ in range(3)]
    assert kept[0] is kept[1] is kept[2]


@pytest.mark.parametrize(("bounds", "kept"), [((2, 1000), 2), ((10, 25), 2), ((10, 5), 1)])
def test_the_cache_lets_go_of_what_was_used_longest_ago(bounds: tuple[int, int], kept: int) -> None:
    cache = CompiledCache(*bounds)
    keys = [(uuid4(), number) for number in range(4)]
    first = [cache.get(key, lambda: rules(10)) for key in keys]
    newest = list(zip(keys, first, strict=True))[-kept:]
    assert all(cache.get(key, lambda: rules(10)) is found for key, found in newest)
    assert cache.get(keys[0], lambda: rules(10)) is not first[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'{"a": 0.1}', {"a": 0.1}),
        (b'{"a": 12345678901234567890.01}', {"a": Decimal("12345678901234567890.01")}),
        (b'{"a": 0.1234567890123456789, "b": 1.5}', {"a": Decimal("0.1234567890123456789"), "b": 1.5}),
        (b'["12345678901234567890.01", 123456789012345678901]', ["12345678901234567890.01", 123456789012345678901]),
        (b"\xef\xbb\xbf[1.00000000000000000001]", [Decimal("1.00000000000000000001")]),
    ],
)
def test_digits_are_not_lost(text: bytes, value: Any) -> None:
    found = read_exactly(text)
    assert found == value
    assert repr(found) == repr(value)


@pytest.mark.parametrize("text", [b'{"a": 12345678901234567890.01', b'["\\u0000", 12345678901234567890.01]', b"[NaN]"])
def test_exact_reading_is_as_strict(text: bytes) -> None:
    with pytest.raises(MalformedInput):
        read_exactly(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=25, min_value=-(10**20), max_value=10**20))
@settings(max_examples=50)
def test_what_is_written_reads_the_same(number: Decimal) -> None:
    assert Decimal(str(read_exactly(write_exactly([number]))[0])) == number


def test_decimals_become_plain_numbers_where_they_must() -> None:
    value = {"a": [Decimal("8.50"), Decimal(15), Decimal("1E+30")], "b": (True, None, "x")}
    assert plain(value) == {"a": [8.5, 15, 1e30], "b": [True, None, "x"]}
    assert json_text({"a": Decimal("8.50"), "n": Decimal("NaN")}) == '{"a":8.50,"n":null}'
    assert write_exactly({"big": 2**70, "a": Decimal("0.5")}) == b'{"big": 1180591620717411303424, "a": 0.5}'


def test_documents_are_brought_up_to_date_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "SCHEMA_VERSION", 3)
    steps = {number: lambda found: {**found, "schema_version": found["schema_version"] + 1} for number in (1, 2)}
    monkeypatch.setattr(documents, "UPGRADES", steps)
    assert documents.upgraded({"schema_version": 1, "rules": []}) == {"schema_version": 3, "rules": []}


@pytest.mark.django_db
def test_other_apps_choose_and_ask(owner: Person, mate: Person, stranger: Person) -> None:
    made = create(owner, label="Prices")
    publish(owner)
    found = public.list_tables(actor=mate.actor, search="pri")
    assert [(each.name, each.label, each.published_version) for each in found] == [("product-pricing", "Prices", 1)]
    assert isinstance(found[0], TableReference)
    columns = public.find_columns(actor=mate.actor, table=made["id"])
    assert [column.name for column in (*columns.inputs, *columns.outputs)] == [
        "quantity", "customer_tier", "price", "discount",
    ]  # fmt: skip
    answer = public.evaluate_table(actor=owner.actor, table="product-pricing", inputs=MANY_PREMIUM)
    assert answer["outputs"] == {"price": 8.5, "discount": 15}
    assert public.list_tables(actor=stranger.actor) == []
    with pytest.raises(NotFound):
        public.evaluate_batch(actor=stranger.actor, table="product-pricing", rows=[{}])


@pytest.mark.django_db
def test_the_product_itself_asks_for_a_draft_by_name(owner: Person) -> None:
    create(owner)
    actor = Actor.system(owner.organization.id, "a run")
    with pytest.raises(Conflict, match="not been published"):
        public.evaluate_table(actor=actor, table="product-pricing", inputs={})
    assert public.evaluate_table(actor=actor, table="product-pricing", inputs={}, version="draft")["version"] == "draft"


@pytest.mark.django_db
def test_others_hear_what_happens(owner: Person, django_capture_on_commit_callbacks: Any) -> None:
    heard: list[tuple[str, Any]] = []
    kinds = [f"decision_table.{verb}" for verb in ("created", "updated", "published", "deleted", "restored")]
    handler = lambda event: heard.append((event.type, event.payload["published_version"]))  # noqa: E731
    for kind in kinds:
        subscribe(kind, handler)
    with django_capture_on_commit_callbacks(execute=True):
        made = create(owner)
        done(owner, "patch", at("product-pricing"), {"rules": []})
        publish(owner)
        done(owner, "delete", at("product-pricing"))
        done(owner, "post", at(made["id"], "restore"))
    for kind in kinds:
        subscriptions.remove(kind, handler)
    assert heard == list(zip(kinds, (None, None, 1, 1, 1), strict=True))
