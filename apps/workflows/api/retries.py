"""Running ended executions again over HTTP, many at once; replaying what started one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.idempotency import idempotent
from apps.workflows.api import examples
from apps.workflows.api.filters import retry_filters
from apps.workflows.api.serializers import ExecutionListSerializer, StartedSerializer
from apps.workflows.api.workflows import read_body
from apps.workflows.services.bulk_retries import MAX_RETRIED, retry_executions
from apps.workflows.services.replays import DRAFT, PUBLISHED, replay_execution

FROM, VERSIONS = ("start", "failed"), ("same", "newest")


class RetriesSerializer(serializers.Serializer[Any]):
    """Which executions to run again, and how. Send ``ids`` or a ``filter``."""

    ids = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=MAX_RETRIED)
    filter = serializers.DictField(
        child=serializers.CharField(max_length=200, allow_blank=True), required=False,
        help_text="As in the query of the list: workflow, status (error), environment, trigger_mode, search, since, "
        "until. What has been retried already is left out.",
    )  # fmt: skip

    def get_fields(self) -> dict[str, Any]:
        """``from`` is no name that Python takes for an attribute."""
        told = "`failed`: keep what was done before the node that ended the run."
        choices = serializers.ChoiceField(choices=FROM, default="start", help_text=told)
        version = serializers.ChoiceField(choices=VERSIONS, default="same")
        return {**super().get_fields(), "from": choices, "version": version}


class RetriedRunSerializer(serializers.Serializer[Any]):
    """A new run and the one that it repeats."""

    id = serializers.UUIDField()
    retry_of = serializers.UUIDField()


class RefusalSerializer(serializers.Serializer[Any]):
    """An execution that was not run again, and why."""

    execution = serializers.UUIDField()
    code = serializers.CharField()
    message = serializers.CharField()


class RetriedSerializer(serializers.Serializer[Any]):
    """What became of many retries."""

    accepted = serializers.IntegerField()
    refused = serializers.IntegerField()
    more = serializers.BooleanField(help_text="The filter finds others; send the request again.")
    executions = RetriedRunSerializer(many=True)
    refusals = RefusalSerializer(many=True)


class ReplaySerializer(serializers.Serializer[Any]):
    """What to replay on; nothing means the newest published version, or the draft where there is none."""

    version = serializers.ChoiceField(choices=(PUBLISHED, DRAFT), required=False, default="")
    workflow = serializers.UUIDField(required=False, default=None, allow_null=True, help_text="Another workflow.")


class RetriesView(APIView):
    """``/executions/retry/``."""

    @extend_schema(
        request=RetriesSerializer,
        responses={202: RetriedSerializer},
        examples=[examples.RETRIES],
        operation_id="executions_retry_many",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Run many again, at most 1,000; each is accepted or refused by itself."""
        data = read_body(RetriesSerializer, request)
        filters = retry_filters(data["filter"]) if "filter" in data else None
        done = retry_executions(
            actor=actor_from_request(request),
            ids=data.get("ids"),
            filters=filters,
            from_failed=data["from"] == "failed",
            use_newest=data["version"] == "newest",
        )
        return Response(done.to_data(), status=202)


class ReplayView(APIView):
    """``/executions/{id}/replay/``."""

    @extend_schema(request=ReplaySerializer, responses={202: StartedSerializer}, examples=[examples.REPLAY])
    @idempotent
    def post(self, request: Request, execution_id: UUID) -> Response:
        """A new run with what started this one, in what the workflow is now."""
        data = read_body(ReplaySerializer, request)
        execution = replay_execution(
            actor=actor_from_request(request),
            execution_id=execution_id,
            version=data["version"],
            workflow_id=data["workflow"],
        )
        return Response({"execution": ExecutionListSerializer(execution).data}, status=202)
