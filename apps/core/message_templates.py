"""Sentences with placeholders in braces: "At most {most} regions can be shown." Pure: no Django.

A template is kept apart from its values until it is shown, so that it can be translated (`apps.core.translate`).
A placeholder without a value, and any other brace, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Translatable(str):
    """A value of a placeholder that is itself a sentence of the catalog, such as the label of a field."""

    __slots__ = ()


def fill(sentence: str, values: Mapping[str, Any]) -> str:
    return PLACEHOLDER.sub(lambda match: str(values[match[1]]) if match[1] in values else match[0], sentence)


def with_quote(sentence: str, quote: str) -> str:
    """A sentence of ours followed by a quotation of somebody else; either may be empty."""
    return f"{sentence} “{quote}”" if sentence and quote else sentence or quote


def placeholders(sentence: str) -> set[str]:
    """The names in braces."""
    return set(PLACEHOLDER.findall(sentence))
