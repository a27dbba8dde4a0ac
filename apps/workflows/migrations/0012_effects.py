"""Effects that were begun, and runs that were paused."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workflows", "0011_test_cases")]
    operations: ClassVar = []
