"""Calls of webhooks that nobody sends by accident: a refusal each, never a crash, never a run by mistake."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings as django_settings

from apps.connections.models import Credential
from apps.workflows.models import Execution
from tests.people import Person
from tests.workflows.api.calls import ECHO_BODY, call, through_gateway
from tests.workflows.main_job.definitions import chain, fields, go_live, hook

pytestmark = pytest.mark.django_db(transaction=True)


def part(head: str, content: str = "1", boundary: str = "B") -> bytes:
    return f"--{boundary}\r\n{head}\r\n\r\n{content}\r\n".encode()


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        (b"+2AA-", "utf-7", "?"),
        (b"abc", "undefined", "abc"),
        (b"abc", "hex", "abc"),
        (b"\\ud800", "unicode_escape", "?"),
        (b"\\ud800", "utf-8", "\\ud800"),
        (b"\x00a", "utf-8", "a"),
        (b"a\x00", "utf-16-le", "a"),
        (b"abc", "a\x00b", "abc"),
        (b"." * 200, "idna", "." * 200),
        (b"caf\xc3\xa9", "'UTF-8'", "café"),
    ],
)
def test_any_charset_gives_a_text_that_can_be_kept(owner: Person, body: bytes, charset: str, text: str) -> None:
    go_live(owner, chain(hook("text"), ECHO_BODY))
    status, _, answer = through_gateway("POST", "/webhook/text", body, CONTENT_TYPE=f"text/plain; charset={charset}")
    assert (status, json.loads(answer)) == (200, {"body": text})


@pytest.mark.parametrize(
    "head",
    [
        "Content-Disposition: form-data; name=\"a\"; filename*=bad''%ff%",
        "Content-Disposition: form-data; name*0*=utf-8''%",
        "Content-Disposition: form-data; name*=nonsense'en'%41",
        'Content-Disposition: form-data; name="\x00"',
        "Content-Disposition: =?utf-8?q?=ff?=",
        "Content-Disposition:",
        "Content-Disposition: form-data; name=a; name=b",
        'Content-Type: ;;;=\r\nContent-Disposition: form-data; name="a"; filename="é\\""',
        'Content-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name="a"',
        'Content-Transfer-Encoding: x-uuencode\r\nContent-Disposition: form-data; name="a"',
        'Content-Transfer-Encoding: \xff\r\nContent-Disposition: form-data; name="a"',
        'Content-Type: message/rfc822\r\nContent-Disposition: form-data; name="a"',
        "no header at all",
        ": \r\n:",
    ],
)
def test_odd_multipart_parts_never_crash(owner: Person, head: str) -> None:
    go_live(owner, chain(hook("parts"), ECHO_BODY))
    answer = call("parts", part(head) + b"--B--\r\n", "multipart/form-data; boundary=B")
    assert answer.status_code in {200, 400}, answer.content


def test_multipart_within_multipart_is_refused_however_deep(owner: Person) -> None:
    go_live(owner, chain(hook("deep"), ECHO_BODY))
    body = b"".join(part(f"Content-Type: multipart/mixed; boundary=B{n + 1}", "", f"B{n}") for n in range(2000))
    answer = call("deep", body, "multipart/form-data; boundary=B0")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_multipart")


def test_too_many_parts_are_refused(owner: Person) -> None:
    go_live(owner, chain(hook("many"), ECHO_BODY))
    body = part('Content-Disposition: form-data; name="a"') * 300 + b"--B--\r\n"
    answer = call("many", body, "multipart/form-data; boundary=B")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_multipart")


def test_repeated_parts_become_a_list(owner: Person) -> None:
    go_live(owner, chain(hook("repeat"), ECHO_BODY))
    body = part('Content-Disposition: form-data; name="a"') * 3 + b"--B--\r\n"
    assert call("repeat", body, "multipart/form-data; boundary=B").json() == {"body": {"a": ["1", "1", "1"]}}


def test_deep_json_goes_through_whole(owner: Person) -> None:
    go_live(owner, chain(hook("levels"), ECHO_BODY))
    body = b"[" * 90 + b"]" * 90
    assert call("levels", body).content == b'{"body":' + body + b"}"


@pytest.mark.parametrize("length", ["-1", "x", "\xb2", "1e3", "", " 5"])
def test_a_length_that_is_no_number_reads_nothing(owner: Person, length: str) -> None:
    go_live(owner, chain(hook("length"), ECHO_BODY))
    status, _, answer = through_gateway("POST", "/webhook/length", b'{"a": 1}', CONTENT_LENGTH=length)
    assert (status, answer) == (200, b'{"body":{}}')


def test_a_body_that_ends_early_is_refused(owner: Person) -> None:
    go_live(owner, chain(hook("short"), ECHO_BODY))
    status, _, answer = through_gateway(
        "POST", "/webhook/short", b"half of", CONTENT_LENGTH="100", CONTENT_TYPE="text/plain"
    )
    assert (status, json.loads(answer)["code"]) == (400, "body_incomplete")
    assert not Execution.plain.exists()


@pytest.mark.parametrize("announced", [True, False])
def test_more_than_five_megabytes_are_refused(owner: Person, announced: bool) -> None:
    go_live(owner, chain(hook("large"), ECHO_BODY))
    body = b"x" * (django_settings.EXPRSN_WEBHOOK_MAX_BYTES + 1)
    more = {} if announced else {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    status, _, answer = through_gateway("POST", "/webhook/large", body, CONTENT_TYPE="text/plain", **more)
    assert (status, json.loads(answer)["code"]) == (413, "body_too_large")


def test_a_chunked_body_is_read(owner: Person) -> None:
    go_live(owner, chain(hook("chunks"), ECHO_BODY))
    environ = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": BytesIO(b'{"a":1}')}
    assert through_gateway("POST", "/webhook/chunks", **environ)[2] == b'{"body":{"a":1}}'


@pytest.mark.parametrize(
    "path", ["/webhook/", "/webhook//", "/webhook/a\x00b", "/webhook/\xff\xfe", "/webhook/" + "x/" * 5000, "/webhook/:"]
)
def test_odd_paths_are_not_found(owner: Person, path: str) -> None:
    go_live(owner, chain(hook("v/:id"), ECHO_BODY))
    status, _, answer = through_gateway("POST", path, b"{}")
    assert (status, json.loads(answer)["code"]) == (404, "webhook_not_found")


def test_a_path_parameter_is_text_as_it_came(owner: Person) -> None:
    go_live(owner, chain(hook("u/:who"), fields("a", v="={{ $json.params.who }}")))
    path = "/webhook/u/" + "Zoë 'DROP".encode().decode("latin-1")
    assert json.loads(through_gateway("POST", path, b"{}")[2]) == {"v": "Zoë 'DROP"}


def test_too_many_query_fields_are_refused(owner: Person) -> None:
    go_live(owner, chain(hook("query"), ECHO_BODY))
    status, _, answer = through_gateway("POST", "/webhook/query", b"{}", QUERY_STRING="a&" * 3000)
    assert (status, json.loads(answer)["code"]) == (400, "malformed_form")


def test_the_fixed_path_is_before_the_parameter(owner: Person) -> None:
    go_live(owner, chain(hook("pets/:id"), fields("a", which="any")), "Any")
    go_live(owner, chain(hook("pets/new"), fields("a", which="fixed")), "Fixed")
    assert [call(f"pets/{name}").json()["which"] for name in ("new", "old")] == ["fixed", "any"]


def with_credential(owner: Person, kind: str, values: dict[str, str]) -> dict[str, Any]:
    made = owner.api.post("/api/v1/credentials/", {"name": "K", "kind": kind, "fields": values}, format="json").json()
    definition = chain(hook("guarded", auth=kind), fields("a", x="1"))
    definition["nodes"][0]["credentials"] = {kind: made["id"]}
    return go_live(owner, definition)


@pytest.mark.parametrize(
    "sent",
    ["Basic", "Basic ", "Basic =", "Bearer x", "basic " + base64.b64encode(b"\xff:\xfe").decode(), "Basic \xff"],
)
def test_broken_basic_credentials_are_refused(owner: Person, sent: str) -> None:
    with_credential(owner, "basic", {"username": "a", "password": "b"})
    status, headers, answer = through_gateway("POST", "/webhook/guarded", b"{}", HTTP_AUTHORIZATION=sent)
    assert (status, json.loads(answer)["code"]) == (401, "webhook_unauthorized")
    assert ("WWW-Authenticate", 'Basic realm="webhook"') in headers


def test_a_caller_is_checked_before_the_body_is_looked_at(owner: Person) -> None:
    with_credential(owner, "header", {"name": "X-Key", "value": "k1"})
    assert call("guarded", b"{broken").status_code == 401


def test_a_credential_that_was_deleted_lets_nobody_in(owner: Person) -> None:
    with_credential(owner, "header", {"name": "X-Key", "value": "k1"})
    credential = owner.api.get("/api/v1/credentials/").json()["items"][0]["id"]
    assert owner.api.delete(f"/api/v1/credentials/{credential}/").status_code == 409  # the webhook uses it
    Credential.plain.filter(id=credential).delete()
    assert call("guarded", {}, **{"X-Key": "k1"}).status_code in {404, 503}
    assert not Execution.plain.exists()
