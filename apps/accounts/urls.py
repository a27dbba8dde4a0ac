from __future__ import annotations

from allauth.account.views import logout
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from apps.accounts.web import administration

urlpatterns: list[URLPattern | URLResolver] = [
    # Before the administration's own of the same addresses, which know neither lock-out nor audit log.
    path("admin/login/", administration.sign_in),
    path("admin/logout/", logout),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("accounts/", include("allauth.account.urls")),
    path("api/v1/", include("apps.accounts.api.urls")),
    path("", include("apps.accounts.web.urls")),
]
