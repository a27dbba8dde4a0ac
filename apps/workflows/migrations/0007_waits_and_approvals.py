"""Waits for calls, forms and people."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workflows", "0006_workflow_view")]
    operations: ClassVar = []
