"""How much one run may use."""

from __future__ import annotations

from dataclasses import dataclass, fields

from exprsn.kernel.errors import InvalidInput

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes of one run. Every limit must be more than 0: none of them can be switched off."""

    wall_seconds: float = 10.0
    memory_bytes: int = 128 * MIB
    input_bytes: int = 64 * MIB
    output_bytes: int = 16 * MIB
    source_bytes: int = MIB
    log_lines: int = 200

    def __post_init__(self) -> None:
        for field in fields(self):
            if not 0 < getattr(self, field.name) < 2**40:
                raise InvalidInput(f"The limit {field.name} must be more than 0.", code="invalid_limit")
