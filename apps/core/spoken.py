"""Says, in the language of the person who reads, what pure packages wrote down in English: findings, the labels of
typed settings, advice. Their sentences are msgids of the catalog; tests/spoken.py finds them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from apps.core.sentences import fill


def speak(sentence: str, values: Mapping[str, Any] | None = None) -> str:
    """The sentence in the reader's language, its places filled. One the catalog lacks is said in English."""
    said = translation.gettext(sentence) if sentence else ""
    return fill(said, values) if values else said
