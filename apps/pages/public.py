"""What other apps may use of pages."""

from __future__ import annotations

from apps.pages.selectors.forms import open_forms
from apps.pages.services.forms import close_forms, define_form, is_web_address

__all__ = ["close_forms", "define_form", "is_web_address", "open_forms"]
