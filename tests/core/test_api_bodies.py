from __future__ import annotations

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.urls("tests.core.urls")


def send(api: APIClient, body: bytes, kind: str = "application/json") -> tuple[int, dict[str, object]]:
    answer = api.generic("POST", "/api/v1/echo/", body, content_type=kind)
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("body", "got"),
    [
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b"  ", {}),
        (b"\xef\xbb\xbf[1]", [1]),
        (b"9007199254740993", 9007199254740993),
        (b'"\\ud83d\\ude00"', "😀"),
        (b'"\\\\u0000"', "\\u0000"),
        (b"[" * 200 + b"]" * 200, None),
    ],
)
def test_good_json_is_read(api: APIClient, body: bytes, got: object) -> None:
    status, answer = send(api, body)
    assert status == 200
    assert got is None or answer["got"] == got


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{'a': 1}",
        b"[1,]",
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1e999",
        b'"\xff"',
        b'"\\ud800"',
        b'"\x00"',
        b"\x00",
    ],
)
def test_broken_json_is_400_with_line_and_column(api: APIClient, body: bytes) -> None:
    status, answer = send(api, body)
    assert (status, answer["code"]) == (400, "malformed_json")
    assert answer["line"] == 1
    assert isinstance(answer["column"], int)


def test_the_place_of_a_fault_is_exact(api: APIClient) -> None:
    _, answer = send(api, b'{\n "a": nope}')
    assert (answer["line"], answer["column"]) == (2, 7)


def test_nul_is_400_with_its_path(api: APIClient) -> None:
    status, answer = send(api, b'{"nodes": [{"name": "a\\u0000"}]}')
    assert (status, answer["code"]) == (400, "malformed_json")
    assert answer["errors"] == {"nodes[0].name": ["NUL is not allowed."]}


@pytest.mark.parametrize("depth", [201, 900])
def test_too_much_depth_is_400(api: APIClient, depth: int) -> None:
    status, answer = send(api, b"[" * depth + b"]" * depth)
    assert (status, answer["code"]) == (400, "json_too_deep")


def test_a_body_over_the_views_limit_is_413(api: APIClient) -> None:
    assert send(api, b'"' + b"a" * 1998 + b'"')[0] == 200
    status, answer = send(api, b'"' + b"a" * 1999 + b'"')
    assert (status, answer["code"], answer["limit"]) == (413, "body_too_large", 2000)


def test_ten_thousand_levels_are_refused_too(api: APIClient) -> None:
    answer = api.generic("POST", "/api/v1/start/", b"[" * 10_000, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "json_too_deep")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense"])
def test_another_media_type_is_415(api: APIClient, kind: str) -> None:
    status, answer = send(api, b"a=1", kind)
    assert (status, answer["code"]) == (415, "unsupported_media_type")
