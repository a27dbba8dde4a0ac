"""``manage.py prepare``: everything between a fresh checkout and a server that can start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    """Migrate, make the first administrator (printed once), load the demo into an empty installation."""

    help = "Bring the database up to date; on first use make an administrator and the demo."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        settings.EXPRSN_DATA_DIR.mkdir(parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database…")
            call_command("migrate", verbosity=0)
        call_command("bootstrap", first_run=True, stdout=self.stdout)
        call_command("load_demo", if_empty=True, stdout=self.stdout)
