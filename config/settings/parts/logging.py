"""Logs: one line for each event, to standard error; ``EXPRSN_LOG_FORMAT`` is ``json`` or ``human``."""

from __future__ import annotations

import os
from typing import Any

from config import env

_production = os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".prod")
EXPRSN_LOG_FORMAT = env.text("EXPRSN_LOG_FORMAT", "json" if _production else "human")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "apps.core.services.logs.formatter", "form": EXPRSN_LOG_FORMAT}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("EXPRSN_LOG_LEVEL", "INFO").upper()},
    "loggers": {
        # Django's own handlers would say everything twice.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "httpcore": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
    },
}
