"""The operations of workflow documents by name: public contract, never renamed."""

from __future__ import annotations

from collections.abc import Mapping

from apps.collaboration.contracts import OperationType
from apps.workflows.engine.operations.connections import CONNECTION_ADDED, CONNECTION_REMOVED
from apps.workflows.engine.operations.members import SETTINGS_CHANGED, VARIABLES_CHANGED
from apps.workflows.engine.operations.nodes import NODE_ADDED, NODE_MOVED, NODE_REMOVED, NODE_UPDATED
from apps.workflows.engine.operations.parameters import PARAMETER_CHANGED
from apps.workflows.engine.operations.replacing import DOCUMENT_REPLACED

WORKFLOW_OPERATIONS: Mapping[str, OperationType] = {
    "node_added": NODE_ADDED,
    "node_removed": NODE_REMOVED,
    "node_moved": NODE_MOVED,
    "node_updated": NODE_UPDATED,
    "parameter_changed": PARAMETER_CHANGED,
    "connection_added": CONNECTION_ADDED,
    "connection_removed": CONNECTION_REMOVED,
    "settings_changed": SETTINGS_CHANGED,
    "variables_changed": VARIABLES_CHANGED,
    "document_replaced": DOCUMENT_REPLACED,
}
