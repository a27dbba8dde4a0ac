"""Applying operations: a batch with checks, or a log without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apps.collaboration.contracts import Operation, OperationError, OperationType, Path, State, Unfit


def apply_operations(
    types: Mapping[str, OperationType], state: State, operations: Sequence[Operation], *, checked: bool = False
) -> tuple[State, list[Any]]:
    """``(state behind all, old value of each)``, or the refusal of the first that does not fit.

    ``checked`` leaves the checks out: for what the caller has checked as a whole.
    """
    olds: list[Any] = []
    for index, operation in enumerate(operations):
        try:
            kind = _kind(types, operation, alone=len(operations) == 1)
            if not checked:
                kind.check(state, operation.path, operation.new)
        except OperationError as error:
            error.locate(index, operation.path)
            raise
        olds.append(kind.old(state, operation.path, operation.new))
        state = kind.apply(state, operation.path, operation.new)
    return state, olds


def fold(types: Mapping[str, OperationType], state: State, log: Iterable[tuple[str, Path, Any]]) -> State:
    """The state behind recorded edits, given as ``(type, path, new)``."""
    for name, path, new in log:
        state = types[name].apply(state, path, new)
    return state


def _kind(types: Mapping[str, OperationType], operation: Operation, *, alone: bool) -> OperationType:
    kind = types.get(operation.type)
    if kind is None:
        known = ", ".join(types)
        raise Unfit(f"There is no such operation. Use one of: {known}.", code="unknown_operation", place="type")
    if kind.replaces and not alone:
        raise Unfit("Send this operation in a batch of its own.", code="not_alone", place="type")
    return kind
