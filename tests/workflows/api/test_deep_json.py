"""JSON nested beyond the limit is refused at every door with 400 ``json_too_deep``, however deep; nothing is made."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.core.services.jsontext import MAX_DEPTH
from apps.workflows.models import Execution, Workflow
from tests.people import Person
from tests.workflows.api.calls import ECHO_BODY, call
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, go_live, hook

pytestmark = pytest.mark.django_db
URL = "/api/v1/workflows/"
DEPTHS = [MAX_DEPTH + 1, 1_025, 10_000, 500_000]


def lists(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


def objects(levels: int) -> bytes:
    return b'{"a":' * (levels - 1) + b"{}" + b"}" * (levels - 1)


def within(levels: int) -> bytes:
    """A body of this depth in all, with the nesting where trigger data stands."""
    return b'{"name": "Deep", "trigger_data": ' + lists(levels - 1) + b"}"


@pytest.mark.parametrize("levels", DEPTHS)
@pytest.mark.parametrize("make", [lists, objects, within])
def test_the_api_refuses_it_wherever_a_body_is_read(owner: Person, levels: int, make: Any) -> None:
    made = create(owner, chain(MANUAL))
    run = run_by_hand(owner, made)
    path, body = f"{URL}{made['id']}/", make(levels)
    doors = [("post", URL), ("put", path), ("patch", path), ("post", f"{URL}import/")]
    doors += [("post", f"{path}{verb}/") for verb in ("execute", "publish")]
    doors.append(("post", f"/api/v1/executions/{run['id']}/retry/"))
    for verb, door in doors:
        answer = getattr(owner.api, verb)(door, body, content_type="application/json", headers={"If-Match": "*"})
        assert (door, answer.status_code, answer.json()["code"]) == (door, 400, "json_too_deep")
    assert (Workflow.plain.count(), Execution.plain.count()) == (1, 1)


@pytest.mark.parametrize("levels", DEPTHS)
@pytest.mark.parametrize("content_type", ["application/json", "application/ld+json", "Application/JSON; charset=utf-8"])
def test_webhooks_refuse_it_in_json_of_every_name(owner: Person, levels: int, content_type: str) -> None:
    go_live(owner, chain(hook("deep"), ECHO_BODY))
    answer = call("deep", lists(levels), content_type)
    assert (answer.status_code, answer.json()["code"]) == (400, "json_too_deep")
    assert not Execution.plain.exists()


def test_a_webhook_takes_what_is_just_within_the_limit_and_keeps_it(owner: Person) -> None:
    go_live(owner, chain(hook("deep", response_mode="immediately")))
    assert call("deep", lists(MAX_DEPTH)).status_code == 202
    execution = owner.api.get(f"/api/v1/executions/{Execution.plain.get().id}/").json()
    assert execution["trigger_data"][0]["json"]["body"] == json.loads(lists(MAX_DEPTH))


def test_trigger_data_just_within_the_limit_runs_and_is_shown(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    body = within(MAX_DEPTH)[:-1] + b', "wait": true}'
    answer = owner.api.post(f"{URL}{made['id']}/execute/", body, content_type="application/json")
    execution = owner.api.get(f"/api/v1/executions/{answer.json()['execution']['id']}/").json()
    assert execution["output"][0]["json"]["data"] == json.loads(lists(MAX_DEPTH - 1))
    assert owner.api.get(f"/api/v1/executions/{execution['id']}/nodes/").status_code == 200


def test_a_definition_has_a_lower_limit_that_names_the_place(owner: Person) -> None:
    for levels, status in ((90, 201), (103, 422), (MAX_DEPTH - 1, 422)):
        body = b'{"name": "Deep", "definition": {"nodes": [], "connections": [], "variables": {"v": %s}}}'
        answer = owner.api.post(URL, body % lists(levels - 2), content_type="application/json")
        assert answer.status_code == status
        if status == 422:
            assert (answer.json()["code"], list(answer.json()["errors"])) == ("definition_invalid", ["definition"])


@pytest.mark.parametrize("levels", DEPTHS)
def test_the_import_screen_refuses_it(owner: Person, levels: int) -> None:
    answer = owner.client.post("/workflows/import/", {"text": lists(levels).decode()}, follow=True)
    assert answer.status_code < 500
    assert b"nested deeper than 200 levels" in answer.content
    assert not Workflow.plain.exists()


@pytest.mark.parametrize("levels", DEPTHS)
def test_the_import_command_refuses_it(owner: Person, tmp_path: Path, levels: int) -> None:
    (tmp_path / "deep.json").write_bytes(objects(levels))
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command(
            "workflow", "import", str(tmp_path), "--json", "--organization", owner.organization.slug, stdout=out
        )
    assert refused.value.returncode == 1
    found = json.loads(out.getvalue())
    assert (found["totals"]["failed"], found["workflows"][0]["error"]["code"]) == (1, "json_too_deep")
    assert not Workflow.plain.exists()
