"""What this app registers in others: its entry in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.core.web.navigation import NavItem, navigation

navigation.register(
    "credentials", NavItem(_("Credentials"), "credentials", icon="lock-keyhole", order=50, shortcut="g c")
)
