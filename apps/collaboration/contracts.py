"""Plain data and refusals of shared documents: what adapters and their operations are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeAlias
from uuid import UUID

from exprsn.kernel.errors import Category, DomainError

State: TypeAlias = dict[str, Any]
Path: TypeAlias = tuple[str, ...]


class OperationError(DomainError):
    """An operation that is refused. ``place`` is the part of it that is wrong, ``current`` what is there now."""

    def __init__(self, message: str, *, code: str, place: str = "path", current: Any = None) -> None:
        super().__init__(message, code=code, params={"current": current})
        self.place = place

    def locate(self, index: int, path: Path) -> None:
        """Name the operation of the batch that was refused."""
        self.errors = {f"ops[{index}].{self.place}": [self.message]}
        self.params["path"] = list(path)


class Refused(OperationError):
    """The document, as it is now, does not take the operation."""

    category: ClassVar[Category] = Category.CONFLICT


class Unfit(OperationError):
    """The operation could not be taken by any document."""


class Oversized(OperationError):
    """The operation is larger than the limit allows."""

    category: ClassVar[Category] = Category.TOO_LARGE


@dataclass(frozen=True, slots=True)
class Operation:
    """One edit as it is sent. ``undo_of`` is the number of the event that it takes back."""

    op_id: UUID
    type: str
    path: Path
    new: Any = None
    undo_of: int | None = None

    @classmethod
    def sent(cls, data: Mapping[str, Any]) -> Operation:
        """The operation of a body that has the right shape."""
        return cls(data["op_id"], data["type"], tuple(data["path"]), data["new"])


@dataclass(frozen=True, slots=True)
class OperationType:
    """How operations of one type work on a document. All functions are pure; states are never changed in place.

    ``check``     refuses what may not be applied
    ``read``      the value that the operation would replace, null when there is none
    ``apply``     the state behind the operation
    ``inverse``   the type that takes it back
    ``replaces``  a new document, and so a new epoch; must be alone in its batch
    ``read_for``  in the place of ``read`` where what is replaced is said by the new value too
    """

    inverse: str
    check: Callable[[State, Path, Any], None]
    read: Callable[[State, Path], Any]
    apply: Callable[[State, Path, Any], State]
    replaces: bool = False
    read_for: Callable[[State, Path, Any], Any] | None = None

    def old(self, state: State, path: Path, new: Any) -> Any:
        """What the operation replaces: the new value of the operation that takes it back."""
        return self.read(state, path) if self.read_for is None else self.read_for(state, path, new)


@dataclass(frozen=True, slots=True)
class Base:
    """What the sender of a batch had seen; without an epoch the document may have been replaced since."""

    seq: int
    epoch: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One edit as it is recorded and told to others."""

    seq: int
    op_id: UUID
    type: str
    path: list[str]
    old: Any
    new: Any
    actor: UUID | None
    actor_kind: str
    client_id: str
    timestamp: datetime
    undo_of: int | None


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events in order with the number and epoch that the document has reached."""

    seq: int
    epoch: int
    events: tuple[Event, ...]
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document at one moment."""

    seq: int
    epoch: int
    state: State


@dataclass(frozen=True, slots=True)
class Materialization:
    """The state behind a batch, on its way to where the resource is kept."""

    state: State
    replaced: bool
    message: str = ""
