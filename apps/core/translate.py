"""Translates what pure packages wrote in English (findings, problems, labels of typed settings, advice) into the
reader's language. Their sentences are msgids of the catalog; tests/translatable_texts.py finds them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import translation

from apps.core.errors import Problem
from apps.core.message_templates import Translatable, fill, with_quote


def translate(sentence: str, values: Mapping[str, Any] | None = None) -> str:
    """The sentence in the reader's language with its placeholders filled; English where the catalog lacks it."""
    translated = translation.gettext(sentence) if sentence else ""
    if not values:
        return translated
    return fill(
        translated,
        {name: translate(value) if isinstance(value, Translatable) else value for name, value in values.items()},
    )


def translate_reason(words: Mapping[str, Any] | None, detail: str) -> str:
    """Why something failed: our sentence (`VendorError.words`) in the reader's language, the vendor's message unchanged.
    A detail without `words` may itself be a sentence of the catalog."""
    if not words:
        return translate(detail)
    return with_quote(translate(words.get("sentence", ""), words.get("params")), words.get("said", ""))


def translate_problem(problem: Problem) -> Problem:
    """The problem with its message in the reader's language; a message without a template stays as it is."""
    return replace(problem, message=translate(problem.sentence, problem.values)) if problem.sentence else problem
