"""Creating, changing and deleting credentials; secrets go in and never come out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import orjson
from django.db import IntegrityError, transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, audit, require
from apps.connections.access import get_credential
from apps.connections.constants import FIELDS, MAX_FIELD, MAX_NAME, NO_RATE, RATE, CredentialField
from apps.connections.contracts import CredentialUse
from apps.connections.models import Credential
from apps.connections.selectors.uses import uses_of
from apps.connections.services.keys import key_ring
from exprsn.kernel.errors import Conflict, InvalidInput
from exprsn.kernel.rates import CallRate

# How many users of a credential a refusal names in its sentence, and lists for programs.
NAMED = 5
LISTED = 100


def create_credential(*, actor: Actor, name: str, kind: str, fields: Mapping[str, str]) -> Credential:
    """A new credential of the actor's organization."""
    require(actor, Permission.WRITE)
    check_name(name)
    values = check_fields(kind, fields)
    credential = Credential(organization_id=actor.organization_id, name=name, kind=kind, created_by_id=actor.user_id)
    _seal(credential, values)
    with transaction.atomic():
        _save(credential, is_new=True)
        audit(actor, "credential.created", "credential", credential.id, name)
    return credential


def update_credential(
    *, actor: Actor, credential_id: UUID, name: str | None = None, fields: Mapping[str, str] | None = None
) -> Credential:
    """Rename, or replace fields; a field that is left out or empty keeps its value."""
    with transaction.atomic():
        credential = get_credential(actor, credential_id, Permission.WRITE, lock=True)
        before = credential.name
        if name is not None:
            check_name(name)
            credential.name = name
        if fields is not None:
            kept = open_fields(credential)
            given = {field: value for field, value in fields.items() if value != ""}
            _seal(credential, check_fields(credential.kind, {**kept, **given}))
        _save(credential, is_new=False)
        changes = {"name": (before, credential.name)} if before != credential.name else {}
        audit(actor, "credential.updated", "credential", credential.id, credential.name, changes)
    return credential


def delete_credential(*, actor: Actor, credential_id: UUID) -> None:
    """Remove a credential for good; not while something uses it (``credential_in_use``)."""
    with transaction.atomic():
        credential = get_credential(actor, credential_id, Permission.WRITE, lock=True)
        _require_unused(uses_of(actor, credential_id))
        audit(actor, "credential.deleted", "credential", credential.id, credential.name)
        credential.delete()


def _require_unused(uses: Sequence[CredentialUse]) -> None:
    if not uses:
        return
    shown = [f"“{use.name}”" for use in uses if use.name][:NAMED]
    others = len(uses) - len(shown)
    names = ", ".join([*shown, *([f"{others} more"] if others else [])])
    used_by = [{"kind": use.kind, "id": use.id and str(use.id), "name": use.name} for use in uses[:LISTED]]
    raise Conflict(
        f"This credential is used by {names}. Choose another one there, or delete what uses it.",
        code="credential_in_use",
        params={"used_by": used_by, "uses": len(uses)},
    )


def check_name(name: str) -> None:
    """Raise unless it can be a credential's name; screens and the API come here alike."""
    if not name.strip() or len(name) > MAX_NAME or "\x00" in name:
        raise InvalidInput(
            "Give the credential a name.", code="invalid", errors={"name": [f"1 to {MAX_NAME} characters."]}
        )


def check_fields(kind: str, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of a kind, with their defaults; the refusal names each that is missing or unknown."""
    declared = FIELDS.get(kind)
    if declared is None:
        raise InvalidInput(
            "There is no such kind of credential.",
            code="invalid",
            errors={"kind": [f"One of: {', '.join(FIELDS)}."]},
        )
    if fields.get(RATE) == NO_RATE:
        fields = {**fields, RATE: ""}
    known = {field.name for field in declared}
    errors = {f"fields.{name}": ["Unknown field."] for name in fields if name not in known}
    values = {}
    for field in declared:
        values[field.name] = value = fields.get(field.name, "") or field.default
        problem = _problem(field, value)
        if problem:
            errors[f"fields.{field.name}"] = [problem]
    if errors:
        raise InvalidInput("Some fields are wrong; see errors.", code="invalid", errors=errors)
    # A credential without a rate is as it was before there were any.
    return {name: value for name, value in values.items() if value or name != RATE}


def _problem(field: CredentialField, value: str) -> str:
    """Why a field cannot have this value; empty where it can."""
    if not isinstance(value, str) or (field.required and not value):
        return "Required."
    if len(value) > MAX_FIELD or "\x00" in value:
        return f"At most {MAX_FIELD} characters."
    if not field.multiline and ("\n" in value or "\r" in value):
        return f"At most {MAX_FIELD} characters, in one line."
    if field.options and value not in field.options:
        return f"One of: {', '.join(field.options)}."
    return _rate_problem(value) if field.name == RATE and value else ""


def _rate_problem(value: str) -> str:
    try:
        CallRate.parse(value)
    except InvalidInput as error:
        return error.message
    return ""


def open_fields(credential: Credential) -> dict[str, str]:
    """The decrypted fields; for use at run time only."""
    fields: dict[str, str] = orjson.loads(key_ring().decrypt(credential.key_id, bytes(credential.payload)))
    return fields


def shown_fields(*, actor: Actor, credential_id: UUID) -> dict[str, str]:
    """What is stored in the fields that are no secrets, for those who may change them."""
    credential = get_credential(actor, credential_id, Permission.WRITE)
    fields = open_fields(credential)
    return {field.name: fields.get(field.name, "") for field in FIELDS[credential.kind] if not field.secret}


def _seal(credential: Credential, fields: Mapping[str, str]) -> None:
    credential.key_id, credential.payload = key_ring().encrypt(orjson.dumps(dict(fields)))


def _save(credential: Credential, *, is_new: bool) -> None:
    try:
        with transaction.atomic():
            credential.save(force_insert=is_new)
    except IntegrityError:
        raise Conflict(
            "Another credential of your organization has this name. Choose another one.",
            code="credential_name_taken",
            errors={"name": ["This name is taken."]},
        ) from None
