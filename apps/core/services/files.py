"""Files kept by their content: stored in pieces, once for each organization, until nothing refers to them.

A row is there before the bytes are, and goes after they have gone: whatever dies in between, the sweep finds the row
and with it the bytes. Who refers to a file says so by a ``FileUse``; what nobody has referred to for the time of
grace (``EXPRSN_FILE_GRACE_SECONDS``) is deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from uuid import UUID

import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from apps.core.contracts import FileRef
from apps.core.models import FileUse, StoredFile
from apps.core.services.retention import ROUND_SECONDS, forgetting_round
from apps.core.services.spools import Content, Spool, spooled
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import NotFound, Unavailable
from exprsn.kernel.jsonvalue import clean_text

logger = structlog.get_logger(__name__)
BATCH = 200
MAX_NAME = 255
MAX_MEDIA_TYPE = 127


def store_file(
    organization_id: UUID,
    stream: Content,
    *,
    name: str = "",
    media_type: str = "",
    owner: UUID | None = None,
    max_bytes: int | None = None,
) -> FileRef:
    """Keep these bytes and answer how to refer to them; bytes that the organization has already are not kept twice.

    ``owner`` refers to them from now on; without one somebody is to within the time of grace. Raises ``TooLarge``
    ``file_too_large`` and ``Unavailable`` ``storage_unavailable``.
    """
    with spooled(stream, max_bytes) as spool:
        file_id = _known(organization_id, spool.sha256, owner)
        if file_id is None:
            file_id = _kept(organization_id, spool, owner)
    return FileRef(file_id, file_name_of(name), _media_type(media_type), spool.size, spool.sha256)


def open_file(organization_id: UUID, file_id: UUID | str) -> BinaryIO:
    """The bytes of a file, to be closed by the caller. Raises ``NotFound`` ``file_not_found``."""
    row = stored_file(organization_id, file_id)
    if row is None:
        raise _gone()
    with _reaching_storage():
        return cast(BinaryIO, _storage().open(_place(organization_id, row.id), "rb"))


def stored_file(organization_id: UUID, file_id: UUID | str) -> StoredFile | None:
    """What is known of a file; None when the organization has none with this id."""
    known = _uuid(file_id)
    return None if known is None else _rows(organization_id).filter(id=known, is_ready=True).first()


def file_use_rows(organization_id: UUID, owner: UUID, file_ids: Iterable[UUID | str]) -> list[FileUse]:
    """Rows which say that ``owner`` refers to these files, for a transaction of the caller's."""
    found = {known for each in file_ids if (known := _uuid(each)) is not None}
    return [FileUse(organization_id=organization_id, file_id=each, owner_id=owner) for each in sorted(found)]


def forget_file_uses(owners: Collection[UUID]) -> None:
    """These do not refer to any file from now on; the sweep looks at the files that they referred to."""
    uses = FileUse.objects.filter(owner_id__in=owners)
    if uses.exists():
        StoredFile.objects.filter(id__in=uses.values("file_id"), check_at=None).update(check_at=utc_now())
        uses.delete()


def delete_unused_files(*, round_seconds: float = ROUND_SECONDS) -> int:
    """One round of the sweep; answers how many files were deleted."""
    return forgetting_round("core.files", _unused(), round_seconds=round_seconds)


def _known(organization_id: UUID, sha256: str, owner: UUID | None) -> UUID | None:
    with transaction.atomic():
        rows = _rows(organization_id).filter(sha256=sha256, is_ready=True)
        file_id = rows.values_list("id", flat=True).first()
        # The sweep may have chosen it in between: then it is no longer ready, and the bytes are kept anew.
        if file_id is None or not rows.filter(id=file_id).update(check_at=_after_grace()):
            return None
        _use(organization_id, file_id, owner)
        return file_id


