"""Checks the installation and says what to fix."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from apps.operations.registry import CHECKS


class Command(BaseCommand):
    help = "Checks the installation: one line per check, and what to do about a failure. Exit code 1 if any fails."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        all_ok = True
        for check in CHECKS.values():
            outcome = check.outcome()
            all_ok = all_ok and outcome.ok
            text = " ".join(filter(None, (outcome.detail, outcome.advice))) or "ok"
            self.stdout.write(f"{'✓' if outcome.ok else '✗'} {check.id}: {text}")
        if not all_ok:
            sys.exit(1)
