"""How many runs of a workflow, and how fast calls go out."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workflows", "0007_waits_and_approvals")]
    operations: ClassVar = []
