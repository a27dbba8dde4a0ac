"""Turns of throttle and debounce nodes in the database: exact, however many runs and workers ask at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from apps.core.public import fresh_connections
from apps.workflows.contracts import BY_HAND
from apps.workflows.engine.ports_turns import AloneTurns, Quiet, Rate, TurnsPort
from apps.workflows.models import Execution, Turn, TurnGate
from exprsn.kernel.clock import utc_now

BATCH = 500
# A run that was cut off and is taken over late still finds its turn.
KEPT = timedelta(days=1)


class SharedTurns:
    """The turns of one workflow. Whoever changes those of a key holds the row of its gate; keys are taken in one
    order, so that two runs with several keys never wait for one another."""

    def __init__(self, organization_id: UUID, workflow_id: UUID) -> None:
        self._organization_id = organization_id
        self._workflow_id = workflow_id

    def admit(self, node_id: str, tickets: Mapping[str, str], rate: Rate) -> dict[str, datetime | None]:
        fresh_connections()
        turns: dict[str, datetime | None] = {}
        with transaction.atomic():
            for key, own in _by_key(tickets):
                turns |= self._admit(self._held(node_id, key), own, rate)
        return {ticket: turns[ticket] for ticket in tickets}

    def _admit(self, gate: TurnGate, tickets: list[str], rate: Rate) -> dict[str, datetime | None]:
        now = utc_now()
        rows = Turn.objects.for_organization(self._organization_id).filter(gate=gate)
        turns: dict[str, datetime | None] = dict(rows.filter(ticket__in=tickets).values_list("ticket", "at"))
        granted = sorted(rows.order_by("-at").values_list("at", flat=True)[: rate.limit])
        made = []
        for ticket in tickets:
            if ticket in turns:
                continue  # this node run was cut off after it took its turn
            turns[ticket] = at = rate.next_turn(granted, now)
            if at is not None:
                granted = [*granted, at][-rate.limit :]
                made.append(self._turn(gate, ticket, at, rate.window))
        rows.bulk_create(made)
        return turns

    def settle(self, node_id: str, tickets: Mapping[str, str], quiet: timedelta) -> dict[str, Quiet]:
        fresh_connections()
        found: dict[str, Quiet] = {}
        with transaction.atomic():
            for key, own in _by_key(tickets):
                gate = self._held(node_id, key)
                found |= {ticket: self._settle(gate, ticket, quiet) for ticket in own}
        return found

    def _settle(self, gate: TurnGate, ticket: str, quiet: timedelta) -> Quiet:
        rows = Turn.objects.for_organization(self._organization_id).filter(gate=gate)
        known = rows.filter(ticket=ticket).first()
        if known is not None:
            return Quiet(known.at, known.superseded)
        now = utc_now()
        rows.filter(at__gt=now, superseded=False).update(superseded=True)
        self._turn(gate, ticket, now + quiet, quiet).save(force_insert=True)
        return Quiet(now + quiet, superseded=False)

    def _turn(self, gate: TurnGate, ticket: str, at: datetime, window: timedelta) -> Turn:
        return Turn(
            organization_id=self._organization_id, gate=gate, ticket=ticket, at=at, expires_at=at + window + KEPT
        )

    def _held(self, node_id: str, key: str) -> TurnGate:
        """The gate of a key, held until the transaction ends."""
        rows = TurnGate.objects.for_organization(self._organization_id)
        own = {"workflow_id": self._workflow_id, "node_id": node_id, "key": key}
        while True:
            row = TurnGate(organization_id=self._organization_id, **own)
            rows.bulk_create([row], ignore_conflicts=True)
            gate = rows.select_for_update().filter(**own).first()
            # None: it was forgotten between the two statements.
            if gate is not None:
                rows.filter(id=gate.id).update(updated_at=utc_now())
                return gate


def _by_key(tickets: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    grouped: dict[str, list[str]] = {}
    for ticket, key in tickets.items():
        grouped.setdefault(hashlib.sha256(key.encode("utf-8", "replace")).hexdigest(), []).append(ticket)
    return sorted(grouped.items())


def turns_of(execution: Execution) -> TurnsPort:
    """The turns that a run shares with others. Runs by hand and dry runs neither wait for others nor hold them up."""
    if execution.trigger_mode in BY_HAND or execution.dry_run:
        return AloneTurns()
    return SharedTurns(execution.organization_id, execution.workflow_id)


def forget_turns() -> int:
    """Remove turns that are over for long, one batch; answers how many."""
    rows = Turn.objects.for_system(reason="turns that are over")
    old = list(rows.filter(expires_at__lte=utc_now()).order_by("expires_at").values_list("id", flat=True)[:BATCH])
    return rows.filter(id__in=old).delete()[0] if old else 0


def forget_gates() -> int:
    """Remove gates that have no turns and were not used for long, one batch; answers how many."""
    turns = Turn.objects.for_system(reason="turns of a gate")
    gates = TurnGate.objects.for_system(reason="gates without turns")
    unused = gates.filter(~Exists(turns.filter(gate=OuterRef("pk"))), updated_at__lt=utc_now() - KEPT)
    gone = 0
    for gate_id in list(unused.order_by("updated_at").values_list("id", flat=True)[:BATCH]):
        with transaction.atomic():
            # Whoever is about to use it holds it now, or finds it gone.
            held = gates.select_for_update().filter(id=gate_id, updated_at__lt=utc_now() - KEPT).first()
            if held is not None and not turns.filter(gate=held).exists():
                gone += held.delete()[0]
    return gone
