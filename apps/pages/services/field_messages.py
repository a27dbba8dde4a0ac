"""The sentences for answers that are refused, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.pages.contracts.fields import FormField
from apps.pages.engine.values import Fault

_SENTENCES: Mapping[str, Any] = {
    "required": _("%(label)s: give an answer."),
    "must_be_checked": _("%(label)s: this box must be checked."),
    "too_short": _("%(label)s: give at least %(limit)s characters."),
    "too_long": _("%(label)s: give at most %(limit)s characters."),
    "not_an_email": _("%(label)s: give an e-mail address such as name@example.com."),
    "pattern": _("%(label)s: this does not have the right form."),
    "pattern_too_costly": _("%(label)s: this text is too long to be checked. Shorten it."),
    "not_a_number": _("%(label)s: give a number such as 12.5."),
    "not_a_date": _("%(label)s: give a date such as 2026-12-31."),
    "too_small": _("%(label)s: give %(limit)s or more."),
    "too_large": _("%(label)s: give %(limit)s or less."),
    "not_an_option": _("%(label)s: choose one of the answers that are offered."),
    "not_a_text": _("%(label)s: give a single value."),
}


def sentence(field: FormField, fault: Fault) -> str:
    """What to do about a refused answer; it names the field, so that it can stand alone."""
    return str(_SENTENCES[fault.code] % {"label": field.label, "limit": fault.limit})
