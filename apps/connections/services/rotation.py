"""Changing keys: what is locked with former ones is locked anew with the newest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import audit
from apps.connections.models import Credential
from apps.connections.services.credentials import open_fields
from apps.connections.services.keys import key_ring
from exprsn.kernel.errors import Unavailable

LABEL = "rotate_keys"


@dataclass(frozen=True, slots=True)
class KeyUse:
    """How many credentials each key has locked, and which credentials no configured key opens."""

    counts: Mapping[str, int]
    unreadable: tuple[UUID, ...]


def keys_in_use() -> KeyUse:
    """Try every credential of the installation."""
    counts: Counter[str] = Counter()
    unreadable = []
    rows = Credential.objects.for_system(reason="keys in use").only("key_id", "payload").order_by("id")
    for credential in rows.iterator(chunk_size=500):
        counts[credential.key_id] += 1
        if not _opens(credential):
            unreadable.append(credential.id)
    return KeyUse(dict(counts), tuple(unreadable))


def rotate_keys(*, batch: int) -> int:
    """Lock everything that is not locked with the newest key anew; returns how many that were.

    A batch is one transaction, and what is done is told by its key: when it is cut short, the next call goes on.
    What cannot be opened stays as it is.
    """
    rotated, after = 0, UUID(int=0)
    while True:
        done, last = _rotate_batch(after, batch)
        rotated += done
        if last is None:
            return rotated
        after = last


def _rotate_batch(after: UUID, batch: int) -> tuple[int, UUID | None]:
    """How many were locked anew, and the id to go on behind; None when none is left."""
    ring = key_ring()
    done = 0
    with transaction.atomic():
        rows = Credential.objects.for_system(reason="key rotation").exclude(key_id=ring.current)
        found = list(rows.filter(id__gt=after).order_by("id").select_for_update()[:batch])
        for credential in found:
            if _opens(credential):
                _rotate(credential)
                done += 1
    return done, found[-1].id if found else None


def _rotate(credential: Credential) -> None:
    ring = key_ring()
    former = credential.key_id
    key_id, payload = ring.encrypt(ring.decrypt(former, bytes(credential.payload)))
    # Not by ``save``: nobody changed the credential, so its time of change stays.
    rows = Credential.objects.for_organization(credential.organization_id).filter(id=credential.id)
    rows.update(key_id=key_id, payload=payload)
    actor = Actor.system(credential.organization_id, LABEL)
    audit(actor, "credential.reencrypted", "credential", credential.id, credential.name, {"key": (former, key_id)})


def _opens(credential: Credential) -> bool:
    try:
        open_fields(credential)
    except Unavailable:
        return False
    return True
