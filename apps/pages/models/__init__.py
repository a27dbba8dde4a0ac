from __future__ import annotations

from apps.pages.models.form import Form
from apps.pages.models.submission import FormSubmission

__all__ = ["Form", "FormSubmission"]
