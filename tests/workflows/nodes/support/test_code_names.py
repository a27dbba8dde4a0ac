"""Which nodes a piece of code names; in doubt, any."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.workflows.nodes.support.code_names import named_nodes

ALL = None


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("return items", set()),
        ("return $input.all().map(i => `${i.json.a} costs $5`)", set()),
        ("return $('A').all()", {"A"}),
        ('return [...$("A").all(), ...$items(`B`, 0)]', {"A", "B"}),
        ("return $node['A b'].json.x + $node.C.json.y", {"A b", "C"}),
        ("return $items().length", set()),
        ("return `${$( 'A' ).first().json.x}`", {"A"}),
        ("return this.$('A').first()", {"A"}),
        ("return $('A' + n).all()", ALL),
        ("return $(name).all()", ALL),
        ("return $(`A${n}`).all()", ALL),
        ("return $('A\\u0042').all()", ALL),
        ("return $node[name].json", ALL),
        ("return $node", ALL),
        ("const all = $items; return all('A')", ALL),
        ("const f = $; return f('A').all()", ALL),
        ("return eval(text)", ALL),
        ("return globalThis[key]('A')", ALL),
        ("return \\u0024('A').all()", ALL),
        ("return $ /* spaced */ ('A').all()", ALL),
        ("return text.replace(/[.]$/, '')", ALL),
    ],
)
def test_javascript(source: str, names: Any) -> None:
    assert named_nodes(source, "javascript") == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("return _items", set()),
        ("return _input.all()", set()),
        ("for _ in range(3): pass\na, _ = 1, 2\n_, b = 1, 2\nreturn self._x", set()),
        ('return _("A").all() + [_node["B"].first()]', {"A", "B"}),
        ("return [*_('A').all()]", {"A"}),
        ("return _(name).all()", ALL),
        ("return _node[name]", ALL),
        ("return _(f'A{n}').all()", ALL),
        ("f = _\nreturn f('A').all()", ALL),
        ("return eval(text)", ALL),
        ("return locals()['_node']['A']", ALL),
    ],
)
def test_python(source: str, names: Any) -> None:
    assert named_nodes(source, "python") == names


@given(st.text("ab$_(){}[]\"'`.\\node items\n", max_size=60), st.text("AB c", min_size=1, max_size=5))
def test_a_name_in_the_midst_of_anything_is_never_lost(noise: str, name: str) -> None:
    for language, source in (("javascript", f'{noise}\n$("{name}")'), ("python", f'{noise}\n_("{name}")')):
        found = named_nodes(source, language)
        assert found is None or name in found
