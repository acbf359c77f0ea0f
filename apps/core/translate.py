"""Says, in the language of the person who reads, what pure packages wrote down in English: findings, problems, the
labels of typed settings, advice. Their sentences are msgids of the catalog; tests/spoken.py finds them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import translation

from apps.core.errors import Problem
from apps.core.sentences import Words, fill, quoting


def speak(sentence: str, values: Mapping[str, Any] | None = None) -> str:
    """The sentence in the reader's language, its places filled. One the catalog lacks is said in English."""
    said = translation.gettext(sentence) if sentence else ""
    if not values:
        return said
    return fill(said, {name: speak(value) if isinstance(value, Words) else value for name, value in values.items()})


def reason(words: Mapping[str, Any] | None, detail: str) -> str:
    """Why something went wrong: our words (`VendorError.words`) in the reader's language, the vendor's as they came.
    A detail without them may itself be a sentence of the catalog."""
    if not words:
        return speak(detail)
    return quoting(speak(words.get("sentence", ""), words.get("params")), words.get("said", ""))


def spoken(problem: Problem) -> Problem:
    """In the reader's language; one whose message came as a whole stays as it is."""
    return replace(problem, message=speak(problem.sentence, problem.values)) if problem.sentence else problem
