"""Organizations, their teams and members."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinLengthValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from apps.accounts.constants import Role
from apps.core.models import NameField, OrganizationModel, TimestampedModel, UuidModel

MAX_RETENTION_DAYS = 36_500


class Organization(UuidModel, TimestampedModel):
    """Who owns rows. Each user has a personal one."""

    name = NameField(_("name"), max_length=100, validators=[MinLengthValidator(1)])
    slug = models.SlugField(_("slug"), max_length=50, unique=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    locale = models.CharField(_("language"), max_length=10, default="en")
    plan = models.CharField(_("plan"), max_length=50, default="default")
    # For how many days ended executions are kept: empty as the installation says, 0 for ever.
    retention_days = models.PositiveIntegerField(
        _("days that executions are kept"), null=True, blank=True, validators=[MaxValueValidator(MAX_RETENTION_DAYS)]
    )
    is_personal = models.BooleanField(_("personal"), default=False, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.name


class Team(OrganizationModel, TimestampedModel):
    """A department inside an organization."""

    name = NameField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "name"], name="team_name_unique")]

    def __str__(self) -> str:
        return self.name


class Membership(UuidModel, TimestampedModel):
    """What a user is in an organization."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.VIEWER)
    teams = models.ManyToManyField(Team, related_name="memberships", blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "organization"], name="membership_unique")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organization_id}"


def free_organization_slug(name: str) -> str:
    """A slug for this name that no organization has."""
    base = slugify(name)[:40] or "organization"
    taken = set(Organization.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken)
