"""Helper methods of objects."""

from __future__ import annotations

from typing import Any

from exprsn.kernel.expressions.coercion import to_text
from exprsn.kernel.expressions.functions import ANY, OBJECT, TEXT, Methods, method, run_method
from exprsn.kernel.expressions.json_text import json_text
from exprsn.kernel.expressions.library.uri import encode_component
from exprsn.kernel.expressions.methods.list_helpers import is_empty
from exprsn.kernel.expressions.ordering import ordered_members, ordered_names
from exprsn.kernel.expressions.run import Run

_Object = dict[str, Any]


def _keeping(run: Run, members: _Object, wanted: Any, *, keep: bool) -> _Object:
    text = to_text(wanted, run)
    return {name: value for name, value in members.items() if (isinstance(value, str) and text in value) == keep}


def _removing(run: Run, members: _Object, wanted: Any) -> _Object:
    return _keeping(run, members, wanted, keep=False)


def _url_encode(run: Run, members: _Object) -> str:
    pairs = [
        f"{encode_component(name)}={encode_component(to_text(value, run))}" for name, value in ordered_members(members)
    ]
    return "&".join(pairs).replace("%20", "+")


OBJECT_HELPERS: Methods = {
    "isEmpty": method(lambda members: not members),
    "isNotEmpty": method(bool),
    "hasField": method(lambda members, name: name in members, TEXT),
    "removeField": method(lambda members, name: {key: members[key] for key in members if key != name}, TEXT),
    "keepFieldsContaining": run_method(lambda run, value, text: _keeping(run, value, text, keep=True), ANY),
    "removeFieldsContaining": run_method(_removing, ANY),
    "compact": method(lambda members: {name: value for name, value in members.items() if not is_empty(value)}),
    "merge": method(lambda members, other: {**other, **members}, OBJECT),
    "urlEncode": run_method(_url_encode),
    "toJsonString": run_method(lambda run, members: json_text(members, run)),
    "keys": method(ordered_names),
    "values": method(lambda members: [value for _, value in ordered_members(members)]),
}
