from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("apps.decision_tables.api.urls")),
    path("", include("apps.decision_tables.web.urls")),
]
