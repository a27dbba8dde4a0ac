"""Forms over the API and on the console: who sees what, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from apps.pages.models import Form, FormSubmission
from apps.workflows.models import Execution, Workflow
from tests.pages.contact import open_contact, send
from tests.people import Person

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERS = {"name": "Ada", "email": "ada@example.com", "age": 36, "days": ["mon"]}


def submit(person: Person, data: Any, **headers: str) -> Any:
    form = Form.plain.get()
    return person.api.post(f"/api/v1/forms/{form.id}/submit/", {"data": data}, format="json", headers=headers)


def test_a_form_and_what_was_sent(owner: Person, mate: Person) -> None:
    made = open_contact(owner)
    send()
    form = Form.plain.get()
    for person in (owner, mate):
        listed = person.api.get("/api/v1/forms/").json()["items"]
        shown = person.api.get(f"/api/v1/forms/{form.id}/").json()
        assert listed == [shown]
        assert (shown["path"], shown["status"], len(shown["fields"])) == ("/forms/contact", "active", 8)
        assert (shown["owner_type"], shown["owner_id"]) == ("workflow", made["id"].replace("-", ""))
        page = person.api.get(f"/api/v1/forms/{form.id}/submissions/?limit=1").json()
        assert page["items"][0]["data"]["name"] == "Ada"
        assert page["page_info"] == {"has_more": False, "next_cursor": None, "count": 1}


def test_submissions_come_in_pages(owner: Person) -> None:
    open_contact(owner)
    for name in ("a", "b", "c"):
        submit(owner, {**ANSWERS, "name": name})
    path, found = f"/api/v1/forms/{Form.plain.get().id}/submissions/", []
    cursor = ""
    while cursor is not None:
        page = owner.api.get(path, {"limit": 2, "cursor": cursor}).json()
        found += [row["data"]["name"] for row in page["items"]]
        cursor = page["page_info"]["next_cursor"]
    assert found == ["c", "b", "a"]


def test_the_list_says_how_much_was_sent_with_each(owner: Person) -> None:
    open_contact(owner)
    assert b'data-label="Submissions">0<' in owner.client.get("/forms/").content
    for name in ("a", "b"):
        submit(owner, {**ANSWERS, "name": name})
    page = owner.client.get("/forms/").content.decode()
    assert 'data-label="Submissions">2<' in page and 'data-label="Address"' in page


def test_strangers_find_nothing(owner: Person, stranger: Person) -> None:
    open_contact(owner)
    send()
    form = Form.plain.get()
    assert stranger.api.get("/api/v1/forms/").json()["items"] == []
    for path in ("", "submissions/"):
        answer = stranger.api.get(f"/api/v1/forms/{form.id}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "form_not_found")
    assert submit(stranger, ANSWERS).json()["code"] == "form_not_found"
    assert stranger.client.get(f"/forms/{form.id}/submissions/").status_code == 404
    assert Execution.plain.count() == 1


def test_forms_of_private_workflows_are_found_by_their_maker_alone(owner: Person, editor: Person) -> None:
    open_contact(owner)
    Workflow.plain.update(scope="user")
    form = Form.plain.get()
    assert editor.api.get("/api/v1/forms/").json()["items"] == []
    assert editor.api.get(f"/api/v1/forms/{form.id}/submissions/").status_code == 404
    assert len(owner.api.get("/api/v1/forms/").json()["items"]) == 1


def test_a_program_sends_a_form(owner: Person) -> None:
    open_contact(owner)
    answer = submit(owner, ANSWERS, **{"Idempotency-Key": "one"})
    again = submit(owner, ANSWERS, **{"Idempotency-Key": "one"})
    assert (answer.status_code, again.json()) == (202, answer.json())
    submission = answer.json()["submission"]
    assert (submission["data"]["age"], submission["reference"]) == (36, str(Execution.plain.get().id))


def test_what_a_program_sends_is_checked(owner: Person, mate: Person) -> None:
    made = open_contact(owner)
    answer = submit(owner, {**ANSWERS, "email": "x", "days": ["never"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "form_values_invalid")
    assert set(answer.json()["errors"]) == {"email", "days"}
    assert submit(owner, "text").status_code == 422
    assert submit(mate, ANSWERS).status_code == 403
    owner.api.post(f"/api/v1/workflows/{made['id']}/deactivate/", {}, format="json")
    closed = submit(owner, ANSWERS)
    assert (closed.status_code, closed.json()["code"]) == (409, "form_closed")
    assert not FormSubmission.plain.exists()


def test_the_list_on_the_console(owner: Person, mate: Person) -> None:
    assert "No form yet" in owner.client.get("/forms/").content.decode()
    made = open_contact(owner)
    for person in (owner, mate):
        page = person.client.get("/forms/").content.decode()
        assert 'href="/forms/contact"' in page
        assert f'href="/workflows/{made["id"]}/"' in page


def test_submissions_on_the_console(owner: Person) -> None:
    made = open_contact(owner)
    form = Form.plain.get()
    path = f"/forms/{form.id}/submissions/"
    assert "Nothing has been sent yet" in owner.client.get(path).content.decode()
    send(**{"field-4": ["mon", "tue"], "field-6": "s3cret"})
    send(homepage="spam")
    page = owner.client.get(path).content.decode()
    assert "ada@example.com" in page
    assert "Monday, Tuesday" in page
    assert ">spam<" in page
    assert "s3cret" not in page
    assert f"/executions/{Execution.plain.get().id}/" in page
    assert path in owner.client.get(f"/workflows/{made['id']}/overview/").content.decode()


def test_the_console_is_for_those_who_are_signed_in(owner: Person, client: Any) -> None:
    open_contact(owner)
    for path in ("/forms/", f"/forms/{Form.plain.get().id}/submissions/"):
        assert client.get(path).status_code == 302


def test_the_administration_shows_no_answers(owner: Person) -> None:
    open_contact(owner)
    send()
    owner.user.is_staff = owner.user.is_superuser = True
    owner.user.save()
    assert owner.client.get(f"/admin/pages/form/{Form.plain.get().id}/change/").status_code == 200
    page = owner.client.get(f"/admin/pages/formsubmission/{FormSubmission.plain.get().id}/change/")
    assert page.status_code == 200
    assert "ada@example.com" not in page.content.decode()
