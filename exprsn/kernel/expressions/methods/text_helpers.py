"""Helper methods of texts: checks, conversions, extraction."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from exprsn.kernel.expressions.coercion import to_text
from exprsn.kernel.expressions.dates.making import date_from_text
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.functions import ANY, TEXT_OR_NONE, Method, Methods, method, run_method
from exprsn.kernel.expressions.json_read import parse_json
from exprsn.kernel.expressions.json_text import quoted
from exprsn.kernel.expressions.library.number_reading import parse_float, parse_int
from exprsn.kernel.expressions.library.uri import decode_component, encode_component
from exprsn.kernel.expressions.methods.cases import camel_case, sentence_case, snake_case, title_case
from exprsn.kernel.expressions.numbers import Number, text_to_number
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN_TEXT = rf"(?:{_LABEL}\.){{1,10}}[A-Za-z]{{2,24}}"
_EMAIL = re.compile(rf"[A-Za-z0-9_.+%-]{{1,64}}@{_DOMAIN_TEXT}")
_URL = re.compile(r"https?://[^\s<>\"'`]{1,4000}")
_DOMAIN = re.compile(_DOMAIN_TEXT)
_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)|^#{1,6}\s+|^>\s?|[*_~`]+", re.MULTILINE)
_CURRENCY = re.compile(r"[\s,$€£¥]+")
_FALSE = frozenset({"", "0", "false", "no"})
_HASHES = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})


def _scanning(work: Callable[[str], Any]) -> Method:
    """A helper that looks at each character many times."""

    def call(run: Run, text: str) -> Any:
        run.budget.step(len(text))
        return work(text)

    return run_method(call)


def _first(pattern: re.Pattern[str], text: str) -> Any:
    found = pattern.search(text)
    return found.group() if found else UNDEFINED


def _extract_url(text: str) -> Any:
    found = _URL.search(text)
    return found.group().rstrip(".,;:!?)]}") if found else UNDEFINED


def _extract_domain(text: str) -> Any:
    url = _URL.search(text)
    if url is not None:
        host = urlsplit(url.group().partition("?")[0].replace("[", "").replace("]", "")).hostname
        return host or UNDEFINED
    email = _EMAIL.search(text)
    return email.group().rpartition("@")[2] if email else _first(_DOMAIN, text)


def _to_number(text: str) -> Number:
    found = text_to_number(text)
    if found != found:
        found = text_to_number(_CURRENCY.sub("", text))
    if found != found or not text.strip():
        raise ExpressionError(f"{text[:40]!r} cannot be turned into a number.")
    return found


def _to_date(run: Run, text: str) -> Any:
    made = date_from_text(run, text)
    if made.value is None:
        raise ExpressionError(f"{text[:40]!r} cannot be turned into a date. Use DateTime.fromFormat().")
    return made


def _base64_encode(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "replace")).decode()


def _base64_decode(text: str) -> str:
    standard = text.strip().replace("-", "+").replace("_", "/").rstrip("=")
    try:
        raw = base64.b64decode(standard + "=" * (-len(standard) % 4))
    except (binascii.Error, ValueError):
        raise ExpressionError("This text is not base64.") from None
    return raw.decode("utf-8", "replace")


def _hash(text: str, algorithm: str | None) -> str:
    name = (algorithm or "md5").lower().replace("-", "")
    if name == "base64":
        return _base64_encode(text)
    if name not in _HASHES:
        raise ExpressionError(f"hash() knows {', '.join(sorted(_HASHES))}.")
    return hashlib.new(name, text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _without_accents(text: str) -> str:
    spread = unicodedata.normalize("NFD", text)
    return "".join(character for character in spread if not unicodedata.combining(character))


def _is_numeric(text: str) -> bool:
    found = text_to_number(text)
    return text.strip() != "" and found == found


def _quote(run: Run, text: str, mark: Any) -> str:
    sign = '"' if mark is UNDEFINED else to_text(mark, run)
    return sign + text.replace("\\", "\\\\").replace(sign, f"\\{sign}") + sign if sign else text


TEXT_HELPERS: Methods = {
    "isEmpty": method(lambda text: text == ""),
    "isNotEmpty": method(lambda text: text != ""),
    "toNumber": method(_to_number),
    "toInt": run_method(lambda run, text, base: parse_int(run, text, base), ANY),
    "toWholeNumber": run_method(lambda run, text, base: parse_int(run, text, base), ANY),
    "toFloat": method(parse_float),
    "toDecimalNumber": method(parse_float),
    "toBoolean": method(lambda text: text.strip().lower() not in _FALSE),
    "toDate": run_method(_to_date),
    "toDateTime": run_method(_to_date),
    "toTitleCase": _scanning(title_case),
    "toSentenceCase": _scanning(sentence_case),
    "toSnakeCase": method(snake_case),
    "toCamelCase": method(camel_case),
    "extractEmail": _scanning(lambda text: _first(_EMAIL, text)),
    "extractUrl": _scanning(_extract_url),
    "extractDomain": _scanning(_extract_domain),
    "isEmail": method(lambda text: _EMAIL.fullmatch(text) is not None),
    "isUrl": method(lambda text: _URL.fullmatch(text) is not None),
    "isDomain": method(lambda text: _DOMAIN.fullmatch(text) is not None),
    "isNumeric": method(_is_numeric),
    "urlEncode": method(encode_component),
    "urlDecode": method(decode_component),
    "base64Encode": method(_base64_encode),
    "base64Decode": method(_base64_decode),
    "hash": method(_hash, TEXT_OR_NONE),
    "removeTags": _scanning(lambda text: _TAG.sub("", text)),
    "removeMarkdown": _scanning(lambda text: _MARKS.sub(lambda found: found.group(1) or "", text)),
    "replaceSpecialChars": method(_without_accents),
    "quote": run_method(_quote, ANY),
    "parseJson": run_method(lambda run, text: parse_json(text, run)),
    "toJsonString": method(quoted),
}
