"""What `make run` needs before the worker starts, in one process: every start of Django costs a second."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Embedded mode: migrates the database, compiles the translations, makes the first admin; prints the login."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("This command is for the embedded mode (no DATABASE_URL, no REDIS_URL).")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("compile_catalogs")
        call_command("first_admin", stdout=self.stdout)
