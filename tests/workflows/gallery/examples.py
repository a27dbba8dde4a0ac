"""What tests of the gallery share."""

from __future__ import annotations

from typing import Any

from tests.people import Person

API = "/api/v1/workflow-templates/"
SMTP = {"host": "mail.example.com", "port": 587, "security": "starttls", "user": "robot", "password": "secret"}


def used(person: Person, slug: str, **body: Any) -> dict[str, Any]:
    """A workflow made of an example over the API."""
    answer = person.api.post(f"{API}{slug}/use/", body, format="json")
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def rehearsed(person: Person, made: dict[str, Any]) -> dict[str, Any]:
    """A dry run with nothing but the sample data that the example brings."""
    answer = person.api.post(f"/api/v1/workflows/{made['id']}/test/", {}, format="json")
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told
