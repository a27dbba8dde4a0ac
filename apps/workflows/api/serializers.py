"""Shapes of the workflows API. Shape only: services decide."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.pagination_schema import WholeListInfoSerializer
from apps.workflows.constants import Priority, WorkflowScope
from apps.workflows.models import (
    Execution,
    ExecutionLog,
    NodeExecution,
    Schedule,
    Webhook,
    Workflow,
    WorkflowVersion,
)
from apps.workflows.services.partial_runs import PartWanted


class WorkflowWriteSerializer(serializers.Serializer[Any]):
    """A new workflow, or changes to one."""

    name = serializers.CharField(min_length=2, max_length=100)
    slug = serializers.RegexField(
        r"^[a-z0-9]+(?:-[a-z0-9]+)*$", min_length=2, max_length=50, required=False,
        error_messages={"invalid": "Use lower-case letters, digits and single hyphens."},
    )  # fmt: skip
    description = serializers.CharField(max_length=500, required=False, allow_blank=True)
    scope = serializers.ChoiceField(choices=WorkflowScope.choices, required=False)
    folder = serializers.CharField(max_length=200, required=False, allow_blank=True)
    tags = serializers.ListField(child=serializers.CharField(max_length=50), max_length=20, required=False)
    definition = serializers.DictField(required=False)
    message = serializers.CharField(max_length=200, required=False, allow_blank=True)


class WorkflowListSerializer(serializers.ModelSerializer[Workflow]):
    """A workflow in a list: everything but the definition."""

    version = serializers.IntegerField(source="current.number", read_only=True, allow_null=True, default=None)
    published_version = serializers.IntegerField(
        source="published.number", read_only=True, allow_null=True, default=None
    )
    node_count = serializers.IntegerField(source="current.node_count", read_only=True, default=0)
    last_executed_at = serializers.DateTimeField(read_only=True, allow_null=True, default=None)
    last_execution_status = serializers.CharField(read_only=True, allow_null=True, default=None)

    class Meta:
        model = Workflow
        fields = (
            "id", "organization", "name", "slug", "description", "status", "scope", "team", "folder", "tags",
            "environment", "version", "published_version", "node_count", "parent_workflow", "last_edited_at",
            "last_edited_by", "last_executed_at", "last_execution_status", "created_by", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class WorkflowSerializer(WorkflowListSerializer):
    """A workflow whole."""

    definition = serializers.DictField(source="current.document.value", read_only=True)
    settings = serializers.SerializerMethodField()
    execution_count = serializers.IntegerField(read_only=True, default=0)
    last_error = serializers.CharField(read_only=True, allow_null=True, default=None)

    class Meta:
        model = WorkflowListSerializer.Meta.model
        fields = (
            *WorkflowListSerializer.Meta.fields,
            "definition",
            "settings",
            "execution_count",
            "last_error",
        )
        read_only_fields = fields

    def get_settings(self, workflow: Workflow) -> dict[str, Any]:
        """The settings in the definition."""
        value = workflow.current.document.value.get("settings") if workflow.current else None
        return value if isinstance(value, dict) else {}


class DefinitionSerializer(serializers.Serializer[Any]):
    """A whole definition to save."""

    definition = serializers.DictField()
    message = serializers.CharField(max_length=200, required=False, allow_blank=True)


class VersionSerializer(serializers.ModelSerializer[WorkflowVersion]):
    """One version of a workflow, without its definition."""

    author_name = serializers.CharField(source="author.email", read_only=True, default="")

    class Meta:
        model = WorkflowVersion
        fields = (
            "id", "number", "message", "author", "author_name", "node_count", "sealed", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class PublishSerializer(serializers.Serializer[Any]):
    """What to publish; nothing means the current version."""

    version = serializers.IntegerField(min_value=1, required=False)
    message = serializers.CharField(max_length=200, required=False, allow_blank=True)
    skip_tests = serializers.BooleanField(
        required=False, default=False, help_text="Publish although tests of the workflow fail; it is audited."
    )


class PartSerializer(serializers.Serializer[Any]):
    """Which part of the workflow to run; nothing means all of it."""

    start_node = serializers.CharField(
        max_length=200, required=False, default="", allow_blank=True,
        help_text="Id or name. This node and all that follow run; what feeds them is taken over from an earlier run.",
    )  # fmt: skip
    end_node = serializers.CharField(
        max_length=200, required=False, default="", allow_blank=True,
        help_text="Id or name. Nothing after this node runs; the same as start_node to run one node.",
    )  # fmt: skip
    source_execution = serializers.UUIDField(
        required=False, default=None, allow_null=True,
        help_text="The run to take data over from; without it the newest one that has them.",
    )  # fmt: skip
    reuse = serializers.BooleanField(
        required=False, default=False,
        help_text="With end_node alone: take over what an earlier run has, instead of running everything before it.",
    )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The four fields together as ``part``."""
        names = ("start_node", "end_node", "source_execution", "reuse")
        part = PartWanted(**{name: attrs.pop(name) for name in names})
        return {**attrs, "part": part}


