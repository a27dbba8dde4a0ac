"""Words of forms that are stored and shown: public contract, never renamed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormStatus(models.TextChoices):
    """Whether a form takes submissions."""

    ACTIVE = "active", _("Open")
    CLOSED = "closed", _("Closed")


class SubmissionStatus(models.TextChoices):
    """What became of a submission."""

    ACCEPTED = "accepted", _("Accepted")
    SPAM = "spam", _("Spam")


class ResponseMode(models.TextChoices):
    """When somebody who has sent a form gets their answer."""

    IMMEDIATELY = "immediately", _("At once")
    WHEN_FINISHED = "when_finished", _("When everything is done")


MAX_SLUG = 100
