from __future__ import annotations

from apps.decision_tables.models.statistics import RuleHit, TableUse
from apps.decision_tables.models.table import DecisionTable, TableDocument
from apps.decision_tables.models.test_case import DecisionTestCase
from apps.decision_tables.models.version import DecisionTableVersion, TableVersionDocument

__all__ = [
    "DecisionTable",
    "DecisionTableVersion",
    "DecisionTestCase",
    "RuleHit",
    "TableDocument",
    "TableUse",
    "TableVersionDocument",
]
