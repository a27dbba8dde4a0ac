"""Files by their content: what items and payloads refer to instead of carrying bytes."""

from __future__ import annotations

from django.db import models

from apps.core.models.bases import UuidModel


class StoredFile(UuidModel):
    """Bytes in the storage ``items``, kept once for each organization.

    ``is_ready``: the bytes are there whole; a row that is not is on its way in, or out. ``check_at``: when to look
    whether anything still refers to it; none when that is known. Its name in the storage follows from its id, so that
    bytes that are stored anew while the former ones are being deleted cannot meet them. ``organization_id`` is a plain
    id: the core knows no organizations.
    """

    organization_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    is_ready = models.BooleanField(default=False)
    check_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "core_stored_file"
        constraints = [
            models.UniqueConstraint(
                fields=["organization_id", "sha256"], condition=models.Q(is_ready=True), name="core_file_once"
            ),
        ]
        indexes = [
            models.Index(fields=["check_at"], condition=models.Q(check_at__isnull=False), name="core_file_to_check"),
        ]

    def __str__(self) -> str:
        return self.sha256


class FileUse(UuidModel):
    """Somebody (an execution) refers to a file. There may be several rows for the same two."""

    organization_id = models.UUIDField()
    file_id = models.UUIDField(db_index=True)
    owner_id = models.UUIDField(db_index=True)

    class Meta:
        db_table = "core_file_use"

    def __str__(self) -> str:
        return f"{self.owner_id} → {self.file_id}"
