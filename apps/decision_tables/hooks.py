"""What decision tables register in other apps: what is edited together, and the entry in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.collaboration.public import register_resource
from apps.core.web.navigation import NavItem, navigation
from apps.decision_tables.services.collaborating import TABLE, TableResource

register_resource(TABLE, TableResource())
navigation.register(
    "decision-tables", NavItem(_("Decisions"), "decision-tables", icon="table-2", order=15, shortcut="g d")
)
