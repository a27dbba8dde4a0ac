"""Rates and circuit breakers that all processes share."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("core", "0003_stored_files")]
    operations: ClassVar = []
