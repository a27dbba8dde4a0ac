"""Edits of a workflow's draft by operations, over HTTP."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.collaboration.contracts import Base, EventPage, Operation
from apps.collaboration.public import list_events, read_document, submit, undo
from apps.core.api.edits import (
    DocumentSerializer,
    EventPageSerializer,
    EventQuerySerializer,
    OperationBatchSerializer,
    UndoSerializer,
)
from apps.workflows.api import operation_examples as examples
from apps.workflows.api.workflows import read_body
from apps.workflows.services.collaborating import WORKFLOW


def _page(page: EventPage) -> Response:
    return Response(EventPageSerializer(page).data)


class OperationsView(APIView):
    """``/workflows/{id}/operations/``."""

    max_body_bytes = settings.EXPRSN_DEFINITION_MAX_BYTES + 1024 * 1024

    @extend_schema(
        parameters=[EventQuerySerializer], responses=EventPageSerializer, operation_id="workflows_operations_list"
    )
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """The edits of a workflow behind the number ``after``, in order."""
        query = EventQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        actor = actor_from_request(request)
        found = list_events(actor=actor, resource_type=WORKFLOW, resource_id=workflow_id, **query.validated_data)
        return _page(found)

    @extend_schema(request=OperationBatchSerializer, responses=EventPageSerializer, examples=[examples.OPERATIONS])
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Edit the draft, all or nothing; the answer holds every event behind ``base_seq``."""
        data = read_body(OperationBatchSerializer, request)
        page = submit(
            actor=actor_from_request(request),
            resource_type=WORKFLOW,
            resource_id=workflow_id,
            operations=[Operation.sent(each) for each in data["ops"]],
            base=Base(data["base_seq"], data["epoch"]),
            client_id=data["client_id"],
        )
        return _page(page)


class UndoView(APIView):
    """``/workflows/{id}/undo/``."""

    @extend_schema(request=UndoSerializer, responses=EventPageSerializer, examples=[examples.UNDO])
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Take one of your own edits back; the answer holds the event that does."""
        data = read_body(UndoSerializer, request)
        page = undo(actor=actor_from_request(request), resource_type=WORKFLOW, resource_id=workflow_id, **data)
        return _page(page)


class DocumentView(APIView):
    """``/workflows/{id}/document/``."""

    @extend_schema(responses=DocumentSerializer)
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """The draft together with the number of its last edit: where a client begins."""
        actor = actor_from_request(request)
        view = read_document(actor=actor, resource_type=WORKFLOW, resource_id=workflow_id)
        return Response(DocumentSerializer(view).data)
