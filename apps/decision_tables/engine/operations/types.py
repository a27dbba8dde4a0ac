"""The operations of table documents by name: public contract, never renamed."""

from __future__ import annotations

from collections.abc import Mapping

from apps.collaboration.contracts import OperationType
from apps.decision_tables.engine.operations.bulk import RULES_CHANGED
from apps.decision_tables.engine.operations.cell_changes import CELL_CHANGED
from apps.decision_tables.engine.operations.column_changes import COLUMN_CHANGED
from apps.decision_tables.engine.operations.column_names import COLUMN_RENAMED
from apps.decision_tables.engine.operations.columns import COLUMN_ADDED, COLUMN_MOVED, COLUMN_REMOVED
from apps.decision_tables.engine.operations.replacing import DOCUMENT_REPLACED
from apps.decision_tables.engine.operations.rules import RULE_ADDED, RULE_CHANGED, RULE_MOVED, RULE_REMOVED
from apps.decision_tables.engine.operations.settings import SETTINGS_CHANGED

TABLE_OPERATIONS: Mapping[str, OperationType] = {
    "settings_changed": SETTINGS_CHANGED,
    "column_added": COLUMN_ADDED,
    "column_removed": COLUMN_REMOVED,
    "column_changed": COLUMN_CHANGED,
    "column_renamed": COLUMN_RENAMED,
    "column_moved": COLUMN_MOVED,
    "rule_added": RULE_ADDED,
    "rule_removed": RULE_REMOVED,
    "rule_moved": RULE_MOVED,
    "rule_changed": RULE_CHANGED,
    "cell_changed": CELL_CHANGED,
    "rules_changed": RULES_CHANGED,
    "document_replaced": DOCUMENT_REPLACED,
}
