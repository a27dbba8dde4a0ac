"""Files by their content."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

import exprsn.kernel.ids


class Migration(migrations.Migration):
    dependencies: ClassVar = [("core", "0002_workers")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=exprsn.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("organization_id", models.UUIDField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("is_ready", models.BooleanField(default=False)),
                ("check_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "core_stored_file"},
        ),
        migrations.CreateModel(
            name="FileUse",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=exprsn.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("organization_id", models.UUIDField()),
                ("file_id", models.UUIDField(db_index=True)),
                ("owner_id", models.UUIDField(db_index=True)),
            ],
            options={"db_table": "core_file_use"},
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_ready", True)), fields=("organization_id", "sha256"), name="core_file_once"
            ),
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(
                condition=models.Q(("check_at__isnull", False)), fields=["check_at"], name="core_file_to_check"
            ),
        ),
    ]
