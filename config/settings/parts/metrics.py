"""Metrics for Prometheus: who may read them, and where the processes of one machine put theirs together."""

from __future__ import annotations

import os
from pathlib import Path

from config import env

EXPRSN_METRICS_TOKEN = env.text("EXPRSN_METRICS_TOKEN")
EXPRSN_METRICS_ALLOW = env.words("EXPRSN_METRICS_ALLOW")
EXPRSN_METRICS_DIR = env.text("EXPRSN_METRICS_DIR")
EXPRSN_WORKER_METRICS_PORT = env.integer("EXPRSN_WORKER_METRICS_PORT", 0)

if EXPRSN_METRICS_DIR:
    Path(EXPRSN_METRICS_DIR).mkdir(parents=True, exist_ok=True)
    # The client library reads this when it is first imported, which is after the settings.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = EXPRSN_METRICS_DIR
