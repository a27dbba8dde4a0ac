from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from apps.console.web.views import home

urlpatterns: list[URLPattern | URLResolver] = [path("", home, name="home")]
