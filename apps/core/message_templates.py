"""Sentences with places in braces: "At most {most} regions can be shown." Pure: it also serves where there is no Django.

A sentence stays apart from the values of its places until it is shown, so that it can be said in another language
(`apps.core.spoken`). A place without a value, and any other brace, stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PLACE = re.compile(r"\{(\w+)\}")


class Words(str):
    """A value of a place that is itself a sentence of the catalog, such as the label of a field."""

    __slots__ = ()


def fill(sentence: str, values: Mapping[str, Any]) -> str:
    return PLACE.sub(lambda place: str(values[place[1]]) if place[1] in values else place[0], sentence)


def quoting(told: str, said: str) -> str:
    """A sentence of ours, and after it what somebody else said; either may be missing."""
    return f"{told} “{said}”" if told and said else told or said


def places(sentence: str) -> set[str]:
    """The names in braces."""
    return set(PLACE.findall(sentence))
