"""Compiles the translations (.po → .mo) in pure Python: the machine need not have gettext."""

from __future__ import annotations

import os
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compiles the translation catalogs that changed."

    def handle(self, *args: object, **options: object) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                target = source.with_suffix(".mo")
                if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                    draft = target.with_suffix(f".{os.getpid()}.draft")  # another process may do the same
                    polib.pofile(str(source)).save_as_mofile(str(draft))
                    draft.replace(target)
