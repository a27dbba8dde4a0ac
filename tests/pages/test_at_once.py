"""Many at once: the same page sent several times, and an address taken by two."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from apps.pages.models import Form, FormSubmission
from apps.workflows.models import Execution
from tests.pages.contact import GOOD, form_node, open_contact, ticket_on
from tests.people import Person
from tests.workflows.main_job.definitions import chain, create, fields

pytestmark = pytest.mark.django_db(transaction=True)


def side_by_side(work: Any, arguments: list[Any]) -> list[Any]:
    def done(argument: Any) -> Any:
        try:
            return work(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(done, arguments))


def test_one_page_sent_many_times_at_once_is_one_run(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.workflows.execution.accept.send_hint", lambda *_: None)
    open_contact(owner)
    ticket = ticket_on(Client().get("/forms/contact"))
    answers = side_by_side(lambda _: Client().post("/forms/contact", {**GOOD, "ticket": ticket}), list(range(4)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer["Location"] for answer in answers}) == 1
    assert (FormSubmission.plain.count(), Execution.plain.count()) == (1, 1)


def test_two_who_want_one_address(owner: Person, stranger: Person) -> None:
    made = []
    for person in (owner, stranger):
        workflow = create(person, chain(form_node(), fields("a", b="1")))
        person.api.post(f"/api/v1/workflows/{workflow['id']}/publish/", {}, format="json")
        made.append((person, workflow))

    def activate(entry: Any) -> int:
        person, workflow = entry
        path = f"/api/v1/workflows/{workflow['id']}/activate/"
        status: int = person.api.post(path, {}, format="json").status_code
        return status

    assert sorted(side_by_side(activate, made)) == [200, 409]
    assert Form.plain.filter(status="active").count() == 1
