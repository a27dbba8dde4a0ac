"""Big JSON in rows of its own."""

from __future__ import annotations

from typing import Any

from django.db import models

from apps.core.services.packing import PLAIN, pack, unpack


class PackedJsonModel(models.Model):
    """A row that carries one JSON value as bytes."""

    encoding = models.PositiveSmallIntegerField(default=PLAIN, editable=False)
    data = models.BinaryField(editable=False)

    class Meta:
        abstract = True

    @property
    def value(self) -> Any:
        """The JSON value."""
        return unpack(self.encoding, self.data)

    @value.setter
    def value(self, value: Any) -> None:
        self.encoding, self.data = pack(value)
