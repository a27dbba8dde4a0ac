"""Credentials that check calls: signatures and tokens."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("connections", "0002_credential_servers")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="credential",
            name="kind",
            field=models.CharField(
                choices=[
                    ("header", "Header"),
                    ("basic", "Basic"),
                    ("bearer", "Bearer token"),
                    ("query", "Query parameter"),
                    ("smtp", "Mail server (SMTP)"),
                    ("postgres", "PostgreSQL"),
                    ("mysql", "MySQL or MariaDB"),
                    ("hmac", "Signature (HMAC)"),
                    ("jwt", "Signed token (JWT)"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
    ]
