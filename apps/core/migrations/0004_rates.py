"""Rates and circuit breakers that all processes share."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.manager
from django.db import migrations, models

import exprsn.kernel.ids


class Migration(migrations.Migration):
    dependencies: ClassVar = [("core", "0003_stored_files")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="RateRow",
            fields=[
                ("name", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("taken", models.JSONField(default=list)),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "core_rate"},
        ),
        migrations.CreateModel(
            name="HostBreaker",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=exprsn.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("organization_id", models.UUIDField()),
                ("host", models.CharField(max_length=260, verbose_name="host")),
                ("credential", models.CharField(blank=True, max_length=36, verbose_name="credential")),
                (
                    "state",
                    models.CharField(
                        choices=[("closed", "Closed"), ("open", "Open"), ("half_open", "Half open")],
                        default="closed",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0, verbose_name="count")),
                ("since", models.DateTimeField(null=True, verbose_name="since")),
                ("trial_since", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True, verbose_name="last failure")),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="error")),
                ("paused_until", models.DateTimeField(null=True, verbose_name="paused until")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
            ],
            options={
                "verbose_name": "circuit breaker",
                "verbose_name_plural": "circuit breakers",
                "db_table": "core_host_breaker",
                "base_manager_name": "plain",
                "default_manager_name": "plain",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization_id", "host", "credential"), name="core_host_breaker_once"
                    )
                ],
            },
            managers=[("plain", django.db.models.manager.Manager())],
        ),
    ]
