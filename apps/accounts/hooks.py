"""What this app registers in others: its entries in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.accounts.api import openapi as _openapi  # registers itself when it is imported
from apps.core.web.navigation import NavItem, register_nav_item

__all__ = ["_openapi"]

for _item in (
    NavItem(_("Profile"), "profile", icon="user-round", order=51, group="settings"),
    NavItem(_("Organization"), "organization", icon="building-2", order=52, permission="admin", group="settings"),
    NavItem(_("Members"), "members", icon="users", order=53, permission="admin", group="settings"),
    NavItem(_("Teams"), "teams", icon="network", order=54, permission="admin", group="settings"),
    NavItem(_("API tokens"), "tokens", icon="key-round", order=60, group="settings"),
    NavItem(_("Audit log"), "audit", icon="scroll-text", order=70, permission="admin", group="settings"),
):
    register_nav_item(_item)
