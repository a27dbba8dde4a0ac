"""Screens of workflows as a browser without JavaScript sees them; imports by command."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import DjangoAssertNumQueries

from apps.accounts.services.bootstrap import bootstrap
from apps.workflows.models import Execution, Workflow
from tests.e2e.journeys import export_text
from tests.people import PASSWORD, Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_list_finds_and_offers(owner: Person, mate: Person) -> None:
    create(owner, chain(MANUAL), "Alpha")
    create(owner, chain(MANUAL), "Beta")
    page = owner.client.get("/workflows/?search=alp").content.decode()
    assert "Alpha" in page
    assert "Beta" not in page
    assert "Publish" in page
    assert "Publish" not in mate.client.get("/workflows/").content.decode()
    assert "Nothing fits" in owner.client.get("/workflows/?search=zzz").content.decode()


def test_an_empty_installation_says_what_to_do_first(owner: Person) -> None:
    assert "No workflow yet" in owner.client.get("/workflows/").content.decode()
    assert "Nothing has run yet" in owner.client.get("/executions/").content.decode()
    assert "Nothing has run yet" in owner.client.get("/").content.decode()


def test_buttons_do_what_they_say(owner: Person) -> None:
    made = create(owner, chain(hook("screen"), fields("a", x="1")))
    path = f"/workflows/{made['id']}/"
    for action, status in (("publish", "draft"), ("activate", "active"), ("deactivate", "paused")):
        owner.client.post(f"{path}{action}/", {"back": path})
        assert Workflow.plain.get().status == status
    owner.client.post(f"{path}run/")
    execution = Execution.plain.get()
    assert "Timeline" in owner.client.get(f"/executions/{execution.id}/").content.decode()
    owner.client.post(f"/executions/{execution.id}/retry/")
    assert Execution.plain.count() == 2
    page = owner.client.post(f"/executions/{execution.id}/stop/", {"back": path}, follow=True)
    assert "already finished" in page.content.decode()
    owner.client.post(f"{path}delete/")
    assert owner.client.get(path).status_code == owner.client.get(f"{path}overview/").status_code == 404


def test_a_failed_run_says_where_and_why(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ("Printer", "stop_and_error", {"message": "Out of paper"})))
    owner.client.post(f"/workflows/{made['id']}/run/")
    page = owner.client.get(f"/executions/{Execution.plain.get().id}/").content.decode()
    assert "“Printer” failed" in page
    assert "Out of paper" in page


def test_faults_are_shown_before_publishing(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ("call", "http_request", {})))
    assert "is required" in owner.client.get(f"/workflows/{made['id']}/overview/").content.decode()
    page = owner.client.post(f"/workflows/{made['id']}/publish/", {"back": "/workflows/"}, follow=True)
    assert "faults" in page.content.decode()


def test_a_strangers_screens_are_empty_or_not_there(owner: Person, stranger: Person) -> None:
    made = go_live(owner, chain(hook("closed"), fields("a", x="1")))
    owner.client.post(f"/workflows/{made['id']}/run/")
    execution = Execution.plain.get()
    assert "Demo" not in stranger.client.get("/workflows/").content.decode()
    for path in (f"/workflows/{made['id']}/overview/", f"/executions/{execution.id}/"):
        assert stranger.client.get(path).status_code == 404
    assert stranger.client.post(f"/workflows/{made['id']}/delete/").status_code == 404
    assert Workflow.plain.get().status == "active"


def test_names_are_text_and_never_markup(owner: Person) -> None:
    create(owner, chain(MANUAL), "<script>alert(1)</script>")
    page = owner.client.get("/workflows/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_lists_cost_a_bounded_number_of_statements(
    owner: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        owner.client.post(f"/workflows/{create(owner, chain(MANUAL), f'Flow {number}')['id']}/run/")
    for path in ("/", "/workflows/", "/executions/", f"/executions/{Execution.plain.first().id}/"):  # type: ignore[union-attr]
        with django_assert_max_num_queries(14):
            assert owner.client.get(path).status_code == 200


def test_pages_carry_a_strict_policy(owner: Person) -> None:
    policy = owner.client.get("/")["Content-Security-Policy"]
    assert "'strict-dynamic'" in policy
    assert "unsafe" not in policy


def test_import_by_file_shows_the_report(owner: Person, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    file.write_text(export_text("by-file"))
    with file.open("rb") as upload:
        page = owner.client.post("/workflows/import/", {"file": upload}).content.decode()
    assert "3 / 3" in page


def run_import(*arguments: str) -> dict[str, object]:
    out = StringIO()
    call_command("workflow", "import", *arguments, "--json", stdout=out, stderr=StringIO())
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer


def test_a_folder_is_imported_by_command(tmp_path: Path) -> None:
    bootstrap(email="root@example.com", password=PASSWORD)
    (tmp_path / "a.json").write_text(export_text("a"))
    (tmp_path / "index.json").write_text('{"about": "not a workflow"}')
    totals = {
        "workflows": 1,
        "failed": 0,
        "nodes": 3,
        "nodes_converted": 3,
        "expressions": 1,
        "expressions_supported": 1,
    }
    assert run_import(str(tmp_path))["totals"] == totals
    assert Workflow.plain.get().status == "draft"


def test_a_file_that_is_no_workflow_fails_the_command(tmp_path: Path) -> None:
    bootstrap(email="root@example.com", password=PASSWORD)
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(CommandError):
        run_import(str(tmp_path / "broken.json"), str(tmp_path / "missing.json"))


def test_the_demo_is_loaded_once_and_works() -> None:
    call_command("prepare", stdout=StringIO())
    call_command("prepare", stdout=StringIO())
    assert sorted(Workflow.plain.values_list("slug", "status")) == [
        ("morning-check", "draft"), ("order-desk", "active"), ("team-digest", "draft"),
    ]  # fmt: skip
