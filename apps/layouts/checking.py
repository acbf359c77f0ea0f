"""What is to be said of a document before anybody saves or sends it, whatever the cloud."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.layout_document.document import Text
from apps.layout_document.parse import parse
from apps.layouts.services import checked
from apps.preview.fonts import missing_glyphs

MOST_NAMED = 20  # characters in one sentence


def check(document: Any, team: Team) -> dict[str, Any]:
    """`{"document", "findings"}`: the canonical document, and findings of the shape that plans have. Raises `Invalid`
    for what is no document of this team."""
    value = checked(document, team)
    return {"document": value, "findings": glyph_findings(value)}


def glyph_findings(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The visible texts with characters that the font lacks: pictures, exported ones too, show boxes for them."""
    return [
        {
            "level": "changed",
            "code": "missing_glyphs",
            "object_id": one.id,
            "field": "text",
            "message": _("The font has no glyph for %(characters)s. A box is drawn instead.")
            % {"characters": " ".join(lacking[:MOST_NAMED])},
        }
        for one in parse(value).visible
        if isinstance(one, Text) and (lacking := missing_glyphs(one.text, one.weight))
    ]
