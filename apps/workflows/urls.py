from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from apps.workflows.serving.views import resume, test_webhook, webhook

urlpatterns: list[URLPattern | URLResolver] = [
    path("webhook/<path:path>", webhook, name="webhook"),
    path("webhook-test/<path:path>", test_webhook, name="webhook-test"),
    path("webhook-waiting/<path:path>", resume, name="webhook-waiting"),
    path("api/v1/", include("apps.workflows.api.urls")),
    path("", include("apps.workflows.web.urls")),
]
