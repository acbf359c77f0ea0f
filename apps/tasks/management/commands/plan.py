"""`manage.py plan start|update|stop|query --product P FILE`: what would be sent to a cloud, without sending it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.core.errors import Invalid, Problem, Refused
from apps.preview.painter import PreviewPainter
from apps.vendors import command, registry
from apps.vendors.painter import Painter
from apps.vendors.types import TaskSpec

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Prints the plan (requests and findings) for a task as JSON. Needs no database and sends nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("operation", help=", ".join(command.OPERATIONS))
        parser.add_argument("file", help="the task as JSON; - reads standard input")
        parser.add_argument("--product", default="", help=", ".join(registry.products()))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            command.check(options["operation"], options["product"])
            plan = command.plan(options["operation"], options["product"], _read(options["file"]), _painter)
        except Refused as error:
            problems = error.problems or (Problem("", "refused", error.detail),)
            self._print({"problems": [problem.as_json() for problem in problems]})
            sys.exit(BAD_INPUT)
        self._print(plan.as_json())

    def _print(self, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False, indent=2)
        # a lone surrogate in the input must not end in a stack trace
        self.stdout.write(text.encode("utf-8", "backslashreplace").decode())


def _painter(spec: TaskSpec) -> Painter:
    return PreviewPainter(variables=spec.variables)


def _read(name: str) -> bytes:
    """At most one byte more than is allowed: enough to see that it is too much."""
    limit = command.LARGEST_INPUT + 1
    if name == "-":
        return sys.stdin.buffer.read(limit)
    try:
        with Path(name).open("rb") as file:
            return file.read(limit)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        problem = Problem("", "unreadable_file", f"{name} cannot be read: {reason}.")
        raise Invalid("The input cannot be read.", problems=[problem]) from error
