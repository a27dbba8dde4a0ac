"""Views of the API tests: one for each convention."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404
from django.urls import URLPattern, URLResolver, include, path
from rest_framework import exceptions, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.api.authentication import TokenAuthentication
from apps.core.api.caching import cached_response
from apps.core.api.idempotency import idempotent
from apps.core.api.pagination import KeysetPagination
from apps.core.api.preconditions import check_if_match, etag_for, is_not_modified, quoted_etag
from apps.core.api.throttles import CodeThrottle
from apps.core.models import OutboxEvent
from apps.core.public import cache
from exprsn.kernel.errors import Conflict, InvalidInput, NotAuthenticated, NotFound, StaleWrite, Unavailable

ERRORS: dict[str, Exception] = {
    "conflict": Conflict("No.", code="name_taken", params={"name": "a"}),
    "places": InvalidInput("No.", errors={"definition.nodes[3].parameters.url": ["Required."]}),
    "unavailable": Unavailable("Later.", params={"retry_after": 7}),
    "stale": StaleWrite("Late.", params={"etag": "v2"}),
    "unauthenticated": NotAuthenticated("Who?"),
    "http404": Http404("no"),
    "denied": PermissionDenied("no"),
    "suspicious": SuspiciousOperation("no"),
    "too_big": RequestDataTooBig("no"),
    "operational": OperationalError("server closed the connection; password=geheim"),
    "interface": InterfaceError("closed"),
    "data": DataError("NUL"),
    "integrity": IntegrityError("twice"),
    "throttled": exceptions.Throttled(wait=11.2),
    "teapot": exceptions.APIException("short and stout"),
    "bug": ZeroDivisionError("geheim"),
}


class Open(APIView):
    permission_classes: ClassVar[Any] = [AllowAny]
    authentication_classes: ClassVar[Any] = []


class Raise(Open):
    def get(self, request: Request, name: str) -> Response:
        raise ERRORS[name]


class Node(serializers.Serializer[Any]):
    url = serializers.URLField()
    tags = serializers.ListField(child=serializers.CharField(max_length=3), required=False)


class Definition(serializers.Serializer[Any]):
    nodes = Node(many=True)


class Validate(Open):
    max_body_bytes = 2000

    def post(self, request: Request) -> Response:
        serializer = Definition(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(serializer.validated_data)


class Echo(Open):
    max_body_bytes = 2000

    def post(self, request: Request) -> Response:
        return Response({"got": request.data})


class Rows(Open):
    ordering = "-occurred_at"
    ordering_fields = ("type", "occurred_at", "version")
    values = False

    def get(self, request: Request) -> Response:
        rows: Any = OutboxEvent.objects.all()
        if self.values:
            rows = rows.values("id", "type", "occurred_at", "version")
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        found = [row["type"] if isinstance(row, dict) else row.type for row in page]
        return paginator.get_paginated_response(found)


class Document(Open):
    text = "first"

    def get(self, request: Request) -> Response:
        etag = etag_for("document", Document.text)
        if is_not_modified(request, etag):
            return Response(status=304, headers={"ETag": quoted_etag(etag)})
        return Response({"text": Document.text}, headers={"ETag": quoted_etag(etag)})

    def put(self, request: Request) -> Response:
        check_if_match(request, etag_for("document", Document.text), required=True)
        Document.text = request.data["text"]
        return self.get(request)

    def patch(self, request: Request) -> Response:
        check_if_match(request, etag_for("document", Document.text))
        return Response({"text": Document.text})


class Start(Open):
    calls: ClassVar[list[Any]] = []

    @idempotent
    def post(self, request: Request, outcome: str = "done") -> Response:
        Start.calls.append(request.data)
        if outcome == "bug":
            raise ZeroDivisionError
        if outcome == "missing":
            raise NotFound("Nothing here.", code="thing_not_found")
        if outcome == "conflict":
            raise Conflict("Not now.")
        return Response({"number": len(Start.calls)}, status=201, headers={"Location": "/things/1"})


class SignedIn(Open):
    permission_classes: ClassVar[Any] = [IsAuthenticated]
    authentication_classes: ClassVar[Any] = [TokenAuthentication]

    def get(self, request: Request) -> Response:
        return Response({})


class Cached(Open):
    authentication_classes: ClassVar[Any] = [TokenAuthentication]
    calls: ClassVar[list[str]] = []

    @cached_response("thing", 60, condition=lambda request: "fresh" not in request.query_params)
    def get(self, request: Request) -> Response:
        Cached.calls.append(str(request.user))
        status = int(request.query_params.get("status", 200))
        return Response({"number": len(Cached.calls)}, status=status, headers={"ETag": '"v1"'})


class CachedByName(Open):
    @cached_response("name", key=lambda request: request.query_params["name"], tags=lambda request: [("user", 7)])
    def get(self, request: Request) -> Response:
        Cached.calls.append("name")
        if "change" in request.query_params:
            cache.invalidate("user", 7)
        return Response({"number": len(Cached.calls)})


class Upload(Open):
    parser_classes: ClassVar[Any] = [MultiPartParser]

    @idempotent
    def post(self, request: Request) -> Response:
        Start.calls.append(request.FILES["file"].read())
        return Response({}, status=201)


class SignedInStart(Start):
    authentication_classes: ClassVar[Any] = [TokenAuthentication]


class Code(Open):
    throttle_classes: ClassVar[Any] = [CodeThrottle]

    def post(self, request: Request) -> Response:
        return Response({})


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/raise/<name>/", Raise.as_view()),
    path("api/v1/validate/", Validate.as_view()),
    path("api/v1/echo/", Echo.as_view()),
    path("api/v1/rows/", Rows.as_view()),
    path("api/v1/value-rows/", Rows.as_view(values=True)),
    path("api/v1/document/", Document.as_view()),
    path("api/v1/start/", Start.as_view()),
    path("api/v1/start/<outcome>/", Start.as_view()),
    path("api/v1/signed-in/", SignedIn.as_view()),
    path("api/v1/cached/", Cached.as_view()),
    path("api/v1/cached-by-name/", CachedByName.as_view()),
    path("api/v1/upload/", Upload.as_view()),
    path("api/v1/start-signed-in/", SignedInStart.as_view()),
    path("api/v1/code/", Code.as_view()),
    path("", include("apps.core.urls")),
]

handler404 = "apps.core.web.errors.page_not_found"
handler500 = "apps.core.web.errors.server_error"
