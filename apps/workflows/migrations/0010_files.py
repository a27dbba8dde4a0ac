"""Files that items refer to."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workflows", "0009_triggers")]
    operations: ClassVar = []
