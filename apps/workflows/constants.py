"""Words of the workflows domain that are stored and shown: public contract, never renamed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkflowStatus(models.TextChoices):
    """Where a workflow is in its life."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    ARCHIVED = "archived", _("Archived")


class WorkflowScope(models.TextChoices):
    """Who may find a workflow."""

    USER = "user", _("Only me")
    TEAM = "team", _("Team")
    ORGANIZATION = "organization", _("Organization")


class Environment(models.TextChoices):
    """The stage that a workflow runs in."""

    TESTING = "testing", _("Testing")
    LAUNCHED = "launched", _("Launched")
    PRODUCTION = "production", _("Production")


class ExecutionStatus(models.TextChoices):
    """Where an execution is; the last four are final."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    WAITING = "waiting", _("Waiting")
    PAUSED = "paused", _("Paused")
    SUCCESS = "success", _("Success")
    PARTIAL_SUCCESS = "partial_success", _("Partial success")
    ERROR = "error", _("Error")
    CANCELED = "canceled", _("Canceled")


FINAL_STATUSES = frozenset(
    {
        ExecutionStatus.SUCCESS,
        ExecutionStatus.PARTIAL_SUCCESS,
        ExecutionStatus.ERROR,
        ExecutionStatus.CANCELED,
    }
)

# Ended before their last node: a retry can go on from where they broke off.
BROKEN_OFF = frozenset({ExecutionStatus.ERROR, ExecutionStatus.CANCELED})


class TriggerMode(models.TextChoices):
    """What started an execution."""

    MANUAL = "manual", _("Manual")
    WEBHOOK = "webhook", _("Webhook")
    SCHEDULE = "schedule", _("Schedule")
    EVENT = "event", _("Event")
    FORM = "form", _("Form")
    TELEGRAM_MESSAGE = "telegram_message", _("Telegram message")
    TELEGRAM_CALLBACK = "telegram_callback", _("Telegram callback")
    EMAIL = "email", _("E-mail")
    POLL = "poll", _("Poll")
    CHAT = "chat", _("Chat")
    WORKFLOW = "workflow", _("Workflow")
    ERROR = "error", _("Error")
    RETRY = "retry", _("Retry")
    TEST = "test", _("Test")


class NodeStatus(models.TextChoices):
    """How one run of one node stands."""

    PENDING = "pending", _("Pending")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    SUCCESS = "success", _("Success")
    ERROR = "error", _("Error")
    SKIPPED = "skipped", _("Skipped")
    CANCELED = "canceled", _("Canceled")


class Priority(models.TextChoices):
    """The queue that carries an execution."""

    CRITICAL = "critical", _("Critical")
    HIGH = "high", _("High")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("Low")


class LogLevel(models.TextChoices):
    """How much a log line matters."""

    DEBUG = "debug", _("Debug")
    INFO = "info", _("Info")
    WARNING = "warning", _("Warning")
    ERROR = "error", _("Error")
    CRITICAL = "critical", _("Critical")
