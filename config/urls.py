"""Every route of the product; pages of sites come last."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("apps.core.urls")),
    # Before the administration: its sign-in and sign-out are the product's.
    path("", include("apps.accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("apps.connections.urls")),
    path("", include("apps.pages.urls")),
    path("", include("apps.decision_tables.urls")),
    path("", include("apps.workflows.urls")),
    path("", include("apps.console.urls")),
]

handler400 = "apps.core.web.errors.bad_request"
handler403 = "apps.core.web.errors.permission_denied"
handler404 = "apps.core.web.errors.page_not_found"
handler500 = "apps.core.web.errors.server_error"
