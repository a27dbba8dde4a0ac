"""Forms of the screens of decision tables."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

NAME = RegexValidator(
    r"^[a-z0-9]+(?:[-_][a-z0-9]+)*\Z", _("Use small letters and digits, with single hyphens or underscores between.")
)


class TableForm(forms.Form):
    """What a table is called, what it is for and what it belongs to."""

    label = forms.CharField(label=_("Label"), max_length=200, help_text=_("As people read it: Product pricing."))
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        required=False,
        validators=[NAME],
        help_text=_("As calls name it: product-pricing. Left empty, it is made of the label."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    description = forms.CharField(
        label=_("Description"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    application = forms.CharField(
        label=_("Application"),
        max_length=100,
        required=False,
        validators=[NAME],
        help_text=_("Groups tables in the list, such as billing."),
        widget=forms.TextInput(attrs={"list": "applications", "autocapitalize": "none", "spellcheck": "false"}),
    )
