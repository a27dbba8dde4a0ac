from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class DecisionTablesConfig(AppConfig):
    name = "apps.decision_tables"
    label = "decision_tables"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("apps.decision_tables.hooks")
