"""Example tables to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require
from apps.decision_tables.interchange.gallery import template_tables
from apps.decision_tables.interchange.outcome import ReadTable
from apps.decision_tables.models import DecisionTable
from apps.decision_tables.services.tables import create_table, free_name
from exprsn.kernel.errors import NotFound


def list_templates(*, actor: Actor) -> Sequence[ReadTable]:
    """The examples, by name."""
    require(actor, Permission.READ)
    return list(template_tables().values())


def get_template(*, actor: Actor, template: str) -> ReadTable:
    """One example, or ``template_not_found``."""
    require(actor, Permission.READ)
    found = template_tables().get(template)
    if found is None:
        raise NotFound("There is no example table of this name.", code="template_not_found")
    return found


def use_template(*, actor: Actor, template: str, name: str = "", label: str = "") -> DecisionTable:
    """A new table that is a copy of the example, under its own name where that is free."""
    found = get_template(actor=actor, template=template)
    return create_table(
        actor=actor,
        document=found.document,
        name=name or free_name(actor.organization_id, found.name),
        label=label or found.label,
        description=found.description,
    )
