"""Celery tasks: ids in, one call out."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from apps.workflows.execution.approvals_due import MAIL_TASK
from apps.workflows.execution.batches import run_batch
from apps.workflows.execution.hints import RUN_TASK
from apps.workflows.execution.lanes import forget_old_lanes
from apps.workflows.services.approval_mail import mail_assignees
from apps.workflows.services.retention import forget_old_executions


@shared_task(name=RUN_TASK)
def run_executions(*execution_ids: str) -> None:
    """Claim and carry out accepted runs; a hint for a run that somebody else has is ignored."""
    run_batch([UUID(execution_id) for execution_id in execution_ids])


@shared_task(name="workflows.forget_old_executions")
def forget_executions() -> None:
    """One round of retention."""
    forget_old_executions()
    forget_old_lanes()


@shared_task(name=MAIL_TASK)
def mail_approval(approval_id: str) -> None:
    """Tell those who are to decide."""
    mail_assignees(UUID(approval_id))
