"""Owner, editor, operator, mate and stranger at every door; after a refusal nothing has happened."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from apps.accounts.constants import Role
from apps.collaboration.models import CollaborationEvent
from apps.decision_tables.models import DecisionTable, DecisionTableVersion, DecisionTestCase, TableUse
from tests.decision_tables.api.doors import (
    ASKS,
    ASKS_OF_NOBODY,
    EVERY,
    INNER,
    LIST,
    MAKES,
    READS,
    ROOT,
    RUNS,
    SHARED,
    WRITES,
    published,
)
from tests.decision_tables.pricing import at, create, done, publish
from tests.people import Person, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(owner: Person) -> dict[str, str]:
    """A published table with a test."""
    made = create(owner)
    publish(owner)
    return {"t": made["id"], "c": done(owner, "post", at(made["id"], "tests"), {"name": "It answers"})["id"]}


def ask(client: APIClient, verb: str, path: str, body: Any = None) -> Any:
    return getattr(client, verb)(ROOT + path, body, format="json", headers={"If-Match": "*"})


def state() -> list[Any]:
    """Everything that a write could change."""
    return [
        list(model.plain.order_by("id").values_list(*names))
        for model, names in (
            (DecisionTable, ("id", "name", "label", "revision", "updated_at", "deleted_at", "published_id")),
            (DecisionTableVersion, ("id", "number")),
            (DecisionTestCase, ("id", "name", "updated_at")),
            (CollaborationEvent, ("id",)),
            (TableUse, ("id", "evaluations")),
        )
    ]


@pytest.mark.parametrize("who", ["owner", "editor"])
def test_who_may_write_can(
    request: pytest.FixtureRequest, ids: dict[str, str], who: str, subtests: pytest.Subtests
) -> None:
    """Each write finds the same: what the one before it did is taken back."""
    client = request.getfixturevalue(who).api
    doors = [*WRITES, *((*run, 200) for run in RUNS), *(("post", path, body, 201) for path, body in MAKES)]
    for verb, path, body, status in doors:
        with subtests.test(f"{verb} {path}"):
            before = transaction.savepoint()
            answer = ask(client, verb, path.format(**ids), body)
            transaction.savepoint_rollback(before)
            assert answer.status_code == status, answer.content


def test_a_viewer_reads_everything_and_changes_nothing(mate: Person, ids: dict[str, str]) -> None:
    before = state()
    for path in [*READS, LIST, *SHARED]:
        assert (path, ask(mate.api, "get", path.format(**ids)).status_code) == (path, 200)
    for verb, path, body in [*ASKS, *ASKS_OF_NOBODY]:
        assert (path, ask(mate.api, verb, path.format(**ids), body).status_code) == (path, 200)
    for verb, path, body in [*RUNS, *(write[:3] for write in WRITES if write[3] != 404)]:
        answer = ask(mate.api, verb, path.format(**ids), body)
        assert (verb, path, answer.status_code, answer.json()["code"]) == (verb, path, 403, "permission_denied")
    for path, body in MAKES:
        assert ask(mate.api, "post", path, body).status_code == 403
    assert state() == before


def test_an_operator_evaluates_and_changes_nothing(owner: Person, ids: dict[str, str]) -> None:
    operator = make_person("operator@example.com", owner.organization, Role.OPERATOR)
    for verb, path, body in RUNS:
        assert ask(operator.api, verb, path.format(**ids), body).status_code == 200
    assert ask(operator.api, "patch", f"decision-tables/{ids['t']}/", {"label": "Mine"}).status_code == 403


def test_a_stranger_finds_nothing_and_changes_nothing(stranger: Person, ids: dict[str, str]) -> None:
    before = state()
    for verb, path, body in INNER:
        for key in (ids["t"], "product-pricing"):
            answer = ask(stranger.api, verb, path.format(**{**ids, "t": key}), body)
            assert (verb, path, answer.status_code, answer.json()["code"]) == (verb, path, 404, "table_not_found")
    assert ask(stranger.api, "get", LIST).json()["items"] == []
    assert state() == before


def test_a_stranger_cannot_replace_a_table_by_import(stranger: Person, ids: dict[str, str]) -> None:
    body = {"format": "json", "content": {"rules": [], "input_columns": []}, "table": ids["t"]}
    assert ask(stranger.api, "post", "decision-tables/import/", body).status_code == 404


def test_without_a_token_every_door_is_closed(ids: dict[str, str]) -> None:
    before = state()
    for verb, path, body in EVERY:
        answer = ask(APIClient(), verb, path.format(**ids), body)
        assert (path, answer.status_code, answer.json()["code"]) == (path, 401, "not_authenticated")
    assert state() == before


def test_no_door_is_left_out() -> None:
    assert {(verb, path.partition("?")[0]) for verb, path, _ in EVERY} == published()


def test_other_methods_are_refused_with_a_code(owner: Person, ids: dict[str, str]) -> None:
    taken = {(verb, path.partition("?")[0]) for verb, path, _ in EVERY}
    for path in {path for _, path in taken}:
        for verb in ("get", "post", "put", "patch", "delete"):
            if (verb, path) not in taken:
                answer = ask(owner.api, verb, path.format(**ids), None if verb == "get" else {})
                assert (verb, path, answer.status_code) == (verb, path, 405)


def test_keys_of_nothing_are_not_found(owner: Person) -> None:
    for wrong in ("0", "x", "0" * 36, "%00", "00000000-0000-0000-0000-000000000000", "..", "1" * 5000):
        for path in ("{}/", "{}/versions/", "{}/stats/"):
            assert ask(owner.api, "get", "decision-tables/" + path.format(wrong)).status_code == 404
