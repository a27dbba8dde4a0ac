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
    HMAC = "hmac", _("Signature (HMAC)")
    JWT = "jwt", _("Signed token (JWT)")


@dataclass(frozen=True, slots=True)
class CredentialField:
    """One field of a kind. ``secret`` fields are never shown again.

    ``default`` is used for what is not given; with ``required`` false it may stay empty. ``options`` are the only
    values, where there are any. ``multiline``: a text of several lines, such as a key in PEM.
    """

    name: str
    label: str
    secret: bool = False
    required: bool = True
    default: str = ""
    options: tuple[str, ...] = ()
    multiline: bool = False


# ``stripe``: time and signatures stand in one header, ``t=…,v1=…``.
SIGNED_PARTS = ("body", "timestamp.body", "v0:timestamp:body", "stripe")
JWT_ALGORITHMS = (
    *("HS256", "HS384", "HS512"),
    *("RS256", "RS384", "RS512"),
    *("PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512"),
)


# All workers together call with it no more often than this; they wait for their moment.
RATE = "rate"
# An empty field keeps what is stored, so this takes a rate away again.
NO_RATE = "none"
_RATE = CredentialField(RATE, "Calls at most, such as 10/s or 60/min", required=False)


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
        _RATE,
    ),
    CredentialKind.BASIC: (
        CredentialField("username", "User name"),
        CredentialField("password", "Password", secret=True),
        _RATE,
    ),
    CredentialKind.BEARER: (CredentialField("token", "Token", secret=True), _RATE),
    CredentialKind.QUERY: (
        CredentialField("name", "Parameter name"),
        CredentialField("value", "Value", secret=True),
        _RATE,
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
    CredentialKind.HMAC: (
        CredentialField("secret", "Secret", secret=True),
        CredentialField("header", "Header of the signature", default="X-Signature"),
        CredentialField("algorithm", "Algorithm", default="sha256", options=("sha256", "sha512", "sha1")),
        CredentialField("encoding", "Encoding", default="hex", options=("hex", "base64")),
        CredentialField("prefix", "Text before the signature", required=False),
        CredentialField("signed", "What is signed", default="body", options=SIGNED_PARTS),
        CredentialField("timestamp_header", "Header of the time", required=False),
        CredentialField("tolerance", "Seconds that a call may be old", default="300"),
    ),
    CredentialKind.JWT: (
        CredentialField("algorithm", "Algorithm", default="HS256", options=JWT_ALGORITHMS),
        CredentialField("key", "Shared secret or public key", secret=True, multiline=True),
        CredentialField("issuer", "Issuer", required=False),
        CredentialField("audience", "Audience", required=False),
        CredentialField("leeway", "Seconds that clocks may differ", default="60"),
        CredentialField("header", "Header of the token", default="Authorization"),
    ),
}
MAX_FIELD = 8_000
MAX_NAME = 100
