"""JSON of evaluations: decimal numbers in and out, digit by digit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.core.api.json import OrjsonRenderer, StrictJsonParser
from apps.decision_tables.services.json_numbers import read_exactly, write_exactly


class DecimalJsonParser(StrictJsonParser):
    """As strict as the API's own, but numbers that a double cannot hold become ``Decimal``."""

    def read(self, data: bytes) -> Any:
        return read_exactly(data)


class DecimalJsonRenderer(OrjsonRenderer):
    """Writes ``Decimal`` as numbers."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else write_exactly(data)
