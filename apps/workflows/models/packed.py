"""Big JSON in side tables, and very big JSON in the storage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection

from apps.core.public import MAX_PACKED_DEPTH, PackedJsonModel, open_file, pack, store_file, unpack
from exprsn.kernel.errors import Unavailable

logger = structlog.get_logger(__name__)
MAX_DEPTH = MAX_PACKED_DEPTH
# Added to the encoding of bytes that are a stored file: the row has its id.
STORED = 16

__all__ = ["MAX_DEPTH", "PackedJsonModel", "SpillingJsonModel", "pack", "unpack"]


class SpillingJsonModel(PackedJsonModel):
    """One whose value goes to the storage when it is large (``EXPRSN_INLINE_BYTES``); readers do not notice.

    Whoever writes the row writes the ``FileUse`` rows for its ``file_ids`` in the same transaction.
    """

    if TYPE_CHECKING:
        organization_id: UUID

    # Files that the value itself refers to.
    files: Sequence[UUID] = ()

    class Meta:
        abstract = True

    @property
    def value(self) -> Any:
        """The JSON value. Raises ``file_not_found``, ``storage_unavailable``."""
        if self.encoding < STORED:
            return unpack(self.encoding, self.data)
        with open_file(self.organization_id, UUID(bytes=bytes(self.data))) as file:
            return unpack(self.encoding - STORED, file.read())

    @value.setter
    def value(self, value: Any) -> None:
        self.encoding, self.data = pack(value)
        # What is stored within a transaction that is then undone would be there with nobody knowing of it.
        if len(self.data) <= settings.EXPRSN_INLINE_BYTES or connection.in_atomic_block:
            return
        try:
            stored = store_file(self.organization_id, self.data)
        except Unavailable as error:
            logger.warning("payload_kept_inline", size=len(self.data), exc_info=error)
            return
        self.encoding, self.data = self.encoding + STORED, stored.id.bytes

    @property
    def file_ids(self) -> list[UUID]:
        """The files that the row needs."""
        own = [UUID(bytes=bytes(self.data))] if self.encoding >= STORED else []
        return [*own, *self.files]
