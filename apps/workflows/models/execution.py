"""Executions: the durable record of every accepted run."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.models import OrganizationModel, TimestampedModel
from apps.workflows.constants import FINAL_STATUSES, Environment, ExecutionStatus, Priority, TriggerMode
from apps.workflows.models.packed import SpillingJsonModel


class Execution(OrganizationModel, TimestampedModel):
    """One accepted run of one version of a workflow.

    Durability: ``owner`` runs it until ``lease_until``; every takeover raises ``fence``, and a write
    that carries an older fence is refused. ``journal_length`` is the number of journaled node runs.
    ``takeovers`` counts how often its process fell silent.

    Calls: ``parent`` is the execution that started this one, ``call_depth`` how many such starts lie above;
    ``pending_children`` of those that this one waits for have not ended yet; ``awaited``: the parent waits for it.

    ``partial``: ``{start_node, end_node, source_execution}`` of a run of a part of the workflow.

    Pauses: ``pause_requested`` until a running one has come to the end of its step; ``pause`` says why (``reason``
    is ``person`` or ``doubt``), ``paused_from`` what it was before; ``paused_seconds`` of earlier pauses together.

    Limits: ``lane`` names what it is counted in, if its workflow has a limit (see ``Lane``). ``is_automatic``: a retry
    that the workflow's settings asked for, not a person.
    """

    workflow = models.ForeignKey("workflows.Workflow", models.CASCADE, related_name="executions")
    version = models.ForeignKey("workflows.WorkflowVersion", models.CASCADE, related_name="+")
    status = models.CharField(
        _("status"), max_length=16, choices=ExecutionStatus.choices, default=ExecutionStatus.QUEUED
    )
    trigger_mode = models.CharField(_("trigger"), max_length=20, choices=TriggerMode.choices)
    trigger_node = models.CharField(max_length=64, blank=True)
    environment = models.CharField(
        _("environment"), max_length=10, choices=Environment.choices, default=Environment.TESTING
    )
    test_mode = models.BooleanField(default=False)
    dry_run = models.BooleanField(default=False)
    priority = models.CharField(_("priority"), max_length=8, choices=Priority.choices, default=Priority.NORMAL)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    total_duration_ms = models.PositiveIntegerField(null=True)
    nodes_executed = models.PositiveIntegerField(default=0)
    nodes_skipped = models.PositiveIntegerField(default=0)
    nodes_failed = models.PositiveIntegerField(default=0)
    failed_node = models.CharField(max_length=64, blank=True)
    error = models.JSONField(null=True)
    output_order = models.PositiveIntegerField(null=True)
    retry_count = models.PositiveIntegerField(default=0)
    retry_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="retries")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="children")
    correlation_id = models.CharField(max_length=128, blank=True)
    custom_data = models.JSONField(default=dict)
    partial = models.JSONField(null=True)
    created_by = models.UUIDField(null=True)

    fence = models.PositiveIntegerField(default=0)
    owner = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    resume_at = models.DateTimeField(null=True)
    hinted_at = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    journal_length = models.PositiveIntegerField(default=0)
    takeovers = models.PositiveSmallIntegerField(default=0)
    call_depth = models.PositiveSmallIntegerField(default=0)
    event_depth = models.PositiveSmallIntegerField(default=0)
    pending_children = models.PositiveIntegerField(default=0)
    awaited = models.BooleanField(default=False)
    lane = models.UUIDField(null=True)
    is_automatic = models.BooleanField(default=False)
    pause_requested = models.BooleanField(default=False)
    pause = models.JSONField(null=True)
    paused_from = models.CharField(max_length=8, blank=True)
    paused_at = models.DateTimeField(null=True)
    paused_seconds = models.FloatField(default=0)

    class Meta:
        verbose_name = _("execution")
        verbose_name_plural = _("executions")
        indexes: ClassVar = [
            models.Index(fields=["organization", "-id"], name="execution_by_organization"),
            models.Index(fields=["workflow", "-id"], name="execution_by_workflow"),
            # The sweep looks at unfinished runs only; partial indexes keep its cost flat.
            models.Index(fields=["hinted_at"], condition=models.Q(status="queued"), name="execution_queued"),
            models.Index(fields=["lease_until"], condition=models.Q(status="running"), name="execution_leased"),
            models.Index(fields=["resume_at"], condition=models.Q(status="waiting"), name="execution_waiting"),
            models.Index(fields=["id"], condition=models.Q(pause_requested=True), name="execution_pausing"),
            models.Index(
                fields=["lane", "status", "started_at", "id"],
                condition=models.Q(lane__isnull=False, finished_at__isnull=True),
                name="execution_in_lane",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def open_pause(self) -> dict[str, Any] | None:
        """Why it is paused or is to pause; None for one that ended before it came to that."""
        return None if self.status in FINAL_STATUSES else self.pause

    @property
    def started_by(self) -> str:
        """What started it, for people: a dry run is named as what it is."""
        return gettext("Dry run") if self.dry_run else self.get_trigger_mode_display()


class ExecutionPayload(OrganizationModel, SpillingJsonModel):
    """Item data of an execution: what started it, what its nodes put out, what it answered.

    ``kind`` is ``trigger`` (one list of items), ``journal`` (execution_order → entry data), ``response`` (the
    answer for a waiting webhook caller), ``changes`` (what a dry run would have changed outside) or ``part`` (which
    nodes a partial run runs, and what it takes over).
    """

    execution = models.ForeignKey(Execution, models.CASCADE, related_name="payloads")
    kind = models.CharField(max_length=8)

    class Meta:
        verbose_name = _("execution payload")
        verbose_name_plural = _("execution payloads")

    def __str__(self) -> str:
        return f"{self.kind} of {self.execution_id}"
