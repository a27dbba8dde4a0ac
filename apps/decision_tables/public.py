"""What other apps may use of decision tables."""

from __future__ import annotations

from apps.decision_tables.contracts import ColumnReference, TableColumns, TableReference
from apps.decision_tables.selectors.tables import find_columns, list_tables
from apps.decision_tables.services.evaluation import evaluate_batch, evaluate_table
from apps.decision_tables.services.json_numbers import plain as plain_numbers

__all__ = [
    "ColumnReference",
    "TableColumns",
    "TableReference",
    "evaluate_batch",
    "evaluate_table",
    "find_columns",
    "list_tables",
    "plain_numbers",
]
