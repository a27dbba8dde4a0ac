"""No JSON whatever ends an import with anything but an outcome or a refusal."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.engine.validation.document import validate
from apps.workflows.interchange.importing import detect_format, import_documents
from apps.workflows.interchange.n8n.converting import _converters
from apps.workflows.registry import find_node_type
from exprsn.kernel.errors import InvalidInput

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.json"))
JUNK: list[Any] = [
    None, True, False, 0, -1, 1e308, "", "x", "={{ $json.a }}", "={{", [], [None], {}, {"a": 1},
    [{"name": 5}], {"values": None}, 10**40, "1.e999", [[1]], {"a": {"b": []}}, "9" * 500,
    {"__rl": True, "value": {"__rl": True}},
]  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def check(data: Any) -> None:
    """An import answers or refuses, keeps every node, and what it answers is a sound document."""
    detect_format(data)
    try:
        outcomes = import_documents(data)
    except InvalidInput as refused:
        assert refused.code == "import_not_recognized"
        return
    for outcome in outcomes:
        report = outcome.report
        assert report.nodes == report.nodes_converted + len(report.placeholders)
        assert report.expressions_supported <= report.expressions
        orjson.dumps(outcome.definition)
        codes = {fault.code for fault in validate(outcome.definition, find_node_type)}
        assert not codes & {"unknown_node_type", "unknown_port", "dangling_connection", "duplicate_id"}
        assert not {code for code in codes if code.startswith("shape")}


@settings(max_examples=150, deadline=None)
@given(_JSON)
def test_any_json(data: Any) -> None:
    check(data)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(_converters)),
    st.dictionaries(st.sampled_from(["rules", "options", "conditions", "mode", "values", "url", "path"]), _JSON),
    st.sampled_from([1, 2, 2.2, 3, 3.4, 4.2, "3", None, [2], -1]),
)
def test_any_parameters(type_id: str, parameters: Any, version: Any) -> None:
    node = {"name": "A", "type": type_id, "typeVersion": version, "parameters": parameters}
    check({"nodes": [node], "connections": {"A": {"main": [[{"node": "A", "index": 0}]]}}})


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members: Any = ()
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = enumerate(value)
    return [path, *(place for key, inner in members for place in places(inner, (*path, key)))]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_mutations_of_the_fixtures(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    data = json.loads(text)
    chance = random.Random(path.stem)
    for place in places(data)[1:]:
        parent = data
        for key in place[:-1]:
            parent = parent[key]
        former = parent[place[-1]]
        for junk in chance.sample(JUNK, 3):
            parent[place[-1]] = copy.deepcopy(junk)
            check(data)
        parent[place[-1]] = former
    assert data == json.loads(text), "an import changed what it was given"
