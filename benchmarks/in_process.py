"""Engine and recording without HTTP: runs of five pure steps in one process, accepted, carried out and recorded.

    python -m benchmarks.in_process                    SQLite
    DATABASE_URL=… python -m benchmarks.in_process      PostgreSQL (a database of its own)

Several threads carry out runs side by side, as a web process and a worker do, so that their writes share transactions.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

from benchmarks.profile_run import call
from benchmarks.server import ROOT, Server
from benchmarks.workloads import BODY, definition

TOKEN = "EXPRSN_PROFILE_TOKEN"
SHAPE = "five_steps"


def measure(runs: int, threads: int) -> None:
    """In the process that is measured: make the workflow, warm up, measure, print."""
    import_module("django").setup()
    json = import_module("json")
    application = import_module("config.wsgi").application
    made = {"name": "In process", "definition": definition(SHAPE, "bench/in-process", "respond_node")}
    found = json.loads(call(application, "POST", "/api/v1/workflows/", json.dumps(made).encode(), os.environ[TOKEN]))
    run_once = _runner(import_module("apps.workflows.models"), found["id"], json.loads(BODY))
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run_once, range(10 * threads)))
        cpu, started = time.process_time(), time.perf_counter()
        statuses = list(pool.map(run_once, range(runs)))
    seconds, spent = time.perf_counter() - started, time.process_time() - cpu
    assert set(statuses) == {"success"}, set(statuses)
    print(f"| {threads} | {runs / seconds:.0f} | {1000 * spent / runs:.2f} |")


def _runner(models: Any, workflow_id: str, body: Any) -> Any:
    accept = import_module("apps.workflows.execution.accept")
    execute = import_module("apps.workflows.execution.runner").execute_held_run
    workflow = models.Workflow._base_manager.select_related("current").get(id=workflow_id)
    start = accept.Start(
        organization_id=workflow.organization_id,
        workflow_id=workflow.id,
        version_id=workflow.current.id,
        trigger_mode="webhook",
        trigger_node="hook",
        items=[{"json": {"body": body, "headers": {}, "query": {}}}],
    )

    def run_once(_: int) -> str:
        execution, lease = accept.begin_run(start)
        return str(execute(execution, lease, items=start.items, caller_waits=True).status)

    return run_once


def main() -> None:
    """Make an installation, then measure in a process of its own, with one thread and with several."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--threads", type=int, default=0)
    arguments = parser.parse_args()
    if TOKEN in os.environ:
        measure(arguments.runs, arguments.threads)
        return
    server = Server.for_tests("in_process", redis_offset=5)
    try:
        environment = {**server.environment, TOKEN: server.prepare(), "EXPRSN_LOG_LEVEL": "INFO"}
        print("| threads | runs/s | CPU ms a run |\n| --- | --- | --- |", flush=True)
        for threads in (1, 8):
            numbers = ["--runs", str(arguments.runs), "--threads", str(threads)]
            subprocess.run(
                [sys.executable, "-m", "benchmarks.in_process", *numbers],
                cwd=ROOT, env=environment, check=True, stderr=subprocess.DEVNULL,
            )  # fmt: skip
    finally:
        server.discard()


if __name__ == "__main__":
    main()
