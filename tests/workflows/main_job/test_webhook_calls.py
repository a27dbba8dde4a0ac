"""Calls of webhooks: every response mode, every kind of body, every refusal."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from apps.workflows.models import Execution
from apps.workflows.serving.wsgi import WebhookGateway
from tests.people import Person
from tests.workflows.main_job.definitions import chain, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)
ECHO = ("echo", "set", {"mode": "manual", "include": "all", "assignments": []})


def call(path: str, body: Any = None, content_type: str = "application/json", **headers: str) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body if body is not None else {}).encode()
    return Client(raise_request_exception=True).post(
        f"/webhook/{path}", data, content_type=content_type, headers=headers
    )


def test_at_once(owner: Person) -> None:
    go_live(owner, chain(hook("now", response_mode="immediately"), ECHO))
    answer = call("now")
    execution = Execution.plain.get()
    assert (answer.status_code, answer.json()) == (202, {"execution_id": str(execution.id), "status": "queued"})
    assert execution.status == "success"


def test_with_the_last_node(owner: Person) -> None:
    go_live(owner, chain(hook("last"), fields("a", text="=Hi {{ $json.body.name }}")))
    answer = call("last", {"name": "Ada"})
    assert (answer.status_code, answer.json()) == (200, {"text": "Hi Ada"})
    assert answer["X-Execution-ID"] == str(Execution.plain.get().id)


@pytest.mark.parametrize(("data", "body"), [("all_items", b'[{"x":"1"}]'), ("no_body", b"")])
def test_what_the_last_node_answers(owner: Person, data: str, body: bytes) -> None:
    go_live(owner, chain(hook("data", response_data=data, response_code=201), fields("a", x="1")))
    answer = call("data")
    assert (answer.status_code, answer.content) == (201, body)


def test_by_the_respond_node(owner: Person) -> None:
    respond = (
        "r",
        "respond_to_webhook",
        {"respond_with": "text", "text_body": "=<b>{{ $json.body.n }}</b>", "response_code": 418},
    )
    go_live(owner, chain(hook("respond", response_mode="respond_node"), respond))
    answer = call("respond", {"n": 5})
    assert (answer.status_code, answer.content) == (418, b"<b>5</b>")


def test_no_respond_node_reached_is_an_error(owner: Person) -> None:
    go_live(owner, chain(hook("none", response_mode="respond_node"), fields("a", x="1")))
    answer = call("none")
    assert (answer.status_code, answer.json()["code"]) == (500, "workflow_did_not_respond")


def test_a_failed_run_says_so_and_no_more(owner: Person) -> None:
    go_live(owner, chain(hook("fail"), ("stop", "stop_and_error", {"message": "internal detail"})))
    answer = call("fail")
    assert (answer.status_code, answer.json()["code"]) == (500, "workflow_failed")
    assert b"internal detail" not in answer.content


def test_path_parameters_and_query(owner: Person) -> None:
    go_live(
        owner,
        chain(
            hook("orders/:id/:line", methods=["GET"]),
            fields(
                "a",
                v="={{ $json.params.id }}-{{ $json.params.line }}-{{ $json.query.q }}-{{ $json.query.m.join('+') }}",
            ),
        ),
    )
    answer = Client().get("/webhook/orders/7/2?q=x&m=1&m=2")
    assert answer.json() == {"v": "7-2-x-1+2"}


@pytest.mark.parametrize(
    ("body", "content_type", "parsed"),
    [
        (b'{"a": [1, 2.5, null]}', "application/json", {"a": [1, 2.5, None]}),
        (b'{"a": 12345678901234567890123}', "application/json", {"a": 1.2345678901234568e22}),
        (b'"text"', "application/vnd.api+json", "text"),
        (b"a=1&b=2&b=3&c=", "application/x-www-form-urlencoded", {"a": "1", "b": ["2", "3"], "c": ""}),
        (b"plain", "text/plain", "plain"),
        (b"\xff\xfe", "", "\xff\xfe"),
        (b"\xff", "application/octet-stream", {"file_name": "", "content_type": "application/octet-stream", "size": 1}),
        (b"", "application/json", {}),
        (b'{"nul": "a\\u0000b"}', "application/json", {"nul": "ab"}),
        (
            b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--B\r\n'
            b'Content-Disposition: form-data; name="f"; '
            b'filename="x.txt"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--B--\r\n',
            "multipart/form-data; boundary=B",
            {"a": "1", "f": {"file_name": "x.txt", "content_type": "text/plain", "size": 5}},
        ),
    ],
)
def test_bodies_of_every_kind(owner: Person, body: bytes, content_type: str, parsed: Any) -> None:
    go_live(
        owner,
        chain(
            hook("body"), ("keep", "set", {"mode": "raw_json", "include": "none", "json": "={{ {body: $json.body} }}"})
        ),
    )
    assert call("body", body, content_type).json() == {"body": parsed}


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"{broken", "application/json", "malformed_json"),
        (b"[" * 100_000, "application/json", "json_too_deep"),
        (b'"\\ud800"', "application/json", "malformed_json"),
        (b"NaN", "application/json", "malformed_json"),
        (b"\xff", "application/json", "malformed_json"),
        (b"x", "multipart/form-data", "malformed_multipart"),
        (b"&".join(b"a%d=1" % n for n in range(3000)), "application/x-www-form-urlencoded", "malformed_form"),
    ],
)
def test_bodies_that_cannot_be_read_are_refused(owner: Person, body: bytes, content_type: str, code: str) -> None:
    go_live(owner, chain(hook("bad"), ECHO))
    answer = call("bad", body, content_type)
    assert answer.status_code == 400, answer.content
    assert answer.json()["code"] == code
    assert not Execution.plain.exists()


def test_a_body_beyond_the_limit_is_refused(owner: Person, settings: Any) -> None:
    settings.EXPRSN_WEBHOOK_MAX_BYTES = 1024
    go_live(owner, chain(hook("big"), ECHO))
    assert call("big", b"x" * 2000, "text/plain").status_code == 413


def test_unknown_paths_and_methods(owner: Person) -> None:
    go_live(owner, chain(hook("known"), ECHO))
    assert call("unknown").json()["code"] == "webhook_not_found"
    answer = Client().get("/webhook/known")
    assert (answer.status_code, answer.json()["code"], answer.json()["methods"]) == (
        404,
        "webhook_method_not_found",
        ["POST"],
    )


@pytest.mark.parametrize(
    ("kind", "values", "good"),
    [
        ("header", {"name": "X-Key", "value": "k1"}, {"X-Key": "k1"}),
        (
            "basic",
            {"username": "a", "password": "b:c"},
            {"Authorization": "Basic " + base64.b64encode(b"a:b:c").decode()},
        ),
    ],
)
def test_callers_prove_who_they_are(owner: Person, kind: str, values: dict[str, str], good: dict[str, str]) -> None:
    made = owner.api.post("/api/v1/credentials/", {"name": "K", "kind": kind, "fields": values}, format="json").json()
    definition = chain(hook("auth", auth=kind), fields("a", x="1"))
    definition["nodes"][0]["credentials"] = {kind: made["id"]}
    go_live(owner, definition)
    assert call("auth", **good).status_code == 200
    bad = [{}, dict.fromkeys(good, "wrong"), {"Authorization": "Basic %%%"}, {"Authorization": "Basic é"}]
    assert [call("auth", **headers).json()["code"] for headers in bad] == ["webhook_unauthorized"] * 4
    assert Execution.plain.count() == 1


@pytest.mark.parametrize(("value", "status"), [("fine", 200), ("={{ 'a\\nSet-Cookie: x=1' }}", 500)])
def test_a_header_with_a_line_break_is_never_sent(owner: Person, value: str, status: int) -> None:
    headers = [{"name": "X-Demo", "value": value}]
    respond = ("r", "respond_to_webhook", {"respond_with": "text", "text_body": "x", "response_headers": headers})
    go_live(owner, chain(hook("inject", response_mode="respond_node"), respond))
    answer = call("inject")
    assert (answer.status_code, answer.get("X-Demo")) == (status, "fine" if status == 200 else None)
    assert "Set-Cookie" not in answer


def test_all_places_taken_says_when_to_come_back(owner: Person, settings: Any) -> None:
    settings.EXPRSN_SYNC_RUNS = 0
    go_live(owner, chain(hook("full"), ECHO))
    answer = call("full")
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "busy", "1")


def gateway(method: str, path: str, body: bytes = b"", **environ: Any) -> tuple[str, dict[str, str], bytes]:
    answered: list[Any] = []
    made = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json", "wsgi.input": BytesIO(body), **environ,
    }  # fmt: skip
    application = WebhookGateway(lambda env, start: [b"django"])
    parts = application(made, lambda status, headers: answered.append((status, dict(headers))))
    status, headers = answered[0] if answered else ("", {})
    return status, headers, b"".join(parts)


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [(b"caf\xe9", "text/plain; charset=latin-1", "café"), (b"x", "text/plain; charset=nonsense", "x")],
)
def test_texts_come_in_the_charset_that_they_name(owner: Person, body: bytes, content_type: str, text: str) -> None:
    go_live(owner, chain(hook("charset"), fields("a", x="={{ $json.body }}")))
    assert json.loads(gateway("POST", "/webhook/charset", body, CONTENT_TYPE=content_type)[2]) == {"x": text}


def test_the_gateway_answers_ahead_of_django_and_passes_the_rest_on(owner: Person) -> None:
    go_live(owner, chain(hook("gate", methods=["POST", "HEAD"]), fields("a", x="={{ $json.headers['x-demo'] }}")))
    status, headers, body = gateway("POST", "/webhook/gate", b"{}", HTTP_X_DEMO="1", HTTP_X_CORRELATION_ID="abc-1")
    assert (status, body) == ("200 OK", b'{"x":"1"}')
    assert headers["X-Correlation-ID"] == "abc-1"
    assert Execution.plain.get().correlation_id == "abc-1"
    assert gateway("HEAD", "/webhook/gate")[2] == b""
    assert gateway("GET", "/other")[2] == b"django"
    assert gateway("POST", "/webhook/none")[0].startswith("404")
    assert gateway("POST", "/webhook/gate", CONTENT_LENGTH="99999999999")[0].startswith("413")
    status, headers, _ = gateway("POST", "/webhook/gate", b"{}", HTTP_X_CORRELATION_ID="bad id\n")
    assert headers["X-Correlation-ID"] != "bad id\n"
