"""Forms over HTTP: to look at, to read what was sent, and to send."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.public import Permission, actor_from_request
from apps.core.api.idempotency import idempotent
from apps.core.api.pagination import KeysetPagination
from apps.pages.access import get_form, submissions_of, visible_forms
from apps.pages.api.serializers import FormSerializer, FormSubmissionSerializer, SubmitSerializer, SubmittedSerializer
from apps.pages.services.submissions import submit_for_actor


class FormListView(APIView):
    """``/forms/``."""

    @extend_schema(responses=FormSerializer(many=True), operation_id="forms_list")
    def get(self, request: Request) -> Response:
        """The forms of your organization, open and closed."""
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(visible_forms(actor_from_request(request)), request, view=self)
        return paginator.get_paginated_response(FormSerializer(page, many=True).data)


class FormView(APIView):
    """``/forms/{id}/``."""

    @extend_schema(responses=FormSerializer, operation_id="forms_get")
    def get(self, request: Request, form_id: UUID) -> Response:
        """One form."""
        return Response(FormSerializer(get_form(actor_from_request(request), form_id, Permission.READ)).data)


class FormSubmissionsView(APIView):
    """``/forms/{id}/submissions/``."""

    @extend_schema(responses=FormSubmissionSerializer(many=True), operation_id="forms_submissions")
    def get(self, request: Request, form_id: UUID) -> Response:
        """What was sent with a form, newest first."""
        actor = actor_from_request(request)
        rows = submissions_of(actor, get_form(actor, form_id, Permission.READ))
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(FormSubmissionSerializer(page, many=True).data)


class FormSubmitView(APIView):
    """``/forms/{id}/submit/``."""

    @extend_schema(
        request=SubmitSerializer,
        responses={202: SubmittedSerializer},
        operation_id="forms_submit",
        examples=[
            OpenApiExample("Two answers", {"data": {"name": "Ada", "email": "ada@example.com"}}, request_only=True)
        ],
    )
    @idempotent
    def post(self, request: Request, form_id: UUID) -> Response:
        """Send a form as a program; what it starts goes on by itself."""
        body = SubmitSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        actor = actor_from_request(request)
        submission = submit_for_actor(actor=actor, form_id=form_id, given=body.validated_data["data"])
        return Response({"submission": FormSubmissionSerializer(submission).data}, status=202)
