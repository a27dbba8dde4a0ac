"""Forms of the screens of workflows."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkflowForm(forms.Form):
    """What a workflow is called and what it is for."""

    name = forms.CharField(label=_("Name"), min_length=2, max_length=100)
    description = forms.CharField(
        label=_("Description"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
