"""``manage.py load_demo``: the three demo workflows."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.accounts.public import system_actor_for
from apps.core.public import loads
from apps.workflows.models import Workflow
from apps.workflows.services.imports import import_workflows
from apps.workflows.services.publishing import PublishWorkflow, activate_workflow

ACTIVE = "order-desk"


class Command(BaseCommand):
    """Import, publish and (the webhook one) activate the demo workflows."""

    help = "Load the demo workflows; they need no internet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organization", help="Its slug; the oldest administrator's personal one if left out.")
        parser.add_argument("--if-empty", action="store_true", help="Only when there is no workflow at all.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Workflow.objects.for_system(reason="is it empty").exists():
            return
        actor = system_actor_for(options["organization"], "demo")
        for file in sorted((settings.BASE_DIR / "fixtures" / "demo").glob("*.json")):
            for workflow, _ in import_workflows(actor=actor, data=loads(file.read_bytes())):
                PublishWorkflow(actor=actor, workflow_id=workflow.id).execute()
                if file.stem == ACTIVE:
                    activate_workflow(actor=actor, workflow_id=workflow.id)
        self.stdout.write("Loaded three demo workflows.")
