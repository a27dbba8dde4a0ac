"""What the buttons on the screens of workflows do, for whom, and how it is taken back."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from apps.workflows.models import Execution, Webhook, Workflow
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)


def undo(client: Client, url: str) -> str:
    """Press the button of the toast that the page at ``url`` shows; the page that follows."""
    page = client.get(url).content.decode()
    found = re.search(r'<form method="post" action="([^"]+)">[^<]*<input[^>]*>\s*<button class="button small">', page)
    assert found, "no toast offers to undo"
    return client.post(found[1].replace("&amp;", "&"), follow=True).content.decode()


def test_a_deleted_workflow_is_brought_back_as_it_was(owner: Person) -> None:
    made = go_live(owner, chain(hook("back"), fields("a", x="1")))
    owner.client.post(f"/workflows/{made['id']}/delete/")
    assert Webhook.plain.count() == 0
    page = undo(owner.client, "/workflows/")
    assert "“Demo” is back." in page
    assert Workflow.plain.get().status == "active"
    assert Webhook.plain.get().path == "back"


def test_the_trash_lists_and_restores(owner: Person) -> None:
    assert "The trash is empty" in owner.client.get("/workflows/trash/").content.decode()
    made = create(owner, chain(MANUAL), "Alpha")
    owner.client.post(f"/workflows/{made['id']}/delete/")
    assert "Alpha" in owner.client.get("/workflows/trash/").content.decode()
    create(owner, chain(MANUAL), "Alpha")
    owner.client.post(f"/workflows/{made['id']}/restore/")
    assert sorted(Workflow.plain.filter(deleted_at=None).values_list("slug", flat=True)) == ["alpha", "alpha-2"]
    assert owner.client.post(f"/workflows/{made['id']}/restore/").status_code == 404


def test_pausing_and_activating_can_be_undone(owner: Person) -> None:
    made = go_live(owner, chain(hook("toggle"), fields("a", x="1")))
    path = f"/workflows/{made['id']}/"
    owner.client.post(f"{path}deactivate/")
    undo(owner.client, path)
    assert Workflow.plain.get().status == "active"
    owner.client.post(f"{path}deactivate/")
    owner.client.get(path)
    owner.client.post(f"{path}activate/")
    undo(owner.client, path)
    assert Workflow.plain.get().status == "paused"


def test_publishing_an_earlier_version_can_be_undone(owner: Person) -> None:
    made = go_live(owner, chain(hook("one"), fields("a", x="1")))
    changed = {"definition": chain(hook("two"), fields("a", x="2"))}
    etag = owner.api.get(f"/api/v1/workflows/{made['id']}/")["ETag"]
    owner.api.put(f"/api/v1/workflows/{made['id']}/", changed, format="json", HTTP_IF_MATCH=etag)
    path = f"/workflows/{made['id']}/"
    owner.client.post(f"{path}publish/")
    assert Webhook.plain.get().path == "two"
    undo(owner.client, path)
    assert Webhook.plain.get().path == "one"
    owner.client.post(f"{path}publish/")
    assert "Publish v1" in owner.client.get(f"{path}overview/").content.decode()
    owner.client.post(f"{path}publish/", {"version": "1"})
    assert Webhook.plain.get().path == "one"


def test_a_version_that_is_not_there_is_refused(owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    assert owner.client.post(f"/workflows/{made['id']}/publish/", {"version": "99"}).status_code == 404


def test_a_copy_is_shown_and_can_be_undone(editor: Person) -> None:
    made = create(editor, chain(MANUAL), "Alpha")
    page = editor.client.post(f"/workflows/{made['id']}/duplicate/", follow=True)
    assert "Copied as “Alpha (copy)”." in page.content.decode()
    editor.client.post(f"/workflows/{made['id']}/duplicate/")
    undo(editor.client, "/workflows/")
    assert Workflow.plain.filter(deleted_at=None).count() == 2


def test_renaming_keeps_what_was_typed_when_it_is_wrong(owner: Person) -> None:
    path = f"/workflows/{create(owner, chain(MANUAL))['id']}/rename/"
    assert 'value="Demo"' in owner.client.get(path).content.decode()
    page = owner.client.post(path, {"name": "x", "description": "Kept words"}).content.decode()
    assert "Kept words" in page
    assert 'aria-invalid="true"' in page
    page = owner.client.post(path, {"name": "Order desk", "description": "Kept words"}, follow=True).content.decode()
    assert "Saved." in page
    assert Workflow.plain.get().name == "Order desk"


ACTIONS = ("run", "publish", "activate", "deactivate", "duplicate", "rename", "delete", "restore")


@pytest.mark.parametrize("action", ACTIONS)
def test_who_may_only_look_changes_nothing(owner: Person, mate: Person, stranger: Person, action: str) -> None:
    made = create(owner, chain(MANUAL))
    if action == "restore":
        owner.client.post(f"/workflows/{made['id']}/delete/")
    before = Workflow.plain.values().get()
    path = f"/workflows/{made['id']}/{action}/"
    assert mate.client.post(path, {"name": "Taken over"}).status_code == 403
    assert stranger.client.post(path, {"name": "Taken over"}).status_code == 404
    assert Client().post(path).status_code == 302
    assert Workflow.plain.values().get() == before
    assert Execution.plain.count() == 0


@pytest.mark.parametrize("action", [name for name in ACTIONS if name != "rename"])
def test_links_do_nothing_only_buttons_do(owner: Person, action: str) -> None:
    made = create(owner, chain(MANUAL))
    assert owner.client.get(f"/workflows/{made['id']}/{action}/").status_code == 405


def test_who_may_only_look_is_offered_only_the_export(owner: Person, mate: Person) -> None:
    made = create(owner, chain(MANUAL))
    page = mate.client.get(f"/workflows/{made['id']}/overview/").content.decode()
    assert "Export" in page
    assert [word for word in ("Rename", "Duplicate", "Delete", "Publish", 'id="rename"') if word in page] == []
    assert "Import one" not in mate.client.get("/workflows/").content.decode()


def test_the_page_names_the_step_of_a_fault(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ("Fetch prices", "http_request", {})))
    page = owner.client.get(f"/workflows/{made['id']}/overview/").content.decode()
    assert "<strong>Fetch prices:</strong>" in page
    assert "definition.nodes" not in page
    assert "HTTP request" in page


def test_a_step_of_an_unknown_type_is_shown_too(owner: Person) -> None:
    made = create(owner, chain(MANUAL, ("Mystery", "not_installed", {})))
    page = owner.client.get(f"/workflows/{made['id']}/overview/").content.decode()
    assert "Mystery" in page
    assert "not_installed" in page


def test_a_refused_import_keeps_the_text_and_says_why(owner: Person, mate: Person) -> None:
    page = owner.client.post("/workflows/import/", {"text": '{"nodes": <oops>'}).content.decode()
    assert "Nothing was imported" in page
    assert "{&quot;nodes&quot;: &lt;oops&gt;" in page
    assert "Choose a file or paste" in owner.client.post("/workflows/import/", {"text": " "}).content.decode()
    assert mate.client.post("/workflows/import/", {"text": "{}"}).status_code == 403
    assert Workflow.plain.count() == 0


def test_a_page_after_the_first_leads_back(owner: Person) -> None:
    for number in range(51):
        create(owner, chain(MANUAL), f"Flow {number:02d}")
    first = owner.client.get("/workflows/?search=flow").content.decode()
    following = re.search(r'href="(\?[^"]*before=[^"]+)" rel="next"', first)
    assert following
    later = owner.client.get(f"/workflows/{following[1].replace('&amp;', '&')}").content.decode()
    assert "Flow 00" in later
    assert 'href="?search=flow"' in later
