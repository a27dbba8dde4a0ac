"""The documentation page of each node type, written from its declaration.

``python -m apps.workflows.nodes.support.pages docs/nodes`` writes them all; a test keeps them in step.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from json import dumps
from pathlib import Path

from apps.workflows.engine.node_type import NodeType, Parameter, Port
from apps.workflows.registry import node_types

HEADING = """# Node types

One page for each, written from its declaration (see [Add a node](../tutorials/add-a-node.md)).
"""


def node_pages() -> dict[str, str]:
    """File name → Markdown, for all node types and an overview."""
    known = [node_type for _, node_type in sorted(node_types.items())]
    pages = {f"{node_type.type}.md": node_page(node_type) for node_type in known}
    groups = sorted({node_type.group for node_type in known})
    return {"README.md": HEADING + "".join(_overview(group, known) for group in groups), **pages}


def node_page(node_type: type[NodeType]) -> str:
    """The page of one node type."""
    parts = [
        f"# {node_type.display_name}\n\n`{node_type.type}` · {node_type.group} · {node_type.description}\n",
        node_type.documentation.strip() + "\n",
        _ports("Inputs", node_type.inputs) + _ports("Outputs", node_type.outputs),
    ]
    if node_type.credential_kinds:
        kinds = ", ".join(f"`{kind}`" for kind in node_type.credential_kinds)
        parts.append(f"**Credentials:** {kinds}\n")
    if node_type.parameters:
        parts.append("## Parameters\n\n" + "".join(_parameter(known) for known in node_type.parameters))
    if node_type.example:
        example = dumps(node_type.example, indent=2, ensure_ascii=False)
        parts.append(f"## Example\n\n```json\n{example}\n```\n")
    return "\n".join(part for part in parts if part)


def _overview(group: str, known: Sequence[type[NodeType]]) -> str:
    lines = [
        f"- [{node_type.display_name}]({node_type.type}.md): {node_type.description}\n"
        for node_type in known
        if node_type.group == group
    ]
    return f"\n## {group.capitalize()}\n\n{''.join(lines)}"


def _ports(title: str, ports: Sequence[Port]) -> str:
    if not ports:
        return f"**{title}:** none\n"
    shown = [f"`{port.name}`" + (f" ({port.description})" if port.description else "") for port in ports]
    return f"**{title}:** {', '.join(shown)}\n"


def _parameter(parameter: Parameter, indent: str = "") -> str:
    facts = [parameter.type]
    if parameter.required:
        facts.append("required")
    if parameter.default_value not in (None, ""):
        facts.append(f"default `{dumps(parameter.default_value, ensure_ascii=False)}`")
    if parameter.options:
        facts.append("one of " + ", ".join(f"`{option.value}`" for option in parameter.options))
    for name, values in parameter.display_if.items():
        facts.append(f"when `{name}` is {' or '.join(f'`{dumps(value)}`' for value in values)}")
    description = f" {parameter.description}" if parameter.description else ""
    line = f"{indent}- **{parameter.display_name}** `{parameter.name}` ({'; '.join(facts)}).{description}\n"
    return line + "".join(_parameter(field, indent + "  ") for field in parameter.fields)


def write_pages(folder: Path) -> None:
    """Write all pages and remove those of node types that are gone."""
    pages = node_pages()
    folder.mkdir(parents=True, exist_ok=True)
    for stale in set(folder.glob("*.md")) - {folder / name for name in pages}:
        stale.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    import_module("apps.workflows.nodes")
    write_pages(Path(sys.argv[1]))
