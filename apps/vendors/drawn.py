"""Pieces of `Plan.drawn`: a document's objects as a cloud will draw them, in the output's pixels."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from apps.layout_document.document import Image, Region, Text
from apps.vendors.frame import Box

Placed = TypeVar("Placed", Region, Image, Text)


def placed(item: Placed, box: Box) -> Placed:
    """The object in another place."""
    return replace(item, x=box.left, y=box.top, width=max(1, box.width), height=max(1, box.height))


def bars(region: Region, box: Box, color: str) -> Text:
    """The plain rectangle a cloud paints behind a region's picture: a text without words."""
    return Text(
        id=f"{region.id[:58]}-bars",
        x=box.left,
        y=box.top,
        width=max(1, box.width),
        height=max(1, box.height),
        text="",
        background=color,
        opacity=region.opacity,
    )
