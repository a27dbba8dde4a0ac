"""Versions of tables over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.pagination import KeysetPagination
from apps.decision_tables.api import examples
from apps.decision_tables.api.fields import ObjectsField
from apps.decision_tables.api.reading import optional_if_match, read_body, read_query, table_response
from apps.decision_tables.api.serializers import TableSerializer, TableVersionDetailSerializer, TableVersionSerializer
from apps.decision_tables.api.version_field import VersionField
from apps.decision_tables.contracts import DRAFT
from apps.decision_tables.services.choosing import MAX_NUMBER
from apps.decision_tables.services.publishing import PublishTable
from apps.decision_tables.services.versions import (
    MAX_MESSAGE,
    compare_versions,
    keep_version,
    read_version,
    restore_version,
    versions_of,
)


class PublishTableSerializer(serializers.Serializer[Any]):
    """What to publish; nothing means the draft."""

    message = serializers.CharField(max_length=MAX_MESSAGE, required=False, allow_blank=True)
    version = serializers.IntegerField(
        min_value=1, max_value=MAX_NUMBER, required=False, help_text="An earlier version instead of the draft."
    )
    override_failing_tests = serializers.BooleanField(
        required=False, default=False, help_text="Publish although tests of the table fail; it is recorded."
    )


class KeepTableVersionSerializer(serializers.Serializer[Any]):
    """What to call the draft as it is."""

    message = serializers.CharField(max_length=MAX_MESSAGE, required=False, allow_blank=True)


class TableDiffQuerySerializer(serializers.Serializer[Any]):
    """What to compare; ``to`` is the draft by default."""

    to = VersionField(required=False, default=DRAFT)

    def get_fields(self) -> dict[str, Any]:
        """``from`` is no name that a class can have."""
        return {"from": VersionField(), **super().get_fields()}


class ChangedTableCellSerializer(serializers.Serializer[Any]):
    """A cell that differs."""

    column = serializers.CharField(allow_null=True)
    part = serializers.CharField(help_text="`condition`, `output`, `annotation`, `priority` or `enabled`.")
    old = serializers.JSONField(allow_null=True)
    new = serializers.JSONField(allow_null=True)


class TableRuleRowsSerializer(serializers.Serializer[Any]):
    """On which rows a rule stands, from 1; null where it is not there."""

    old = serializers.IntegerField(allow_null=True)
    new = serializers.IntegerField(allow_null=True)


class ChangedTableRuleSerializer(serializers.Serializer[Any]):
    """A rule that was added, removed, changed or moved."""

    change = serializers.CharField()
    rule_id = serializers.CharField()
    row = TableRuleRowsSerializer()
    cells = ChangedTableCellSerializer(many=True)


class TableDiffSerializer(serializers.Serializer[Any]):
    """What changed from one version to another."""

    columns = ObjectsField(help_text="`{change, side, name, old, new}` of each column.")
    rules = ChangedTableRuleSerializer(many=True)
    settings = ObjectsField(help_text="`{field, old, new}` of each setting.")

    def get_fields(self) -> dict[str, Any]:
        """``from`` is no name that a class can have."""
        return {"from": VersionField(), "to": VersionField(), **super().get_fields()}


class PublishView(APIView):
    """``/decision-tables/{table}/publish/``."""

    @extend_schema(request=PublishTableSerializer, responses=TableSerializer, examples=[examples.PUBLISH])
    def post(self, request: Request, table: str) -> Response:
        """Make the draft what is evaluated. Tests of the table must pass."""
        data = read_body(PublishTableSerializer, request)
        return table_response(PublishTable(actor=actor_from_request(request), table=table, **data).execute())


class VersionListView(APIView):
    """``/decision-tables/{table}/versions/``."""

    ordering = "-number"
    ordering_fields = ("number",)

    @extend_schema(responses=TableVersionSerializer(many=True), operation_id="decision_tables_versions_list")
    def get(self, request: Request, table: str) -> Response:
        """The versions of a table, newest first."""
        rows = versions_of(actor=actor_from_request(request), table=table)
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(TableVersionSerializer(page, many=True).data)

    @extend_schema(
        request=KeepTableVersionSerializer, responses={201: TableVersionSerializer}, examples=[examples.KEEP]
    )
    def post(self, request: Request, table: str) -> Response:
        """Keep the draft as a version without publishing it."""
        data = read_body(KeepTableVersionSerializer, request)
        version = keep_version(actor=actor_from_request(request), table=table, **data)
        return Response(TableVersionSerializer(version).data, status=201)


class VersionView(APIView):
    """``/decision-tables/{table}/versions/{number}/``."""

    @extend_schema(responses=TableVersionDetailSerializer, operation_id="decision_tables_versions_get")
    def get(self, request: Request, table: str, number: int) -> Response:
        """A version with its document."""
        version = read_version(actor=actor_from_request(request), table=table, number=number)
        return Response(TableVersionDetailSerializer(version).data)


class RestoreVersionView(APIView):
    """``/decision-tables/{table}/versions/{number}/restore/``."""

    @extend_schema(request=None, responses=TableSerializer)
    def post(self, request: Request, table: str, number: int) -> Response:
        """Make a version the draft again (``If-Match`` may be sent); what is published stays."""
        actor = actor_from_request(request)
        etags = optional_if_match(request)
        return table_response(restore_version(actor=actor, table=table, number=number, expected_etags=etags))


class DiffView(APIView):
    """``/decision-tables/{table}/diff/``."""

    @extend_schema(parameters=[TableDiffQuerySerializer], responses=TableDiffSerializer)
    def get(self, request: Request, table: str) -> Response:
        """What changed from one version to another, down to the cell."""
        query = read_query(TableDiffQuerySerializer, request)
        actor = actor_from_request(request)
        return Response(compare_versions(actor=actor, table=table, old=query["from"], new=query["to"]))
