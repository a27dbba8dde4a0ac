"""Examples of edits for the OpenAPI document. A test carries each of them out."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample

OPERATIONS = OpenApiExample(
    "A node and its connection",
    {
        "base_seq": 0,
        "client_id": "tab-1",
        "ops": [
            {
                "op_id": "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c",
                "type": "node_added",
                "path": ["nodes", "pause"],
                "new": {"id": "pause", "type": "wait", "name": "Pause", "position": {"x": 480, "y": 0}},
            },
            {
                "op_id": "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1d",
                "type": "connection_added",
                "path": ["connections", "start:main>pause:main"],
                "new": {"source": "start", "source_output": "main", "target": "pause", "target_input": "main"},
            },
        ],
    },
    request_only=True,
)
UNDO = OpenApiExample("The connection", {"seq": 3, "client_id": "tab-1"}, request_only=True)
