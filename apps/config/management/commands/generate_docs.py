"""Writes the generated parts of docs/."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.config.reference import documents


class Command(BaseCommand):
    help = (
        "Writes docs/settings.md, docs/rest.md and docs/websocket.md; with --check, exits with 1 where one is outdated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        outdated = []
        for path, content in documents().items():
            if not path.exists() or path.read_text(encoding="utf-8") != content:
                outdated.append(path.name)
                if not options["check"]:
                    path.write_text(content, encoding="utf-8")
        if outdated:
            self.stdout.write(f"{'Outdated' if options['check'] else 'Written'}: {', '.join(outdated)}")
        if outdated and options["check"]:
            sys.exit(1)
