"""The only way to get a workflow or an execution on behalf of somebody: scope and role in one step."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, Scope, can, require
from apps.workflows.constants import WorkflowScope
from apps.workflows.models import Approval, ApprovalAssignee, Execution, Schedule, Webhook, Workflow
from exprsn.kernel.errors import NotFound


def visible_workflows(actor: Actor) -> QuerySet[Workflow]:
    """The workflows that the actor may find: trash left out, private ones only of their own."""
    return _in_scope(actor).filter(deleted_at__isnull=True)


def trashed_workflows(actor: Actor) -> QuerySet[Workflow]:
    """The workflows in the trash that the actor might find if they were not there."""
    return _in_scope(actor).filter(deleted_at__isnull=False)


def _in_scope(actor: Actor) -> QuerySet[Workflow]:
    require(actor, Permission.READ)
    rows = Workflow.objects.for_organization(actor.organization_id)
    return rows.exclude(Q(scope=WorkflowScope.USER) & ~Q(created_by=actor.user_id))


def get_workflow(actor: Actor, workflow_id: UUID, permission: Permission, *, lock: bool = False) -> Workflow:
    """One workflow, or ``workflow_not_found``; with ``lock`` its row is held until the transaction ends."""
    return _one_workflow(visible_workflows(actor), actor, workflow_id, permission, lock=lock)


def get_trashed_workflow(actor: Actor, workflow_id: UUID, permission: Permission, *, lock: bool = False) -> Workflow:
    """One workflow of the trash, or ``workflow_not_found``."""
    return _one_workflow(trashed_workflows(actor), actor, workflow_id, permission, lock=lock)


def _one_workflow(
    rows: QuerySet[Workflow], actor: Actor, workflow_id: UUID, permission: Permission, *, lock: bool
) -> Workflow:
    rows = rows.select_related("current", "published")
    if lock:
        rows = rows.select_for_update(of=("self",))
    workflow = rows.filter(id=workflow_id).first()
    if workflow is None:
        raise NotFound("There is no workflow with this id in your organization.", code="workflow_not_found")
    require(actor, permission)
    return workflow


def visible_webhooks(actor: Actor) -> QuerySet[Webhook]:
    """The webhooks of workflows that the actor may find."""
    require(actor, Permission.READ)
    return Webhook.objects.for_organization(actor.organization_id).exclude(_private_to_others(actor))


def visible_schedules(actor: Actor) -> QuerySet[Schedule]:
    """The schedules of workflows that the actor may find."""
    require(actor, Permission.READ)
    return Schedule.objects.for_organization(actor.organization_id).exclude(_private_to_others(actor))


def _private_to_others(actor: Actor) -> Q:
    return Q(workflow__scope=WorkflowScope.USER) & ~Q(workflow__created_by=actor.user_id)


def visible_executions(actor: Actor) -> QuerySet[Execution]:
    """The executions of workflows that the actor may find."""
    require(actor, Permission.READ)
    return Execution.objects.for_organization(actor.organization_id).exclude(_private_to_others(actor))


def get_execution(actor: Actor, execution_id: UUID, permission: Permission, *, lock: bool = False) -> Execution:
    """One execution, or ``execution_not_found``."""
    rows = visible_executions(actor).select_related("workflow", "version")
    if lock:
        rows = rows.select_for_update(of=("self",))
    execution = rows.filter(id=execution_id).first()
    if execution is None:
        raise NotFound("There is no execution with this id in your organization.", code="execution_not_found")
    require(actor, permission)
    return execution


def visible_approvals(actor: Actor) -> QuerySet[Approval]:
    """The approvals of workflows that the actor may find, and those that they are asked for by name or role."""
    require(actor, Permission.READ)
    rows = Approval.objects.for_organization(actor.organization_id)
    return rows.filter(~_private_to_others(actor) | Q(asked_of(actor)))


def asked_of(actor: Actor) -> Exists:
    """Whether the actor is one of the assignees of an approval, as a condition of a query."""
    rows = ApprovalAssignee.objects.for_organization(actor.organization_id).filter(approval=OuterRef("pk"))
    return Exists(rows.filter(Q(user_id=actor.user_id, user_id__isnull=False) | Q(role=actor.role, role__gt="")))


def get_approval(actor: Actor, approval_id: UUID) -> Approval:
    """One approval with its assignees, or ``approval_not_found``."""
    rows = visible_approvals(actor).select_related("workflow", "execution", "decided_by")
    approval = rows.prefetch_related("assignees__user").filter(id=approval_id).first()
    if approval is None:
        raise NotFound("There is no approval with this id in your organization.", code="approval_not_found")
    return approval


def may_decide(actor: Actor, approval: Approval) -> bool:
    """Whether the actor is among those who are asked: by name or by role, else whoever may run workflows.

    A token needs the scope to run in any case.
    """
    if approval.for_everybody:
        return can(actor, Permission.EXECUTE)
    if actor.kind == "system" or (actor.scopes is not None and Scope.EXECUTE not in actor.scopes):
        return False
    assignees = approval.assignees.all()
    return any(one.user_id == actor.user_id if one.user_id else one.role == actor.role for one in assignees)
