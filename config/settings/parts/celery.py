"""Celery: Redis when ``REDIS_URL`` is set, else inside this process."""

from __future__ import annotations

from typing import Any

from config import env

_redis_url = env.text("REDIS_URL")

CELERY_BROKER_URL = env.text("EXPRSN_BROKER_URL") or _redis_url or "memory://localhost/"
_IN_MEMORY = CELERY_BROKER_URL.startswith("memory")
_WEIGHTED = "apps.core.backends.weighted_queues"
# Queues have weights in both, so that urgent runs go first and the others still get their turn.
CELERY_BROKER_TRANSPORT = f"{_WEIGHTED}:MemoryTransport" if _IN_MEMORY else None
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    # Messages wake the embedded worker; this is for those that it was told of while it looked elsewhere.
    {"polling_interval": 0.05}
    if _IN_MEMORY
    else {"visibility_timeout": 3600, "queue_order_strategy": f"{_WEIGHTED}:WeightedCycle"}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 5
# A broker may be away for longer than a hundred tries take; a worker waits for it for ever.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
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

# What beat does may begin anew with it; a file of its own would be broken when it is killed while it writes.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
# Rounds that may be late. The sweep is none of them: every worker sweeps by itself.
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
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
    "forget-old-decision-statistics": {
        "task": "decision_tables.forget_old_statistics",
        "schedule": 3600.0,
        "options": {"queue": "maintenance", "expires": 3600},
    },
    "delete-unused-files": {
        "task": "core.delete_unused_files",
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
EXPRSN_EMBEDDED_WORKER = env.flag("EXPRSN_EMBEDDED_WORKER", _IN_MEMORY)
EXPRSN_EMBEDDED_WORKER_THREADS = env.integer("EXPRSN_EMBEDDED_WORKER_THREADS", 4, minimum=1)
