from __future__ import annotations

import base64
import json
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from apps.core.public import OutgoingBlocked, bind_correlation_id, guarded_request
from apps.core.services import outgoing_transport
from apps.core.services.outgoing_transport import _GuardedBackend, _Pool, checked_addresses
from exprsn.kernel.errors import DomainError, InvalidInput, TooLarge, UpstreamFailed
from tests.core.web_server import WebServer, web_server


@pytest.fixture
def web(settings: Any) -> Iterator[WebServer]:
    """A server that may be called as 127.0.0.1."""
    with web_server() as server:
        settings.EXPRSN_OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
        yield server


@pytest.fixture
def closed(settings: Any) -> Iterator[WebServer]:
    """A server that may not be called."""
    settings.EXPRSN_OUTGOING_ALLOW = []
    with web_server() as server:
        yield server


def refusal(*arguments: Any, **options: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        guarded_request(*arguments, **options)
    return caught.value


def test_an_allowed_address_answers(web: WebServer) -> None:
    answer = guarded_request("post", web.url("/a%20b?x=1"), headers={"X-Mine": "é"}, query=[("y", "ü &")], body=b"hi")
    (method, path, headers, body) = web.heard[0]
    assert (method, path, body) == ("POST", "/a%20b?x=1&y=%C3%BC+%26", b"hi")
    assert (headers["host"], headers["content-length"]) == (f"127.0.0.1:{web.port}", "2")
    assert (answer.status, answer.reason, answer.headers["content-type"]) == (200, "OK", "application/json")
    assert json.loads(answer.body) == {"path": path}
    assert answer.url == web.url(path)


def test_the_correlation_id_is_sent_along(web: WebServer) -> None:
    with bind_correlation_id("c-1"):
        guarded_request("GET", web.url())
        guarded_request("GET", web.url(), headers={"X-Correlation-ID": "mine"})
    assert [entry[2]["x-correlation-id"] for entry in web.heard] == ["c-1", "mine"]


def test_user_and_password_of_the_address_are_sent_as_basic(web: WebServer) -> None:
    answer = guarded_request("GET", f"http://ann:p%40ss@127.0.0.1:{web.port}/")
    assert web.heard[0][2]["authorization"] == "Basic " + base64.b64encode(b"ann:p@ss").decode()
    assert "p@ss" not in answer.url


def test_connections_are_used_again(web: WebServer) -> None:
    for _ in range(3):
        guarded_request("GET", web.url())
    assert len(web.connections) == 1


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "0.0.0.0", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused_in_every_spelling(
    closed: WebServer, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = refusal("GET", f"http://{host}:{closed.port}/")
    assert (type(error), error.code, error.http_status) == (OutgoingBlocked, "outgoing_request_blocked", 403)
    assert closed.heard == []
    assert "outgoing_request_blocked" in caplog.text


def test_another_port_of_an_allowed_host_is_refused(web: WebServer, settings: Any) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = [f"127.0.0.1:{web.port + 1}"]
    assert refusal("GET", web.url()).code == "outgoing_request_blocked"
    assert web.heard == []


def resolve(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let names resolve to these lists of addresses, one after the other; returns the names asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def fake(host: str, port: int, *arguments: Any, **options: Any) -> Any:
        if host.replace(".", "").isdigit():
            return real(host, port, *arguments, **options)
        found = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(outgoing_transport.socket, "getaddrinfo", fake)
    return asked


def test_a_name_for_a_private_address_is_refused(closed: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve(monkeypatch, ["127.0.0.1"])
    assert refusal("GET", closed.url(host="evil.example")).params == {"host": "evil.example"}
    assert closed.heard == []


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    assert refusal("GET", "http://mixed.example/").code == "outgoing_request_blocked"


def test_the_name_is_asked_once_and_the_checked_address_is_used(
    web: WebServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1/32"]
    asked = resolve(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    assert guarded_request("GET", web.url(host="rebinding.example")).status == 200
    assert asked == ["rebinding.example"]


def test_a_redirect_to_a_private_address_is_refused(web: WebServer, settings: Any) -> None:
    with web_server() as inner:
        error = refusal("GET", web.url(f"/redirect?to={inner.url('/secret')}"))
        assert error.code == "outgoing_request_blocked"
        assert inner.heard == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://[::1", "javascript:1"])
def test_a_redirect_to_another_scheme_is_refused(web: WebServer, target: str) -> None:
    assert refusal("GET", web.url(f"/redirect?to={target}")).code == "invalid_url"


@pytest.mark.parametrize(
    ("status", "method", "after", "body"),
    [
        ("301", "POST", "GET", b""),
        ("302", "POST", "GET", b""),
        ("303", "PUT", "GET", b""),
        ("303", "HEAD", "HEAD", b""),
        ("307", "POST", "POST", b"hi"),
        ("308", "PUT", "PUT", b"hi"),
        ("301", "PUT", "PUT", b"hi"),
    ],
)
def test_redirects_keep_or_change_the_method(web: WebServer, status: str, method: str, after: str, body: bytes) -> None:
    sent = None if method == "HEAD" else b"hi"
    guarded_request(method, web.url(f"/redirect?status={status}&to=/end"), headers={"Content-Type": "a/b"}, body=sent)
    assert (web.heard[1][0], web.heard[1][1], web.heard[1][3]) == (after, "/end", body)
    assert ("content-type" in web.heard[1][2]) == (body == b"hi")


SECRETS = {
    "Authorization": "Bearer x",
    "Cookie": "a=b",
    "X-Api-Key": "k",
    "X-Auth": "k",
    "Host": "own.example",
}


def test_secrets_stay_with_their_origin(web: WebServer, settings: Any) -> None:
    with web_server() as other:
        settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.0/8"]
        guarded_request("GET", web.url(f"/redirect?to={other.url('/end')}"), headers={**SECRETS, "X-Plain": "p"})
        headers = other.heard[0][2]
    assert web.heard[0][2]["x-api-key"] == "k"
    assert headers["x-plain"] == "p"
    assert headers["host"] == f"127.0.0.1:{other.port}"
    assert not {"authorization", "cookie", "x-api-key", "x-auth"} & set(headers)


def test_secrets_go_on_within_an_origin(web: WebServer) -> None:
    guarded_request("GET", web.url("/redirect?to=/end"), headers={"Authorization": "Bearer x"})
    assert web.heard[1][2]["authorization"] == "Bearer x"


def test_redirects_end_somewhere(web: WebServer) -> None:
    error = refusal("GET", web.url("/loop"), max_redirects=3)
    assert (error.code, error.http_status, len(web.heard)) == ("too_many_redirects", 502, 4)


def test_a_redirect_is_an_answer_when_it_is_not_followed(web: WebServer) -> None:
    answer = guarded_request("GET", web.url("/redirect?to=/end"), follow_redirects=False)
    assert (answer.status, answer.headers["location"], len(web.heard)) == (302, "/end", 1)


@pytest.mark.parametrize("kind", ["size", "gzip", "deflate"])
def test_answers_are_read_up_to_the_limit(web: WebServer, kind: str) -> None:
    answer = guarded_request("GET", web.url(f"/{kind}?n=100000"), max_bytes=100_000)
    assert len(answer.body) == 100_000
    assert "content-encoding" not in answer.headers
    error = refusal("GET", web.url(f"/{kind}?n=100001"), max_bytes=100_000)
    assert (type(error), error.code) == (TooLarge, "answer_too_large")


def test_a_bomb_is_stopped_early(web: WebServer) -> None:
    started = time.monotonic()
    assert refusal("GET", web.url("/gzip?n=50000000"), max_bytes=1000).code == "answer_too_large"
    assert time.monotonic() - started < 20


def test_broken_compression_is_the_other_sides_fault(web: WebServer) -> None:
    assert refusal("GET", web.url("/broken")).code == "invalid_answer"


def test_headers_that_come_twice_are_joined(web: WebServer) -> None:
    assert guarded_request("GET", web.url("/twice")).headers["x-part"] == "one, two"


def test_the_deadline_is_for_the_whole_answer(web: WebServer) -> None:
    started = time.monotonic()
    error = refusal("GET", web.url("/drip"), timeout=0.4)
    assert (type(error), error.code) == (UpstreamFailed, "timeout")
    assert time.monotonic() - started < 15  # all of it takes twice as long


def test_a_connection_that_breaks_is_named(web: WebServer, settings: Any) -> None:
    assert refusal("GET", web.url("/hangup")).code == "connection_failed"
    settings.EXPRSN_OUTGOING_ALLOW = ["127.0.0.1"]
    assert refusal("GET", "http://127.0.0.1:1/").code == "connection_failed"


def test_an_unknown_name_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*arguments: Any, **options: Any) -> Any:
        raise socket.gaierror("unknown")

    monkeypatch.setattr(outgoing_transport.socket, "getaddrinfo", unknown)
    error = refusal("GET", "http://nowhere.invalid/")
    assert (error.code, error.message) == (
        "connection_failed",
        "nowhere.invalid could not be reached: the name nowhere.invalid is not known",
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "ftp://a/",
        "http:///x",
        "http://a:b/",
        "http://a:99999/",
        "//a/",
        "http://[::1",
        "http://a b/",
        "http://" + "a" * 70 + ".example/",
    ],
)
def test_an_address_that_makes_no_sense_is_refused(url: str) -> None:
    error = refusal("GET", url)
    assert (type(error), error.code) == (InvalidInput, "invalid_url")


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GE T", {}),
        ("GET", {"X-A": "b\r\nX-Evil: 1"}),
        ("GET", {"bad name": "x"}),
        ("GET", {"ü": "x"}),
        ("GET", {"X": "\x00"}),
        ("Ü", {}),
    ],
)
def test_what_cannot_be_sent_is_refused(web: WebServer, method: str, headers: dict[str, str]) -> None:
    error = refusal(method, web.url(), headers=headers)
    assert (type(error), error.code) == (InvalidInput, "invalid_request")
    assert web.heard == []


def test_odd_addresses_are_escaped(web: WebServer) -> None:
    guarded_request("GET", f'  http://127.0.0.1:{web.port}/é a"<>?q=ß|\n'.replace("\n", " "))
    assert web.heard[0][1] == "/%C3%A9%20a%22%3C%3E?q=%C3%9F%7C"


def test_ipv6_and_international_names(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = resolve(monkeypatch, ["10.0.0.1"])
    refusal("GET", "http://bücher.example/")
    assert asked == ["xn--bcher-kva.example"]
    assert refusal("GET", "http://[::1]:80/").code == "outgoing_request_blocked"


def test_local_sockets_cannot_be_called() -> None:
    with pytest.raises(OutgoingBlocked):
        _GuardedBackend().connect_unix_socket("/run/docker.sock")


def test_public_addresses_are_given_out_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve(monkeypatch, ["93.184.216.34", "1.1.1.1", "93.184.216.34"])
    assert checked_addresses("good.example", 443) == ["93.184.216.34", "1.1.1.1"]


def test_a_forked_process_makes_its_own_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = _Pool()
    mine = pool.get()
    assert pool.get() is mine
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: -1)
        assert pool.get() is not mine
    pool.close()
    assert pool.get() is not mine
    pool.close()
    pool.close()
