"""The webhook receiver as a Django view, for servers that do not put the gateway in front."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from apps.core.public import correlation_id
from apps.workflows.serving.listening import receive_test_call
from apps.workflows.serving.webhook_types import WebhookAnswer
from apps.workflows.serving.wsgi import TEST_PREFIX, answer_call, call_from_environ


@csrf_exempt
def webhook(request: HttpRequest, path: str) -> HttpResponse:
    """Answer a call of ``/webhook/{path}``."""
    return _response(answer_call(lambda: call_from_environ(request.META, correlation_id()), correlation_id()))


@csrf_exempt
def test_webhook(request: HttpRequest, path: str) -> HttpResponse:
    """Answer a call of ``/webhook-test/{path}``."""
    read = partial(call_from_environ, request.META, correlation_id(), TEST_PREFIX)
    return _response(answer_call(read, correlation_id(), receive_test_call))


def _response(answer: WebhookAnswer) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status, content_type=answer.content_type)
    for name, value in answer.headers.items():
        response[name] = value
    return response
