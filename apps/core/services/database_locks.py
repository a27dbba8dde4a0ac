"""Locks as database rows: one conditional UPDATE decides who gets it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from apps.core.models import LockRow
from apps.core.services.lock_types import ActiveLock, Held
from exprsn.kernel.clock import utc_now

_KEPT = timedelta(days=1)


class DatabaseLocks:
    """See ``LockStore``. Times are those of this process's clock; keep the machines' clocks together."""

    def acquire(self, name: str, holder: str, ttl: float) -> Held | None:
        now = utc_now()
        expires_at = now + timedelta(seconds=ttl)
        taken = LockRow.objects.filter(name=name, expires_at__lte=now).update(
            holder=holder, fence=Greatest(F("fence") + 1, _fence(now)), acquired_at=now, expires_at=expires_at
        )
        if taken:
            fence = LockRow.objects.filter(name=name, holder=holder).values_list("fence", flat=True).first()
            return Held(fence, expires_at) if fence is not None else None
        if LockRow.objects.filter(name=name).exists():
            return None
        try:
            with transaction.atomic():
                row = LockRow(name=name, holder=holder, fence=_fence(now), acquired_at=now, expires_at=expires_at)
                row.save(force_insert=True)
        except IntegrityError:
            return None  # another process was first by a moment
        return Held(row.fence, expires_at)

    def renew(self, name: str, holder: str, ttl: float) -> datetime | None:
        now = utc_now()
        expires_at = now + timedelta(seconds=ttl)
        mine = LockRow.objects.filter(name=name, holder=holder, expires_at__gt=now)
        return expires_at if mine.update(expires_at=expires_at) else None

    def release(self, name: str, holder: str) -> bool:
        now = utc_now()
        mine = LockRow.objects.filter(name=name, holder=holder, expires_at__gt=now)
        return mine.update(holder="", expires_at=now) == 1

    def active(self) -> list[ActiveLock]:
        return [
            ActiveLock(row.name, row.holder, row.fence, row.acquired_at, row.expires_at)
            for row in LockRow.objects.filter(expires_at__gt=utc_now()).order_by("name")
        ]

    def forget_old(self) -> int:
        """Delete rows of locks that ended more than a day ago; returns how many."""
        return LockRow.objects.filter(expires_at__lt=utc_now() - _KEPT).delete()[0]


def _fence(now: datetime) -> int:
    # Microseconds, so that a fence still grows after the row of its name was forgotten.
    return int(now.timestamp() * 1_000_000)
