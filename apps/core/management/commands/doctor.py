"""Checks the set-up and says what to mend."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from apps.core.diagnosis import look


class Command(BaseCommand):
    help = "Checks the set-up: one line for each thing, and what to do about what is wrong. Exit 1 if anything is."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(look())
        for finding in findings:
            self.stdout.write(f"{'✓' if finding.ok else '✗'} {finding.name}: {finding.detail}")
        if not all(finding.ok for finding in findings):
            sys.exit(1)
