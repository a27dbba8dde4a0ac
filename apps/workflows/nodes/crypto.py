"""Crypto: hashes, signatures with a shared secret, random values."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import string
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Option, Parameter
from apps.workflows.nodes.support.parameters import options, when_operation, whole_number
from apps.workflows.nodes.support.paths import BadPath, with_path
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node

MAX_LENGTH = 10_000
_HASHES = {
    "md5": "MD5 (not safe)", "sha1": "SHA-1 (not safe)", "sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512",
    "sha3_256": "SHA3-256", "sha3_384": "SHA3-384", "sha3_512": "SHA3-512",
}  # fmt: skip
_ALPHABETS = {
    "alphanumeric": string.ascii_letters + string.digits,
    "ascii": string.ascii_letters + string.digits + string.punctuation,
    "digits": string.digits,
    "hex": string.digits + "abcdef",
    "base64": string.ascii_letters + string.digits,
}


@register_node
class CryptoNode(NodeType):
    """Hashes and signs values and makes random ones."""

    type = "crypto"
    display_name = "Crypto"
    description = "Makes hashes, HMAC signatures, random texts and UUIDs."
    group = "data"
    icon = "key-round"
    color = "data"
    summary = "{operation} · {algorithm}"
    parameters = (
        Parameter(
            "operation",
            "Do",
            type="select",
            default_value="hash",
            options=[
                Option("hash", "Hash", "A fingerprint of a value."),
                Option("hmac", "HMAC", "A signature with a shared secret."),
                Option("random", "Random text"),
                Option("uuid", "UUID", "A random identifier, version 4."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "value",
            "Value",
            required=True,
            description="Text; anything else is taken as its JSON text.",
            display_if=when_operation("hash", "hmac"),
        ),
        Parameter("secret", "Secret", required=True, display_if=when_operation("hmac")),
        Parameter(
            "algorithm",
            "Algorithm",
            type="select",
            default_value="sha256",
            options=options(*_HASHES.items()),
            display_if=when_operation("hash", "hmac"),
        ),
        Parameter(
            "encoding",
            "Write as",
            type="select",
            default_value="hex",
            options=options(("hex", "Hexadecimal"), ("base64", "Base64"), ("base64url", "Base64 for addresses")),
            display_if=when_operation("hash", "hmac"),
        ),
        Parameter(
            "characters",
            "Characters",
            type="select",
            default_value="alphanumeric",
            options=options(
                ("alphanumeric", "Letters and digits"),
                ("ascii", "Letters, digits and signs"),
                ("digits", "Digits"),
                ("hex", "Hexadecimal digits"),
                ("base64", "Base64 without signs"),
            ),
            display_if=when_operation("random"),
        ),
        Parameter(
            "length",
            "Length",
            type="number",
            default_value=32,
            validation={"min": 1, "max": MAX_LENGTH},
            display_if=when_operation("random"),
        ),
        Parameter("output_field", "Put the answer under", default_value="data"),
    )
    example = {
        "operation": "hmac",
        "value": "={{ $json.body }}",
        "secret": "={{ $vars.signing_secret }}",
        "output_field": "signature",
    }
    documentation = """
Runs for each item and keeps its other fields. Texts are hashed as UTF-8; objects, lists and numbers as their compact
JSON text.

Random texts and UUIDs come from the system's source for secrets. MD5 and SHA-1 are there for old services that want
them; do not build safety on them. This is no way to keep passwords.

A secret that stands in a parameter is stored with the workflow; take it from a variable instead. To compare a
signature with one that was sent to you, let the webhook trigger do it: it does so in constant time.
"""

    def run(self, context: NodeContext) -> NodeResult:
        return context.each(lambda item, position: _answered(context, item, position))


def _answered(context: NodeContext, item: Item, position: int) -> Item:
    answer = _OPERATIONS[context.param("operation", position)](context, position)
    name = text_of(context.param("output_field", position)) or "data"
    try:
        return Item(with_path(item.json, name, answer), item.binary)
    except BadPath as problem:
        raise NodeError(str(problem), kind="bad_value", item=position, parameter="output_field") from None


def _bytes(value: Any) -> bytes:
    return text_of(value).encode("utf-8", "replace")


def _chosen(context: NodeContext, name: str, position: int, known: Mapping[str, Any]) -> str:
    chosen = text_of(context.param(name, position))
    if chosen not in known:
        raise NodeError(
            f"{chosen[:30]!r} is not known; use one of {', '.join(known)}.",
            kind="bad_value",
            item=position,
            parameter=name,
        )
    return chosen


def _encoded(context: NodeContext, digest: bytes, position: int) -> str:
    return _ENCODINGS[_chosen(context, "encoding", position, _ENCODINGS)](digest)


def _hash(context: NodeContext, position: int) -> str:
    algorithm = _chosen(context, "algorithm", position, _HASHES)
    made = hashlib.new(algorithm, _bytes(context.param("value", position)), usedforsecurity=False)
    return _encoded(context, made.digest(), position)


def _hmac(context: NodeContext, position: int) -> str:
    secret = _bytes(context.param("secret", position))
    if not secret:
        raise NodeError("The secret is empty.", kind="bad_value", item=position, parameter="secret")
    algorithm = _chosen(context, "algorithm", position, _HASHES)
    return _encoded(context, hmac.digest(secret, _bytes(context.param("value", position)), algorithm), position)


def _random(context: NodeContext, position: int) -> str:
    length = whole_number(
        context.param("length", position), least=1, most=MAX_LENGTH, item=position, parameter="length"
    )
    alphabet = _ALPHABETS[_chosen(context, "characters", position, _ALPHABETS)]
    return "".join(secrets.choice(alphabet) for _ in range(length))


def _uuid(context: NodeContext, position: int) -> str:
    return str(uuid.uuid4())


_ENCODINGS: Mapping[str, Callable[[bytes], str]] = {
    "hex": bytes.hex,
    "base64": lambda digest: base64.b64encode(digest).decode(),
    "base64url": lambda digest: base64.urlsafe_b64encode(digest).decode().rstrip("="),
}
_OPERATIONS: Mapping[str, Callable[[NodeContext, int], str]] = {
    "hash": _hash,
    "hmac": _hmac,
    "random": _random,
    "uuid": _uuid,
}
