"""Approvals over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.contracts import Actor
from apps.accounts.public import actor_from_request
from apps.core.api.idempotency import idempotent
from apps.core.api.pagination import KeysetPagination
from apps.workflows.access import get_approval, may_decide
from apps.workflows.api import examples
from apps.workflows.api.filters import approval_filters
from apps.workflows.api.workflows import read_body
from apps.workflows.constants import ApprovalStatus
from apps.workflows.models import Approval
from apps.workflows.selectors.approvals import ME, approvals_for
from apps.workflows.services.approvals import DECISIONS, MAX_COMMENT, decide_approval

FILTERS = [
    OpenApiParameter("status", str, enum=ApprovalStatus.values, description="Only approvals with this status."),
    OpenApiParameter("assigned", str, enum=[ME], description="Only those that you may decide."),
    OpenApiParameter("workflow", str, description="Only approvals of the workflow with this id."),
    OpenApiParameter("execution", str, description="Only approvals of the execution with this id."),
]


class AssigneeSerializer(serializers.Serializer[Any]):
    """Who is asked: a person, or everybody with a role."""

    user = serializers.UUIDField(source="user_id", allow_null=True)
    email = serializers.CharField(source="user.email", allow_null=True, default=None)
    role = serializers.CharField(allow_blank=True)


class ApprovalListSerializer(serializers.ModelSerializer[Approval]):
    """An approval in a list: what is asked, whom, until when, and what came of it."""

    workflow_name = serializers.CharField(source="workflow.name", read_only=True)
    assignees = AssigneeSerializer(many=True, read_only=True)
    can_decide = serializers.SerializerMethodField()
    decided_by = serializers.CharField(source="decided_by_label", read_only=True)
    # Empty until it is decided, which is none of the choices.
    decided_via = serializers.CharField(read_only=True)

    class Meta:
        model = Approval
        fields = (
            "id", "title", "status", "workflow", "workflow_name", "execution", "node_id", "node_name", "assignees",
            "for_everybody", "can_decide", "deadline", "on_deadline", "escalated_at", "decided_by", "decided_at",
            "decided_via", "comment", "created_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_can_decide(self, approval: Approval) -> bool:
        """Whether you are asked and it is open."""
        actor: Actor = self.context["actor"]
        return approval.status == ApprovalStatus.PENDING and may_decide(actor, approval)


class ApprovalSerializer(ApprovalListSerializer):
    """An approval whole: with its description, its form and the items that are shown with it."""

    # A serializer has an attribute of this name too; declared fields are kept apart from attributes.
    form_fields = serializers.JSONField(source="fields", read_only=True)
    form = serializers.JSONField(source="answers", read_only=True)
    items = serializers.JSONField(source="value", read_only=True)

    class Meta:
        model = ApprovalListSerializer.Meta.model
        fields = (*ApprovalListSerializer.Meta.fields, "description", "form_fields", "form", "items")
        read_only_fields = fields


class DecisionSerializer(serializers.Serializer[Any]):
    """A decision. ``form``: answers by the names of the fields, for an approval."""

    decision = serializers.ChoiceField(choices=list(DECISIONS))
    comment = serializers.CharField(max_length=MAX_COMMENT, required=False, default="", allow_blank=True)
    form = serializers.DictField(required=False, default=dict)


class ApprovalListView(APIView):
    """``/approvals/``."""

    @extend_schema(parameters=FILTERS, responses=ApprovalListSerializer(many=True), operation_id="approvals_list")
    def get(self, request: Request) -> Response:
        """What people of your organization are asked to decide, newest first."""
        actor = actor_from_request(request)
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(
            approvals_for(actor, approval_filters(request.query_params)), request, view=self
        )
        return paginator.get_paginated_response(ApprovalListSerializer(page, many=True, context={"actor": actor}).data)


class ApprovalView(APIView):
    """``/approvals/{id}/``."""

    @extend_schema(responses=ApprovalSerializer, operation_id="approvals_get")
    def get(self, request: Request, approval_id: UUID) -> Response:
        """What is asked, with the items that it is about."""
        actor = actor_from_request(request)
        return _response(get_approval(actor, approval_id), actor)


class DecideView(APIView):
    """``/approvals/{id}/decide/``."""

    @extend_schema(request=DecisionSerializer, responses=ApprovalSerializer, examples=[examples.DECIDE])
    @idempotent
    def post(self, request: Request, approval_id: UUID) -> Response:
        """Approve or reject; the run goes on. The first decision counts."""
        actor = actor_from_request(request)
        data: Mapping[str, Any] = read_body(DecisionSerializer, request)
        decide_approval(actor=actor, approval_id=approval_id, **data)
        return _response(get_approval(actor, approval_id), actor)


def _response(approval: Approval, actor: Actor) -> Response:
    return Response(ApprovalSerializer(approval, context={"actor": actor}).data)
