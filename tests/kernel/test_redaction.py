from __future__ import annotations

from typing import Any

import pytest

from exprsn.kernel.redaction import MASK, redact, redact_text


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "Passwd",
        "client_secret",
        "API-Key",
        "apiKey",
        "Authorization",
        "Set-Cookie",
        "access_token",
        "otp",
        "pin",
    ],
)
def test_fields_with_telling_names_are_masked(name: str) -> None:
    assert redact({name: "v4lue"}) == {name: MASK}


@pytest.mark.parametrize("name", ["name", "spin", "token_id", "token_name", "credential_id", "url", "monkey"])
def test_other_fields_stay(name: str) -> None:
    assert redact({name: "value"}) == {name: "value"}


def test_nested_data_is_masked_in_depth() -> None:
    data = {"a": [{"token": {"deep": 1}}, ("x", {"password": 7})], 3: None}
    assert redact(data) == {"a": [{"token": MASK}, ["x", {"password": MASK}]], 3: None}


def test_absent_secrets_and_switches_are_shown() -> None:
    data = {"password": None, "token": "", "reset_password": True}
    assert redact(data) == data


def test_known_secrets_are_masked_wherever_they_appear() -> None:
    assert redact({"url": "https://x/?k=hunter22&b=1"}, ["hunter22", "b"]) == {"url": "https://x/?k=***&b=1"}


def test_credentials_in_texts_are_masked() -> None:
    assert redact_text("sent Bearer abcdef123456 to it") == "sent Bearer *** to it"
    assert redact_text("redis://user:geheim@host:6379/0") == "redis://user:***@host:6379/0"
    assert redact_text("the bearer of news, http://host/a@b") == "the bearer of news, http://host/a@b"


def test_what_lies_too_deep_is_masked_whole() -> None:
    deep_list: Any = "core"
    deep_object: Any = "core"
    for _ in range(60):
        deep_list, deep_object = [deep_list], {"a": deep_object}
    assert str(redact(deep_list)) == "[" * 50 + repr(MASK) + "]" * 50
    assert "core" not in str(redact(deep_object))


def test_the_original_is_untouched() -> None:
    data = {"password": "x"}
    redact(data)
    assert data == {"password": "x"}
