"""The hosted page: what visitors see, what is refused, what a submission starts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.pages.models import Form, FormSubmission
from apps.workflows.execution.accept import queue_run
from apps.workflows.models import Execution, Workflow
from apps.workflows.serving import forms as workflow_forms
from exprsn.kernel.clock import utc_now
from tests.pages.contact import GOOD, open_contact, replace_draft, send, ticket_on
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, fields, go_live

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = ("say", "respond_to_webhook", {"respond_with": "text", "text_body": "=Order of {{ $json.name }} <b>"})


def nothing_happened() -> bool:
    return not FormSubmission.plain.exists() and not Execution.plain.exists()


def test_a_submission_starts_a_run_and_is_thanked_for(owner: Person) -> None:
    open_contact(owner, thanks="We will write <soon>.")
    client = Client(enforce_csrf_checks=True)
    answer = send(client=client, **{"field-2": "36", "field-4": ["tue", "mon"], "field-5": "on", "field-6": "pw"})
    assert answer.status_code == 303
    page = client.get(answer["Location"])
    assert (page.status_code, "We will write &lt;soon&gt;." in page.content.decode()) == (200, True)
    execution = Execution.plain.get()
    assert (execution.status, execution.trigger_mode, execution.environment) == ("success", "form", "testing")
    item = owner.api.get(f"/api/v1/executions/{execution.id}/").json()["trigger_data"][0]["json"]
    moment = item.pop("submittedAt")
    expected = {
        "name": "Ada", "email": "ada@example.com", "age": 36, "topic": None, "days": ["mon", "tue"], "terms": True,
        "secret": "pw", "source": "", "formMode": "production",
    }  # fmt: skip
    assert item == expected
    submission = FormSubmission.plain.get()
    assert (submission.reference, submission.status) == (str(execution.id), "accepted")
    assert submission.received_at.isoformat() == moment
    assert submission.data["secret"] is None
    assert len(submission.client) == 32


def test_the_page_sets_no_cookie_and_is_kept_by_nobody(owner: Person) -> None:
    open_contact(owner)
    page = Client().get("/forms/contact/")
    assert page.status_code == 200
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]
    policy = page["Content-Security-Policy"]
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy


def test_defaults_and_the_address_fill_the_page(owner: Person) -> None:
    open_contact(owner)
    page = Client().get("/forms/contact?name=Bob&secret=no&topic=sales&days=tue").content.decode()
    assert 'name="field-0" value="Bob"' in page
    assert 'name="field-7" value="site"' in page
    assert '<option value="sales" selected>' in page
    assert 'value="tue" checked' in page
    assert 'value="no"' not in page


def test_mistakes_are_named_and_answers_kept(owner: Person) -> None:
    open_contact(owner)
    answer = send(**{"field-0": "", "field-1": "ada@", "field-2": "7", "field-6": "pw"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "3 answers need another look" in page
    for link, words in [
        ("field-0", "Your name: give an answer."),
        ("field-1", "E-mail: give an e-mail address such as name@example.com."),
        ("field-2", "Age: give 18 or more."),
    ]:
        assert f'<a href="#{link}">{words}</a>' in page
    assert 'value="ada@"' in page
    assert "pw" not in page
    assert nothing_happened()


def test_the_same_page_sent_twice_is_one_submission(owner: Person) -> None:
    open_contact(owner)
    client = Client()
    ticket = ticket_on(client.get("/forms/contact"))
    first = client.post("/forms/contact", {**GOOD, "ticket": ticket})
    second = client.post("/forms/contact", {**GOOD, "ticket": ticket})
    assert first["Location"] == second["Location"]
    assert (FormSubmission.plain.count(), Execution.plain.count()) == (1, 1)


def test_mending_keeps_the_ticket(owner: Person) -> None:
    open_contact(owner)
    client = Client()
    ticket = ticket_on(client.get("/forms/contact"))
    assert ticket_on(client.post("/forms/contact", {"ticket": ticket})) == ticket


@pytest.mark.parametrize("ticket", ["", "forged", "of another form"])
def test_without_its_ticket_nothing_is_taken(owner: Person, ticket: str) -> None:
    open_contact(owner)
    open_contact(owner, "other")
    client = Client()
    if ticket == "of another form":
        ticket = ticket_on(client.get("/forms/other"))
    answer = client.post("/forms/contact", {**GOOD, "ticket": ticket})
    page = answer.content.decode()
    assert (answer.status_code, "open for too long" in page, 'value="Ada"' in page) == (200, True, True)
    assert nothing_happened()
    assert client.post("/forms/contact", {**GOOD, "ticket": ticket_on(answer)}).status_code == 303


def test_a_ticket_grows_old(owner: Person) -> None:
    open_contact(owner)
    client = Client()
    ticket = ticket_on(client.get("/forms/contact"))
    with time_machine.travel(utc_now() + timedelta(days=2), tick=False):
        assert client.post("/forms/contact", {**GOOD, "ticket": ticket}).status_code == 200
    assert nothing_happened()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 303),
        ({"Origin": "http://testserver"}, 303),
    ],
)
def test_posts_from_other_sites_are_refused(owner: Person, headers: dict[str, str], status: int) -> None:
    open_contact(owner)
    client = Client()
    ticket = ticket_on(client.get("/forms/contact"))
    answer = client.post("/forms/contact", {**GOOD, "ticket": ticket}, headers=headers)
    assert answer.status_code == status
    assert nothing_happened() is (status == 403)


def test_too_many_from_one_address(owner: Person, settings: Any) -> None:
    settings.EXPRSN_THROTTLING, settings.EXPRSN_RATE_FORM = True, "1/min"
    open_contact(owner)
    assert send().status_code == 303
    answer = send()
    assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 120) == (429, True)
    assert 'value="Ada"' in answer.content.decode()
    assert FormSubmission.plain.count() == 1


def test_too_much_at_once(owner: Person, settings: Any) -> None:
    settings.EXPRSN_FORM_MAX_BYTES = 2_000
    open_contact(owner)
    assert send(**{"field-0": "x" * 3_000}).status_code == 413
    assert nothing_happened()


def test_spam_is_kept_and_starts_nothing(owner: Person) -> None:
    open_contact(owner)
    assert send(homepage="http://spam.example", **{"field-0": "S" * 99}).status_code == 303
    submission = FormSubmission.plain.get()
    assert (submission.status, submission.reference, submission.data["name"]) == ("spam", "", "S" * 40)
    assert not Execution.plain.exists()


def test_unknown_and_closed_forms(owner: Person) -> None:
    made = open_contact(owner)
    unknown = Client().get("/forms/nothing")
    assert (unknown.status_code, "There is no form here" in unknown.content.decode()) == (404, True)
    assert 'href="/"' not in unknown.content.decode()  # nothing of it leads into the product
    ticket = ticket_on(Client().get("/forms/contact"))
    owner.api.post(f"/api/v1/workflows/{made['id']}/deactivate/", {}, format="json")
    for answer in (Client().get("/forms/contact"), Client().post("/forms/contact", {**GOOD, "ticket": ticket})):
        assert (answer.status_code, "This form is closed" in answer.content.decode()) == (404, True)
    assert nothing_happened()


def test_an_address_can_follow(owner: Person) -> None:
    open_contact(owner, redirect_url="https://example.com/thanks")
    assert "form-action 'self' https://example.com" in Client().get("/forms/contact")["Content-Security-Policy"]
    answer = send()
    assert (answer.status_code, answer["Location"]) == (303, "https://example.com/thanks")


def test_the_answer_of_the_workflow_is_shown_as_text(owner: Person) -> None:
    open_contact(owner, "order", TEXT, response_mode="when_finished")
    page = Client().get(send("order")["Location"]).content.decode()
    assert "Order of Ada &lt;b&gt;" in page


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (("r", "respond_to_webhook", {"respond_with": "json", "json_body": {"id": 7}}), "&quot;id&quot;: 7"),
        (("r", "respond_to_webhook", {"respond_with": "no_data"}), "Thank you"),
        (("r", "respond_to_webhook", {"respond_with": "no_data", "response_code": 500}), "This did not work out"),
        (
            ("r", "respond_to_webhook", {
                "respond_with": "text", "text_body": "<p>Hi &amp; <script>x()</script>bye</p>",
                "response_headers": [{"name": "Content-Type", "value": "text/html"}]}),
            "Hi &amp; x()bye",
        ),
        (("r", "respond_to_webhook", {"respond_with": "redirect", "redirect_url": "https://example.com/o?a=1&b=2"}),
         'content="0; url=https://example.com/o?a=1&amp;b=2"'),
        (("r", "respond_to_webhook", {"respond_with": "redirect", "redirect_url": "javascript:alert(1)"}), "Thank you"),
        (("r", "stop_and_error", {"message": "No"}), "This did not work out"),
        (("r", "no_op", {}), "Your answers have arrived."),
    ],
)  # fmt: skip
def test_other_ends_of_a_workflow(owner: Person, step: Any, words: str) -> None:
    open_contact(owner, "end", step, response_mode="when_finished")
    page = Client().get(send("end")["Location"]).content.decode()
    assert words in page
    assert "javascript:" not in page


def test_whoever_waits_sees_progress_and_then_the_answer(
    owner: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_contact(owner, "slow", TEXT, response_mode="when_finished")
    monkeypatch.setattr("apps.workflows.execution.accept.send_hint", lambda *_: None)
    monkeypatch.setattr("apps.pages.services.answers.HOLD_SECONDS", 0.05)
    address = send("slow")["Location"]
    page = Client().get(address).content.decode()
    assert 'data-live="pending"' in page
    state = address.replace("/done/", "/done/state/")
    assert Client().get(state).json() == {"state": "pending"}
    settings.EXPRSN_FORM_WAIT_SECONDS = 0
    page = Client().get(address).content.decode()
    assert ("Thank you" in page, 'data-live=""' in page) == (True, True)
    assert Client().get(state).json() == {"state": ""}


@pytest.mark.parametrize("receipt", ["", "forged", "of another"])
def test_a_receipt_must_be_ours(owner: Person, receipt: str) -> None:
    open_contact(owner)
    open_contact(owner, "other")
    if receipt == "of another":
        receipt = send("other")["Location"].partition("receipt=")[2]
    assert Client().get(f"/forms/contact/done/?receipt={receipt}").status_code == 404


def test_what_is_not_kept_any_more_has_no_page(owner: Person) -> None:
    open_contact(owner)
    address = send()["Location"]
    FormSubmission.plain.all().delete()
    assert Client().get(address).status_code == 404


def test_when_the_run_cannot_be_accepted_nothing_is_stored(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    open_contact(owner)

    def fail(start: Any) -> None:
        queue_run(start)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(workflow_forms, "queue_run", fail)
    client = Client(raise_request_exception=False)
    assert send(client=client).status_code == 500
    assert nothing_happened()


def test_a_workflow_that_is_not_active_refuses(owner: Person) -> None:
    open_contact(owner)
    Workflow.plain.update(status="paused")
    answer = send()
    assert (answer.status_code, "This form is closed" in answer.content.decode()) == (404, True)
    assert nothing_happened()


def test_a_run_keeps_the_version_that_the_form_was_published_with(owner: Person) -> None:
    made = open_contact(owner)
    version = Form.plain.get().owner_data["version"]
    replace_draft(owner, made, chain(MANUAL, fields("other", a="1")))
    send()
    assert str(Execution.plain.get().version_id) == version


def test_forms_without_fields_and_with_all_kinds_are_shown(owner: Person) -> None:
    every = [
        {"name": kind, "label": kind, "type": kind, "help": "Help", "placeholder": "Such", "required": True,
         **({"options": [{"value": "a"}, {"value": "b"}]} if kind in ("select", "radio", "multiselect") else {})}
        for kind in ("text", "textarea", "email", "number", "password", "date", "select", "radio", "checkbox",
                     "multiselect", "hidden")
    ]  # fmt: skip
    go_live(owner, chain(("f", "form", {"path": "empty"}), fields("a", b="1")), "Empty")
    go_live(owner, chain(("f", "form", {"path": "every", "fields": every}), fields("a", b="1")), "Every")
    assert "<h1>Empty</h1>" in Client().get("/forms/empty").content.decode()
    page = Client().get("/forms/every").content.decode()
    assert page.count('class="field') == 10
    answer = Client().post("/forms/every", {"ticket": ticket_on(Client().get("/forms/every"))})
    assert "11 answers need another look" in answer.content.decode()
