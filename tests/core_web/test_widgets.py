"""Controls of our own are those of Django, but for the time they take."""

from __future__ import annotations

import pytest
from django import forms
from django.test import SimpleTestCase

from apps.core.web.widgets import LongSelect

CHOICES = [("a", "First"), ("b&", '<b>"Second"</b>'), ("", "None")]


@pytest.mark.parametrize("value", ["a", "b&", "", None, "unknown"])
@pytest.mark.parametrize("attrs", [None, {"id": "id_zone", "required": True, "aria-invalid": "true"}])
def test_a_long_select_is_a_select(value: str | None, attrs: dict[str, object] | None) -> None:
    ours = LongSelect(choices=CHOICES).render("zone", value, attrs)
    theirs = forms.Select(choices=CHOICES).render("zone", value, attrs)
    SimpleTestCase().assertHTMLEqual(ours, theirs)
