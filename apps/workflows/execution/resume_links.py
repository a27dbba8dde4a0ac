"""The addresses at which a run is resumed: signed, so that nobody guesses one, and known before anything waits."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

from apps.workflows.engine.waiting import ResumeAddresses
from exprsn.kernel.errors import NotFound

CALL_PREFIX = "/webhook-waiting/"
FORM_PREFIX = "/form-waiting/"
# Each kind has a signature of its own: who may fill in the form is not told how to call.
_CALLS = Signer(salt="exprsn.resume.call", sep=".")
_FORMS = Signer(salt="exprsn.resume.form", sep=".")


def resume_addresses(execution_id: UUID) -> ResumeAddresses:
    """``$execution.resumeUrl`` and ``$execution.resumeFormUrl``."""
    base = settings.EXPRSN_PUBLIC_URL
    return ResumeAddresses(
        call=f"{base}{CALL_PREFIX}{_CALLS.sign(execution_id.hex)}",
        form=f"{base}{FORM_PREFIX}{_FORMS.sign(execution_id.hex)}",
    )


def example_addresses() -> ResumeAddresses:
    """What they look like: for those who write an expression, who need not be allowed to resume a run."""
    base = settings.EXPRSN_PUBLIC_URL
    return ResumeAddresses(call=f"{base}{CALL_PREFIX}…", form=f"{base}{FORM_PREFIX}…")


def execution_of_call(token: str) -> UUID:
    """The run that an address for calls is of. Raises ``resume_link_unknown``."""
    return _execution_of(_CALLS, token)


def execution_of_form(token: str) -> UUID:
    """The run that the address of a form is of. Raises ``resume_link_unknown``."""
    return _execution_of(_FORMS, token)


def _execution_of(signer: Signer, token: str) -> UUID:
    try:
        return UUID(hex=signer.unsign(token))
    except (BadSignature, ValueError):
        raise NotFound("This address resumes nothing. Check that it is complete.", code="resume_link_unknown") from None
