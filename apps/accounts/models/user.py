"""People."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from apps.accounts.constants import Role
from apps.accounts.models.organization import Membership, Organization, free_organization_slug
from apps.core.models import NameField, UuidModel
from exprsn.kernel.clock import utc_now


class UserManager(BaseUserManager["User"]):
    """Makes people together with their personal organization."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who signs in by e-mail, with a personal organization of their own."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        return self.save_new(user)

    def save_new(self, user: User) -> User:
        """Write somebody who is not in the database yet, and their personal organization."""
        user.email = self.normalize_email(user.email).lower()
        with transaction.atomic():
            user.save(using=self._db, force_insert=True)
            _make_personal_organization(user)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who also administers the installation."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin, UuidModel):
    """A person. The e-mail is the name to sign in with; upper and lower case do not matter."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = NameField(_("name"), max_length=100, blank=True)
    locale = models.CharField(_("language"), max_length=10, default="en")
    theme = models.CharField(_("theme"), max_length=6, default="system")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=utc_now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """The name, or the e-mail of who gave none."""
        return self.name or self.email

    def get_short_name(self) -> str:
        """The first name, or the e-mail's first part."""
        return self.name.split(" ")[0] if self.name else self.email.partition("@")[0]


def _make_personal_organization(user: User) -> None:
    title = user.name or user.email.partition("@")[0]
    organization = Organization.objects.create(
        name=title[:100], slug=free_organization_slug(title), is_personal=True, created_by_id=user.id
    )
    Membership.objects.create(user=user, organization=organization, role=Role.OWNER)
