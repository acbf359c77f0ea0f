"""Draws what a product cannot: the pictures that a plan bakes, kept by their hash until they are published."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

from apps.layout_document.document import LayoutDocument
from apps.preview.drawable import missing_glyphs
from apps.preview.paint import render, to_png

PUBLIC = "<PUBLIC_URL>/a/"  # whoever sends the plan puts the real address in
EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp", "BMP": "bmp"}


@dataclass(frozen=True, slots=True)
class BakedPicture:
    """A picture a cloud can fetch. Sides in pixels and bytes are 0 where nobody knows them."""

    url: str
    width: int = 0
    height: int = 0
    bytes: int = 0
    format: str = "png"


def no_bytes(reference: str) -> bytes | None:
    return None


@dataclass(slots=True)
class PreviewPainter:
    """`pictures` answers a reference with the picture's bytes, or None if it is not to be had.

    `published` collects the PNG of every bake by its SHA-256: the runner publishes them before it sends the plan.
    `missing` names the pictures that a bake had to leave out.
    """

    pictures: Callable[[str], bytes | None] = no_bytes
    variables: Mapping[str, str] = field(default_factory=dict)
    published: dict[str, bytes] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def bake(self, document: LayoutDocument, *, transparent: bool) -> BakedPicture:
        """Draws the visible texts and images (no regions) at the canvas's size. The same document gives the same
        bytes, hence the same URL."""
        drawn = render(
            document,
            pictures=self.opened,
            variables=self.variables,
            transparent=transparent,
            draw_regions=False,
            mark_missing=False,
        )
        content = to_png(drawn)
        digest = hashlib.sha256(content).hexdigest()
        self.published[digest] = content
        return BakedPicture(f"{PUBLIC}{digest}.png", drawn.width, drawn.height, len(content))

    def picture(self, reference: str) -> BakedPicture:
        """The public form of a reference. Its sides, size and format come from its bytes, where there are any."""
        content = self.pictures(reference)
        width = height = 0
        extension = ""
        if content is not None:
            try:
                with Image.open(io.BytesIO(content)) as opened:  # reads the header only
                    width, height = opened.size
                    extension = EXTENSIONS.get(opened.format or "", "")
            except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
                extension = ""  # no picture we know; the address stands all the same
        size = len(content) if content is not None else 0
        if reference.startswith("asset:"):
            extension = extension or "png"
            url = f"{PUBLIC}{reference.removeprefix('asset:')}.{extension}"
        else:
            url, extension = reference, extension or extension_of(reference)
        return BakedPicture(url, width, height, size, extension)

    def missing_glyphs(self, text: str) -> str:
        """The characters of a text that no font has, each once, in order."""
        return missing_glyphs(text)

    def opened(self, reference: str) -> Image.Image | None:
        """The picture behind a reference, decoded; None, and noted as `missing`, where there is none."""
        content = self.pictures(reference)
        if content is not None:
            try:
                picture = Image.open(io.BytesIO(content))
                picture.load()
                return picture
            except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError):
                content = None
        if reference not in self.missing:
            self.missing.append(reference)
        return None


def extension_of(url: str) -> str:
    """The format that a URL's path promises; png where it promises none."""
    path = url.split("?")[0].split("#")[0].lower()
    ending = path.rpartition(".")[2]
    return {"jpeg": "jpg"}.get(ending, ending if ending in EXTENSIONS.values() else "png")
