"""Stores the recorded files that tasks report."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from apps.archive.files import store_files
from apps.tasks.models import Task
from apps.tasks.signals import files_reported
from apps.vendors.report import RecordedFile


@receiver(files_reported)
def on_files(sender: Any, task: Task, files: list[RecordedFile], **kwargs: Any) -> None:
    store_files(task, files)
