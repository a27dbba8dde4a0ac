"""A child process that runs 1,000,000 items through a chain of pure nodes and says how much memory it took.

``python -m tests.workflows.data.million COUNT``: an empty database of its own in the data folder is made first.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def peak_mb() -> int:
    """The most that was resident since this program began; ``getrusage`` counts that of whoever started it too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def main(count: int) -> None:
    """Prints one line of JSON."""
    django.setup()
    call_command("migrate", verbosity=0)
    # What follows wants the set-up.
    from apps.workflows.engine.items import Item, ItemBatch
    from apps.workflows.execution.runner import execute_held_run
    from apps.workflows.models import NodeExecution
    from tests.people import make_person
    from tests.workflows.data.chains import MILLION
    from tests.workflows.execution.starts import begun
    from tests.workflows.main_job.definitions import create

    person = make_person("owner@example.com")
    made = create(person, MILLION)
    before = peak_mb()
    started = time.monotonic()
    execution, lease = begun(person, made, items=ItemBatch(Item({"n": n}) for n in range(count)))
    execute_held_run(execution, lease)
    execution.refresh_from_db()
    rows = NodeExecution.plain.order_by("execution_order").values_list("node_id", "items_out")
    told = {
        "status": execution.status,
        "error": execution.error,
        "seconds": round(time.monotonic() - started, 1),
        "before_mb": before,
        "peak_mb": peak_mb(),
        "items": dict(rows),
    }
    shutil.rmtree(settings.EXPRSN_DATA_DIR)  # that of the settings of tests
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
