"""What this app registers in others: its entry in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.core.web.navigation import NavItem, navigation

navigation.register("forms", NavItem(_("Forms"), "forms", icon="clipboard-list", order=40, shortcut="g f"))
