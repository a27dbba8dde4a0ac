"""Signed texts of the hosted page: the ticket that a page is sent with, and the receipt for what was sent.

A visitor has no session that another site could use in their name, so there is nothing for a session's CSRF token to
guard, and the page sets no cookie. What is guarded is the form itself: a submission carries a ticket that only the
page gives out, for a day and for one submission, and browsers are asked not to send it from another site.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer, TimestampSigner

from apps.pages.models import Form
from exprsn.kernel.errors import InvalidInput, NotFound

TICKET_SECONDS = 24 * 3600
_tickets = TimestampSigner(salt="exprsn.forms.ticket")
_receipts = Signer(salt="exprsn.forms.receipt")


def new_ticket(form: Form) -> str:
    """A ticket for one submission of this form."""
    return _tickets.sign(f"{form.id.hex}.{uuid4().hex}")


def nonce_of(form: Form, ticket: str) -> str:
    """What makes the ticket the only one of its kind. Raises ``form_ticket_invalid``."""
    try:
        form_id, _, nonce = _tickets.unsign(ticket, max_age=TICKET_SECONDS).partition(".")
    except BadSignature:
        form_id = nonce = ""
    if form_id != form.id.hex:
        raise InvalidInput(
            "This page was open for too long. Nothing is lost: send it once more.", code="form_ticket_invalid"
        )
    return nonce


def receipt_for(submission_id: UUID) -> str:
    """What the page after sending is asked with."""
    return _receipts.sign(submission_id.hex)


def submission_of(receipt: str) -> UUID:
    """The submission that a receipt is for. Raises ``submission_not_found``."""
    try:
        return UUID(hex=_receipts.unsign(receipt))
    except (BadSignature, ValueError):
        raise NotFound("This receipt is not one that we gave out.", code="submission_not_found") from None
