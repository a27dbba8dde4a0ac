from __future__ import annotations

import re
from typing import Any

import pytest

from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports import HttpAnswer, Secret
from apps.workflows.registry import get_node_type

URL = "https://api.example.com/orders"


class Http:
    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.calls: list = []

    def send(self, call: Any) -> Any:
        self.calls.append(call)
        return self.answers[min(len(self.calls), len(self.answers)) - 1]


def answer(body: Any = b"{}", status: Any = 200, content_type: Any = "application/json", **headers: Any) -> Any:
    given = {"content-type": content_type} if content_type else {}
    return HttpAnswer(status, "OK" if status < 400 else "Bad", {**given, **headers}, body, URL)


@pytest.fixture
def send(run_node: Any) -> Any:
    """The call that the parameters make for one item."""

    def sent(items: Any = ({},), **parameters: Any) -> Any:
        http = Http(answer())
        run_node("http_request", {"url": URL, **parameters}, items, http=http)
        return http.calls[0]

    return sent


@pytest.fixture
def receive(run_node: Any) -> Any:
    """The items that an answer makes."""

    def received(given: Any, **parameters: Any) -> Any:
        return run_node("http_request", {"url": URL, **parameters}, [{}], http=Http(given)).json()

    return received


def pairs(**fields: Any) -> Any:
    return [{"name": name, "value": value} for name, value in fields.items()]


def test_a_plain_get(send: Any) -> None:
    call = send()
    assert (call.method, call.url, call.query, call.body) == ("GET", URL, [], None)
    assert call.headers == {"Accept": "application/json, text/*;q=0.9, */*;q=0.8"}
    assert (call.timeout, call.follow_redirects, call.max_redirects) == (60.0, True, 10)


def test_one_call_for_each_item_with_its_own_data(run_node: Any) -> None:
    http = Http(answer(b'{"n": 1}'), answer(b'{"n": 2}'))
    ran = run_node("http_request", {"url": "={{ $json.u }}"}, [{"u": "http://a/"}, {"u": "http://b/"}], http=http)
    assert [call.url for call in http.calls] == ["http://a/", "http://b/"]
    assert ran.json() == [{"n": 1}, {"n": 2}]
    assert ran.pairs() == [[(0, 0)], [(1, 0)]]


def test_query_and_headers_from_fields(send: Any) -> None:
    call = send(query=pairs(a=1, b=["x", "y"], c=None), headers=pairs(accept="text/csv", x=True))
    assert call.query == [("a", "1"), ("b", "x"), ("b", "y"), ("c", "")]
    assert call.headers == {"accept": "text/csv", "x": "true"}


def test_query_and_headers_from_json(send: Any) -> None:
    call = send(query_format="json", query_json='{"q": "a b"}', headers_format="json", headers_json={"X-A": 1})
    assert call.query == [("q", "a b")]
    assert call.headers["X-A"] == "1"


@pytest.mark.parametrize(
    ("parameters", "body", "content_type"),
    [
        ({"body_type": "json", "json_body": '{"a": 1}'}, b'{"a":1}', "application/json"),
        ({"body_type": "json", "json_body": [1]}, b"[1]", "application/json"),
        ({"body_type": "json", "json_body": '"text"'}, b'"text"', "application/json"),
        ({"body_type": "json", "json_body": None}, b"null", "application/json"),
        ({"body_type": "json", "json_body": " "}, b"", "application/json"),
        (
            {"body_type": "json", "json_format": "fields", "body_fields": pairs(**{"a.b": 1, "c": "x"})},
            b'{"a":{"b":1},"c":"x"}',
            "application/json",
        ),
        (
            {"body_type": "form", "body_fields": pairs(a="x y", b=[1, 2])},
            b"a=x+y&b=1&b=2",
            "application/x-www-form-urlencoded",
        ),
        ({"body_type": "raw", "raw_body": "hi"}, b"hi", "text/plain; charset=utf-8"),
        ({"body_type": "raw", "raw_body": "<a/>", "raw_content_type": "text/xml"}, b"<a/>", "text/xml"),
    ],
)
def test_bodies(send: Any, parameters: Any, body: Any, content_type: Any) -> None:
    call = send(method="POST", **parameters)
    assert call.body == body
    assert call.headers["Content-Type"] == content_type


