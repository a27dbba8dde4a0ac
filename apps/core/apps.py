from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "apps.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.core import checks
        from apps.core import hooks as _connects_signals  # noqa: F401
        from apps.core.services import health_parts as _registers_checks  # noqa: F401
        from apps.core.services import query_times
        from apps.core.services.logs import configure_structlog

        _trace_if_asked()
        checks.register()
        query_times.watch()
        configure_structlog()


def _trace_if_asked() -> None:
    """The packages of ``requirements-otel.txt`` are imported only where traces are on."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    if not settings.EXPRSN_TRACING:
        return
    try:
        from apps.core.services.otel import OtelTracer
    except ModuleNotFoundError as error:
        hint = "Traces are on, but their packages are missing: pip install -r requirements-otel.txt"
        raise ImproperlyConfigured(f"{hint} ({error.name}).") from None
    from exprsn.kernel.tracing import set_tracer

    set_tracer(OtelTracer(settings.EXPRSN_OTEL_ENDPOINT))
