"""Values that nobody expects: for the place of any field, as the text of JSON or of a form."""

from __future__ import annotations

import json
from typing import Any

# As JSON text, because some of it could not be written by a JSON library.
JSON_TEXTS = (
    "null", "true", "false", "0", "-1", "1.5", "-0.0", "1e308", "1e400", "NaN", "2147483648", "9223372036854775808",
    "1" + "0" * 400, '""', '" "', '"a\\u0000b"', '"\\u0000"', '"\\ud800"', '"\\udfff\\ud800"', '"\\u202e\\ufeff"',
    '"\\n"', '"' + "x" * 101 + '"', '"' + "long " * 50_000 + '"', '"' + "🦉" * 9_000 + '"', '"٣"', '"__proto__"',
    '"%s{0}$1"', "[]", "[[]]", "[null]", '["read", 5, null, {}]', '[["read"]]', '[{"a": 1}]', "[" * 150 + "]" * 150,
    "[" * 5_000 + "]" * 5_000, "{}", '{"": ""}', '{"a": {"b": [1]}}', '{"a": "\\u0000"}', '{"\\u0000": "a"}',
    '{"token": []}', '{"token": {}}', '{"token": null}', '{"token": 5}', '{"token": "a\\u0000"}', '{"items": 1}',
    '"9999-12-31T23:59:59-23:59"', '"0001-01-01T00:00:00+23:59"', '"2031-02-30"', '"+275760-09-13T00:00:00Z"',
    '"00000000-0000-0000-0000-000000000000"', '["00000000-0000-0000-0000-000000000000"]',
    "[340282366920938463463374607431768211456]",
    '"@"', '"a@b.c\\u0000"', '"../../etc/passwd"', '"Europe/../UTC"',
)  # fmt: skip

# As form fields and query parameters carry them; bytes that are no UTF-8 come percent-encoded.
TEXTS = (
    "", " ", "\x00", "a\x00b", "x" * 101, "y" * 9_000, "ключ\u202e", "🦉" * 200, "\n", "\r\n\t", "-1", "1e400",
    "9" * 500, "null", "[]", "%", "%00", "NaN", "9999-12-31", "9999-12-31T23:59:59-23:59", "0001-01-01",
    "0001-01-01T00:00:00+23:59", "0000-00-00", "2031-02-30",
    "00000000-0000-0000-0000-000000000000", "../../x", "{}", "'", "\\", "a%_b", "__all__",
)  # fmt: skip


def with_value(body: dict[str, Any], place: tuple[str, ...], text: str) -> bytes:
    """The body as JSON with the given text in the place that the path names; the empty path is the whole."""
    if not place:
        return text.encode()
    mark = "\ue000"
    inner: dict[str, Any] = json.loads(json.dumps(body))
    holder = inner
    for name in place[:-1]:
        holder = holder[name]
    holder[place[-1]] = mark
    return json.dumps(inner, ensure_ascii=False).replace(f'"{mark}"', text, 1).encode()


def send(client: Any, method: str, path: str, body: bytes) -> Any:
    """The answer to raw bytes that are called JSON."""
    return client.generic(method, path, body, content_type="application/json")
