"""Hosted forms: limits for visitors."""

from __future__ import annotations

from config import env

EXPRSN_RATE_FORM = env.text("EXPRSN_RATE_FORM", "20/min")
EXPRSN_FORM_MAX_BYTES = env.integer("EXPRSN_FORM_MAX_BYTES", 256 * 1024, minimum=1024)
EXPRSN_FORM_WAIT_SECONDS = env.seconds("EXPRSN_FORM_WAIT_SECONDS", 60.0)
