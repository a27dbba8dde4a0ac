"""The first answer to a request with an ``Idempotency-Key``, kept for whoever sends it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.core.models import IdempotencyRecord
from apps.core.services.jsontext import dumps, loads
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Conflict, InvalidInput

KEPT_FOR = timedelta(hours=24)
# Longer than any request runs; after it a first request that never ended is taken for dead.
WORKING_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What was answered the first time."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to give the first answer."""

    record_id: UUID


def claim_key(*, scope: str, key: str, fingerprint: str) -> Claim | StoredAnswer:
    """Either the right to go ahead or the first answer.

    Raises ``InvalidInput`` ``idempotency_key_reused`` (another body came with this key) and ``Conflict``
    ``idempotency_in_progress`` (the first request is still at work).
    """
    now = utc_now()
    IdempotencyRecord.objects.filter(scope=scope, key=key, expires_at__lte=now).delete()
    fresh = IdempotencyRecord(
        scope=scope,
        key=key,
        fingerprint=fingerprint,
        locked_until=now + WORKING_FOR,
        expires_at=now + KEPT_FOR,
    )
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:
        return _known(scope, key, fingerprint)
    return Claim(fresh.id)


def _known(scope: str, key: str, fingerprint: str) -> Claim | StoredAnswer:
    record = IdempotencyRecord.objects.filter(scope=scope, key=key).first()
    if record is None:
        raise _in_progress()  # it failed a moment ago; the key is free again
    if record.fingerprint != fingerprint:
        raise InvalidInput(
            "This Idempotency-Key was sent before with another body. Use a new key for a new request.",
            code="idempotency_key_reused",
        )
    if record.status is not None:
        return StoredAnswer(record.status, loads(bytes(record.headers)), bytes(record.body))
    now = utc_now()
    dead = IdempotencyRecord.objects.filter(id=record.id, status=None, locked_until__lte=now)
    if dead.update(locked_until=now + WORKING_FOR):
        return Claim(record.id)
    raise _in_progress()


def _in_progress() -> Conflict:
    return Conflict(
        "The first request with this Idempotency-Key is still at work. Ask again in a moment.",
        code="idempotency_in_progress",
        params={"retry_after": 1},
    )


def keep_answer(claim: Claim, answer: StoredAnswer) -> None:
    """Keep the first answer."""
    IdempotencyRecord.objects.filter(id=claim.record_id).update(
        status=answer.status, headers=dumps(dict(answer.headers)), body=answer.body
    )


def give_up_claim(claim: Claim) -> None:
    """Free the key: nothing was decided, so that the next request may try anew."""
    IdempotencyRecord.objects.filter(id=claim.record_id).delete()


def forget_expired() -> int:
    """Delete answers older than 24 hours; returns how many."""
    return IdempotencyRecord.objects.filter(expires_at__lte=utc_now()).delete()[0]
