"""The only way to get a form on behalf of somebody: scope and role in one step."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, QuerySet

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require
from apps.pages.models import Form, FormSubmission
from apps.pages.registry import form_owners
from exprsn.kernel.errors import NotFound


def visible_forms(actor: Actor) -> QuerySet[Form]:
    """The forms of the actor's organization, without those whose owner they may not find."""
    require(actor, Permission.READ)
    rows = Form.objects.for_organization(actor.organization_id)
    for owner_type, owner in form_owners.items():
        rows = rows.exclude(owner_type=owner_type, owner_id__in=owner.hidden_from(actor))
    return rows


def get_form(actor: Actor, form_id: UUID, permission: Permission) -> Form:
    """One form, or ``form_not_found``."""
    form = visible_forms(actor).filter(id=form_id).first()
    if form is None:
        raise NotFound("There is no form with this id in your organization.", code="form_not_found")
    require(actor, permission)
    return form


def submission_counts(actor: Actor, forms: Sequence[Form]) -> dict[UUID, int]:
    """How much was sent with each of the forms that the actor was given; those without are left out."""
    rows = FormSubmission.objects.for_organization(actor.organization_id).filter(form__in=forms)
    return dict(rows.order_by().values_list("form").annotate(Count("id")))


def submissions_of(actor: Actor, form: Form) -> QuerySet[FormSubmission]:
    """What was sent with a form that the actor was given."""
    return FormSubmission.objects.for_organization(actor.organization_id).filter(form=form)
