"""The webhook receiver as a Django view, for servers that do not put the gateway in front."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from apps.core.public import correlation_id
from apps.workflows.execution.resume_links import CALL_PREFIX
from apps.workflows.serving.listening import receive_test_call
from apps.workflows.serving.resuming import receive_resume
from apps.workflows.serving.webhook_types import WebhookAnswer
from apps.workflows.serving.wsgi import TEST_PREFIX, answer_call, body_of, call_from_environ


@csrf_exempt
def webhook(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a call of ``/webhook/{path}``."""
    answer = answer_call(lambda: call_from_environ(request.META, correlation_id()), correlation_id())
    return _response(answer, str(request.method))


@csrf_exempt
def test_webhook(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a call of ``/webhook-test/{path}``."""
    read = partial(call_from_environ, request.META, correlation_id(), TEST_PREFIX)
    return _response(answer_call(read, correlation_id(), receive_test_call), str(request.method))


@csrf_exempt
def resume(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a call of ``/webhook-waiting/{token}``."""
    read = partial(call_from_environ, request.META, correlation_id(), CALL_PREFIX)
    return _response(answer_call(read, correlation_id(), receive_resume), str(request.method))


def _response(answer: WebhookAnswer, method: str) -> HttpResponseBase:
    body = body_of(answer, method)
    response: HttpResponseBase
    if answer.chunks is body:
        response = StreamingHttpResponse(body, status=answer.status, content_type=answer.content_type)
    else:
        response = HttpResponse(b"".join(body), status=answer.status, content_type=answer.content_type)
    for name, value in answer.headers.items():
        response[name] = value
    return response
