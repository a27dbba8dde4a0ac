"""Import and export of tables over HTTP."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.idempotency import idempotent
from apps.core.api.json import StrictJsonParser
from apps.core.public import dumps
from apps.decision_tables.api import examples
from apps.decision_tables.api.fields import ObjectsField
from apps.decision_tables.api.reading import MAX_BODY, read_body, read_query
from apps.decision_tables.api.serializers import TableSerializer, name_field
from apps.decision_tables.api.version_field import VersionField
from apps.decision_tables.contracts import DRAFT
from apps.decision_tables.interchange.formats import FORMATS
from apps.decision_tables.services.documents import MAX_BYTES
from apps.decision_tables.services.interchange import Imported, export_table, import_tables
from exprsn.kernel.errors import TooLarge

TEXT = "text"
BASE64 = "base64"


class ImportTableSerializer(serializers.Serializer[Any]):
    """A file: uploaded as ``file``, or its text (else base64) as ``content``."""

    format = serializers.CharField(max_length=20, required=False, help_text="By default what the file's name says.")
    file = serializers.FileField(required=False, allow_empty_file=False, max_length=500)
    content = serializers.JSONField(required=False, help_text="Text, or for the format json the object itself.")
    encoding = serializers.ChoiceField(choices=[TEXT, BASE64], required=False, default=TEXT)
    file_name = serializers.CharField(max_length=500, required=False)
    name = name_field(required=False)
    label = serializers.CharField(max_length=200, required=False)  # type: ignore[assignment]
    table = serializers.SlugField(
        max_length=100, required=False, help_text="The table whose draft is replaced; else a new one is made."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The bytes, wherever they came from."""
        if ("file" in attrs) == ("content" in attrs):
            raise serializers.ValidationError({"content": _("Send either a file or its content.")})
        upload = attrs.pop("file", None)
        encoding = attrs.pop("encoding")
        if upload is not None:
            content = upload.read(MAX_BYTES + 1)
            attrs.setdefault("file_name", upload.name or "")
        else:
            content = _bytes_of(attrs["content"], encoding)
        named = {"format_name": attrs.pop("format", ""), "file_name": attrs.pop("file_name", "")}
        return {**attrs, **named, "content": content}


def _bytes_of(content: Any, encoding: str) -> bytes:
    if not isinstance(content, str):
        return dumps(content)
    if encoding == TEXT:
        return content.encode()
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise serializers.ValidationError({"content": _("This is no base64.")}) from None


class ImportedTableSerializer(serializers.Serializer[Any]):
    """A table that was made or replaced, and what of its file could not be kept."""

    table = TableSerializer()
    report = ObjectsField(help_text="`{severity, place, message}` of each.")


class ImportedTablesSerializer(ImportedTableSerializer):
    """The first table of the file, and all of them."""

    tables = ImportedTableSerializer(many=True)


class ExportTableQuerySerializer(serializers.Serializer[Any]):
    """Which format and which version."""

    format = serializers.ChoiceField(choices=sorted(FORMATS), default="json")
    version = VersionField(required=False, default=DRAFT)


class BoundedMultiPartParser(MultiPartParser):
    """Multipart bodies up to the size of a file and what comes with it."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        announced = str((parser_context or {})["request"].META.get("CONTENT_LENGTH") or "")
        if announced.isdigit() and int(announced) > MAX_BODY:
            raise TooLarge(f"The body is larger than {MAX_BODY} bytes.", code="body_too_large")
        return super().parse(stream, media_type, parser_context)


class ImportView(APIView):
    """``/decision-tables/import/``."""

    parser_classes = [StrictJsonParser, BoundedMultiPartParser]
    max_body_bytes = 2 * MAX_BODY

    @extend_schema(request=ImportTableSerializer, responses={201: ImportedTablesSerializer}, examples=[examples.IMPORT])
    @idempotent
    def post(self, request: Request) -> Response:
        """Make tables of a file, or replace the draft of one."""
        data = read_body(ImportTableSerializer, request)
        made = import_tables(actor=actor_from_request(request), **data)
        told = [_told(each) for each in made]
        return Response({**told[0], "tables": told}, status=201)


class ExportView(APIView):
    """``/decision-tables/{table}/export/``."""

    @extend_schema(
        parameters=[ExportTableQuerySerializer],
        responses={(200, "*/*"): OpenApiResponse(OpenApiTypes.BINARY, "The file.")},
    )
    def get(self, request: Request, table: str) -> HttpResponse:
        """A table as a file that can be imported."""
        query = read_query(ExportTableQuerySerializer, request)
        actor = actor_from_request(request)
        found = export_table(actor=actor, table=table, format_name=query["format"], version=query["version"])
        answer = HttpResponse(found.content, content_type=found.media_type)
        answer["Content-Disposition"] = content_disposition_header(True, found.file_name) or "attachment"
        return answer


def _told(imported: Imported) -> dict[str, Any]:
    return {"table": TableSerializer(imported.table).data, "report": list(imported.report)}
