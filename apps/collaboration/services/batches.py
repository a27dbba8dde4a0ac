"""Batches of edits, and how large one may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.accounts.contracts import Actor
from apps.collaboration.constants import (
    MAX_BATCH_BYTES,
    MAX_OPERATIONS,
    MAX_PATH_PART,
    MAX_PATH_PARTS,
    MAX_VALUE_BYTES,
    ActorKind,
)
from apps.collaboration.contracts import Base, Operation, OperationError, OperationType, Oversized, Unfit
from apps.core.public import dumps
from exprsn.kernel.errors import InvalidInput, TooLarge

_KINDS: Mapping[str, ActorKind] = {"user": ActorKind.USER, "token": ActorKind.API, "system": ActorKind.SYSTEM}


@dataclass(frozen=True, slots=True)
class Batch:
    """Operations and on whose behalf they are done. Without ``base`` nothing is said about what the sender saw."""

    operations: tuple[Operation, ...]
    actor: Actor
    client_id: str = ""
    actor_kind: ActorKind | None = None
    base: Base | None = None
    checked: bool = False
    message: str = ""

    @property
    def kind(self) -> ActorKind:
        """Through which door the batch came."""
        return self.actor_kind or _KINDS[self.actor.kind]


def require_small(operations: Sequence[Operation], types: Mapping[str, OperationType]) -> None:
    """Refuse what is too large. A whole document has the limit of its resource instead."""
    if not 0 < len(operations) <= MAX_OPERATIONS:
        raise InvalidInput(f"Send 1 to {MAX_OPERATIONS} operations in a batch.", code="batch_length")
    total = 0
    for index, operation in enumerate(operations):
        known = types.get(operation.type)
        size = 0 if known is not None and known.replaces else len(dumps(operation.new))
        try:
            _require_small_operation(operation, size)
        except OperationError as error:
            error.locate(index, operation.path[:MAX_PATH_PARTS])
            raise
        total += size
    if total > MAX_BATCH_BYTES:
        raise TooLarge(f"The values of a batch may have {MAX_BATCH_BYTES} bytes in all.", code="batch_too_large")


def _require_small_operation(operation: Operation, size: int) -> None:
    if size > MAX_VALUE_BYTES:
        raise Oversized(f"A value may have at most {MAX_VALUE_BYTES} bytes.", code="value_too_large", place="new")
    if len(operation.path) > MAX_PATH_PARTS or any(len(part) > MAX_PATH_PART for part in operation.path):
        message = f"A path may have {MAX_PATH_PARTS} parts of {MAX_PATH_PART} characters."
        raise Unfit(message, code="invalid_path")
