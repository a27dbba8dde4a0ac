from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("apps.pages.api.urls")),
    path("", include("apps.pages.web.urls")),
]
