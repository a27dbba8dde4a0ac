"""Taking what people send: checked, stored and handed to the form's owner in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.core.public import publish_event
from apps.pages.access import get_form
from apps.pages.constants import FormStatus, SubmissionStatus
from apps.pages.contracts.fields import FormField, read_fields
from apps.pages.contracts.forms import FormOwnerKey, Submitted
from apps.pages.engine.values import read_values
from apps.pages.models import Form, FormSubmission
from apps.pages.registry import form_owners
from apps.pages.services.field_messages import sentence
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Conflict, InvalidInput


@dataclass(frozen=True, slots=True)
class Sending:
    """How something was sent: from which page (``nonce``), by whom, and whether it looks like spam."""

    nonce: str = ""
    address: str = ""
    is_spam: bool = False


def submit_form(*, form: Form, given: Mapping[str, Any], sending: Sending) -> FormSubmission:
    """Accept a submission. The same page sent twice is one submission, and gives the first one again.

    Raises ``form_values_invalid`` with a sentence for each field.
    """
    fields = read_fields(form.fields)
    if sending.is_spam:
        # Kept, for whoever it is unjust to; checked by nobody, started nothing.
        known = {field.name: str(given.get(field.name) or "")[: field.longest] for field in fields}
        return _store(form, fields, known, sending)
    return _store(form, fields, checked_answers(fields, given), sending)


def checked_answers(fields: Sequence[FormField], given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by the names of the fields. Raises ``form_values_invalid`` with a sentence for each field."""
    values, faults = read_values(fields, given)
    if faults:
        by_name = {field.name: field for field in fields}
        errors = {name: [sentence(by_name[name], fault)] for name, fault in faults.items()}
        raise InvalidInput("Some answers are missing or wrong; see errors.", code="form_values_invalid", errors=errors)
    return values


def submit_for_actor(*, actor: Actor, form_id: Any, given: Mapping[str, Any]) -> FormSubmission:
    """Send a form on behalf of somebody of its organization. Raises ``form_closed``."""
    form = get_form(actor, form_id, Permission.EXECUTE)
    if form.status != FormStatus.ACTIVE:
        raise Conflict("This form is closed. Activate what publishes it first.", code="form_closed")
    return submit_form(form=form, given=given, sending=Sending(address=actor.ip))


def _store(form: Form, fields: list[FormField], values: dict[str, Any], sending: Sending) -> FormSubmission:
    submission = FormSubmission(
        organization_id=form.organization_id,
        form=form,
        status=SubmissionStatus.SPAM if sending.is_spam else SubmissionStatus.ACCEPTED,
        data=without_secrets(fields, values),
        received_at=utc_now(),
        client=_client(sending.address),
        nonce=sending.nonce,
    )
    try:
        with transaction.atomic():
            submission.save(force_insert=True)
            if not sending.is_spam:
                _hand_over(form, submission, values)
    except IntegrityError:
        first = _first_of(form, sending.nonce)
        if first is None:
            raise
        return first
    return submission


def _hand_over(form: Form, submission: FormSubmission, values: Mapping[str, Any]) -> None:
    """Whatever the owner makes of it is part of the transaction: nothing is accepted and then lost."""
    key = FormOwnerKey(form.owner_type, form.owner_id, form.owner_part)
    submitted = Submitted(
        id=submission.id,
        form_id=form.id,
        organization_id=form.organization_id,
        owner=key,
        owner_data=form.owner_data,
        values=values,
        received_at=submission.received_at.isoformat(),
    )
    if form.owner_type in form_owners:
        submission.reference = form_owners.get(form.owner_type).accept(submitted)
        submission.save(update_fields=["reference"])
    publish_event(
        "form.submitted",
        organization_id=form.organization_id,
        actor_id=None,
        payload={"form": str(form.id), "slug": form.slug, "submission": str(submission.id)},
    )


def _first_of(form: Form, nonce: str) -> FormSubmission | None:
    if not nonce:
        return None
    return FormSubmission.objects.for_organization(form.organization_id).filter(form=form, nonce=nonce).first()


def without_secrets(fields: Sequence[FormField], values: Mapping[str, Any]) -> dict[str, Any]:
    """Passwords go to whom the form is for and are not kept beside the other answers."""
    secret = {field.name for field in fields if field.type == "password"}
    return {name: None if name in secret else value for name, value in values.items()}


def _client(address: str) -> str:
    """Tells senders apart without keeping their address."""
    return salted_hmac("exprsn.forms.client", address).hexdigest()[:32] if address else ""
