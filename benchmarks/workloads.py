"""The workflows that are measured: four shapes, each answered when it has finished or at once.

- ``one_step``      webhook → respond with a field of the body
- ``five_steps``    webhook → three fields → if → set → set → respond: pure nodes
- ``call``          webhook → HTTP request to a local stub → set → respond
- ``ten_steps``     webhook → ten set nodes → respond
- ``two_effects``   webhook → HTTP request → set → HTTP request → set: five steps of which two have effects
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

BODY = b'{"name": "Ada", "n": 7, "city": "Bern"}'
Node = tuple[str, str, dict[str, Any]]
Make = Callable[[str], Sequence[Node]]


def fields(**values: str) -> dict[str, Any]:
    """Parameters of a set node that adds these texts."""
    assignments = [{"name": name, "type": "string", "value": value} for name, value in values.items()]
    return {"mode": "manual", "include": "all", "assignments": assignments}


def _request(stub: str) -> dict[str, Any]:
    return {"method": "GET", "url": f"{stub}/fast"}


def _one_step(stub: str) -> Sequence[Node]:
    return [("answer", "respond_to_webhook", {"respond_with": "json", "json_body": "={{ {who: $json.body.name} }}"})]


def _five_steps(stub: str) -> Sequence[Node]:
    conditions = {
        "combinator": "and",
        "case_sensitive": True,
        "type_validation": "loose",
        "conditions": [{"left": "={{ $json.body.n }}", "operator": {"type": "number", "operation": "gt"}, "right": 5}],
    }
    return [
        ("fields", "set", fields(who="={{ $json.body.name }}", where="={{ $json.body.city }}", k="v")),
        ("check", "if", {"conditions": conditions}),
        ("greet", "set", fields(greeting="=Hello {{ $json.who }} in {{ $json.where }}")),
        ("mark", "set", fields(done="yes")),
        ("answer", "respond_to_webhook", {"respond_with": "first_item"}),
    ]


def _call(stub: str) -> Sequence[Node]:
    return [
        ("get", "http_request", _request(stub)),
        ("note", "set", fields(who="={{ $('hook').item.json.body.name }}", seen="={{ $json.value }}")),
        ("answer", "respond_to_webhook", {"respond_with": "first_item"}),
    ]


def _ten_steps(stub: str) -> Sequence[Node]:
    sets: list[Node] = [
        (f"set{at}", "set", fields(**{f"f{at}": "={{ $json.body.name }} has {{ $json.body.n }}"})) for at in range(10)
    ]
    return [*sets, ("answer", "respond_to_webhook", {"respond_with": "first_item"})]


def _two_effects(stub: str) -> Sequence[Node]:
    return [
        ("get", "http_request", _request(stub)),
        ("note", "set", fields(seen="={{ $json.value }}")),
        ("again", "http_request", _request(stub)),
        ("mark", "set", fields(done="yes")),
    ]


SHAPES: dict[str, tuple[Make, bytes]] = {
    "one_step": (_one_step, b"Ada"),
    "five_steps": (_five_steps, b"Hello Ada in Bern"),
    "call": (_call, b"42"),
    "ten_steps": (_ten_steps, b"Ada has 7"),
    "two_effects": (_two_effects, b""),
}


def definition(shape: str, path: str, mode: str, stub: str = "") -> dict[str, Any]:
    """The workflow of this shape behind a webhook; what would answer does nothing where the answer is at once."""
    make, _ = SHAPES[shape]
    hook: Node = ("hook", "webhook", {"path": path, "methods": ["POST"], "response_mode": mode})
    nodes = [hook, *make(stub)]
    if mode == "immediately" and nodes[-1][0] == "answer":
        nodes[-1] = ("answer", "no_op", {})
    links = [(a[0], "true" if a[1] == "if" else "main", b[0]) for a, b in pairwise(nodes)]
    return {
        "schema_version": 1,
        "nodes": [
            {"id": i, "type": t, "name": i, "position": {"x": 200 * at, "y": 0}, "parameters": p}
            for at, (i, t, p) in enumerate(nodes)
        ],
        "connections": [
            {"source": a, "source_output": port, "target": b, "target_input": "main"} for a, port, b in links
        ],
        "variables": {},
        "settings": {},
    }
