"""The workflow engine: leases, limits, pools."""

from __future__ import annotations

from config import env

EXPRSN_LEASE_SECONDS = env.seconds("EXPRSN_LEASE_SECONDS", 9.0)
EXPRSN_HEARTBEAT_SECONDS = env.seconds("EXPRSN_HEARTBEAT_SECONDS", 3.0)
EXPRSN_SWEEP_SECONDS = env.seconds("EXPRSN_SWEEP_SECONDS", 3.0)
EXPRSN_RUN_BATCH = env.integer("EXPRSN_RUN_BATCH", 8, minimum=1)
# Of one run, in threads of their own; the process has four times as many.
EXPRSN_PARALLEL_NODES = env.integer("EXPRSN_PARALLEL_NODES", 8, minimum=1)
EXPRSN_SYNC_RUNS = env.integer("EXPRSN_SYNC_RUNS", 16, minimum=1)
EXPRSN_SYNC_SLICE_SECONDS = env.seconds("EXPRSN_SYNC_SLICE_SECONDS", 20.0)
EXPRSN_SYNC_WAIT_SECONDS = env.seconds("EXPRSN_SYNC_WAIT_SECONDS", 60.0)
# A streamed answer ends then; its run goes on elsewhere.
EXPRSN_STREAM_SECONDS = env.seconds("EXPRSN_STREAM_SECONDS", 600.0)
EXPRSN_WEBHOOK_MAX_BYTES = env.integer("EXPRSN_WEBHOOK_MAX_BYTES", 16 * 1024 * 1024, minimum=1024)
EXPRSN_DEFINITION_MAX_BYTES = env.integer("EXPRSN_DEFINITION_MAX_BYTES", 4 * 1024 * 1024, minimum=1024)
EXPRSN_MAX_NODE_RUNS = env.integer("EXPRSN_MAX_NODE_RUNS", 10_000, minimum=10)
EXPRSN_MAX_CALL_DEPTH = env.integer("EXPRSN_MAX_CALL_DEPTH", 20, minimum=1)
# How often in a row events of runs may start runs.
EXPRSN_MAX_EVENT_DEPTH = env.integer("EXPRSN_MAX_EVENT_DEPTH", 5, minimum=1)
EXPRSN_MAX_TAKEOVERS = env.integer("EXPRSN_MAX_TAKEOVERS", 10, minimum=1)
EXPRSN_EXPRESSION_ENV = env.words("EXPRSN_EXPRESSION_ENV")
# 0 keeps them for ever; organizations and workflows may say otherwise for themselves.
EXPRSN_RETENTION_DAYS = env.integer("EXPRSN_RETENTION_DAYS", 90)
EXPRSN_SERVE_THREADS = env.integer("EXPRSN_SERVE_THREADS", 16, minimum=1)
EXPRSN_CODE_SECONDS = env.seconds("EXPRSN_CODE_SECONDS", 10.0)
EXPRSN_SANDBOX_REQUIRE = env.words("EXPRSN_SANDBOX_REQUIRE")
EXPRSN_SANDBOX_PARALLEL = env.integer("EXPRSN_SANDBOX_PARALLEL", 4, minimum=1)
# All expressions of one node run together that need the sandbox.
EXPRSN_EXPRESSION_SECONDS = env.seconds("EXPRSN_EXPRESSION_SECONDS", 5.0)
# Where the SQLite files of workflows are; none switches the node off.
EXPRSN_SQLITE_DIR = env.text("EXPRSN_SQLITE_DIR")
# Hosts that keep failing are left alone; see docs/engine.md.
EXPRSN_BREAKER_FAILURES = env.integer("EXPRSN_BREAKER_FAILURES", 5, minimum=1)
EXPRSN_BREAKER_SUCCESSES = env.integer("EXPRSN_BREAKER_SUCCESSES", 2, minimum=1)
EXPRSN_BREAKER_RESET_SECONDS = env.seconds("EXPRSN_BREAKER_RESET_SECONDS", 30.0)
# How often hosts may be called by everybody together: api.example.com=10/s,other.example=60/min
EXPRSN_HOST_RATES = env.words("EXPRSN_HOST_RATES")
