from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from apps.connections.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("apps.connections.api.urls")),
    path("settings/credentials/", views.credentials, name="credentials"),
    re_path(
        r"^settings/credentials/new/(?P<kind>header|basic|bearer|query|smtp|postgres|mysql|hmac|jwt)/$",
        views.credential_new,
        name="credential-new",
    ),
    path("settings/credentials/<uuid:credential_id>/", views.credential_edit, name="credential"),
    path("settings/credentials/<uuid:credential_id>/test/", views.credential_test, name="credential-test"),
    path("settings/credentials/<uuid:credential_id>/delete/", views.credential_delete, name="credential-delete"),
]
