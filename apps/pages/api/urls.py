from __future__ import annotations

from django.urls import path

from apps.pages.api import views

urlpatterns = [
    path("forms/", views.FormListView.as_view()),
    path("forms/<uuid:form_id>/", views.FormView.as_view()),
    path("forms/<uuid:form_id>/submissions/", views.FormSubmissionsView.as_view()),
    path("forms/<uuid:form_id>/submit/", views.FormSubmitView.as_view()),
]
