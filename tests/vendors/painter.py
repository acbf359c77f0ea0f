"""A painter that draws nothing: it remembers what it was asked to bake, and answers as the real one does."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from apps.layout_document.document import LayoutDocument
from apps.vendors.painter import PictureInfo

PUBLIC = "<PUBLIC_URL>/a/"


class FakePainter:
    """`sizes` maps references to (width, height) of pictures whose bytes are known."""

    def __init__(self, sizes: Mapping[str, tuple[int, int]] | None = None) -> None:
        self.sizes = dict(sizes or {})
        self.baked: list[LayoutDocument] = []

    def bake(self, document: LayoutDocument, *, transparent: bool) -> PictureInfo:
        self.baked.append(document)
        digest = hashlib.sha256(f"{document}{transparent}".encode("utf-8", "surrogatepass")).hexdigest()
        return PictureInfo(f"{PUBLIC}{digest}.png", document.canvas.width, document.canvas.height, 1000, "png")

    def picture(self, reference: str) -> PictureInfo:
        width, height = self.sizes.get(reference, (0, 0))
        url = f"{PUBLIC}{reference[6:]}.png" if reference.startswith("asset:") else reference
        return PictureInfo(url, width, height)

    def missing_glyphs(self, text: str) -> str:
        return "".join(dict.fromkeys(character for character in text if character == "ᚠ"))
