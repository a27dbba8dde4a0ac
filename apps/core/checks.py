"""System checks: settings that make no sense anywhere, and what production must not be left with.

exprsn.E001  DEBUG is on in production
exprsn.E002  SECRET_KEY is not given, short, or an example
exprsn.E003  EXPRSN_ENCRYPTION_KEYS is missing
exprsn.E004  EXPRSN_ALLOWED_HOSTS is missing or lets every host in
exprsn.E005  session or CSRF cookies may travel unencrypted
exprsn.E010  a rate is not like 100/min
exprsn.E011  EXPRSN_LOCKS is neither redis nor database, or redis without REDIS_URL
exprsn.E012  EXPRSN_OUTGOING_ALLOW has an entry that would let everything through
exprsn.E014  EXPRSN_S3_BUCKET is set without the packages of requirements-s3.txt
exprsn.E013  EXPRSN_HOST_RATES has an entry that is not like api.example.com=10/s
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from apps.core.api.throttles import parse_rate
from apps.core.services.held_calls import host_rates
from exprsn.kernel.errors import InvalidInput

_RATES = ("EXPRSN_RATE_ANONYMOUS", "EXPRSN_RATE_TOKEN", "EXPRSN_RATE_CODE")
_SHORTEST_KEY = 32
_EXAMPLE_KEYS = ("django-insecure", "change-me", "changeme", "secret")


def register() -> None:
    """Let ``manage.py check``, and every command that checks first, run these."""
    checks.register(check_settings, checks.Tags.security)
    checks.register(check_production, checks.Tags.security)


def refuse_insecure_production() -> None:
    """For servers that run no checks by themselves: raise ``ImproperlyConfigured`` naming every fault."""
    found = [*check_settings(None), *check_production(None)]
    if found:
        raise ImproperlyConfigured("\n".join(f"{fault.id}: {fault.msg} {fault.hint}" for fault in found))


def _error(number: str, message: str, hint: str) -> checks.Error:
    return checks.Error(message, hint=hint, id=f"exprsn.{number}")


def check_settings(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[checks.CheckMessage]:
    """Faults in every mode."""
    found: list[checks.CheckMessage] = []
    for name in _RATES:
        try:
            parse_rate(getattr(settings, name))
        except ValueError as error:
            found.append(_error("E010", f"{name} cannot be read: {error}", "Write it like 100/min."))
    try:
        host_rates(tuple(settings.EXPRSN_HOST_RATES))
    except InvalidInput as error:
        found.append(_error("E013", f"EXPRSN_HOST_RATES: {error.message}", "Write it like api.example.com=10/s."))
    if settings.EXPRSN_S3_BUCKET and find_spec("storages") is None:
        found.append(_error("E014", "EXPRSN_S3_BUCKET needs more packages.", "Install requirements-s3.txt."))
    if settings.EXPRSN_LOCKS not in {"redis", "database"}:
        found.append(_error("E011", "EXPRSN_LOCKS is not known.", "Set it to redis or database."))
    elif settings.EXPRSN_LOCKS == "redis" and not settings.REDIS_URL:
        found.append(_error("E011", "EXPRSN_LOCKS is redis without a Redis.", "Set REDIS_URL."))
    return found + [
        _error("E012", f"EXPRSN_OUTGOING_ALLOW has {entry}, which is everything.", "Name the networks.")
        for entry in settings.EXPRSN_OUTGOING_ALLOW
        if _is_everything(entry)
    ]


def _is_everything(entry: str) -> bool:
    try:
        return ipaddress.ip_network(entry, strict=False).prefixlen == 0
    except ValueError:
        return entry.strip() in {"", "*"}


def check_production(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[checks.CheckMessage]:
    """Insecure settings, where ``EXPRSN_PRODUCTION`` says that this is production."""
    if not getattr(settings, "EXPRSN_PRODUCTION", False):
        return []
    faults = (
        (settings.DEBUG, "E001", "DEBUG is on.", "Unset EXPRSN_DEBUG."),
        (_is_weak_key(), "E002", "SECRET_KEY is missing or weak.", "Set SECRET_KEY to 50 random characters."),
        (
            not settings.EXPRSN_ENCRYPTION_KEYS,
            "E003",
            "EXPRSN_ENCRYPTION_KEYS is missing.",
            "Set it; without it stored credentials depend on a file of one machine.",
        ),
        (
            not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS,
            "E004",
            "EXPRSN_ALLOWED_HOSTS is missing or lets every host in.",
            "Name the hosts of this installation.",
        ),
        (
            not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE),
            "E005",
            "Cookies may travel unencrypted.",
            "Leave SESSION_COOKIE_SECURE and CSRF_COOKIE_SECURE on.",
        ),
    )
    return [_error(number, message, hint) for wrong, number, message, hint in faults if wrong]


def _is_weak_key() -> bool:
    key = settings.SECRET_KEY
    given = getattr(settings, "EXPRSN_SECRET_KEY_GIVEN", False)
    return not given or len(key) < _SHORTEST_KEY or key.lower().startswith(_EXAMPLE_KEYS)