class PartialSerializer(serializers.Serializer[Any]):
    """The part of a workflow that an execution ran; nodes by id."""

    start_node = serializers.CharField(allow_null=True)
    end_node = serializers.CharField(allow_null=True)
    source_execution = serializers.UUIDField(allow_null=True)


class ExecuteSerializer(PartSerializer):
    """How to start a run."""

    trigger_data = serializers.JSONField(required=False, default=None, allow_null=True)
    trigger_node = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    wait = serializers.BooleanField(required=False, default=False)
    priority = serializers.ChoiceField(choices=Priority.choices, required=False)


class RetrySerializer(serializers.Serializer[Any]):
    """Which version a retry uses, and where it begins."""

    use_newest_version = serializers.BooleanField(required=False, default=False)
    from_failed_node = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Take over what was done before the node that ended the run, instead of doing it again.",
    )


class PauseSerializer(serializers.Serializer[Any]):
    """Why an execution is paused, or is to pause after its step; what node is in doubt, by id."""

    reason = serializers.ChoiceField(choices=["person", "doubt"])
    since = serializers.DateTimeField()
    by = serializers.UUIDField(allow_null=True)
    node = serializers.CharField(allow_null=True, default=None)
    node_name = serializers.CharField(allow_null=True, default=None)
    run_index = serializers.IntegerField(allow_null=True, default=None)


class ExecutionListSerializer(serializers.ModelSerializer[Execution]):
    """An execution in a list: no item data."""

    workflow_name = serializers.CharField(source="workflow.name", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)
    # A serializer has an attribute of this name too; declared fields are kept apart from attributes.
    partial = PartialSerializer(read_only=True, allow_null=True)  # type: ignore[assignment]
    pause = PauseSerializer(source="open_pause", read_only=True, allow_null=True)

    class Meta:
        model = Execution
        fields = (
            "id", "workflow", "workflow_name", "version", "status", "trigger_mode", "environment", "test_mode",
            "dry_run", "priority", "created_at", "started_at", "finished_at", "total_duration_ms",
            "nodes_executed", "nodes_skipped", "nodes_failed", "error", "failed_node", "retry_count", "retry_of",
            "parent", "correlation_id", "custom_data", "partial", "pause", "pause_requested",
        )  # fmt: skip
        read_only_fields = fields


class StartedSerializer(serializers.Serializer[Any]):
    """The run that a request started, retried or stopped."""

    execution = ExecutionListSerializer()


class ChangeSerializer(serializers.Serializer[Any]):
    """What a node of a dry run would have changed outside, for one item."""

    node_id = serializers.CharField()
    node = serializers.CharField()
    type = serializers.CharField()
    item = serializers.IntegerField()
    effect = serializers.DictField()


class ExecutionSerializer(ExecutionListSerializer):
    """An execution whole: what started it, its path and what it ended with."""

    trigger_data = serializers.JSONField(read_only=True)
    execution_path = serializers.ListField(child=serializers.CharField(), read_only=True)
    output = serializers.JSONField(read_only=True)
    changes = ChangeSerializer(many=True, read_only=True)
    failed_node_name = serializers.CharField(read_only=True)

    class Meta:
        model = ExecutionListSerializer.Meta.model
        fields = (
            *ExecutionListSerializer.Meta.fields,
            "trigger_data", "execution_path", "output", "changes", "failed_node_name",
        )  # fmt: skip
        read_only_fields = fields


class WaitSerializer(serializers.Serializer[Any]):
    """What a node run waits for. ``url``: where it is resumed, for who may run the workflow."""

    kind = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField(allow_null=True)
    approval = serializers.UUIDField(allow_null=True)


class NodeExecutionSerializer(serializers.ModelSerializer[NodeExecution]):
    """One run of one node with what came in and went out."""

    input = serializers.JSONField(read_only=True)
    output = serializers.JSONField(read_only=True)
    wait = WaitSerializer(read_only=True, allow_null=True, default=None)

    class Meta:
        model = NodeExecution
        fields = (
            "id", "node_id", "node_name", "node_type", "status", "started_at", "finished_at", "duration_ms",
            "execution_order", "run_index", "retry_count", "items_in", "items_out", "error", "input", "output",
            "wait",
        )  # fmt: skip
        read_only_fields = fields


class NodeExecutionsSerializer(serializers.Serializer[Any]):
    """All node runs of an execution."""

    items = NodeExecutionSerializer(many=True)
    page_info = WholeListInfoSerializer()


class ExecutionLogSerializer(serializers.ModelSerializer[ExecutionLog]):
    """One log line."""

    class Meta:
        model = ExecutionLog
        fields = ("id", "timestamp", "level", "message", "node_id", "node_name", "metadata")
        read_only_fields = fields


class WebhookSerializer(serializers.ModelSerializer[Webhook]):
    """A reachable webhook."""

    url = serializers.CharField(read_only=True, source="path")

    class Meta:
        model = Webhook
        fields = ("id", "workflow", "node_id", "method", "path", "url", "created_at")
        read_only_fields = fields


class ScheduleSerializer(serializers.ModelSerializer[Schedule]):
    """A schedule of an active workflow."""

    class Meta:
        model = Schedule
        fields = ("id", "workflow", "node_id", "rules", "timezone", "next_run_at", "last_run_at")
        read_only_fields = fields
