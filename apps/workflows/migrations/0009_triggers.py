"""Event triggers, missed schedules, calls that were had before, turns of throttle and debounce nodes."""

from __future__ import annotations

from typing import Any, ClassVar

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import exprsn.kernel.ids


def _id() -> Any:
    return models.UUIDField(default=exprsn.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)


def _organization() -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to="accounts.organization",
        verbose_name="organization",
    )


def _times() -> list[tuple[str, Any]]:
    return [
        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
    ]


def _workflow(related_name: str = "+") -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to="workflows.workflow"
    )


def _options(name: str, plural: str, **more: Any) -> dict[str, Any]:
    return {
        "verbose_name": name,
        "verbose_name_plural": plural,
        **more,
    }


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workflows", "0008_limits")]
    operations: ClassVar = [
        migrations.AddField(
            "schedule",
            "missed_runs",
            models.CharField(default="once", max_length=8, verbose_name="missed times"),
        ),
        migrations.AddField("schedule", "missed_limit", models.PositiveSmallIntegerField(default=10)),
        migrations.AddField("schedule", "grace_seconds", models.PositiveIntegerField(default=60)),
        migrations.AddField("execution", "event_depth", models.PositiveSmallIntegerField(default=0)),
        migrations.CreateModel(
            name="EventTrigger",
            fields=[
                ("id", _id()),
                *_times(),
                ("node_id", models.CharField(max_length=64)),
                ("event_type", models.CharField(max_length=100, verbose_name="event")),
                ("filter", models.TextField(blank=True, default="")),
                ("organization", _organization()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workflows.workflowversion"
                    ),
                ),
                ("workflow", _workflow("event_triggers")),
            ],
            options=_options(
                "event trigger",
                "event triggers",
                indexes=[models.Index(fields=["organization", "event_type"], name="event_trigger_by_type")],
                constraints=[
                    models.UniqueConstraint(fields=("workflow", "node_id", "event_type"), name="event_trigger_unique")
                ],
            ),
            managers=[("plain", django.db.models.manager.Manager())],
        ),
        migrations.CreateModel(
            name="SeenCall",
            fields=[
                ("id", _id()),
                *_times(),
                ("node_id", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=64)),
                ("execution_id", models.UUIDField()),
                ("expires_at", models.DateTimeField()),
                ("organization", _organization()),
                ("workflow", _workflow()),
            ],
            options=_options(
                "seen call",
                "seen calls",
                indexes=[models.Index(fields=["expires_at"], name="seen_call_by_end")],
                constraints=[models.UniqueConstraint(fields=("workflow", "node_id", "key"), name="seen_call_unique")],
            ),
            managers=[("plain", django.db.models.manager.Manager())],
        ),
        migrations.CreateModel(
            name="TurnGate",
            fields=[
                ("id", _id()),
                *_times(),
                ("node_id", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=64)),
                ("organization", _organization()),
                ("workflow", _workflow()),
            ],
            options=_options(
                "gate of turns",
                "gates of turns",
                indexes=[models.Index(fields=["updated_at"], name="turn_gate_used")],
                constraints=[models.UniqueConstraint(fields=("workflow", "node_id", "key"), name="turn_gate_unique")],
            ),
            managers=[("plain", django.db.models.manager.Manager())],
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", _id()),
                ("ticket", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("superseded", models.BooleanField(default=False)),
                ("expires_at", models.DateTimeField()),
                (
                    "gate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="turns", to="workflows.turngate"
                    ),
                ),
                ("organization", _organization()),
            ],
            options=_options(
                "turn",
                "turns",
                indexes=[
                    models.Index(fields=["gate", "at"], name="turn_by_time"),
                    models.Index(fields=["expires_at"], name="turn_by_end"),
                ],
                constraints=[models.UniqueConstraint(fields=("gate", "ticket"), name="turn_ticket_once")],
            ),
            managers=[("plain", django.db.models.manager.Manager())],
        ),
    ]
