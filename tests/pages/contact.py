"""A form that tests share, its page and what is sent with it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from tests.people import Person
from tests.workflows.main_job.definitions import chain, fields, go_live

FIELDS: list[dict[str, Any]] = [
    {"name": "name", "label": "Your name", "required": True, "max_length": 40},
    {"name": "email", "label": "E-mail", "type": "email", "required": True},
    {"name": "age", "label": "Age", "type": "number", "min": 18, "max": 120},
    {"name": "topic", "label": "Topic", "type": "select", "options": [{"value": "sales", "label": "Sales"}]},
    {
        "name": "days",
        "label": "Days",
        "type": "multiselect",
        "options": [{"value": "mon", "label": "Monday"}, {"value": "tue", "label": "Tuesday"}],
    },
    {"name": "terms", "label": "I agree", "type": "checkbox"},
    {"name": "secret", "label": "Password", "type": "password"},
    {"name": "source", "label": "Source", "type": "hidden", "default": "site"},
]
GOOD = {"field-0": "Ada", "field-1": "ada@example.com"}


def form_node(path: str = "contact", **parameters: Any) -> tuple[str, str, dict[str, Any]]:
    """A form trigger."""
    return "form", "form", {"path": path, "title": "Contact us", "fields": FIELDS, **parameters}


def open_contact(person: Person, path: str = "contact", *steps: Any, **parameters: Any) -> dict[str, Any]:
    """An active workflow that greets whoever fills in its form."""
    steps = steps or (fields("greet", text="=Hi {{ $json.name }}"),)
    return go_live(person, chain(form_node(path, **parameters), *steps), f"Contact at {path}")


def ticket_on(page: Any) -> str:
    """The ticket of a shown form."""
    found = re.search(r'name="ticket" value="([^"]+)"', page.content.decode())
    assert found is not None
    return unescape(found[1])


def send(path: str = "contact", client: Client | None = None, **answers: Any) -> Any:
    """Open the page and send it."""
    client = client or Client(enforce_csrf_checks=True)
    ticket = ticket_on(client.get(f"/forms/{path}"))
    return client.post(f"/forms/{path}", {**GOOD, "ticket": ticket, **answers})


def replace_draft(person: Person, made: dict[str, Any], definition: dict[str, Any]) -> None:
    """Save another definition."""
    path = f"/api/v1/workflows/{made['id']}/"
    tag = person.api.get(path)["ETag"]
    answer = person.api.put(path, {"definition": definition}, format="json", headers={"If-Match": tag})
    assert answer.status_code == 200, answer.content
