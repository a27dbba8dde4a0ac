"""Edits that the tests of collaboration send."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from apps.collaboration.models import CollaborationDocument, CollaborationEvent
from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

URL = "/api/v1/workflows/"


def op(kind: str, *path: str, new: Any = None, op_id: UUID | None = None) -> dict[str, Any]:
    """One operation as JSON."""
    return {"op_id": str(op_id or uuid4()), "type": kind, "path": list(path), "new": new}


def node(node_id: str, **more: Any) -> dict[str, Any]:
    return {"id": node_id, "type": "no_op", "name": node_id, "position": {"x": 0, "y": 0}, "parameters": {}, **more}


def link(source: str, target: str, output: str = "main") -> dict[str, Any]:
    """The operation that connects two nodes."""
    new = {"source": source, "source_output": output, "target": target, "target_input": "main"}
    return op("connection_added", "connections", f"{source}:{output}>{target}:main", new=new)


def unlink(source: str, target: str, output: str = "main") -> dict[str, Any]:
    return op("connection_removed", "connections", f"{source}:{output}>{target}:main")


def make(person: Person) -> str:
    """The id of a workflow of two nodes, ``start`` and ``a``, that are connected."""
    return str(create(person, chain(MANUAL, fields("a", x="1")))["id"])


def send(person: Person, workflow: str, *ops: dict[str, Any], base_seq: int = 0, **more: Any) -> Any:
    """The answer to a batch."""
    body = {"base_seq": base_seq, "client_id": "tab", "ops": list(ops), **more}
    return person.api.post(f"{URL}{workflow}/operations/", body, format="json")


def taken(person: Person, workflow: str, *ops: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The body of the answer to a batch that must be taken."""
    answer = send(person, workflow, *ops, **more)
    assert answer.status_code == 200, answer.content[:500]
    body: dict[str, Any] = answer.json()
    return body


def undone(person: Person, workflow: str, seq: int, **more: Any) -> Any:
    """The answer to taking an edit back."""
    return person.api.post(f"{URL}{workflow}/undo/", {"seq": seq, **more}, format="json")


def document(person: Person, workflow: str) -> dict[str, Any]:
    """``{seq, epoch, state}``."""
    body: dict[str, Any] = person.api.get(f"{URL}{workflow}/document/").json()
    return body


def draft(person: Person, workflow: str) -> dict[str, Any]:
    """The definition that the workflow itself shows."""
    body: dict[str, Any] = person.api.get(f"{URL}{workflow}/").json()["definition"]
    return body


def log(workflow: str) -> list[CollaborationEvent]:
    """What was recorded, in order."""
    return list(CollaborationEvent.plain.filter(document__resource_id=workflow).order_by("seq"))


def head(workflow: str) -> CollaborationDocument:
    return CollaborationDocument.plain.get(resource_id=workflow)
