from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from apps.workflows.engine.node_type import NodeError

HMAC = {"operation": "hmac", "value": "what do ya want for nothing?", "secret": "Jefe"}


def answer(run_node: Any, parameters: Any) -> Any:
    return run_node("crypto", parameters).json()[0]["data"]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"value": "abc", "algorithm": "md5"}, "900150983cd24fb0d6963f7d28e17f72"),
        ({"value": "abc", "algorithm": "sha1"}, "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ({"value": "abc"}, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ({"value": "abc", "algorithm": "sha3_256"}, "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"),
        ({"value": "", "algorithm": "md5", "encoding": "base64"}, "1B2M2Y8AsgTpgAmY7PhCfg=="),
        ({"value": "é", "algorithm": "md5"}, "66ddcd97cfdeabb2f6fb8a999b4bc76f"),
        ({"value": "a", "algorithm": "md5", "encoding": "base64url"}, "DMF1ucDxtqgxw5niaXcmYQ"),
        (HMAC, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        ({**HMAC, "encoding": "base64"}, "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="),
        ({**HMAC, "algorithm": "md5"}, "750c783e6ab0b503eaa86e310a5db738"),
    ],
)
def test_known_answers(run_node: Any, parameters: Any, expected: Any) -> None:
    assert answer(run_node, parameters) == expected


def test_other_values_are_their_json_text(run_node: Any) -> None:
    assert answer(run_node, {"value": '={{ ({"a": [1, "x"]}) }}'}) == answer(run_node, {"value": '{"a":[1,"x"]}'})


@pytest.mark.parametrize(
    ("characters", "pattern"),
    [
        ("alphanumeric", r"[A-Za-z0-9]{400}"),
        ("digits", r"[0-9]{400}"),
        ("hex", r"[0-9a-f]{400}"),
        ("base64", r"[A-Za-z0-9]{400}"),
        ("ascii", r"[!-~]{400}"),
    ],
)
def test_random_texts(run_node: Any, characters: str, pattern: str) -> None:
    given = {"operation": "random", "characters": characters, "length": 400}
    first, second = run_node("crypto", given, [{}, {}]).json()
    assert re.fullmatch(pattern, first["data"])
    assert first != second


def test_uuids(run_node: Any) -> None:
    ran = run_node("crypto", {"operation": "uuid", "output_field": "ids.own"}, [{"a": 1}, {"a": 2}])
    first, second = ran.json()
    assert uuid.UUID(first["ids"]["own"]).version == 4
    assert first["ids"] != second["ids"]
    assert (first["a"], ran.pairs()) == (1, [[(0, 0)], [(1, 0)]])


@pytest.mark.parametrize(
    ("parameters", "parameter"),
    [
        ({"value": "a", "algorithm": "={{ 'crc' }}"}, "algorithm"),
        ({"value": "a", "encoding": "={{ 'morse' }}"}, "encoding"),
        ({**HMAC, "secret": ""}, "secret"),
        ({"operation": "random", "length": 10_001}, "length"),
        ({"operation": "random", "length": "={{ 0 }}"}, "length"),
        ({"operation": "random", "characters": "={{ 'runes' }}"}, "characters"),
        ({"operation": "uuid", "output_field": "[]"}, "output_field"),
    ],
)
def test_refusals(run_node: Any, parameters: Any, parameter: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("crypto", parameters)
    assert (refused.value.kind, refused.value.parameter, refused.value.item) == ("bad_value", parameter, 0)
