"""Letters that the picture will lack: a finding of every plan that draws texts, after variables are filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apps.layout_document.document import LayoutDocument, Text
from apps.layout_document.variables import fill
from apps.vendors.painter import Painter, PublicPicture
from apps.vendors.plan import Finding, Level, Plan

MAX_LISTED = 20  # characters in one sentence
PHRASES: dict[str, tuple[Level, str]] = {
    "missing_glyphs": ("changed", "The fonts have no glyph for {characters}. A box is drawn instead."),
    "vendor_font_glyphs": (
        "note",
        "The cloud draws this text in its own font, which may have no glyph for {characters}. The preview shows a box.",
    ),
}


class BakedTexts:
    """A painter that passes on every request and remembers which texts it drew, by object id."""

    def __init__(self, painter: Painter) -> None:
        self.painter = painter
        self.ids: set[str] = set()

    def bake(self, document: LayoutDocument, *, transparent: bool) -> PublicPicture:
        self.ids |= {item.id for item in document.visible if isinstance(item, Text)}
        return self.painter.bake(document, transparent=transparent)

    def picture(self, reference: str) -> PublicPicture:
        return self.painter.picture(reference)

    def missing_glyphs(self, text: str) -> str:
        return self.painter.missing_glyphs(text)


def glyph_findings(
    document: LayoutDocument, variables: Mapping[str, str], plan: Plan, painted: BakedTexts
) -> Iterator[Finding]:
    """One for each visible text of the document with characters that no font has. A text that the plan drops has none:
    nothing of it is drawn."""
    drawn = {item.id for item in plan.drawn.visible} if plan.drawn else set()
    for item in document.visible:
        if not isinstance(item, Text) or item.id not in drawn:
            continue
        if missing := painted.missing_glyphs(fill(item.text, variables)):
            code = "missing_glyphs" if item.id in painted.ids else "vendor_font_glyphs"
            level, sentence = PHRASES[code]
            yield Finding(level, code, item.id, "text", sentence, {"characters": " ".join(missing[:MAX_LISTED])})
