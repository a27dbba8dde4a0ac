"""The forms of the screens of people and organizations."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.accounts.constants import Role
from apps.accounts.contracts import Actor
from apps.accounts.models import Team
from apps.core.web.widgets import LongSelect


@lru_cache(maxsize=1)
def timezone_choices() -> list[tuple[str, str]]:
    """The zones that places are in; abbreviations are left out."""
    named = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [(name, name.replace("_", " ")) for name in ("UTC", *named)]


def locale_choices() -> list[tuple[str, str]]:
    """Every language that the product knows by name."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


def roles_to_give(actor: Actor) -> list[tuple[str, Any]]:
    """Owners decide about owners; everybody else is offered the other roles."""
    return [(value, label) for value, label in Role.choices if value != Role.OWNER or actor.role == Role.OWNER]


class ProfileForm(forms.Form):
    """What somebody says about themselves."""

    name = forms.CharField(
        label=_("Name"), max_length=100, required=False, help_text=_("What others in your organizations see."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    locale = forms.ChoiceField(label=_("Language"), choices=locale_choices, widget=LongSelect)


class OrganizationForm(forms.Form):
    """A new organization, or what is changed of one."""

    name = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    timezone = forms.ChoiceField(
        label=_("Time zone"), choices=timezone_choices, initial="UTC", widget=LongSelect,
        help_text=_("What schedules mean by “every day at nine”."),
    )  # fmt: skip
    locale = forms.ChoiceField(label=_("Language"), choices=locale_choices, initial="en", widget=LongSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A zone that was set over the API may be one that the list leaves out.
        zone, field = self.initial.get("timezone"), self.fields["timezone"]
        if isinstance(field, forms.ChoiceField) and zone and zone not in dict(timezone_choices()):
            field.choices = [(zone, zone), *timezone_choices()]


class MemberAddForm(forms.Form):
    """Whom to take in, and as what."""

    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Somebody who has an account here."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Role"), initial=Role.VIEWER)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["role"], roles_to_give(actor))


class MemberForm(forms.Form):
    """What a member is, and where they belong."""

    role = forms.ChoiceField(label=_("Role"))
    teams = forms.MultipleChoiceField(label=_("Teams"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, actor: Actor, teams: list[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = roles_to_give(actor)
        present = self.initial.get("role")
        if present and present not in dict(offered):
            offered = [(present, Role(present).label), *offered]
        offer(self.fields["role"], offered)
        offer(self.fields["teams"], [(str(team.id), team.name) for team in teams])


class TeamForm(forms.Form):
    """The name of a team."""

    name = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class TeamMemberForm(forms.Form):
    """Whom to put into a team."""

    email = forms.EmailField(
        label=_("E-mail of a member"), widget=forms.EmailInput(attrs={"autocomplete": "off", "list": "candidates"})
    )


def offer(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    """Give a field what can be chosen."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
