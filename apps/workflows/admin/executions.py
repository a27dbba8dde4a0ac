"""The administration's screens of executions, their steps and their logs."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.public import administrator_actor
from apps.core.admin import OrganizationFilter, ReadOnlyAdmin, for_each
from apps.workflows.models import Execution, ExecutionLog, NodeExecution
from apps.workflows.services.executions import stop_execution
from apps.workflows.services.pausing import pause_execution, resume_execution
from apps.workflows.services.retries import retry_execution


@admin.register(Execution)
class ExecutionAdmin(ReadOnlyAdmin):
    """Runs; they can be stopped and repeated. Their items are looked at in the product."""

    list_display = (
        "id", "workflow", "organization", "status", "trigger_mode", "environment", "created_at", "total_duration_ms",
    )  # fmt: skip
    list_filter = ("status", "trigger_mode", "environment", "created_at", ("organization", OrganizationFilter))
    list_select_related = ("workflow", "organization")
    search_fields = ("=id", "workflow__name", "=correlation_id", "organization__slug")
    actions = ("stop", "pause", "resume", "retry", "retry_from_failed")

    @admin.action(description=_("Stop the executions"), permissions=["operate"])
    def stop(self, request: HttpRequest, rows: QuerySet[Execution]) -> None:
        for_each(
            self,
            request,
            rows,
            lambda row: stop_execution(actor=administrator_actor(request, row.organization_id), execution_id=row.pk),
        )

    @admin.action(description=_("Pause the executions"), permissions=["operate"])
    def pause(self, request: HttpRequest, rows: QuerySet[Execution]) -> None:
        for_each(
            self,
            request,
            rows,
            lambda row: pause_execution(actor=administrator_actor(request, row.organization_id), execution_id=row.pk),
        )

    @admin.action(description=_("Let paused executions go on"), permissions=["operate"])
    def resume(self, request: HttpRequest, rows: QuerySet[Execution]) -> None:
        for_each(
            self,
            request,
            rows,
            lambda row: resume_execution(actor=administrator_actor(request, row.organization_id), execution_id=row.pk),
        )

    @admin.action(description=_("Run again with the same data"), permissions=["operate"])
    def retry(self, request: HttpRequest, rows: QuerySet[Execution]) -> None:
        for_each(
            self,
            request,
            rows,
            lambda row: retry_execution(actor=administrator_actor(request, row.organization_id), execution_id=row.pk),
        )

    @admin.action(description=_("Retry from the failed step"), permissions=["operate"])
    def retry_from_failed(self, request: HttpRequest, rows: QuerySet[Execution]) -> None:
        for_each(
            self,
            request,
            rows,
            lambda row: retry_execution(
                actor=administrator_actor(request, row.organization_id), execution_id=row.pk, from_failed_node=True
            ),
        )


@admin.register(NodeExecution)
class NodeExecutionAdmin(ReadOnlyAdmin):
    """Steps of runs."""

    list_display = (
        "node_name", "node_type", "status", "execution_id", "started_at", "duration_ms", "items_in", "items_out",
        "organization",
    )  # fmt: skip
    list_filter = ("status", ("organization", OrganizationFilter))
    search_fields = ("node_name", "node_type", "=execution__id")
    # Its text names the items' bytes; they are of no use here.
    exclude = ("payload",)


@admin.register(ExecutionLog)
class ExecutionLogAdmin(ReadOnlyAdmin):
    """Log lines of runs."""

    list_display = ("timestamp", "level", "message", "node_name", "execution_id", "organization")
    list_filter = ("level", ("organization", OrganizationFilter))
    search_fields = ("message", "node_name", "=execution__id")
