"""The layout document as frozen dataclasses: the vendor-neutral picture.

Lengths are whole canvas pixels, origin top-left. `objects` is in paint order, back to front.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

SCHEMA = "quadbox.layout/1"

Fit: TypeAlias = Literal["cover", "contain", "stretch"]
Stream: TypeAlias = Literal["camera", "screen"]
Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by reference: `asset:<sha256>` or an http(s) URL."""

    url: str
    fit: Fit = "cover"


@dataclass(frozen=True, slots=True)
class Canvas:
    width: int
    height: int
    color: str = "#000000"
    image: Picture | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who is shown: a slot (a role, bound to a person when a task starts) and which of their streams."""

    slot: str
    stream: Stream = "camera"


@dataclass(frozen=True, slots=True)
class SourceCrop:
    """A part of the source picture, in fractions of it (0 to 1)."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    id: str
    name: str = ""
    x: int
    y: int
    width: int
    height: int
    fit: Fit = "cover"
    opacity: float = 1.0
    corner_radius: int = 0
    source: Source
    source_crop: SourceCrop | None = None
    placeholder: Picture | None = None
    hidden: bool = False
    locked: bool = False
    kind: Literal["region"] = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    id: str
    name: str = ""
    x: int
    y: int
    width: int
    height: int
    fit: Fit = "contain"
    opacity: float = 1.0
    corner_radius: int = 0
    url: str
    source_crop: SourceCrop | None = None
    attached_to: str | None = None
    hidden: bool = False
    locked: bool = False
    kind: Literal["image"] = "image"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    id: str
    name: str = ""
    x: int
    y: int
    width: int
    height: int
    text: str
    font: str = "noto-sans-sc"
    size: int = 32
    weight: int = 400
    color: str = "#FFFFFF"
    background: str | None = None
    align: Align = "left"
    opacity: float = 1.0
    attached_to: str | None = None
    hidden: bool = False
    locked: bool = False
    kind: Literal["text"] = "text"


LayoutObject: TypeAlias = Region | Image | Text


@dataclass(frozen=True, slots=True)
class LayoutDocument:
    canvas: Canvas
    objects: tuple[LayoutObject, ...] = field(default=())

    @property
    def visible(self) -> tuple[LayoutObject, ...]:
        return tuple(item for item in self.objects if not item.hidden)

    @property
    def regions(self) -> tuple[Region, ...]:
        """The visible regions, back to front."""
        return tuple(item for item in self.visible if isinstance(item, Region))
