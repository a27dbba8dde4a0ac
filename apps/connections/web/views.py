"""Screens of credentials."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, can, signed_in
from apps.connections.access import get_credential, visible_credentials
from apps.connections.constants import FIELDS, CredentialKind
from apps.connections.selectors.uses import uses_of
from apps.connections.services.credentials import (
    create_credential,
    delete_credential,
    shown_fields,
    update_credential,
)
from apps.connections.services.testing import can_be_tested, try_credential
from apps.core.web.listing import newest_first
from exprsn.kernel.errors import Category, DomainError


def _given(request: HttpRequest, kind: str) -> dict[str, str]:
    return {field.name: request.POST.get(f"field-{field.name}", "") for field in FIELDS.get(kind, ())}


@require_http_methods(["GET"])
@signed_in
def credentials(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The organization's credentials; their values are never shown."""
    page = newest_first(request, visible_credentials(actor))
    context = {"page": page, "kinds": CredentialKind.choices, "can_write": can(actor, Permission.WRITE)}
    return render(request, "connections/credentials.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def credential_new(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """Enter a credential of a kind."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        try:
            made = create_credential(
                actor=actor,
                name=request.POST.get("name", "").strip(),
                kind=kind,
                fields=_given(request, kind),
            )
        except DomainError as error:
            errors = _shown(error)
        else:
            messages.success(request, _("Saved “%(name)s”.") % {"name": made.name})
            return redirect("credentials")
    shown = _form(kind, request.POST.get("name", ""), errors, _given(request, kind))
    return render(request, "connections/credential.html", {**shown, "can_write": can(actor, Permission.WRITE)})


@require_http_methods(["GET", "POST"])
@signed_in
def credential_edit(request: HttpRequest, actor: Actor, credential_id: UUID) -> HttpResponse:
    """Rename, or enter values anew; what is left empty stays."""
    credential = get_credential(actor, credential_id, Permission.READ)
    errors: dict[str, Any] = {}
    if request.method == "POST":
        try:
            fields = _given(request, credential.kind)
            name = request.POST.get("name", "").strip()
            update_credential(actor=actor, credential_id=credential_id, name=name, fields=fields)
        except DomainError as error:
            errors = _shown(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("credentials")
    can_write = can(actor, Permission.WRITE)
    stored = _stored(actor, credential_id) if can_write else {}
    given = {name: value or stored.get(name, "") for name, value in _given(request, credential.kind).items()}
    shown = _form(credential.kind, request.POST.get("name", credential.name), errors, given, is_stored=True)
    shown |= {"credential": credential, "can_write": can_write, "uses": uses_of(actor, credential_id)}
    shown["can_test"] = can_write and can_be_tested(credential.kind)
    return render(request, "connections/credential.html", shown)


@require_POST
@signed_in
def credential_test(request: HttpRequest, actor: Actor, credential_id: UUID) -> HttpResponse:
    """Connect with a credential and say how that went."""
    result = try_credential(actor=actor, credential_id=credential_id)
    if result.ok:
        messages.success(request, _("It works."))
    else:
        messages.error(request, result.message)
    return redirect("credential", credential_id=credential_id)


@require_POST
@signed_in
def credential_delete(request: HttpRequest, actor: Actor, credential_id: UUID) -> HttpResponse:
    """Remove a credential."""
    delete_credential(actor=actor, credential_id=credential_id)
    messages.success(request, _("Deleted."))
    return redirect("credentials")


def _stored(actor: Actor, credential_id: UUID) -> dict[str, str]:
    """What is not secret; nothing where the key is missing, so that everything can be entered anew."""
    try:
        return shown_fields(actor=actor, credential_id=credential_id)
    except DomainError:
        return {}


def _form(
    kind: str, name: str, errors: dict[str, Any], given: dict[str, str], *, is_stored: bool = False
) -> dict[str, Any]:
    """What was typed is kept, secrets left out; a message that no field shows is shown above them."""
    fields = [
        {
            "field": field,
            "value": "" if field.secret else given.get(field.name, "") or ("" if is_stored else field.default),
            "options": field.options,
            "required": field.required and not field.default and not is_stored,
            "errors": errors.get(f"fields.{field.name}", []),
        }
        for field in FIELDS.get(kind, ())
    ]
    label = dict(CredentialKind.choices).get(kind, kind)
    problem = errors.get("", [""])[0]
    return {"kind": label, "name": name, "fields": fields, "name_errors": errors.get("name", []), "problem": problem}


def _shown(error: DomainError) -> dict[str, Any]:
    if error.category in {Category.INVALID, Category.CONFLICT}:
        return {"": [error.message], **error.errors}
    raise error
