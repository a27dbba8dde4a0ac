"""Publishing forms and closing them, on behalf of their owners."""

from __future__ import annotations

import re
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.http import url_has_allowed_host_and_scheme

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require
from apps.pages.constants import MAX_SLUG, FormStatus, ResponseMode
from apps.pages.contracts.field_faults import field_faults
from apps.pages.contracts.fields import tidy_field
from apps.pages.contracts.forms import FormDraft, FormOwnerKey
from apps.pages.models import Form
from exprsn.kernel.errors import Conflict, InvalidInput

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_LENGTHS = {"name": 200, "title": 200, "description": 5_000, "submit_label": 100, "thanks": 5_000}


def define_form(*, actor: Actor, draft: FormDraft) -> UUID:
    """Publish a form at its address, or change the one that this owner has published before.

    Raises ``form_invalid`` naming every fault, ``form_slug_taken`` when another open form has the address.
    """
    require(actor, Permission.PUBLISH)
    _check(draft)
    form = _published(actor.organization_id, draft.owner)
    for name in ("slug", *_LENGTHS, "redirect_url", "response_mode"):
        setattr(form, name, getattr(draft, name))
    form.fields = [tidy_field(entry) for entry in draft.fields]
    form.owner_data = dict(draft.owner_data)
    form.status = FormStatus.ACTIVE
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        raise Conflict(
            f"Another open form already has the address /forms/{draft.slug}. Choose another one or close that form.",
            code="form_slug_taken",
            errors={"slug": ["This address is taken."]},
        ) from None
    return form.id


def _published(organization_id: UUID, owner: FormOwnerKey) -> Form:
    """The form of this owner, or a new one."""
    own = {"owner_type": owner.type, "owner_id": owner.id, "owner_part": owner.part}
    found = Form.objects.for_organization(organization_id).filter(**own).first()
    return found or Form(organization_id=organization_id, **own)


def close_forms(*, actor: Actor, owner_type: str, owner_id: str) -> int:
    """Close all open forms of an owner; their submissions stay. Answers how many there were."""
    require(actor, Permission.PUBLISH)
    rows = Form.objects.for_organization(actor.organization_id).filter(
        owner_type=owner_type, owner_id=owner_id, status=FormStatus.ACTIVE
    )
    return rows.update(status=FormStatus.CLOSED)


def _check(draft: FormDraft) -> None:
    errors = field_faults(list(draft.fields))
    if not _SLUG.fullmatch(draft.slug) or len(draft.slug) > MAX_SLUG:
        errors["slug"] = [f"1 to {MAX_SLUG} letters, digits, hyphens and underscores, as in contact-us."]
    for name, most in _LENGTHS.items():
        text = getattr(draft, name)
        if len(text) > most or "\x00" in text or (name in ("name", "title") and not text.strip()):
            errors[name] = [f"Give 1 to {most} characters." if name in ("name", "title") else f"At most {most}."]
    if draft.redirect_url and not is_web_address(draft.redirect_url):
        errors["redirect_url"] = ["Give an address that begins with https:// or http://."]
    if draft.response_mode not in ResponseMode.values:
        errors["response_mode"] = [f"One of: {', '.join(ResponseMode.values)}."]
    if errors:
        raise InvalidInput("The form has faults; see errors.", code="form_invalid", errors=errors)


def is_web_address(text: str) -> bool:
    """Whether a browser may be sent there: http or https with a host, nothing that it would read otherwise."""
    lowered = text.lower()
    whole = lowered.startswith(("http://", "https://")) and len(text) <= 2_000 and text.isprintable()
    host = lowered.partition("://")[2].partition("/")[0].rpartition("@")[2]
    return whole and bool(host) and url_has_allowed_host_and_scheme(text, {host})