def test_a_content_type_of_ones_own_wins(send: Any) -> None:
    call = send(method="POST", body_type="json", json_body={}, headers=pairs(**{"content-type": "application/x"}))
    assert {name.lower(): value for name, value in call.headers.items()}["content-type"] == "application/x"


def test_multipart(send: Any) -> None:
    call = send(method="POST", body_type="multipart", body_fields=pairs(**{'a"\r\n': "1", "b": "ä"}))
    boundary = call.headers["Content-Type"].removeprefix("multipart/form-data; boundary=")
    assert re.fullmatch("[0-9a-f]{32}", boundary)
    assert call.body.decode() == (
        f'--{boundary}\r\nContent-Disposition: form-data; name="a%22%0D%0A"\r\n\r\n1\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="b"\r\n\r\nä\r\n--{boundary}--\r\n'
    )


@pytest.mark.parametrize(
    ("kind", "fields", "header", "query"),
    [
        ("header", {"name": "X-Key", "value": "s"}, ("X-Key", "s"), []),
        ("bearer", {"token": "t"}, ("Authorization", "Bearer t"), []),
        ("basic", {"username": "u", "password": "p:ä"}, ("Authorization", "Basic dTpwOsOk"), []),
        ("query", {"name": "key", "value": "s"}, None, [("key", "s")]),
    ],
)
def test_authentication(run_node: Any, kind: Any, fields: Any, header: Any, query: Any) -> None:
    http = Http(answer())
    run_node(
        "http_request",
        {"url": URL, "authentication": kind},
        http=http,
        credentials={kind: "c1"},
        secrets={"c1": Secret(kind, fields)},
    )
    assert http.calls[0].query == query
    assert header is None or http.calls[0].headers[header[0]] == header[1]


def test_a_missing_credential_is_refused(send: Any) -> None:
    with pytest.raises(NodeError) as refused:
        send(authentication="basic")
    assert refused.value.kind == "credential_missing"


@pytest.mark.parametrize(("method", "on", "sent"), [("POST", True, True), ("GET", True, False), ("PUT", False, False)])
def test_the_idempotency_key(send: Any, method: Any, on: Any, sent: Any) -> None:
    headers = send(method=method, idempotency_header=on).headers
    assert headers.get("Idempotency-Key") == ("e1:n1:0:0" if sent else None)


