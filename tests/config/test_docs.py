"""The documents: the generated ones are current, and every link between them leads to a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apps.config.reference import documents

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_generated_documents_are_current() -> None:
    outdated = [path.name for path, content in documents().items() if path.read_text(encoding="utf-8") != content]
    assert outdated == [], "Run: make format (or manage.py generate_docs)"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
