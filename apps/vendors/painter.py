"""The pictures a plan sends the vendor to, and whom it asks to draw them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from apps.layout_document.document import LayoutDocument


class PublicPicture(Protocol):
    """A picture a vendor can fetch. `url` may start with `<PUBLIC_URL>`, filled in by the runner. Sides are pixels;
    0 where nobody knows. `format` is "png", "jpg", …"""

    @property
    def url(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def format(self) -> str: ...


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """A `PublicPicture` as a plain value."""

    url: str
    width: int = 0
    height: int = 0
    bytes: int = 0
    format: str = "png"


class Painter(Protocol):
    """What a plan may ask of whoever can draw. Given to the adapter: vendors know nothing of preview."""

    def bake(self, document: LayoutDocument, *, transparent: bool) -> PublicPicture:
        """Draws the document (its visible objects; regions are left out) to a PNG of the canvas's size,
        keeps its bytes for publishing, and answers `<PUBLIC_URL>/a/<sha256>.png`."""

    def picture(self, reference: str) -> PublicPicture:
        """The public form of `asset:<sha256>`, or of an http(s) URL as it is."""

    def missing_glyphs(self, text: str) -> str:
        """The characters of a text that no font has, each once, in order: a bake draws boxes for them."""
