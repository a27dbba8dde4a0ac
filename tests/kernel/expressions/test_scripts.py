"""Blocks for the engine of tier 2: what they name, and what becomes of them where there is no such engine."""

from __future__ import annotations

from typing import Any

import pytest

from exprsn.kernel.expressions import UNDEFINED, ExpressionError, compile_template
from exprsn.kernel.expressions.dates import zones
from exprsn.kernel.expressions.dates.zones import preload_zones, zone_of


class Fails:
    """A scope whose roots cannot be had."""

    def resolve(self, name: str) -> Any:
        raise ExpressionError(f"{name} is away.")


class Nothing:
    """A scope without roots and without an engine."""

    def resolve(self, name: str) -> Any:
        return UNDEFINED


def script(source: str) -> Any:
    (found,) = compile_template(f"{{{{ (() => {{ if (true) return {source} }})() }}}}", scripts=True).scripts
    return found


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("$('A').first().json.x + $node['B'].json.y + $node.C.json.z", {"A", "B", "C"}),
        ("$items('A', 0)[0].json.x + $items().length", {"A"}),
        ("$(name).first()", None),
        ("$node[name]", None),
        ("$node", None),
        ("$", None),
        ("$('A' + 'B')", None),
        ("$json.n", set()),
        ("`${$('A').first().json.x}`", {"A"}),
    ],
)
def test_the_nodes_that_a_script_names(source: str, names: set[str] | None) -> None:
    found = script(source).node_names
    assert (None if found is None else set(found)) == names


@pytest.mark.parametrize("cut", ["$", "$node", "$node.", "$node[", "$items(", "($node]"])
def test_a_name_at_the_very_end_may_be_any(cut: str) -> None:
    template = compile_template(f"{{{{ /x/.test('') || {cut} }}}}", scripts=True)
    assert all(found.node_names is None for found in template.scripts)


def test_without_an_engine_the_first_tier_refuses() -> None:
    template = compile_template("{{ (() => { if (true) return 1 })() }}", scripts=True)
    with pytest.raises(ExpressionError) as refused:
        template.evaluate(Nothing())
    assert (refused.value.line, refused.value.column) != (None, None)


def test_a_root_that_cannot_be_had_is_named_with_its_place() -> None:
    with pytest.raises(ExpressionError, match=r"\$json is away") as refused:
        compile_template("a {{ $json.b }}").evaluate(Fails())
    assert refused.value.line == 1
    with pytest.raises(ExpressionError, match="away"):
        compile_template("{{ $json.b }}").evaluate(Fails())


def test_zones_that_were_read_before_need_no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "_PRELOADED", {})
    zones._named.cache_clear()
    preload_zones()
    preload_zones()
    assert str(zone_of("Europe/Berlin", None)) == "Europe/Berlin"
    assert zone_of("Europe/Nowhere", None) is None
    zones._named.cache_clear()
