"""Kinds of credentials and the fields of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class CredentialKind(models.TextChoices):
    """How a credential is sent."""

    HEADER = "header", _("Header")
    BASIC = "basic", _("Basic")
    BEARER = "bearer", _("Bearer token")
    QUERY = "query", _("Query parameter")
    SMTP = "smtp", _("Mail server (SMTP)")
    POSTGRES = "postgres", _("PostgreSQL")
    MYSQL = "mysql", _("MySQL or MariaDB")


@dataclass(frozen=True, slots=True)
class CredentialField:
    """One field of a kind. ``secret`` fields are never shown again.

    ``default`` is used for what is not given; with ``required`` false it may stay empty. ``options`` are the only
    values, where there are any.
    """

    name: str
    label: str
    secret: bool = False
    required: bool = True
    default: str = ""
    options: tuple[str, ...] = ()


def _database(port: str) -> tuple[CredentialField, ...]:
    return (
        CredentialField("host", "Host"),
        CredentialField("port", "Port", default=port),
        CredentialField("database", "Database"),
        CredentialField("user", "User name"),
        CredentialField("password", "Password", secret=True, required=False),
        CredentialField("ssl", "Encryption", default="verify", options=("verify", "require", "disable")),
    )


FIELDS: Mapping[str, tuple[CredentialField, ...]] = {
    CredentialKind.HEADER: (
        CredentialField("name", "Header name"),
        CredentialField("value", "Value", secret=True),
    ),
    CredentialKind.BASIC: (
        CredentialField("username", "User name"),
        CredentialField("password", "Password", secret=True),
    ),
    CredentialKind.BEARER: (CredentialField("token", "Token", secret=True),),
    CredentialKind.QUERY: (
        CredentialField("name", "Parameter name"),
        CredentialField("value", "Value", secret=True),
    ),
    CredentialKind.SMTP: (
        CredentialField("host", "Host"),
        CredentialField("port", "Port", default="587"),
        CredentialField("user", "User name", required=False),
        CredentialField("password", "Password", secret=True, required=False),
        CredentialField("security", "Encryption", default="starttls", options=("starttls", "tls", "none")),
    ),
    CredentialKind.POSTGRES: _database("5432"),
    CredentialKind.MYSQL: _database("3306"),
}
MAX_FIELD = 8_000
MAX_NAME = 100
