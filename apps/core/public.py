"""What other apps may use of the core."""

from __future__ import annotations

from apps.core.contracts import BodyKeeper, FileRef, OutgoingResponse, StreamedBody
from apps.core.events import Event, subscribe
from apps.core.registry import health_checks, metric_sources
from apps.core.services.breakers import breakers, present_state
from apps.core.services.cache import cache
from apps.core.services.cache_statistics import KindStatistics
from apps.core.services.code_runs import run_javascript, run_python
from apps.core.services.enqueue import enqueue
from apps.core.services.events import event_rows, publish_event
from apps.core.services.expressions import check_expressions, evaluate_expressions
from apps.core.services.files import file_use_rows, forget_file_uses, open_file, store_file, stored_file
from apps.core.services.fresh_connections import fresh_connections
from apps.core.services.health import readiness
from apps.core.services.held_calls import callee_of, held_call
from apps.core.services.hot_rows import (
    KeptQuery,
    commit_along,
    insert_rows,
    new_row,
    sent_together,
    update_rows,
)
from apps.core.services.jsontext import dumps, loads, loads_untrusted
from apps.core.services.lock_types import ActiveLock
from apps.core.services.locks import Lock, LockBusy, active_locks, lock
from apps.core.services.metrics import METRICS, count_request
from apps.core.services.outbox import drain_outbox, hint_outbox
from apps.core.services.outgoing import OutgoingBlocked, guarded_request
from apps.core.services.outgoing_sockets import at_checked_address, cut_after, guarded_socket, host_of, port_of
from apps.core.services.packed_rows import PackedJsonModel
from apps.core.services.packing import MAX_PACKED_DEPTH, pack, unpack
from apps.core.services.retention import ROUND_SECONDS, forgetting_round
from apps.core.services.sandbox import python_sandbox, sandbox
from apps.core.services.shared_connection import SharedConnection
from apps.core.services.spools import spool_folder
from apps.core.services.worker_rounds import WorkerRounds
from exprsn.kernel.correlation import bind_correlation_id, correlation_id
from exprsn.kernel.jsonvalue import clean_text, sane_json
from exprsn.kernel.problems import problem_document

__all__ = [
    "MAX_PACKED_DEPTH",
    "METRICS",
    "ROUND_SECONDS",
    "ActiveLock",
    "BodyKeeper",
    "Event",
    "FileRef",
    "KeptQuery",
    "KindStatistics",
    "Lock",
    "LockBusy",
    "OutgoingBlocked",
    "OutgoingResponse",
    "PackedJsonModel",
    "SharedConnection",
    "StreamedBody",
    "WorkerRounds",
    "active_locks",
    "at_checked_address",
    "bind_correlation_id",
    "breakers",
    "cache",
    "callee_of",
    "check_expressions",
    "clean_text",
    "commit_along",
    "correlation_id",
    "count_request",
    "cut_after",
    "drain_outbox",
    "dumps",
    "enqueue",
    "evaluate_expressions",
    "event_rows",
    "file_use_rows",
    "forget_file_uses",
    "forgetting_round",
    "fresh_connections",
    "guarded_request",
    "guarded_socket",
    "health_checks",
    "held_call",
    "hint_outbox",
    "host_of",
    "insert_rows",
    "loads",
    "loads_untrusted",
    "lock",
    "metric_sources",
    "new_row",
    "open_file",
    "pack",
    "port_of",
    "present_state",
    "problem_document",
    "publish_event",
    "python_sandbox",
    "readiness",
    "run_javascript",
    "run_python",
    "sandbox",
    "sane_json",
    "sent_together",
    "spool_folder",
    "store_file",
    "stored_file",
    "subscribe",
    "unpack",
    "update_rows",
]
