"""How many runs of a workflow, and how fast calls go out."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import exprsn.kernel.ids


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workflows", "0007_waits_and_approvals")]
    operations: ClassVar = [
        migrations.AddField("execution", "lane", models.UUIDField(null=True)),
        migrations.AddField("execution", "is_automatic", models.BooleanField(default=False)),
        migrations.AddIndex(
            "execution",
            models.Index(
                fields=["lane", "status", "started_at", "id"],
                condition=models.Q(("finished_at__isnull", True), ("lane__isnull", False)),
                name="execution_in_lane",
            ),
        ),
        migrations.CreateModel(
            name="Lane",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=exprsn.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("limit", models.PositiveIntegerField()),
                ("whole", models.BooleanField(default=False)),
                ("parked", models.BooleanField(default=False)),
                ("touched_at", models.DateTimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "workflow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workflows.workflow"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["touched_at"], name="lane_touched"),
                    models.Index(fields=["touched_at"], condition=models.Q(("parked", True)), name="lane_parked"),
                ],
            },
            managers=[("plain", django.db.models.manager.Manager())],
        ),
    ]
