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


class WaitKind(models.TextChoices):
    """What a run waits for from outside."""

    WEBHOOK = "webhook", _("A call")
    FORM = "form", _("A form")
    APPROVAL = "approval", _("An approval")
    TURN = "turn", _("Its turn")


class WaitStatus(models.TextChoices):
    """How one wait of one run stands."""

    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    TIMED_OUT = "timed_out", _("Timed out")
    CANCELED = "canceled", _("Canceled")


class ApprovalStatus(models.TextChoices):
    """How something that people were asked to decide stands; all but the first are final."""

    PENDING = "pending", _("Open")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    EXPIRED = "expired", _("Expired")
    CANCELED = "canceled", _("Canceled")


class DeadlineAction(models.TextChoices):
    """What becomes of an approval that nobody decided in time."""

    APPROVE = "approve", _("Approve")
    REJECT = "reject", _("Reject")
    EXPIRE = "expire", _("Go on by the output “expired”")
    ERROR = "error", _("Fail")
    ESCALATE = "escalate", _("Ask others")


class DecisionWay(models.TextChoices):
    """How a decision came in."""

    INBOX = "inbox", _("Inbox")
    LINK = "link", _("Link")
    API = "api", _("API")
    DEADLINE = "deadline", _("Deadline")
