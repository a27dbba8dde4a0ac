"""Forms follow the life of their workflow."""

from __future__ import annotations

from typing import Any

import pytest

from apps.accounts.contracts import Actor
from apps.pages.contracts.forms import FormDraft, FormOwnerKey
from apps.pages.models import Form, FormSubmission
from apps.pages.public import close_forms, define_form
from apps.workflows.models import Execution
from exprsn.kernel.errors import InvalidInput, NotAllowed
from tests.pages.contact import form_node, open_contact, replace_draft, send
from tests.people import Person
from tests.workflows.main_job.definitions import chain, create, fields

pytestmark = pytest.mark.django_db(transaction=True)


def act(person: Person, made: dict[str, Any], verb: str) -> Any:
    return person.api.post(f"/api/v1/workflows/{made['id']}/{verb}/", {}, format="json")


def state() -> list[tuple[str, str]]:
    return sorted(Form.plain.values_list("slug", "status"))


def test_a_form_is_open_while_its_workflow_is_active(owner: Person) -> None:
    made = create(owner, chain(form_node(), fields("a", b="1")))
    act(owner, made, "publish")
    assert state() == []
    act(owner, made, "activate")
    assert state() == [("contact", "active")]
    first = Form.plain.get().id
    act(owner, made, "deactivate")
    assert state() == [("contact", "closed")]
    act(owner, made, "activate")
    assert (state(), Form.plain.get().id) == ([("contact", "active")], first)
    owner.api.delete(f"/api/v1/workflows/{made['id']}/")
    assert state() == [("contact", "closed")]


def test_publishing_changes_the_form_and_closes_what_is_gone(owner: Person) -> None:
    made = open_contact(owner)
    send()
    other = chain(("second", "form", {"path": "second", "title": "Second"}), fields("a", b="1"))
    replace_draft(owner, made, other)
    assert act(owner, made, "publish").status_code == 200
    assert state() == [("contact", "closed"), ("second", "active")]
    assert FormSubmission.plain.count() == 1


def test_an_address_belongs_to_one_open_form_of_the_installation(owner: Person, stranger: Person) -> None:
    first = open_contact(owner)
    made = create(stranger, chain(form_node(), fields("a", b="1")))
    act(stranger, made, "publish")
    refused = act(stranger, made, "activate")
    assert (refused.status_code, refused.json()["code"]) == (409, "form_slug_taken")
    assert refused.json()["errors"] == {"definition.nodes[0].parameters.path": ["This address is taken."]}
    assert Form.plain.count() == 1
    act(owner, first, "deactivate")
    assert act(stranger, made, "activate").status_code == 200


@pytest.mark.parametrize(
    ("parameters", "place"),
    [
        ({"path": ""}, "path"),
        ({"path": "a/b"}, "path"),
        ({"redirect_url": "ftp://example.com"}, "redirect_url"),
        ({"fields": [{"name": "x", "pattern": "(a"}]}, "fields[0].pattern"),
        ({"fields": [{"name": "x"}, {"name": "x"}]}, "fields[1].name"),
        ({"title": "x" * 201}, "title"),
    ],
)
def test_faults_keep_a_workflow_from_being_published(owner: Person, parameters: Any, place: str) -> None:
    made = create(owner, chain(form_node(**parameters), fields("a", b="1")))
    refused = act(owner, made, "publish")
    assert refused.status_code == 422
    assert list(refused.json()["errors"]) == [f"definition.nodes[0].parameters.{place}"]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"slug": "a/b"}, "slug"),
        ({"slug": "x" * 101}, "slug"),
        ({"title": " "}, "title"),
        ({"thanks": "\x00"}, "thanks"),
        ({"redirect_url": "https://user@"}, "redirect_url"),
        ({"redirect_url": "https://a\nb"}, "redirect_url"),
        ({"redirect_url": "javascript:alert(1)"}, "redirect_url"),
        ({"response_mode": "never"}, "response_mode"),
        ({"fields": [{}]}, "fields[0]"),
    ],
)
def test_the_service_refuses_by_itself(owner: Person, changes: Any, place: str) -> None:
    given = {"slug": "ok", "name": "N", "title": "T", "fields": [], **changes}
    with pytest.raises(InvalidInput) as refused:
        define_form(actor=owner.actor, draft=FormDraft(owner=FormOwnerKey("x", "1"), **given))
    assert (refused.value.code, list(refused.value.errors)) == ("form_invalid", [place])
    assert not Form.plain.exists()


def test_who_may_not_publish_defines_and_closes_nothing(owner: Person, mate: Person, stranger: Person) -> None:
    open_contact(owner)
    key = FormOwnerKey("workflow", Form.plain.get().owner_id, "form")
    draft = FormDraft(owner=key, slug="mine", name="N", title="T", fields=[])
    with pytest.raises(NotAllowed):
        define_form(actor=mate.actor, draft=draft)
    with pytest.raises(NotAllowed):
        close_forms(actor=mate.actor, owner_type=key.type, owner_id=key.id)
    assert close_forms(actor=stranger.actor, owner_type=key.type, owner_id=key.id) == 0
    assert state() == [("contact", "active")]


def test_a_form_of_no_registered_owner_only_keeps_what_is_sent(owner: Person) -> None:
    system = Actor.system(owner.organization.id, "tests")
    draft = FormDraft(owner=FormOwnerKey("page", "1"), slug="plain", name="N", title="T", fields=[])
    define_form(actor=system, draft=draft)
    assert send("plain").status_code == 303
    assert (FormSubmission.plain.get().reference, Execution.plain.count()) == ("", 0)


def test_a_run_by_hand_makes_up_answers(owner: Person) -> None:
    made = create(owner, chain(form_node(), fields("a", text="={{ $json.email }} {{ $json.formMode }}")))
    run = owner.api.post(f"/api/v1/workflows/{made['id']}/execute/", {"wait": True}, format="json").json()
    found = owner.api.get(f"/api/v1/executions/{run['execution']['id']}/").json()
    assert found["output"][0]["json"] == {"text": "ada@example.com test"}
