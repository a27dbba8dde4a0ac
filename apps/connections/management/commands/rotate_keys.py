"""``manage.py rotate_keys``: lock every credential with the newest key."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.connections.services.keys import key_ring
from apps.connections.services.rotation import KeyUse, keys_in_use, rotate_keys

SHOWN = 20


class Command(BaseCommand):
    """Encrypt every credential anew with the first of ``EXPRSN_ENCRYPTION_KEYS``; can be repeated at any time."""

    help = "Encrypt every credential with the newest key. Fails when a credential cannot be decrypted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing, only say which keys are in use.")
        parser.add_argument("--batch", type=int, default=200, help="Credentials in one transaction (200).")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError("--batch must be 1 or more.")
        if not options["check"]:
            rotated = rotate_keys(batch=options["batch"])
            self.stdout.write(f"Encrypted anew: {rotated}")
        use = keys_in_use()
        for line in _lines(use):
            self.stdout.write(line)
        if use.unreadable:
            names = ", ".join(map(str, use.unreadable[:SHOWN]))
            raise CommandError(
                f"{len(use.unreadable)} cannot be decrypted with the keys that are configured: {names}"
                f"{', …' if len(use.unreadable) > SHOWN else ''}. Add their key to EXPRSN_ENCRYPTION_KEYS, "
                "or enter these credentials again."
            )


def _lines(use: KeyUse) -> list[str]:
    """One line for each key: how many credentials it has locked, and what may become of it."""
    configured = key_ring().ids
    lines = []
    for key_id in (*configured, *sorted(use.counts.keys() - set(configured))):
        count = use.counts.get(key_id, 0)
        if key_id not in configured:
            note = " (not configured)"
        elif key_id == configured[0]:
            note = " (newest)"
        else:
            note = "" if count else " (no longer needed)"
        lines.append(f"{key_id}: {count}{note}")
    return lines
