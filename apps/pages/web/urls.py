from __future__ import annotations

from django.urls import path, re_path

from apps.pages.web import console, hosted, passing

SLUG = r"(?P<slug>[A-Za-z0-9][A-Za-z0-9_-]{0,99})"

urlpatterns = [
    path("forms/", console.form_list, name="forms"),
    path("forms/<uuid:form_id>/submissions/", console.form_submissions, name="form-submissions"),
    re_path(rf"^forms/{SLUG}/?$", hosted.form_page, name="form"),
    re_path(rf"^forms/{SLUG}/done/$", hosted.form_done, name="form-done"),
    re_path(rf"^forms/{SLUG}/done/state/$", hosted.form_state, name="form-state"),
    re_path(
        r"^form-waiting/(?P<token>[A-Za-z0-9._-]{1,200})/?$",
        passing.passing_form,
        {"kind": "waiting"},
        name="form-waiting",
    ),
]
