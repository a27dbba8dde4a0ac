"""Edits of a table's draft by operations, over HTTP."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, actor_from_request
from apps.collaboration.contracts import Base, EventPage, Operation
from apps.collaboration.public import list_events, read_document, submit, undo
from apps.core.api.edits import (
    DocumentSerializer,
    EventPageSerializer,
    EventQuerySerializer,
    OperationBatchSerializer,
    UndoSerializer,
)
from apps.decision_tables.access import get_table
from apps.decision_tables.api import examples
from apps.decision_tables.api.reading import MAX_BODY, read_body, read_query
from apps.decision_tables.services.collaborating import TABLE


def _id_of(actor: Actor, table: str) -> UUID:
    return get_table(actor, table, Permission.READ).id


def _page(page: EventPage) -> Response:
    return Response(EventPageSerializer(page).data)


class OperationsView(APIView):
    """``/decision-tables/{table}/operations/``."""

    max_body_bytes = MAX_BODY

    @extend_schema(
        parameters=[EventQuerySerializer],
        responses=EventPageSerializer,
        operation_id="decision_tables_operations_list",
    )
    def get(self, request: Request, table: str) -> Response:
        """The edits of a table behind the number ``after``, in order."""
        query = read_query(EventQuerySerializer, request)
        actor = actor_from_request(request)
        return _page(list_events(actor=actor, resource_type=TABLE, resource_id=_id_of(actor, table), **query))

    @extend_schema(request=OperationBatchSerializer, responses=EventPageSerializer, examples=[examples.OPERATIONS])
    def post(self, request: Request, table: str) -> Response:
        """Edit the draft, all or nothing; the answer holds every event behind ``base_seq``."""
        data = read_body(OperationBatchSerializer, request)
        actor = actor_from_request(request)
        page = submit(
            actor=actor,
            resource_type=TABLE,
            resource_id=_id_of(actor, table),
            operations=[Operation.sent(each) for each in data["ops"]],
            base=Base(data["base_seq"], data["epoch"]),
            client_id=data["client_id"],
        )
        return _page(page)


class UndoView(APIView):
    """``/decision-tables/{table}/undo/``."""

    @extend_schema(request=UndoSerializer, responses=EventPageSerializer, examples=[examples.UNDO])
    def post(self, request: Request, table: str) -> Response:
        """Take one of your own edits back; the answer holds the event that does."""
        data = read_body(UndoSerializer, request)
        actor = actor_from_request(request)
        return _page(undo(actor=actor, resource_type=TABLE, resource_id=_id_of(actor, table), **data))


class DocumentView(APIView):
    """``/decision-tables/{table}/document/``."""

    @extend_schema(responses=DocumentSerializer)
    def get(self, request: Request, table: str) -> Response:
        """The draft together with the number of its last edit: where a client begins."""
        actor = actor_from_request(request)
        view = read_document(actor=actor, resource_type=TABLE, resource_id=_id_of(actor, table))
        return Response(DocumentSerializer(view).data)
