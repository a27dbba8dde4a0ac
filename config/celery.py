"""The Celery application: ``celery -A config worker``."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

app = Celery("exprsn")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["consumer"].add("apps.core.services.workers:WorkerHeartbeat")
app.steps["worker"].add("apps.core.services.worker_metrics:WorkerMetrics")
app.steps["worker"].add("apps.workflows.execution.worker_sweep:WorkerSweep")
app.autodiscover_tasks()
