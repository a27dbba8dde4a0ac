"""Decision tables: how their statistics are kept."""

from __future__ import annotations

from config import env

# How often a process writes what it counted.
EXPRSN_DECISION_STATISTICS_SECONDS = env.seconds("EXPRSN_DECISION_STATISTICS_SECONDS", 3.0)
EXPRSN_DECISION_STATISTICS_DAYS = env.integer("EXPRSN_DECISION_STATISTICS_DAYS", 90, minimum=1)
