"""Event triggers, missed schedules, calls that were had before."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workflows", "0008_limits")]
    operations: ClassVar = []
