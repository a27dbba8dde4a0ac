"""Tests of tables over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import actor_from_request
from apps.core.api.idempotency import idempotent
from apps.core.api.pagination_schema import WholeListInfoSerializer
from apps.core.api.preconditions import quoted_etag
from apps.decision_tables.api import examples
from apps.decision_tables.api.fields import ObjectField
from apps.decision_tables.api.json import DecimalJsonRenderer
from apps.decision_tables.api.reading import optional_if_match, read_body
from apps.decision_tables.api.version_field import VersionField
from apps.decision_tables.contracts import DRAFT
from apps.decision_tables.models import DecisionTestCase
from apps.decision_tables.services.choosing import MAX_NUMBER
from apps.decision_tables.services.etags import etag_of_test
from apps.decision_tables.services.test_cases.recording import record_test
from apps.decision_tables.services.test_cases.running import run_table_tests
from apps.decision_tables.services.test_cases.storing import (
    MAX_BYTES,
    MAX_TESTS,
    create_test,
    delete_test,
    list_tests,
    read_test,
    replace_test,
)


class LastTableCaseResultSerializer(serializers.Serializer[Any]):
    """What a test's last run came to; `differences` counts them."""

    passed = serializers.BooleanField()
    at = serializers.DateTimeField()
    version = VersionField()
    differences = serializers.IntegerField()


