"""Roles and permission words: the one vocabulary of who may do what."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is in an organization."""

    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    EDITOR = "editor", _("Editor")
    OPERATOR = "operator", _("Operator")
    VIEWER = "viewer", _("Viewer")


class Permission(models.TextChoices):
    """What may be done."""

    READ = "read", _("Read")
    WRITE = "write", _("Write")
    EXECUTE = "execute", _("Run")
    PUBLISH = "publish", _("Publish")
    ADMIN = "admin", _("Administer")


class Scope(models.TextChoices):
    """What a token may be used for."""

    READ = "read", _("Read")
    WRITE = "write", _("Write")
    EXECUTE = "execute", _("Run")
    ADMIN = "admin", _("Administer")


class Theme(models.TextChoices):
    """How the screens look to somebody."""

    SYSTEM = "system", _("As the system does")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


_ALL = frozenset(Permission)

ROLE_PERMISSIONS: Mapping[str, frozenset[Permission]] = {
    Role.OWNER: _ALL,
    Role.ADMIN: _ALL,
    Role.EDITOR: frozenset({Permission.READ, Permission.WRITE, Permission.EXECUTE, Permission.PUBLISH}),
    Role.OPERATOR: frozenset({Permission.READ, Permission.EXECUTE}),
    Role.VIEWER: frozenset({Permission.READ}),
}

# A token publishes with the scope to write.
PERMISSION_SCOPE: Mapping[Permission, Scope] = {
    Permission.READ: Scope.READ,
    Permission.WRITE: Scope.WRITE,
    Permission.EXECUTE: Scope.EXECUTE,
    Permission.PUBLISH: Scope.WRITE,
    Permission.ADMIN: Scope.ADMIN,
}
