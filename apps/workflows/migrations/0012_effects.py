"""Effects that were begun, and runs that were paused."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import exprsn.kernel.ids


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workflows", "0011_test_cases")]
    operations: ClassVar = [
        migrations.AddField("execution", "pause", models.JSONField(null=True)),
        migrations.AddField("execution", "pause_requested", models.BooleanField(default=False)),
        migrations.AddField("execution", "paused_at", models.DateTimeField(null=True)),
        migrations.AddField("execution", "paused_from", models.CharField(blank=True, max_length=8)),
        migrations.AddField("execution", "paused_seconds", models.FloatField(default=0)),
        migrations.AddIndex(
            "execution",
            models.Index(fields=["id"], condition=models.Q(("pause_requested", True)), name="execution_pausing"),
        ),
        migrations.CreateModel(
            name="EffectIntent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=exprsn.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("node_id", models.CharField(max_length=64)),
                ("run_index", models.PositiveIntegerField()),
                ("execution_order", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=200)),
                ("fence", models.PositiveIntegerField()),
                ("begun_at", models.DateTimeField()),
                ("decision", models.CharField(blank=True, max_length=8)),
                ("output", models.JSONField(null=True)),
                (
                    "execution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="intents",
                        to="workflows.execution",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "effect that was begun",
                "verbose_name_plural": "effects that were begun",
                "constraints": [
                    models.UniqueConstraint(fields=("execution", "node_id", "run_index"), name="effect_intent_once")
                ],
            },
            managers=[("plain", django.db.models.manager.Manager())],
        ),
    ]
