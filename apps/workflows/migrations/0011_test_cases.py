"""Test cases of workflows."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import apps.core.models
import exprsn.kernel.ids


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0003_organization_retention"),
        ("workflows", "0009_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="WorkflowTest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=exprsn.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("encoding", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("data", models.BinaryField()),
                ("name", apps.core.models.NameField(max_length=200, verbose_name="name")),
                ("description", models.CharField(blank=True, max_length=500, verbose_name="description")),
                ("trigger_node", models.CharField(blank=True, max_length=64)),
                ("position", models.PositiveIntegerField(default=0)),
                ("assertion_count", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("last_result", models.JSONField(editable=False, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "workflow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tests", to="workflows.workflow"
                    ),
                ),
            ],
            options={
                "verbose_name": "test of a workflow",
                "verbose_name_plural": "tests of workflows",
                "indexes": [models.Index(fields=["workflow", "position", "id"], name="workflow_test_by_position")],
            },
            managers=[
                ("plain", django.db.models.manager.Manager()),
            ],
        ),
    ]
