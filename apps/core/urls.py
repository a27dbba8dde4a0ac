from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularAPIView

from apps.core.api import health
from apps.core.api.docs import api_docs
from apps.core.api.metrics import metrics
from apps.core.web.gallery import gallery
from apps.core.web.words import WordsView

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.ready),
    path("health/ready", health.ready),
    path("health/live", health.live),
    path("metrics", metrics, name="metrics"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", api_docs, name="api-docs"),
    path("words/<slug:language>.js", WordsView.as_view(), name="words"),
    path("_design/", gallery, name="design"),
]
