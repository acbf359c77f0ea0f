"""Watches every finding that a test makes a product emit: its sentence must be one of the catalog's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polib
import pytest

from apps.vendors.plan import Finding

CATALOG = Path(__file__).resolve().parents[2] / "templates" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


@cache
def catalog() -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOG))}


@pytest.fixture(autouse=True)
def findings_have_their_chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the scan of tests/translatable_texts.py cannot see, such as a sentence that was filled in before it became a finding."""
    made: set[tuple[str, str, str]] = set()
    plain = Finding.__init__

    def watched(self: Finding, *args: Any, **kwargs: Any) -> None:
        plain(self, *args, **kwargs)
        if (module := sys._getframe(1).f_globals.get("__name__", "")).startswith("apps.vendors"):
            made.add((module, self.code, self.sentence))

    monkeypatch.setattr(Finding, "__init__", watched)
    yield
    lacking = [f"{module}, {code}: {sentence}" for module, code, sentence in made if not catalog().get(sentence)]
    assert not lacking, (
        "findings without Chinese in django.po (or filled in too early, see apps/vendors/plan.py):\n"
        + ("\n".join(sorted(lacking)))
    )
