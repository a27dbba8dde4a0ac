from __future__ import annotations

from django.urls import path

from apps.connections.api import views

urlpatterns = [
    path("credentials/", views.CredentialListView.as_view()),
    path("credentials/<uuid:credential_id>/", views.CredentialView.as_view()),
    path("credentials/<uuid:credential_id>/test/", views.CredentialTestView.as_view()),
    path("credential-types/", views.CredentialTypesView.as_view()),
]
