"""Sticky note: text on the canvas."""

from __future__ import annotations

from apps.workflows.engine.node_type import Capabilities, NodeContext, NodeResult, NodeType, Parameter
from apps.workflows.registry import register_node


@register_node
class StickyNoteNode(NodeType):
    """A note for people. It is never run and has no connections."""

    type = "sticky_note"
    display_name = "Sticky note"
    description = "A note on the canvas, in Markdown."
    group = "note"
    icon = "sticky-note"
    color = "data"
    inputs = ()
    outputs = ()
    inert = True
    capabilities = Capabilities(supports_retry=False)
    parameters = (
        Parameter(
            "content",
            "Text",
            default_value="",
            description="Markdown. Links open in a new tab.",
            supports_expressions=False,
            validation={"max_length": 50_000},
        ),
        Parameter(
            "width",
            "Width",
            type="number",
            default_value=240,
            supports_expressions=False,
            validation={"min": 40, "max": 20_000},
        ),
        Parameter(
            "height",
            "Height",
            type="number",
            default_value=160,
            supports_expressions=False,
            validation={"min": 40, "max": 20_000},
        ),
        Parameter(
            "color",
            "Colour",
            type="number",
            default_value=1,
            description="One of seven paper colours.",
            supports_expressions=False,
            validation={"min": 1, "max": 7},
        ),
    )
    example = {
        "content": "## Orders\nEverything below runs once for each order.",
        "width": 320,
        "height": 160,
    }
    documentation = """
Explains a part of the workflow to the people who read it. Notes are not run, cannot be connected and are not
counted as nodes.
"""

    def run(self, context: NodeContext) -> NodeResult:
        return NodeResult()