@pytest.mark.parametrize(
    ("parameters", "kind", "parameter"),
    [
        ({"url": "ftp://x"}, "bad_url", "url"),
        ({"url": "https://"}, "bad_url", "url"),
        ({"url": "https://a b/"}, "bad_url", "url"),
        ({"url": "http://[x"}, "bad_url", "url"),
        ({"url": None}, "bad_url", "url"),
        ({"method": "GE T"}, "bad_value", "method"),
        ({"timeout_seconds": 0}, "bad_value", "timeout_seconds"),
        ({"timeout_seconds": "x"}, "bad_value", "timeout_seconds"),
        ({"max_redirects": 99}, "bad_value", "max_redirects"),
        ({"headers": [{"name": "a:b", "value": ""}]}, "bad_header", "headers"),
        ({"headers": [{"name": "a", "value": "x\ny"}]}, "bad_header", "headers"),
        ({"query": {"a": 1}}, "bad_value", "query"),
        ({"query_format": "json", "query_json": "[1]"}, "bad_json", "query_json"),
        ({"body_type": "json", "json_body": "{"}, "bad_json", "json_body"),
        (
            {"body_type": "json", "json_format": "fields", "body_fields": pairs(**{"." * 3: 1})},
            "bad_value",
            "body_fields",
        ),
    ],
)
def test_calls_that_cannot_be_sent(send: Any, parameters: Any, kind: Any, parameter: Any) -> None:
    with pytest.raises(NodeError) as refused:
        send(**parameters)
    assert (refused.value.kind, refused.value.parameter, refused.value.item) == (kind, parameter, 0)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (answer(b'{"a": 1}'), [{"a": 1}]),
        (answer(b'[{"a": 1}, 2, [3]]'), [{"a": 1}, {"data": 2}, {"data": [3]}]),
        (answer(b"5"), [{"data": 5}]),
        (answer(b'{"a": 1}', content_type="application/vnd.api+json; charset=utf-8"), [{"a": 1}]),
        (answer(b'{"a": 1}', content_type=""), [{"a": 1}]),
        (answer(b"plain", content_type=""), [{"data": "plain"}]),
        (answer(b"{oops", content_type="application/json"), [{"data": "{oops"}]),
        (answer(b"<p>", content_type="text/html"), [{"data": "<p>"}]),
        (answer(b"<a/>", content_type="application/atom+xml"), [{"data": "<a/>"}]),
        (answer("ä".encode("latin-1"), content_type='text/plain; charset="latin-1"'), [{"data": "ä"}]),
        (answer(b"x", content_type="text/plain; charset=klingon"), [{"data": "x"}]),
        (answer(b"\xef\xbb\xbf{}", content_type="application/json"), [{}]),
        (answer(b"", status=204, content_type=""), [{}]),
    ],
)
def test_answers_become_items(receive: Any, given: Any, expected: Any) -> None:
    assert receive(given) == expected


def test_text_is_kept_as_text(receive: Any) -> None:
    assert receive(answer(b'{"a": 1}'), response_format="text", output_field="raw") == [{"raw": '{"a": 1}'}]


def test_json_is_demanded(receive: Any) -> None:
    assert receive(answer(b"[]", content_type="text/plain"), response_format="json") == []
    with pytest.raises(NodeError, match="not valid JSON") as refused:
        receive(answer(b"<p>", content_type="text/html"), response_format="json")
    assert refused.value.kind == "bad_response"


def test_files_are_refused_for_now(receive: Any) -> None:
    with pytest.raises(NodeError, match=r"a file \(image/png\)"):
        receive(answer(b"\x89PNG", content_type="image/png"))


def test_status_and_headers_too(receive: Any) -> None:
    assert receive(answer(b"[1]", status=404, **{"x-a": "1"}), full_response=True, never_error=True) == [
        {
            "status": 404,
            "statusCode": 404,
            "statusMessage": "Bad",
            "headers": {"content-type": "application/json", "x-a": "1"},
            "body": [1],
        }
    ]


@pytest.mark.parametrize(
    ("status", "retryable"), [(400, False), (404, False), (408, True), (429, True), (500, True), (503, True)]
)
def test_a_status_of_400_or_more_is_an_error(receive: Any, status: Any, retryable: Any) -> None:
    with pytest.raises(NodeError) as failed:
        receive(answer(b'{"why": 1}', status=status, **{"retry-after": "30"}))
    assert failed.value.to_data() == {
        "message": f"The server answered {status} Bad.",
        "kind": f"http_{status}",
        "retryable": retryable,
        "item": 0,
        "details": {"status": status, "body": '{"why": 1}', "retry_after": 30},
    }


def test_an_error_of_one_item_does_not_stop_the_others(run_node: Any) -> None:
    http = Http(answer(b'{"n": 1}'), answer(status=500), answer(b'{"n": 3}'))
    ran = run_node("http_request", {"url": URL}, [{}, {}, {}], http=http, on_error="error_output")
    assert ran.json() == [{"n": 1}, {"n": 3}]
    assert ran.result.failed[0].error["kind"] == "http_500"


def test_faults() -> None:
    check = get_node_type("http_request").check
    assert check({"url": "example.com"}) == {
        "url": ["The address begins with http:// or https://, or is an expression."]
    }
    for url in ("https://a", "={{ $json.u }}", None):
        assert check({"url": url}) == {}
