"""What this app registers in others: its entry in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.core.web.navigation import NavItem, navigation

navigation.register("home", NavItem(_("Home"), "home", icon="house", order=0, shortcut="g h"))
