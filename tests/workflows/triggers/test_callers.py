"""Who may call a webhook: every proof with good, bad, missing and old input; addresses; pages of other origins."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.test import Client

from apps.workflows.engine.allow_lists import address_allowed, address_faults, origin_allowed, origin_faults
from apps.workflows.models import Execution
from apps.workflows.registry import get_node_type
from tests.people import Person
from tests.workflows.main_job.definitions import chain, create, fields, go_live, hook
from tests.workflows.triggers.hooks import call, credential, guarded, signed

pytestmark = pytest.mark.django_db
SECRET = "a secret that is long enough to be one"
BODY = b'{"n": 1}'


def test_a_signature_over_the_body(owner: Person) -> None:
    """As GitHub signs: a prefix, hexadecimal, SHA-256, over the bytes as they came."""
    guarded(owner, "github", "hmac", secret=SECRET, header="X-Hub-Signature-256", prefix="sha256=")
    good = f"sha256={signed(SECRET, BODY)}"
    assert call("github", BODY, headers={"X-Hub-Signature-256": good}).status == 200
    wrong = {
        "webhook_signature_missing": {},
        "webhook_signature_invalid": {"X-Hub-Signature-256": signed(SECRET, BODY)},
    }
    for code, headers in wrong.items():
        assert (call("github", BODY, headers=headers).status, call("github", BODY, headers=headers).code) == (401, code)
    for given in (
        "sha256=",
        "sha256=zz",
        f"sha256={signed('other', BODY)}",
        "sha1=" + signed(SECRET, BODY, "sha1"),
        "é",
    ):
        assert call("github", BODY, headers={"X-Hub-Signature-256": given}).code == "webhook_signature_invalid"
    assert call("github", BODY + b" ", headers={"X-Hub-Signature-256": good}).code == "webhook_signature_invalid"
    assert Execution.plain.count() == 1


def test_a_signature_in_base64_with_another_hash(owner: Person) -> None:
    guarded(owner, "shop", "hmac", secret=SECRET, algorithm="sha512", encoding="base64")
    made = base64.b64encode(hmac.new(SECRET.encode(), BODY, hashlib.sha512).digest()).decode()
    assert call("shop", BODY, headers={"X-Signature": made}).status == 200
    assert call("shop", BODY, headers={"X-Signature": made[:-4] + "%%%="}).code == "webhook_signature_invalid"


def test_stripes_time_and_signatures_in_one_header(owner: Person) -> None:
    guarded(owner, "stripe", "hmac", secret=SECRET, header="Stripe-Signature", signed="stripe")
    now = int(time.time())
    made = signed(SECRET, f"{now}.".encode() + BODY)
    good = f"t={now},v1={'0' * 64},v1={made},v0=old"
    assert call("stripe", BODY, headers={"Stripe-Signature": good}).status == 200
    # What was right an hour ago is a call that somebody has kept.
    old = now - 3600
    replayed = f"t={old},v1={signed(SECRET, f'{old}.'.encode() + BODY)}"
    assert call("stripe", BODY, headers={"Stripe-Signature": replayed}).code == "webhook_signature_expired"
    moved = f"t={now + 1},v1={made}"
    assert call("stripe", BODY, headers={"Stripe-Signature": moved}).code == "webhook_signature_invalid"
    assert call("stripe", BODY, headers={"Stripe-Signature": "nonsense"}).code == "webhook_signature_invalid"


@pytest.mark.parametrize("form", ["v0:timestamp:body", "timestamp.body"])
def test_the_time_in_a_header_of_its_own(owner: Person, form: str) -> None:
    """As Slack signs, and others."""
    guarded(owner, "slack", "hmac", secret=SECRET, header="X-Sig", prefix="v0=", signed=form, timestamp_header="X-Time")

    def sent(at: Any, **more: str) -> dict[str, str]:
        text = f"v0:{at}:".encode() + BODY if form.startswith("v0") else f"{at}.".encode() + BODY
        return {"X-Sig": f"v0={signed(SECRET, text)}", "X-Time": str(at), **more}

    now = int(time.time())
    assert call("slack", BODY, headers=sent(now)).status == 200
    assert call("slack", BODY, headers=sent(now - 301)).code == "webhook_signature_expired"
    assert call("slack", BODY, headers=sent(now + 400)).code == "webhook_signature_expired"
    assert call("slack", BODY, headers=sent("soon")).code == "webhook_signature_invalid"
    assert call("slack", BODY, headers=sent(now, **{"X-Time": str(now - 1)})).code == "webhook_signature_invalid"
    assert call("slack", BODY, headers={"X-Sig": sent(now)["X-Sig"]}).code == "webhook_signature_missing"


def token(key: Any = SECRET, algorithm: str = "HS256", **claims: Any) -> dict[str, str]:
    made = jwt.encode({"sub": "ada", "exp": int(time.time()) + 60, **claims}, key, algorithm=algorithm)
    return {"Authorization": f"Bearer {made}"}


def test_a_token_and_its_claims(owner: Person) -> None:
    guarded(owner, "token", "jwt", key=SECRET, issuer="me", audience="you", leeway="5")
    fine = {"iss": "me", "aud": ["you", "others"]}
    answer = call("token", headers=token(**fine))
    assert (answer.status, answer.json()) == (200, {"who": "ada"})
    refused = {
        "webhook_token_missing": {},
        "webhook_token_invalid": token("another secret that is long enough, too", **fine),
        "webhook_token_expired": token(**fine, exp=int(time.time()) - 60),
        "webhook_token_not_yet_valid": token(**fine, nbf=int(time.time()) + 60),
        "webhook_token_wrong_issuer": token(iss="them", aud="you"),
        "webhook_token_wrong_audience": token(iss="me", aud="them"),
        "webhook_token_claim_missing": token(aud="you"),
        "webhook_token_wrong_algorithm": token(SECRET * 2, "HS512", **fine),
    }
    for code, headers in refused.items():
        answer = call("token", headers=headers)
        assert (answer.status, answer.code) == (401, code)
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="webhook"'
    for given in ("Bearer", "Basic YTpi", "Bearer x", "Bearer " + "a" * 20_000, "Bearer a.b.c"):
        assert call("token", headers={"Authorization": given}).status == 401
    assert Execution.plain.count() == 1


def _pem(key: Any) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return str(key.public_key().public_bytes(serialization.Encoding.PEM, form).decode())


def test_tokens_of_key_pairs_and_no_way_around_them(owner: Person) -> None:
    """The public key is known to everybody: a token “signed” with it as a shared secret must not pass."""
    curve, other = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)
    guarded(owner, "pair", "jwt", key=_pem(curve), algorithm="ES256")
    assert call("pair", headers=token(curve, "ES256")).json() == {"who": "ada"}
    assert call("pair", headers=token(other, "RS256")).code == "webhook_token_wrong_algorithm"

    def part(text: bytes) -> bytes:
        return base64.urlsafe_b64encode(text).rstrip(b"=")

    for algorithm in ("HS256", "none", "ES256"):
        text = part(f'{{"alg":"{algorithm}","typ":"JWT"}}'.encode()) + b"." + part(b'{"sub":"eve"}')
        mac = hmac.new(_pem(curve).encode(), text, hashlib.sha256).digest()
        for signature in (part(mac), b""):
            forged = (text + b"." + signature).decode()
            answer = call("pair", headers={"Authorization": f"Bearer {forged}"})
            assert answer.code in {"webhook_token_wrong_algorithm", "webhook_token_invalid"}
    assert Execution.plain.count() == 1


def test_a_key_that_is_none_is_our_fault_not_the_callers(owner: Person) -> None:
    guarded(owner, "broken", "jwt", key="no key at all", algorithm="RS256", header="X-Token")
    headers = {"X-Token": token()["Authorization"].partition(" ")[2]}
    assert call("broken", headers=headers).status in {401, 503}
    pair = rsa.generate_private_key(65537, 2048)
    headers = {"X-Token": token(pair, "RS256")["Authorization"].partition(" ")[2]}
    assert (call("broken", headers=headers).status, call("broken", headers=headers).code) == (
        503,
        "webhook_misconfigured",
    )


def test_a_credential_of_another_kind_opens_nothing(owner: Person) -> None:
    definition = chain(hook("mixed", auth="hmac"), fields("a", x="1"))
    definition["nodes"][0]["credentials"] = {"hmac": credential(owner, "basic", username="a", password="b")}
    go_live(owner, definition)
    assert call("mixed").code == "webhook_misconfigured"


@pytest.mark.parametrize(
    ("listed", "address", "allowed"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("198.51.100.1, 203.0.113.0/24", "203.0.113.200", True),
        ("203.0.113.0/24", "203.0.114.1", False),
        ("203.0.113.0/24", "::ffff:203.0.113.9", True),
        ("2001:db8::/32\n10.0.0.0/8", "2001:db8:1::5", True),
        ("2001:db8::/32", "2001:db9::1", False),
        ("0.0.0.0/0", "2001:db8::1", False),
        ("203.0.113.7", "", False),
        ("nonsense", "203.0.113.7", False),
    ],
)
def test_only_from_listed_addresses(listed: str, address: str, allowed: bool) -> None:
    assert address_allowed(listed, address) is allowed


def test_a_call_from_elsewhere_starts_nothing(owner: Person) -> None:
    go_live(owner, chain(hook("inside", allowed_addresses="203.0.113.0/24 2001:db8::/32"), fields("a", x="1")))
    assert call("inside", address="203.0.113.99").status == 200
    answer = call("inside", address="198.51.100.4", headers={"X-Forwarded-For": "203.0.113.7"})
    assert (answer.status, answer.code) == (403, "address_not_allowed")
    assert Execution.plain.count() == 1


def test_lists_are_checked_before_they_are_live() -> None:
    check = get_node_type("webhook").check
    faults = check({"path": "a", "allowed_addresses": "10.0.0.0/33", "allowed_origins": "https://a.example/path"})
    assert sorted(faults) == ["allowed_addresses", "allowed_origins"]
    assert check({"path": "a", "allowed_addresses": "10.0.0.0/8", "allowed_origins": "* https://a.example:8443"}) == {}
    assert len(address_faults(" ".join(["x"] * 300))) == 6
    assert origin_faults("http://[::1]:80, https://a.example") == []
    assert origin_faults("https://a.example:99999 ftp://b.example") != []


def test_origins_are_compared_as_browsers_write_them() -> None:
    assert origin_allowed("https://Shop.example:443/", "https://shop.example")
    assert not origin_allowed("https://shop.example", "http://shop.example")
    assert not origin_allowed("https://shop.example", "null")
    assert origin_allowed("http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080")


SHOP = "https://shop.example"


def test_pages_of_listed_origins_may_call_and_read(owner: Person) -> None:
    go_live(owner, chain(hook("cors", allowed_origins=SHOP), fields("a", x="1")))
    answer = call("cors", headers={"Origin": SHOP})
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"], answer.headers["Vary"]) == (
        200,
        SHOP,
        "Origin",
    )
    assert "Access-Control-Allow-Origin" not in call("cors").headers
    answer = call("cors", headers={"Origin": "https://evil.example"})
    assert (answer.status, answer.code) == (403, "origin_not_allowed")
    # A page that may call may also read why it was refused.
    answer = call("cors", b"{broken", headers={"Origin": SHOP})
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (400, SHOP)
    assert Execution.plain.count() == 2


def test_what_browsers_ask_first_is_answered_and_starts_nothing(owner: Person) -> None:
    go_live(
        owner, chain(hook("ask/:id", methods=["POST", "GET"], allowed_origins="*", auth="none"), fields("a", x="1"))
    )
    asked = {
        "Origin": SHOP,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "X-Key, Bad\tOne",
    }
    answer = call("ask/1", b"", method="OPTIONS", headers=asked)
    assert (answer.status, answer.body) == (204, b"")
    assert "Content-Length" not in answer.headers
    given = {name: value for name, value in answer.headers.items() if name.startswith("Access-Control-Allow")}
    assert given == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "x-key",
    }
    plain = call("ask/1", b"", method="OPTIONS")
    assert (plain.status, plain.headers["Allow"]) == (204, "GET, POST, OPTIONS")
    assert call("nowhere", b"", method="OPTIONS").code == "webhook_not_found"
    assert Execution.plain.count() == 0


def test_without_a_list_no_page_gets_permission(owner: Person) -> None:
    go_live(owner, chain(hook("closed"), fields("a", x="1")))
    asked = {"Origin": SHOP, "Access-Control-Request-Method": "POST"}
    answer = call("closed", b"", method="OPTIONS", headers=asked)
    assert (answer.status, "Access-Control-Allow-Origin" in answer.headers) == (204, False)
    assert call("closed", headers={"Origin": SHOP}).status == 200


def test_a_test_call_is_asked_and_checked_the_same_way(owner: Person) -> None:
    definition = chain(hook("draft", allowed_origins=SHOP, allowed_addresses="127.0.0.1"), fields("a", x="1"))
    made = create(owner, definition)
    assert owner.api.post(f"/api/v1/workflows/{made['id']}/listen/", {}, format="json").status_code == 200
    client = Client()
    headers = {"Origin": SHOP, "Access-Control-Request-Method": "POST"}
    assert client.options("/webhook-test/draft", headers=headers)["Access-Control-Allow-Origin"] == SHOP
    refused = client.post("/webhook-test/draft", b"{}", content_type="application/json", REMOTE_ADDR="198.51.100.4")
    assert refused.json()["code"] == "address_not_allowed"
    taken = client.post("/webhook-test/draft", b"{}", content_type="application/json", headers={"Origin": SHOP})
    assert (taken.status_code, taken["Access-Control-Allow-Origin"]) == (200, SHOP)
