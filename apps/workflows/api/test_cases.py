"""Tests of workflows over HTTP."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.idempotency import idempotent
from apps.core.api.preconditions import quoted_etag, required_if_match
from apps.workflows.api import test_case_examples as examples
from apps.workflows.api.test_case_serializers import (
    RecordSerializer,
    RunTestsSerializer,
    TestListSerializer,
    TestReportSerializer,
    TestSerializer,
    TestsSerializer,
    TestWriteSerializer,
)
from apps.workflows.api.workflows import read_body
from apps.workflows.models import WorkflowTest
from apps.workflows.services.test_cases.recording import record_test
from apps.workflows.services.test_cases.running import RunTests
from apps.workflows.services.test_cases.storing import (
    MAX_BYTES,
    change_test,
    create_test,
    delete_test,
    etag_of_test,
    list_tests,
    read_test,
)
from exprsn.kernel.junit import junit_xml

JUNIT = "junit"
_FORMAT = OpenApiParameter("format", str, enum=["json", JUNIT], description="`junit` answers JUnit XML.")


def _answer(test: WorkflowTest, status: int = 200) -> Response:
    return Response(TestSerializer(test).data, status=status, headers={"ETag": quoted_etag(etag_of_test(test))})


class TestListView(APIView):
    """``/workflows/{id}/tests/``."""

    max_body_bytes = 2 * MAX_BYTES

    @extend_schema(responses=TestsSerializer, operation_id="workflows_tests_list")
    def get(self, request: Request, workflow_id: UUID) -> Response:
        """The tests of a workflow in their order."""
        tests = list_tests(actor=actor_from_request(request), workflow_id=workflow_id)
        info = {"has_more": False, "next_cursor": None, "count": len(tests)}
        return Response({"items": TestListSerializer(tests, many=True).data, "page_info": info})

    @extend_schema(request=TestWriteSerializer, responses={201: TestSerializer}, examples=[examples.CREATE])
    @idempotent
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Add a test."""
        data = read_body(TestWriteSerializer, request)
        return _answer(create_test(actor=actor_from_request(request), workflow_id=workflow_id, **data), 201)


class TestCaseView(APIView):
    """``/workflows/{id}/tests/{test_id}/``."""

    max_body_bytes = 2 * MAX_BYTES

    @extend_schema(responses=TestSerializer, operation_id="workflows_tests_get")
    def get(self, request: Request, workflow_id: UUID, test_id: UUID) -> Response:
        """A test whole."""
        return _answer(read_test(actor=actor_from_request(request), workflow_id=workflow_id, test_id=test_id))

    @extend_schema(request=TestWriteSerializer, responses=TestSerializer, examples=[examples.REPLACE])
    def put(self, request: Request, workflow_id: UUID, test_id: UUID) -> Response:
        """Replace a test. Send its tag as ``If-Match``."""
        etags = required_if_match(request)
        data = read_body(TestWriteSerializer, request)
        actor = actor_from_request(request)
        return _answer(
            change_test(
                actor=actor, workflow_id=workflow_id, test_id=test_id, changes=data, expected_etags=etags, whole=True
            )
        )

    @extend_schema(request=TestWriteSerializer, responses=TestSerializer, examples=[examples.CHANGE])
    def patch(self, request: Request, workflow_id: UUID, test_id: UUID) -> Response:
        """Change parts of a test (``If-Match`` may be sent)."""
        etags = required_if_match(request) if request.headers.get("If-Match") else None
        data = read_body(TestWriteSerializer, request, partial=True)
        actor = actor_from_request(request)
        return _answer(
            change_test(actor=actor, workflow_id=workflow_id, test_id=test_id, changes=data, expected_etags=etags)
        )

    @extend_schema(responses={204: OpenApiResponse(description="Deleted.")})
    def delete(self, request: Request, workflow_id: UUID, test_id: UUID) -> Response:
        """Delete a test."""
        delete_test(actor=actor_from_request(request), workflow_id=workflow_id, test_id=test_id)
        return Response(status=204)


class RecordTestView(APIView):
    """``/workflows/{id}/tests/record/``."""

    @extend_schema(request=RecordSerializer, responses={201: TestSerializer}, examples=[examples.RECORD])
    @idempotent
    def post(self, request: Request, workflow_id: UUID) -> Response:
        """Make a test of a run: what started it, what its steps answered, what came of it."""
        data = read_body(RecordSerializer, request)
        return _answer(record_test(actor=actor_from_request(request), workflow_id=workflow_id, **data), 201)


class RunTestsView(APIView):
    """``/workflows/{id}/tests/run/``."""

    @extend_schema(
        request=RunTestsSerializer, responses=TestReportSerializer, parameters=[_FORMAT], examples=[examples.RUN]
    )
    def post(self, request: Request, workflow_id: UUID) -> Response | HttpResponse:
        """Run tests on the draft or on a version. No execution is made, nothing outside changes."""
        data = read_body(RunTestsSerializer, request)
        report = RunTests(actor_from_request(request), workflow_id, **data).execute()
        if request.query_params.get("format") == JUNIT:
            return HttpResponse(junit_xml([(str(workflow_id), report)]), content_type="application/xml; charset=utf-8")
        return Response(report)
