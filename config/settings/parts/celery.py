"""Celery: Redis when ``REDIS_URL`` is set, else inside this process."""

from __future__ import annotations

from typing import Any

from config import env

_redis_url = env.text("REDIS_URL")

CELERY_BROKER_URL = env.text("EXPRSN_BROKER_URL") or _redis_url or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    # The in-memory transport polls once a second by default; a hint should be seen at once.
    {"polling_interval": 0.01} if CELERY_BROKER_URL.startswith("memory") else {"visibility_timeout": 3600}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 5
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
# The message is only a hint (the row is the truth), so it is acknowledged before the work.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Celery closes connections around each task otherwise; they are looked after in apps/core/tasks.py.
CELERY_DB_REUSE_MAX = 1_000_000_000
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "normal"
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"

# Where workers are separate, beat asks one of them to sweep; the embedded worker sweeps in a thread.
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "sweep": {
        "task": "workflows.sweep",
        "schedule": env.seconds("EXPRSN_SWEEP_SECONDS", 3.0),
        "options": {"queue": "maintenance", "expires": 10},
    },
    "drain-outbox": {
        "task": "core.drain_outbox",
        "schedule": 5.0,
        "options": {"queue": "maintenance", "expires": 10},
    },
    "forget-old-executions": {
        "task": "workflows.forget_old_executions",
        "schedule": 600.0,
        "options": {"queue": "maintenance", "expires": 600},
    },
    "forget-old-submissions": {
        "task": "pages.forget_old_submissions",
        "schedule": 600.0,
        "options": {"queue": "maintenance", "expires": 600},
    },
    "forget-expired": {
        "task": "core.forget_expired",
        "schedule": 3600.0,
        "options": {"queue": "maintenance", "expires": 3600},
    },
}

EXPRSN_QUEUES = ("critical", "high", "normal", "low", "plugins", "maintenance")
EXPRSN_EMBEDDED_WORKER = env.flag("EXPRSN_EMBEDDED_WORKER", CELERY_BROKER_URL.startswith("memory"))
EXPRSN_EMBEDDED_WORKER_THREADS = env.integer("EXPRSN_EMBEDDED_WORKER_THREADS", 4, minimum=1)
