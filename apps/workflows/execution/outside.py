"""Refusals of what lies outside, as the errors of the nodes that asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from apps.workflows.engine.node_type import NodeError
from exprsn.kernel.errors import Category, DomainError

RETRYABLE = frozenset({Category.UPSTREAM, Category.UNAVAILABLE})


@contextmanager
def as_node_errors() -> Iterator[None]:
    """Within the block every ``DomainError`` becomes a ``NodeError`` of the same code."""
    try:
        yield
    except NodeError:
        raise
    except DomainError as error:
        raise NodeError(
            error.message, kind=error.code, retryable=error.category in RETRYABLE, details=error.params
        ) from error