def _kept(organization_id: UUID, spool: Spool, owner: UUID | None) -> UUID:
    row = StoredFile.objects.create(
        organization_id=organization_id, sha256=spool.sha256, size=spool.size, check_at=_after_grace()
    )
    with _reaching_storage():
        _storage().save(_place(organization_id, row.id), File(spool.file))
    try:
        with transaction.atomic():
            if not StoredFile.objects.filter(id=row.id).update(is_ready=True, check_at=_after_grace()):
                raise _storage_fails()  # it took longer than the time of grace
            _use(organization_id, row.id, owner)
    except IntegrityError:
        return _others(organization_id, spool.sha256, row.id, owner)
    return row.id


def _others(organization_id: UUID, sha256: str, mine: UUID, owner: UUID | None) -> UUID:
    """Somebody stored the same bytes at the same time: theirs count, ours are for the sweep."""
    StoredFile.objects.filter(id=mine).update(check_at=utc_now())
    file_id = _known(organization_id, sha256, owner)
    if file_id is None:
        raise _storage_fails()
    return file_id


def _use(organization_id: UUID, file_id: UUID, owner: UUID | None) -> None:
    if owner is not None:
        FileUse.objects.create(organization_id=organization_id, file_id=file_id, owner_id=owner)


def _unused() -> Iterator[int]:
    """Batches of files that were looked at; those that are in use need no further look."""
    while True:
        now = utc_now()
        due = list(StoredFile.objects.filter(check_at__lte=now).order_by("check_at")[:BATCH])
        if not due:
            return
        yield _sweep(due, now)


def _sweep(due: list[StoredFile], now: datetime) -> int:
    rows = StoredFile.objects.filter(id__in=[row.id for row in due], check_at__lte=now)
    used = FileUse.objects.filter(file_id=OuterRef("id"), organization_id=OuterRef("organization_id"))
    rows.filter(Exists(used), is_ready=True).update(check_at=None)
    # From here on nobody finds them; if we die before they are gone, they are due again after the time of grace.
    rows.exclude(Exists(used), is_ready=True).update(is_ready=False, check_at=_after_grace())
    chosen = [row.id for row in due]
    for row in StoredFile.objects.filter(id__in=chosen, is_ready=False, check_at__gt=now):
        try:
            with _reaching_storage():
                _storage().delete(_place(row.organization_id, row.id))
        except Unavailable as error:
            logger.warning("file_not_deleted", file_id=str(row.id), exc_info=error)
            continue
        row.delete()
    return len(due)


def _rows(organization_id: UUID) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(organization_id=organization_id)


def _place(organization_id: UUID, file_id: UUID) -> str:
    return str(PurePosixPath(organization_id.hex, file_id.hex[-2:], file_id.hex))


def _storage() -> Storage:
    return storages["items"]


@contextmanager
def _reaching_storage() -> Iterator[None]:
    """Each kind of storage has errors of its own; to us they all mean the same."""
    try:
        yield
    except FileNotFoundError:
        raise _gone() from None
    except Exception as error:
        raise _storage_fails() from error


def _after_grace() -> datetime:
    return utc_now() + timedelta(seconds=settings.EXPRSN_FILE_GRACE_SECONDS)


def _uuid(text: UUID | str) -> UUID | None:
    try:
        return text if isinstance(text, UUID) else UUID(str(text))
    except ValueError:
        return None


def file_name_of(name: str) -> str:
    """The last part of a name, without what could do harm where it is shown or saved."""
    last = clean_text(name).replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable()).strip(". ")[-MAX_NAME:] or "file"


def _media_type(text: str) -> str:
    kind = text.partition(";")[0].strip().lower()
    known = len(kind) <= MAX_MEDIA_TYPE and kind.isascii() and kind.isprintable() and " " not in kind
    return kind if known and 0 < kind.find("/") < len(kind) - 1 else "application/octet-stream"


def _gone() -> NotFound:
    return NotFound("There is no file with this id in your organization.", code="file_not_found")


def _storage_fails() -> Unavailable:
    return Unavailable("The file storage cannot be reached. Try again later.", code="storage_unavailable")
