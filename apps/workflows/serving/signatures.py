"""Calls signed with a shared secret (HMAC) over the body as it came, as GitHub, Stripe, Slack and others sign them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping

from apps.workflows.serving.webhook_types import WebhookCall
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import NotAuthenticated

_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}
MAX_SIGNATURES = 10


def check_signature(fields: Mapping[str, str], call: WebhookCall) -> None:
    """Refuse a call whose signature is missing (``webhook_signature_missing``), wrong (``…_invalid``) or too old
    (``…_expired``). What the credential says counts; nothing in the call can choose an algorithm."""
    signed = fields["signed"]
    header = call.headers.get(fields["header"].lower(), "")
    if not header:
        raise _refused("missing", "This webhook asks for a signature.")
    timestamp, given = _stripe_parts(header) if signed == "stripe" else (_timestamp(fields, call), [header])
    # The signature first: the age of a call that anybody may have made tells nobody anything.
    wanted = _mac(fields, signed, timestamp, call.body)
    if not any(_equal(wanted, one, fields) for one in given[:MAX_SIGNATURES]):
        raise _refused("invalid", "The signature of this call is not right.")
    if timestamp or signed != "body":
        _check_age(timestamp, fields["tolerance"])


def _timestamp(fields: Mapping[str, str], call: WebhookCall) -> str:
    name = fields["timestamp_header"]
    timestamp = call.headers.get(name.lower(), "") if name else ""
    if not timestamp and (name or fields["signed"] != "body"):
        raise _refused("missing", "This webhook asks for the time of the call beside its signature.")
    return timestamp


def _stripe_parts(header: str) -> tuple[str, list[str]]:
    """``t=1700000000,v1=…,v1=…``."""
    pairs = [part.strip().partition("=") for part in header.split(",")]
    timestamp = next((value for name, _, value in pairs if name == "t"), "")
    return timestamp, [value for name, _, value in pairs if name == "v1"]


def _mac(fields: Mapping[str, str], signed: str, timestamp: str, body: bytes) -> bytes:
    made = hmac.new(fields["secret"].encode(), digestmod=_HASHES[fields["algorithm"]])
    if signed == "v0:timestamp:body":
        made.update(f"v0:{timestamp}:".encode("utf-8", "replace"))
    elif signed != "body":
        made.update(f"{timestamp}.".encode("utf-8", "replace"))
    made.update(body)
    return made.digest()


def _equal(wanted: bytes, given: str, fields: Mapping[str, str]) -> bool:
    prefix = fields["prefix"]
    if not given.startswith(prefix):
        return False
    text = given[len(prefix) :].strip()
    try:
        decoded = bytes.fromhex(text) if fields["encoding"] == "hex" else base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return hmac.compare_digest(wanted, decoded)


def _check_age(timestamp: str, tolerance: str) -> None:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 15):
        raise _refused("invalid", "The time of this call is not a number of seconds.")
    most = int(tolerance) if tolerance.isascii() and tolerance.isdigit() else 300
    if abs(utc_now().timestamp() - int(timestamp)) > most:
        raise _refused("expired", f"This call was signed more than {most} seconds ago, or in the future.")


def _refused(word: str, message: str) -> NotAuthenticated:
    return NotAuthenticated(message, code=f"webhook_signature_{word}")
