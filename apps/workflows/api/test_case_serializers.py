"""Shapes of tests of workflows. Shape only: what a test holds is checked where it is kept."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.pagination_schema import WholeListInfoSerializer
from apps.workflows.models import WorkflowTest
from apps.workflows.services.versions import MAX_NUMBER

MAX_ASKED = 200


class LastResultSerializer(serializers.Serializer[Any]):
    """What a test's last run came to; ``message`` is the first failure's."""

    status = serializers.CharField(help_text="`passed`, `failed` or `error`.")
    at = serializers.DateTimeField()
    duration_ms = serializers.FloatField()
    version = serializers.IntegerField()
    failures = serializers.IntegerField()
    message = serializers.CharField()


class TestListSerializer(serializers.ModelSerializer[WorkflowTest]):
    """A test in a list: without what it holds."""

    last_result = LastResultSerializer(read_only=True, allow_null=True)

    class Meta:
        model = WorkflowTest
        fields = (
            "id", "name", "description", "trigger_node", "position", "assertion_count", "created_at", "updated_at",
            "last_result",
        )  # fmt: skip
        read_only_fields = fields


class TestsSerializer(serializers.Serializer[Any]):
    """All tests of a workflow."""

    items = TestListSerializer(many=True)
    page_info = WholeListInfoSerializer()


class HttpMockSerializer(serializers.Serializer[Any]):
    """Answers requests of this method (`*` for all) to addresses like this (`*` for any text)."""

    method = serializers.CharField()
    url = serializers.CharField()
    status = serializers.IntegerField()
    headers = serializers.DictField(child=serializers.CharField())
    body = serializers.JSONField(allow_null=True)
    times = serializers.IntegerField(required=False, allow_null=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """As it is kept: what was left out stays out."""
        return dict(instance)


class MocksSerializer(serializers.Serializer[Any]):
    """What stands in for the outside: node id → ``{items, output?}``, ``{outputs}``, ``{error}`` or ``{runs}``."""

    nodes = serializers.DictField(child=serializers.DictField())
    http = HttpMockSerializer(many=True)


class AssertionSerializer(serializers.Serializer[Any]):
    """Something that must be so after the run; without a node about the run as a whole."""

    kind = serializers.CharField()
    node = serializers.CharField(allow_null=True)
    output = serializers.CharField(required=False, allow_null=True)
    run = serializers.IntegerField(required=False, allow_null=True)
    item = serializers.IntegerField(required=False, allow_null=True)
    path = serializers.CharField(required=False, allow_null=True)
    expected = serializers.JSONField(required=False, allow_null=True)
    ignore = serializers.ListField(child=serializers.CharField(), required=False)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """As it is kept: what was left out stays out."""
        return dict(instance)


class TestSerializer(TestListSerializer):
    """A test whole."""

    trigger_items = serializers.ListField(source="value.trigger_items", child=serializers.DictField(), read_only=True)
    now = serializers.CharField(source="value.now", read_only=True, allow_null=True)
    mocks = MocksSerializer(source="value.mocks", read_only=True)
    assertions = AssertionSerializer(source="value.assertions", many=True, read_only=True)

    class Meta:
        model = TestListSerializer.Meta.model
        fields = (*TestListSerializer.Meta.fields, "trigger_items", "now", "mocks", "assertions")
        read_only_fields = fields


class TestWriteSerializer(serializers.Serializer[Any]):
    """A new test, or changes to one."""

    name = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=500, required=False, allow_blank=True)
    trigger_node = serializers.CharField(
        max_length=64, required=False, allow_blank=True, trim_whitespace=False,
        help_text="The id of the trigger to begin with; empty for the manual one, else the first.",
    )  # fmt: skip
    position = serializers.IntegerField(min_value=0, max_value=MAX_NUMBER, required=False)
    trigger_items = serializers.ListField(child=serializers.DictField(), required=False)
    now = serializers.CharField(required=False, allow_null=True, allow_blank=True, help_text="The run's fixed time.")
    mocks = serializers.DictField(required=False)
    assertions = serializers.ListField(child=serializers.DictField(), required=False)


class RecordSerializer(serializers.Serializer[Any]):
    """Which run to make a test of."""

    execution = serializers.UUIDField()
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)


class RunTestsSerializer(serializers.Serializer[Any]):
    """Which tests to run, on which version; nothing means all, on the draft."""

    tests = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=MAX_ASKED)
    version = serializers.IntegerField(min_value=1, max_value=MAX_NUMBER, required=False, allow_null=True)


class FailureSerializer(serializers.Serializer[Any]):
    """What was not so; ``assertion`` is its position, null for what no assertion is about."""

    assertion = serializers.IntegerField(allow_null=True)
    kind = serializers.CharField()
    message = serializers.CharField()
    node = serializers.CharField(allow_null=True)
    expected = serializers.JSONField(allow_null=True)
    actual = serializers.JSONField(allow_null=True)


class TestErrorSerializer(serializers.Serializer[Any]):
    """The error that ended the run."""

    message = serializers.CharField()
    kind = serializers.CharField()
    node = serializers.CharField(allow_null=True)


class TestResultSerializer(serializers.Serializer[Any]):
    """What one test came to; ``unmocked`` are steps with an effect that answered an example."""

    test = serializers.UUIDField()
    name = serializers.CharField()
    status = serializers.CharField(help_text="`passed`, `failed` or `error`.")
    duration_ms = serializers.FloatField()
    run_status = serializers.CharField(allow_null=True)
    path = serializers.ListField(child=serializers.CharField())
    failures = FailureSerializer(many=True)
    unmocked = serializers.ListField(child=serializers.CharField())
    error = TestErrorSerializer(allow_null=True)


class NodeCoverageSerializer(serializers.Serializer[Any]):
    """Steps that ran, of those that a trigger leads to."""

    covered = serializers.IntegerField()
    total = serializers.IntegerField()
    missing = serializers.ListField(child=serializers.CharField())


class BranchSerializer(serializers.Serializer[Any]):
    """An output of a step with several."""

    node = serializers.CharField()
    output = serializers.CharField()


class BranchCoverageSerializer(NodeCoverageSerializer):
    """Connected outputs that items left by, of steps with several."""

    missing = BranchSerializer(many=True)  # type: ignore[assignment]


class CoverageSerializer(serializers.Serializer[Any]):
    """What the tests went through."""

    nodes = NodeCoverageSerializer()
    branches = BranchCoverageSerializer()


class TestReportSerializer(serializers.Serializer[Any]):
    """What a round of tests came to; ``failed`` counts errors too."""

    passed = serializers.IntegerField()
    failed = serializers.IntegerField()
    duration_ms = serializers.FloatField()
    version = serializers.IntegerField()
    coverage = CoverageSerializer()
    results = TestResultSerializer(many=True)
