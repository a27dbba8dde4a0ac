"""Examples beyond dry runs: called over their web address, and with the runs that they start."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.people import Person
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.gallery.examples import used

pytestmark = pytest.mark.django_db(transaction=True)


def address(person: Person, slug: str) -> str:
    """Where the webhook of an example answers once it was made, published and activated."""
    made = used(person, slug)
    for verb in ("publish", "activate"):
        assert person.api.post(f"/api/v1/workflows/{made['id']}/{verb}/", {}, format="json").status_code == 200
    path = next(n["parameters"]["path"] for n in made["definition"]["nodes"] if n["type"] == "webhook")
    return f"/webhook/{path}"


def call(client: Client, path: str, body: Any) -> tuple[int, Any]:
    answer = client.post(path, body, content_type="application/json")
    return answer.status_code, answer.json()


def test_an_order_is_taken_or_everything_wrong_is_told(owner: Person, client: Client) -> None:
    path = address(owner, "check-and-answer")
    order = {"customer": "Grace", "email": "grace@example.com", "quantity": 2, "unit_price": 1.15}
    assert call(client, path, order) == (201, {"ok": True, "customer": "Grace", "total": 2.3})
    told = ["customer is missing", "quantity must be above 0"]
    assert call(client, path, {**order, "customer": " ", "quantity": "many"}) == (422, {"ok": False, "problems": told})
    assert len(call(client, path, [])[1]["problems"]) == 4


@pytest.mark.parametrize(
    ("amount", "decided_by"), [(49.99, "rule"), (50, "team lead"), (500, "team lead"), ("501", "management")]
)
def test_the_amount_decides_who_approves(owner: Person, client: Client, amount: Any, decided_by: str) -> None:
    status, told = call(client, address(owner, "approve-expenses"), {"employee": "Ada", "amount": amount})
    assert (status, told["decided_by"]) == (200, decided_by)


def test_a_workflow_has_its_orders_priced_by_its_own_part(owner: Person) -> None:
    run = run_by_hand(owner, used(owner, "call-a-part"))
    found = owner.api.get(f"/api/v1/executions/{run['id']}/").json()
    assert found["status"] == "success"
    assert [(item["json"]["product"], item["json"]["total"]) for item in found["output"]] == [
        ("Coffee", 75.6),
        ("Tea", 9),
    ]
