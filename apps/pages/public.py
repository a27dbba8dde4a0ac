"""What other apps may use of pages."""

from __future__ import annotations

from apps.pages.selectors.forms import open_forms
from apps.pages.services.forms import close_forms, define_form, is_web_address
from apps.pages.services.submissions import checked_answers, without_secrets
from apps.pages.services.widgets import answers_from, shown_fields

__all__ = [
    "answers_from",
    "checked_answers",
    "close_forms",
    "define_form",
    "is_web_address",
    "open_forms",
    "shown_fields",
    "without_secrets",
]