class TableCaseSerializer(serializers.ModelSerializer[DecisionTestCase]):
    """A test of a table."""

    inputs = ObjectField(source="value.inputs", read_only=True)
    expected = ObjectField(source="value.expected", read_only=True)
    last_result = LastTableCaseResultSerializer(read_only=True, allow_null=True)

    class Meta:
        model = DecisionTestCase
        fields = (
            "id", "name", "description", "position", "inputs", "expected", "last_result", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class TableCasesSerializer(serializers.Serializer[Any]):
    """All tests of a table."""

    items = TableCaseSerializer(many=True)
    page_info = WholeListInfoSerializer()


class TableEvaluationToRecordSerializer(serializers.Serializer[Any]):
    """An evaluation that a test is made of."""

    inputs = ObjectField()
    version = VersionField(required=False, default=DRAFT)


class TableCaseWriteSerializer(serializers.Serializer[Any]):
    """A test: the inputs and what is expected, of which only what is named is compared."""

    name = serializers.CharField(max_length=200)
    description = serializers.CharField(max_length=500, required=False, allow_blank=True)
    position = serializers.IntegerField(min_value=0, max_value=MAX_NUMBER, required=False)
    inputs = ObjectField(required=False)
    expected = ObjectField(required=False, help_text="`matched`, `outputs`, `rule_ids` or the code of an `error`.")


class TableCaseNewSerializer(TableCaseWriteSerializer):
    """A new test, written or recorded."""

    name = serializers.CharField(max_length=200, required=False)
    from_evaluation = TableEvaluationToRecordSerializer(required=False, help_text="Expect what the table answers now.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A written test has a name; a recorded one has neither inputs nor expectations of its own."""
        if "from_evaluation" not in attrs and "name" not in attrs:
            raise serializers.ValidationError({"name": _("This field is required.")})
        return attrs


class RunTableCasesSerializer(serializers.Serializer[Any]):
    """Which tests to run, on which version; nothing means all, on the draft."""

    version = VersionField(required=False, default=DRAFT)
    tests = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=MAX_TESTS)


class TableCaseDifferenceSerializer(serializers.Serializer[Any]):
    """A place where the answer is not the one expected."""

    path = serializers.CharField()
    expected = serializers.JSONField(allow_null=True)
    actual = serializers.JSONField(allow_null=True)


class TableCaseResultSerializer(serializers.Serializer[Any]):
    """How one test went."""

    id = serializers.CharField()
    name = serializers.CharField()
    passed = serializers.BooleanField()
    rule_ids = serializers.ListField(child=serializers.CharField())
    differences = TableCaseDifferenceSerializer(many=True)


class TableCaseTotalsSerializer(serializers.Serializer[Any]):
    """How many there were of each."""

    passed = serializers.IntegerField()
    failed = serializers.IntegerField()


class RuleCoverageSerializer(serializers.Serializer[Any]):
    """How many tests each enabled rule answered, and the share of rules that any did."""

    rules = serializers.DictField(child=serializers.IntegerField())
    share = serializers.FloatField()


class TableCaseReportSerializer(serializers.Serializer[Any]):
    """How all tests went."""

    passed = serializers.BooleanField()
    totals = TableCaseTotalsSerializer()
    cases = TableCaseResultSerializer(many=True)
    coverage = RuleCoverageSerializer()
    version = VersionField()


def _answer(test: DecisionTestCase, status: int = 200) -> Response:
    return Response(TableCaseSerializer(test).data, status=status, headers={"ETag": quoted_etag(etag_of_test(test))})


class CaseListView(APIView):
    """``/decision-tables/{table}/tests/``."""

    max_body_bytes = 2 * MAX_BYTES

    @extend_schema(responses=TableCasesSerializer, operation_id="decision_tables_tests_list")
    def get(self, request: Request, table: str) -> Response:
        """The tests of a table in their order."""
        tests = list_tests(actor=actor_from_request(request), table=table)
        info = {"has_more": False, "next_cursor": None, "count": len(tests)}
        return Response({"items": TableCaseSerializer(tests, many=True).data, "page_info": info})

    @extend_schema(
        request=TableCaseNewSerializer, responses={201: TableCaseSerializer}, examples=[examples.TEST, examples.RECORD]
    )
    @idempotent
    def post(self, request: Request, table: str) -> Response:
        """Add a test, or record one from an evaluation."""
        data = read_body(TableCaseNewSerializer, request)
        actor = actor_from_request(request)
        recorded = data.pop("from_evaluation", None)
        if recorded is None:
            return _answer(create_test(actor=actor, table=table, **data), 201)
        named = {name: data[name] for name in ("name", "description", "position") if name in data}
        return _answer(record_test(actor=actor, table=table, **recorded, **named), 201)


class CaseView(APIView):
    """``/decision-tables/{table}/tests/{case_id}/``."""

    max_body_bytes = 2 * MAX_BYTES
    needs_if_match = False

    @extend_schema(responses=TableCaseSerializer, operation_id="decision_tables_tests_get")
    def get(self, request: Request, table: str, case_id: UUID) -> Response:
        """A test."""
        return _answer(read_test(actor=actor_from_request(request), table=table, test_id=case_id))

    @extend_schema(request=TableCaseWriteSerializer, responses=TableCaseSerializer, examples=[examples.TEST])
    def put(self, request: Request, table: str, case_id: UUID) -> Response:
        """Replace a test (``If-Match`` may be sent)."""
        data = read_body(TableCaseWriteSerializer, request)
        actor = actor_from_request(request)
        etags = optional_if_match(request)
        return _answer(replace_test(actor=actor, table=table, test_id=case_id, given=data, expected_etags=etags))

    @extend_schema(responses={204: OpenApiResponse(description="Deleted.")})
    def delete(self, request: Request, table: str, case_id: UUID) -> Response:
        """Delete a test."""
        delete_test(actor=actor_from_request(request), table=table, test_id=case_id)
        return Response(status=204)


class RunCasesView(APIView):
    """``/decision-tables/{table}/tests/run/``."""

    renderer_classes = [DecimalJsonRenderer]

    @extend_schema(request=RunTableCasesSerializer, responses=TableCaseReportSerializer, examples=[examples.RUN_TESTS])
    def post(self, request: Request, table: str) -> Response:
        """Run tests on the draft or on a version. They count for nothing in the statistics."""
        data = read_body(RunTableCasesSerializer, request)
        return Response(run_table_tests(actor=actor_from_request(request), table=table, **data))
