"""Traces over OTLP: off unless an endpoint is named, by our variable or by the standard ones."""

from __future__ import annotations

from config import env

EXPRSN_OTEL_ENDPOINT = env.text("EXPRSN_OTEL_ENDPOINT")
_standard = env.text("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") or env.text("OTEL_EXPORTER_OTLP_ENDPOINT")
_refused = env.flag("OTEL_SDK_DISABLED", False) or env.text("OTEL_TRACES_EXPORTER") == "none"
EXPRSN_TRACING = bool(EXPRSN_OTEL_ENDPOINT or _standard) and not _refused
