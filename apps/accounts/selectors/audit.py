"""Reading the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime

from apps.accounts.access import require
from apps.accounts.constants import Permission
from apps.accounts.contracts import Actor
from apps.accounts.models import AuditEvent
from exprsn.kernel.errors import InvalidInput

FILTERS = ("actor", "verb", "object_type", "object_id", "since", "until", "search")


def audit_events(actor: Actor, filters: Mapping[str, Any]) -> QuerySet[AuditEvent]:
    """The log of the actor's organization, narrowed by any of ``FILTERS``; empty ones do not count.

    ``actor`` is an id or part of an e-mail; ``since`` (included) and ``until`` (excluded) are ISO 8601 times,
    or days in UTC (a day as ``until`` is included). Raises ``InvalidInput`` (``invalid_filter``).
    """
    require(actor, Permission.ADMIN)
    rows = AuditEvent.objects.for_organization(actor.organization_id)
    given = {name: str(filters[name]) for name in FILTERS if filters.get(name)}
    _require_storable(given)
    for name in {"verb", "object_type", "object_id"} & given.keys():
        rows = rows.filter(**{name: given[name]})
    if "actor" in given:
        rows = rows.filter(_is_actor(given["actor"]))
    if "since" in given:
        rows = rows.filter(occurred_at__gte=_moment("since", given["since"], time.min))
    if "until" in given:
        rows = rows.filter(occurred_at__lt=_moment("until", given["until"], time.max))
    if "search" in given:
        text = given["search"]
        rows = rows.filter(Q(object_name__icontains=text) | Q(verb__icontains=text) | Q(actor_label__icontains=text))
    return rows


def verbs_in_log(actor: Actor) -> list[str]:
    """The verbs that the organization's log holds, sorted; for the filter on the screen."""
    require(actor, Permission.ADMIN)
    rows = AuditEvent.objects.for_organization(actor.organization_id)
    return sorted(rows.order_by().values_list("verb", flat=True).distinct())


def object_types_in_log(actor: Actor) -> list[str]:
    """The kinds of object that the organization's log tells of, sorted; for the filter on the screen."""
    require(actor, Permission.ADMIN)
    rows = AuditEvent.objects.for_organization(actor.organization_id)
    return sorted(rows.order_by().values_list("object_type", flat=True).distinct())


def _require_storable(given: Mapping[str, str]) -> None:
    """The character NUL is in no log: PostgreSQL does not even take it in a question."""
    errors = {name: ["NUL is not allowed."] for name, text in given.items() if "\x00" in text}
    if errors:
        raise InvalidInput("The filter cannot be read.", code="invalid_filter", errors=errors)


def _is_actor(text: str) -> Q:
    try:
        return Q(actor_id=UUID(text))
    except ValueError:
        return Q(actor_label__icontains=text)


def _moment(name: str, text: str, time_of_day: time) -> datetime:
    try:
        day = parse_date(text)
        moment = datetime.combine(day, time_of_day) if day else parse_datetime(text)
        if moment is not None:
            # The databases compare in UTC, where the first and the last hours of the calendar may not exist.
            moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise InvalidInput(
            "A time in the filter cannot be read.",
            code="invalid_filter",
            errors={name: ["Use ISO 8601, such as 2026-01-31 or 2026-01-31T12:00:00Z."]},
        )
    return moment
