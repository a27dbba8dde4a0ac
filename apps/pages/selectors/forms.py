"""Reading forms for the hosted page and for their owners."""

from __future__ import annotations

from uuid import UUID

from apps.pages.constants import FormStatus
from apps.pages.contracts.forms import OpenForm
from apps.pages.models import Form, FormSubmission
from exprsn.kernel.errors import NotFound

_REASON = "hosted form"


def hosted_form(slug: str) -> Form:
    """The open form at an address; ``form_closed`` when there was one, else ``form_not_found``."""
    rows = Form.objects.for_system(reason=_REASON).filter(slug=slug)
    form = rows.filter(status=FormStatus.ACTIVE).first()
    if form is not None:
        return form
    if rows.exists():
        raise NotFound("This form is closed. Ask whoever gave you the address.", code="form_closed")
    raise NotFound("There is no form at this address.", code="form_not_found")


def received_submission(submission_id: UUID) -> FormSubmission:
    """A submission with its form, for whoever holds its receipt."""
    rows = FormSubmission.objects.for_system(reason=_REASON).select_related("form")
    submission = rows.filter(id=submission_id).first()
    if submission is None:
        raise NotFound("What was sent is no longer kept.", code="submission_not_found")
    return submission


def open_forms(organization_id: UUID, owner_type: str, owner_id: str) -> list[OpenForm]:
    """The open forms of one owner."""
    rows = Form.objects.for_organization(organization_id).filter(
        owner_type=owner_type, owner_id=owner_id, status=FormStatus.ACTIVE
    )
    return [OpenForm(*row) for row in rows.order_by("slug").values_list("id", "slug", "title")[:20]]
