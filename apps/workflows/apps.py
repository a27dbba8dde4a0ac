from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "apps.workflows"
    label = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("apps.workflows.nodes")
        import_module("apps.workflows.registry").node_types.close()
        import_module("apps.workflows.hooks")
