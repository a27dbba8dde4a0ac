"""Organization scope: a query without one is a mistake that raises, not a leak."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar
from uuid import UUID

import structlog
from django.db import models

logger = structlog.get_logger(__name__)
_scope: ContextVar[UUID | None] = ContextVar("organization_scope", default=None)
_Row = TypeVar("_Row", bound=models.Model)


class ScopeMissing(RuntimeError):
    """Rows of organizations were asked for without saying of which."""


@contextmanager
def organization_scope(organization: Any) -> Iterator[None]:
    """Within the block, ``Model.objects`` means the rows of this organization, given as row or id."""
    token = _scope.set(getattr(organization, "pk", organization))
    try:
        yield
    finally:
        _scope.reset(token)


class OrganizationManager(models.Manager[_Row]):
    """``for_organization(…)`` or ``for_system(reason=…)``; all else needs an ``organization_scope``."""

    def get_queryset(self) -> models.QuerySet[_Row]:
        organization_id = _scope.get()
        if organization_id is None:
            raise ScopeMissing(
                f"{self.model.__name__}.objects needs for_organization(…), for_system(reason=…) "
                "or an organization_scope."
            )
        return super().get_queryset().filter(organization_id=organization_id)

    def for_organization(self, organization: Any) -> models.QuerySet[_Row]:
        """The rows of one organization, given as row or id."""
        return super().get_queryset().filter(organization_id=getattr(organization, "pk", organization))

    def for_system(self, *, reason: str) -> models.QuerySet[_Row]:
        """The rows of all organizations, for work that belongs to none; ``reason`` goes to the log."""
        if not reason:
            raise ScopeMissing("for_system needs a reason.")
        logger.debug("unscoped_query", model=self.model.__name__, reason=reason)
        return super().get_queryset()
