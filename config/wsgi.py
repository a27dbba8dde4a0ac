"""WSGI: webhooks are answered ahead of Django's handler, everything else by it."""

from __future__ import annotations

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

_django = get_wsgi_application()

from apps.core.checks import refuse_insecure_production  # noqa: E402 - settings are read first

# Production servers run no system checks by themselves.
refuse_insecure_production()

from django.conf import settings  # noqa: E402

from apps.core.middleware.proxies import TrustedProxies  # noqa: E402
from apps.core.middleware.tracing import TracedRequests  # noqa: E402
from apps.workflows.serving.wsgi import WebhookGateway  # noqa: E402 - models need a set-up Django

application: Any = TrustedProxies(WebhookGateway(_django), settings.EXPRSN_TRUSTED_PROXIES)
if settings.EXPRSN_TRACING:
    application = TracedRequests(application)
