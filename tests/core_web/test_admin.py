"""The administration: every screen opens, lists cost a bounded number of statements, changes go through services."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.constants import Role
from apps.accounts.models import ApiToken, AuditEvent, Membership, Organization, Team, User
from apps.connections.models import Credential
from apps.connections.services.credentials import create_credential
from apps.core.models import HostBreaker, IdempotencyRecord, LockRow, OutboxEvent
from apps.pages.models import Form, FormSubmission
from apps.workflows.models import (
    EventTrigger,
    Execution,
    ExecutionLog,
    Listening,
    NodeExecution,
    Schedule,
    Webhook,
    Workflow,
    WorkflowStaticData,
    WorkflowVersion,
)
from exprsn.kernel.clock import utc_now
from tests.decision_tables.pricing import at, done, publish
from tests.decision_tables.pricing import create as create_table
from tests.people import PASSWORD, Person, make_person
from tests.workflows.execution.questions import open_question
from tests.workflows.execution.starts import run_by_hand
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OURS = [model for model in MODELS if model.__module__.startswith("apps.")]
HISTORY = (AuditEvent, WorkflowVersion, Execution, NodeExecution, ExecutionLog, Webhook, Schedule, Credential, ApiToken)


@pytest.fixture
def root(db: None) -> Person:
    """An administrator of the installation, in no organization but the personal one."""
    user = User.objects.create_superuser("root@example.com", PASSWORD)
    return Person(user, Organization.objects.get(created_by=user))


@pytest.fixture
def back_office(root: Person) -> Client:
    return root.client


def fill(number: int) -> Person:
    """A row of every kind, in an organization of their own."""
    owner = make_person(f"person{number}@example.com")
    mine = {"organization": owner.organization}
    Team.plain.create(name="Sales", **mine)
    assert owner.token
    create_credential(actor=owner.actor, name="Shop", kind="bearer", fields={"token": "s3cret-value"})
    made = go_live(owner, chain(hook(f"admin-{number}"), fields("a", x="1")))
    owner.client.post(f"/workflows/{made['id']}/run/")
    execution = Execution.plain.filter(**mine).get()
    NodeExecution.plain.create(
        execution=execution, node_id="n", node_name="Set", node_type="set", status="success", execution_order=9, **mine
    )
    ExecutionLog.plain.create(execution=execution, timestamp=utc_now(), level="info", message="hello", **mine)
    workflow = Workflow.plain.get(**mine)
    edit = {"op_id": str(uuid4()), "type": "variables_changed", "path": ["variables", "x"], "new": 1}
    owner.api.post(f"/api/v1/workflows/{made['id']}/operations/", {"base_seq": 0, "ops": [edit]}, format="json")
    Schedule.plain.create(workflow=workflow, version=execution.version, node_id="s", next_run_at=utc_now(), **mine)
    EventTrigger.plain.create(workflow=workflow, version=execution.version, node_id="e", event_type="t", **mine)
    WorkflowStaticData.plain.create(workflow=workflow, key="n", data={"secret": "s3cret-value"}, **mine)
    soon = utc_now()
    open_question(Execution.plain.filter(workflow_id=made["id"])[0].id)
    Listening.plain.create(
        workflow=workflow, node_id="n", path="a", route=f"a{number}", segments=1, expires_at=soon, **mine
    )
    form = Form.plain.create(slug=f"admin-{number}", name="Shop", title="Shop", owner_id=str(number), **mine)
    FormSubmission.plain.create(form=form, data={"code": "s3cret-value"}, received_at=soon, **mine)
    create_table(owner)
    publish(owner)
    done(owner, "post", at("product-pricing", "tests"), {"name": "It", "inputs": {"customer_tier": "s3cret-value"}})
    HostBreaker.plain.create(host=f"h{number}.example", organization_id=owner.organization.id)
    LockRow.objects.create(name=f"lock{number}", fence=1, acquired_at=soon, expires_at=soon)
    IdempotencyRecord.objects.create(scope="s", key=f"k{number}", fingerprint="f", locked_until=soon, expires_at=soon)
    OutboxEvent.objects.create(
        event_id=uuid4(), subscriber="s", type="t", version=1, occurred_at=soon, available_at=soon,
        organization_id=owner.organization.id, payload=b"hidden-payload",
    )  # fmt: skip
    return owner


def list_of(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def page_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def act(client: Client, row: Any, action: str) -> str:
    data = {"action": action, "_selected_action": [str(row.pk)], "index": "0"}
    return client.post(list_of(type(row)), data, follow=True).content.decode()


def test_every_screen_opens_for_every_kind_of_row(back_office: Client) -> None:
    fill(1)
    assert back_office.get("/admin/").status_code == 200
    for model in MODELS:
        assert back_office.get(list_of(model)).status_code == 200, model
        assert back_office.get(list_of(model), {"q": "x' %"}).status_code == 200, model
        for row in model._default_manager.all()[:3]:
            answer = back_office.get(page_of(row))
            assert answer.status_code == 200, model
            assert "s3cret-value" not in answer.content.decode()
    assert [model for model in OURS if not model._default_manager.exists()] == []


def test_every_filter_can_be_chosen(back_office: Client) -> None:
    owner = fill(1)
    for model in OURS:
        page = back_office.get(list_of(model))
        for spec in page.context["cl"].filter_specs:
            for choice in spec.choices(page.context["cl"]):
                assert back_office.get(list_of(model) + choice["query_string"]).status_code == 200, (model, choice)
    chosen = back_office.get(list_of(Workflow), {"organization__id__exact": str(owner.organization.id)})
    assert chosen.context["cl"].result_count == 1


def test_long_lists_ask_the_database_no_more_than_short_ones(back_office: Client) -> None:
    counts: list[dict[Any, int]] = []
    for number in (1, 2):
        fill(2 * number)
        fill(2 * number + 1)
        counts.append({})
        for model in OURS:
            back_office.get(list_of(model))
            with CaptureQueriesContext(connection) as asked:
                back_office.get(list_of(model))
            counts[-1][model._meta.label] = len(asked)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 8


def test_secrets_are_on_no_screen(back_office: Client) -> None:
    owner = fill(1)
    token, credential = ApiToken.plain.get(), Credential.plain.get()
    for row in (token, credential):
        page = back_office.get(page_of(row)).content.decode() + back_office.get(list_of(type(row))).content.decode()
        assert token.digest not in page
        assert owner.token not in page
        assert bytes(credential.payload).decode() not in page
    assert "hidden-payload" not in back_office.get(page_of(OutboxEvent.objects.get())).content.decode()


@pytest.mark.parametrize("model", HISTORY, ids=lambda model: model.__name__)
def test_history_is_looked_at_only(back_office: Client, model: Any) -> None:
    fill(1)
    row = model._default_manager.first()
    page = page_of(row)
    assert back_office.post(page, {"name": "Changed"}).status_code == 403
    assert back_office.post(page.replace("/change/", "/delete/"), {"post": "yes"}).status_code == 403
    assert back_office.post(list_of(model) + "add/", {}).status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()


def test_who_is_no_administrator_is_not_let_in(owner: Person) -> None:
    for path in ("/admin/", list_of(User), list_of(Credential)):
        assert owner.client.get(path).status_code == 302
    assert owner.client.get("/admin/", follow=True).status_code == 403


def test_staff_may_only_look(root: Person, owner: Person) -> None:
    User.objects.filter(id=owner.user.id).update(is_staff=True)
    assert owner.client.get(list_of(User)).status_code == 403
    owner.user.user_permissions.set(Permission.objects.filter(codename__regex="^(view|change)_"))
    workflow = Workflow.plain.get(id=go_live(owner, chain(hook("staff"), fields("a", x="1")))["id"])
    assert owner.client.get(list_of(User)).status_code == 200
    assert owner.client.post(page_of(owner.user), {"is_superuser": "on"}).status_code == 403
    assert "Deactivate the workflows" not in act(owner.client, workflow, "deactivate")
    workflow.refresh_from_db()
    owner.user.refresh_from_db()
    assert (workflow.status, owner.user.is_superuser) == ("active", False)


def test_an_execution_is_paused_and_goes_on(back_office: Client, owner: Person) -> None:
    rest = ("rest", "wait", {"mode": "duration", "amount": 1, "unit": "hours"})
    row = Execution.plain.get(id=run_by_hand(owner, create(owner, chain(MANUAL, rest)))["id"])
    for action, status in (("pause", "paused"), ("resume", "waiting")):
        assert "Done for 1 row" in act(back_office, row, action)
        row.refresh_from_db()
        assert row.status == status


def test_a_token_is_revoked(back_office: Client, owner: Person) -> None:
    assert owner.api.get("/api/v1/me/").status_code == 200
    assert "Done for 1 row" in act(back_office, ApiToken.plain.get(), "revoke")
    assert owner.api.get("/api/v1/me/").json()["code"] == "token_revoked"
    event = AuditEvent.plain.get(verb="token.revoked")
    assert (event.actor_label, event.organization) == ("root@example.com", owner.organization)


def test_workflows_are_deactivated_and_activated(back_office: Client, owner: Person) -> None:
    made = go_live(owner, chain(hook("office"), fields("a", x="1")))
    workflow = Workflow.plain.get(id=made["id"])
    for action, status in (("deactivate", "paused"), ("activate", "active")):
        assert "Done for 1 row" in act(back_office, workflow, action)
        workflow.refresh_from_db()
        assert workflow.status == status
    assert Webhook.plain.count() == 1


def test_a_refused_action_says_why(back_office: Client, owner: Person) -> None:
    draft = Workflow.plain.get(id=create(owner, chain(MANUAL), "Fresh")["id"])
    said = act(back_office, draft, "activate")
    assert "Fresh: Publish the workflow before you activate it." in said
    assert "Done" not in said


def test_executions_are_stopped_and_run_again(back_office: Client, owner: Person) -> None:
    made = create(owner, chain(MANUAL))
    owner.client.post(f"/workflows/{made['id']}/run/")
    execution = Execution.plain.get()
    Execution.plain.filter(id=execution.id).update(status="waiting", finished_at=None)
    assert "Done for 1 row" in act(back_office, execution, "stop")
    execution.refresh_from_db()
    assert execution.status == "canceled"
    assert "already finished" in act(back_office, execution, "stop")
    said = act(back_office, execution, "retry")
    assert "Done for 1 row" in said
    again = Execution.plain.get(retry_of=execution)
    assert f'href="{list_of(Execution)}{again.id}/change/"' in said


def person_form(**change: Any) -> dict[str, Any]:
    return {"email": "owner@example.com", "name": "", "locale": "en", "is_active": "on", **change}


def test_a_user_is_made_with_an_organization(back_office: Client) -> None:
    form = {"email": "New@Example.com", "name": "New", "usable_password": "true", "password1": PASSWORD}
    wrong = back_office.post(list_of(User) + "add/", {**form, "password2": "another"})
    assert "didn’t match" in wrong.content.decode()
    back_office.post(list_of(User) + "add/", {**form, "password2": PASSWORD})
    made = User.objects.get(email="new@example.com")
    assert made.check_password(PASSWORD)
    assert Membership.objects.get(user=made).role == Role.OWNER
    assert AuditEvent.plain.get(verb="user.created").actor_label == "root@example.com"


def test_groups_of_staff_are_changed_and_noted(back_office: Client, owner: Person) -> None:
    support = Group.objects.create(name="Support")
    back_office.post(page_of(owner.user), person_form(groups=[str(support.pk)]))
    assert list(owner.user.groups.all()) == [support]
    assert AuditEvent.plain.get(verb="user.changed").changes == {"groups": ["", "Support"]}


def test_a_user_is_changed_and_closed_and_opened_again(back_office: Client, owner: Person) -> None:
    back_office.post(page_of(owner.user), person_form(name="Ada", is_staff="on"))
    owner.user.refresh_from_db()
    assert (owner.user.name, owner.user.is_staff) == ("Ada", True)
    assert AuditEvent.plain.get(verb="user.changed").changes == {"name": ["", "Ada"], "is_staff": [False, True]}
    for action, active in (("close", False), ("reopen", True)):
        act(back_office, owner.user, action)
        owner.user.refresh_from_db()
        assert owner.user.is_active is active


def test_nobody_closes_or_demotes_themselves(back_office: Client, root: Person) -> None:
    assert "own account" in act(back_office, root.user, "close")
    answer = back_office.post(page_of(root.user), person_form(email="root@example.com", is_staff="on"), follow=True)
    assert "own account" in answer.content.decode()
    root.user.refresh_from_db()
    assert (root.user.is_active, root.user.is_superuser) == (True, True)


def test_another_password_is_set_and_noted(back_office: Client, owner: Person) -> None:
    form = {"usable_password": "true", "password1": "another-long-password", "password2": "another-long-password"}
    back_office.post(page_of(owner.user).replace("/change/", "/password/"), form)
    owner.user.refresh_from_db()
    assert owner.user.check_password("another-long-password")
    assert AuditEvent.plain.get(verb="user.password_set").organization == owner.organization


def test_an_organization_gets_another_plan(back_office: Client, owner: Person) -> None:
    form = {"name": "Acme", "timezone": "UTC", "locale": "en", "plan": "large"}
    back_office.post(page_of(owner.organization), form)
    owner.organization.refresh_from_db()
    assert (owner.organization.name, owner.organization.plan) == ("Acme", "large")
    verbs = set(AuditEvent.plain.filter(object_type="organization").values_list("verb", flat=True))
    assert verbs == {"organization.updated", "organization.plan_changed"}
    refused = back_office.post(page_of(owner.organization), {**form, "timezone": "Mars/Base"}, follow=True)
    assert "There is no such time zone" in refused.content.decode()


def test_a_member_gets_another_role_but_one_owner_remains(back_office: Client, owner: Person, mate: Person) -> None:
    def membership(person: Person) -> Membership:
        return Membership.objects.get(user=person.user, organization=owner.organization)

    refused = back_office.post(page_of(membership(owner)), {"role": "viewer"}, follow=True)
    assert "Make somebody else an owner first" in refused.content.decode()
    back_office.post(page_of(membership(mate)), {"role": "owner"})
    back_office.post(page_of(membership(owner)), {"role": "viewer"})
    assert (membership(owner).role, membership(mate).role) == (Role.VIEWER, Role.OWNER)
