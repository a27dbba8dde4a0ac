"""``manage.py bootstrap``: the first administrator, idempotently."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.models import User
from apps.accounts.services.bootstrap import bootstrap


class Command(BaseCommand):
    """Make an administrator with a personal organization and an API token."""

    help = "Make an administrator with a personal organization and an API token (idempotent)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", default="admin@example.com")
        parser.add_argument("--password", help="Made up and printed once when it is left out for a new user.")
        parser.add_argument("--json", action="store_true", help="One line of JSON on standard output.")
        parser.add_argument(
            "--first-run", action="store_true", help="Do nothing when there is an administrator already."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first_run"] and User.objects.filter(is_superuser=True).exists():
            return
        email, password = options["email"], options["password"]
        if "@" not in email:
            raise CommandError("--email must be an e-mail address.")
        is_new = not User.objects.filter(email__iexact=email).exists()
        made_up = secrets.token_urlsafe(12) if is_new and password is None else None
        done = bootstrap(email=email, password=password or made_up)
        if options["json"]:
            answer = {"organization": done.organization, "user": done.user, "token": done.token}
            self.stdout.write(orjson.dumps(answer).decode())
            if made_up:
                self.stderr.write(f"Password of {email}: {made_up}")
            return
        self.stdout.write(f"Administrator {done.user} of organization {done.organization}")
        if made_up:
            self.stdout.write(f"Password (shown once): {made_up}")
        if not options["first_run"]:
            self.stdout.write(f"API token (shown once): {done.token}")
