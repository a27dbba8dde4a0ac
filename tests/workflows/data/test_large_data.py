"""Large payloads and long batches: out of the database and out of memory, and nobody notices; limits are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from apps.core.models import FileUse, StoredFile
from apps.core.services.files import delete_unused_files
from apps.workflows.engine.data_limits import limits
from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.execution.runner import execute_held_run
from apps.workflows.models import Execution, ExecutionPayload
from apps.workflows.models.packed import STORED
from apps.workflows.services.retention import _delete
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.execution.starts import begun
from tests.workflows.main_job.definitions import MANUAL, chain, create

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 40
# Keeps what comes and says how long the text is that it makes.
GROW = "grow", "set", {"assignments": [{"name": "text", "type": "string", "value": "={{ 'x'.repeat($json.size) }}"}]}
NUMBER = "number", "set", {"assignments": [{"name": "twice", "type": "number", "value": "={{ $json.n * 2 }}"}]}
EVEN = {
    "conditions": {
        "combinator": "and",
        "conditions": [
            {"left": "={{ $json.n % 2 }}", "operator": {"type": "number", "operation": "equals"}, "right": 0}
        ],
    }
}
LAST = "last", "set", {"assignments": [{"name": "back", "type": "number", "value": "={{ $('number').item.json.n }}"}]}


@pytest.fixture
def spilling() -> None:
    """Ten items are many."""
    limits.spill_items = 10


def ran(person: Person, made: dict[str, Any], items: Any) -> Execution:
    execution, lease = begun(person, made, items=items)
    execute_held_run(execution, lease)
    execution.refresh_from_db()
    return execution


def shown(person: Person, execution: Execution, query: str = "") -> dict[str, Any]:
    """The node runs by id, as the API tells them."""
    answer = person.api.get(f"/api/v1/executions/{execution.id}/nodes/{query}")
    return {run["node_id"]: run for run in answer.json()["items"]}


def random_text(size: int) -> str:
    """Text that cannot be packed small."""
    import random

    return random.Random(1).randbytes(size // 2).hex()


def test_a_large_payload_lies_in_the_storage_and_reads_the_same(owner: Person, settings: Any, folder: Path) -> None:
    settings.EXPRSN_INLINE_BYTES = 10_000
    text = random_text(60_000)
    execution = ran(owner, create(owner, chain(MANUAL, ("n", "no_op", {}))), [{"json": {"text": text}}])
    payloads = list(ExecutionPayload.plain.order_by("id"))
    assert [payload.encoding >= STORED for payload in payloads] == [True, True]
    assert max(len(payload.data) for payload in payloads) == 16
    found = owner.api.get(f"/api/v1/executions/{execution.id}/").json()
    assert (found["trigger_data"], found["output"][0]["json"]) == ([{"json": {"text": text}}], {"text": text})
    _delete([execution.id])
    StoredFile.objects.exclude(check_at=None).update(check_at=utc_now() - timedelta(seconds=1))
    delete_unused_files()
    assert (StoredFile.objects.count(), FileUse.objects.count()) == (0, 0)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_storage_that_is_away_keeps_payloads_in_the_database(
    owner: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EXPRSN_INLINE_BYTES = 1_000

    def fail(*_: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", fail)
    made = create(owner, chain(MANUAL, ("n", "no_op", {})))
    assert ran(owner, made, [{"json": {"text": random_text(5_000)}}]).status == "success"
    assert {payload.encoding for payload in ExecutionPayload.plain.all()} == {1}


@pytest.mark.usefixtures("spilling")
def test_a_long_batch_goes_through_nodes_as_a_short_one_would(owner: Person) -> None:
    made = create(owner, chain(MANUAL, NUMBER, ("even", "filter", {"conditions": EVEN["conditions"]}), LAST))
    batch = ItemBatch(Item({"n": n}) for n in range(MANY))
    execution = ran(owner, made, batch)
    assert execution.status == "success", execution.error
    runs = shown(owner, execution)
    assert [(node, run["items_in"], run["items_out"]) for node, run in runs.items()] == [
        ("start", MANY, MANY), ("number", MANY, MANY), ("even", MANY, MANY // 2), ("last", MANY // 2, MANY // 2),
    ]  # fmt: skip
    expected = [{"n": n, "twice": n * 2, "back": n} for n in range(0, MANY, 2)]
    assert [item["json"] for item in runs["last"]["output"]["main"]] == expected
    found = owner.api.get(f"/api/v1/executions/{execution.id}/").json()
    assert ([item["json"] for item in found["output"]], len(found["trigger_data"])) == (expected, MANY)
    journal = ExecutionPayload.plain.get(kind="journal").value
    assert {type(entry["outputs"]["main"]) for entry in journal.values()} == {dict}


@pytest.mark.usefixtures("spilling")
def test_a_run_that_was_cut_off_reads_its_long_batches_again(owner: Person) -> None:
    steps = (MANUAL, NUMBER, ("wait", "wait", {"amount": 0}), LAST)
    definition = chain(*steps, settings={"save_progress": "every_node"})
    execution, lease = begun(owner, create(owner, definition), items=ItemBatch(Item({"n": n}) for n in range(MANY)))
    execute_held_run(execution, lease, slice_seconds=0.0)
    execution.refresh_from_db()  # it was handed over after the first node, to a worker that began with the journal
    assert (execution.status, execution.fence) == ("success", 2)
    runs = shown(owner, execution, "?items=first:3")
    assert [item["json"] for item in runs["last"]["output"]["main"]] == [
        {"n": n, "twice": n * 2, "back": n} for n in range(3)
    ]


@pytest.mark.usefixtures("spilling")
def test_a_retry_starts_with_the_long_batch_that_it_was(owner: Person) -> None:
    execution = ran(owner, create(owner, chain(MANUAL, NUMBER)), ItemBatch(Item({"n": n}) for n in range(MANY)))
    answer = owner.api.post(f"/api/v1/executions/{execution.id}/retry/", {}, format="json")
    again = Execution.plain.get(id=answer.json()["execution"]["id"])
    assert shown(owner, again)["number"]["items_out"] == MANY
    _delete([execution.id])
    StoredFile.objects.exclude(check_at=None).update(check_at=utc_now() - timedelta(seconds=1))
    delete_unused_files()
    assert len(shown(owner, again)["number"]["output"]["main"]) == MANY


@pytest.mark.parametrize(
    ("query", "counts"),
    [("", [3, 3]), ("?items=first:2", [2, 2]), ("?items=first:0", []), ("?items=first:1000", [3, 3])],
)
def test_so_many_items_as_were_asked_for(owner: Person, query: str, counts: list[int]) -> None:
    execution = ran(owner, create(owner, chain(MANUAL, ("n", "no_op", {}))), [{"json": {}}] * 3)
    run = shown(owner, execution, query)["n"]
    assert [len(items) for side in ("input", "output") for items in run[side].values()] == counts
    assert (run["items_in"], run["items_out"]) == (3, 3)


def test_a_summary_has_no_items(owner: Person) -> None:
    execution = ran(owner, create(owner, chain(MANUAL, ("n", "no_op", {}))), [{"json": {}}] * 3)
    run = shown(owner, execution, "?fields=summary")["n"]
    assert (any(run["input"].values()), any(run["output"].values()), run["items_out"]) == (False, False, 3)


@pytest.mark.parametrize("query", ["items=last:1", "items=first:1001", "items=first:", "items=first:x", "fields=all"])
def test_what_cannot_be_asked_for_is_said(owner: Person, query: str) -> None:
    execution = ran(owner, create(owner, chain(MANUAL)), [{"json": {}}])
    answer = owner.api.get(f"/api/v1/executions/{execution.id}/nodes/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_filter")


@pytest.fixture
def tight() -> Iterator[None]:
    """Limits that a test can pass."""
    limits.item_bytes, limits.node_bytes, limits.run_bytes = 1_000, 3_000, 8_000
    yield


@pytest.mark.usefixtures("tight")
@pytest.mark.parametrize("spill_items", [2, 100])
@pytest.mark.parametrize(
    ("sizes", "kind", "item"),
    [([10, 2_000, 10], "item_too_large", 1), ([900] * 5, "output_too_large", None)],
)
def test_an_item_and_an_output_have_a_limit(
    owner: Person, sizes: list[int], kind: str, item: int | None, spill_items: int
) -> None:
    limits.spill_items = spill_items
    execution = ran(owner, create(owner, chain(MANUAL, GROW)), [{"json": {"size": size}} for size in sizes])
    assert execution.error is not None
    assert (execution.status, execution.failed_node) == ("error", "grow")
    assert (execution.error["kind"], execution.error.get("item")) == (kind, item)


@pytest.mark.usefixtures("tight")
def test_a_run_has_a_limit(owner: Person) -> None:
    steps = [("grow", *GROW[1:]), *((f"n{at}", "no_op", {}) for at in range(5))]
    execution = ran(owner, create(owner, chain(MANUAL, *steps)), [{"json": {"size": 900}}] * 2)
    assert execution.error is not None
    assert (execution.failed_node, execution.error["kind"]) == ("n3", "run_too_large")


@pytest.mark.usefixtures("tight")
def test_a_limit_is_an_error_as_others_are(owner: Person) -> None:
    definition = chain(MANUAL, GROW, ("end", "no_op", {}))
    definition["nodes"][1]["on_error"] = "continue"
    execution = ran(owner, create(owner, definition), [{"json": {"size": 2_000}}])
    assert execution.status == "partial_success"
    assert shown(owner, execution)["end"]["output"]["main"][0]["json"] == {"size": 2_000}
