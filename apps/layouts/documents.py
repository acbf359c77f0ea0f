"""Layout documents as a team may save them, and what holds for a document whatever the cloud."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.core.errors import Invalid
from apps.core.json_text import unstorable
from apps.core.translate import translate
from apps.core.types import JsonObject
from apps.layout_document.document import Text
from apps.layout_document.parse import parse
from apps.layout_document.serialize import to_json
from apps.layouts import assets
from apps.preview.drawable import missing_glyphs
from apps.vendors.glyphs import MAX_LISTED, PHRASES


def canonical_document(document: Any, team: Team) -> JsonObject:
    """The canonical JSON of a document this team may save. Raises `Invalid`; pointers are into the document."""
    if problems := unstorable(document):
        raise Invalid(_("This is not a valid layout document."), problems=problems)
    value = to_json(parse(document))
    if problems := assets.missing(value, team):
        raise Invalid(_("The layout uses pictures that do not exist."), problems=problems)
    return value


def check_document(document: Any, team: Team) -> JsonObject:
    """`{"document", "findings"}`: the canonical document, and findings of the shape that plans have. Raises `Invalid`
    for what is no document of this team."""
    value = canonical_document(document, team)
    return {"document": value, "findings": glyph_findings(value)}


def glyph_findings(value: JsonObject) -> list[JsonObject]:
    """The visible texts with characters that no font has, before their variables are filled in. The plan of every
    product has the same findings for the texts as they are filled."""
    level, sentence = PHRASES["missing_glyphs"]
    return [
        {
            "level": level,
            "code": "missing_glyphs",
            "object_id": item.id,
            "field": "text",
            "message": translate(sentence, {"characters": " ".join(missing[:MAX_LISTED])}),
        }
        for item in parse(value).visible
        if isinstance(item, Text) and (missing := missing_glyphs(item.text))
    ]
