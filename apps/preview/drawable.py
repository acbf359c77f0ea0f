"""A text as it can be drawn: what no font of the chain has becomes a box, and is named.

static/src/editor/fonts/drawable.ts does alike; tests/fixtures/drawable.json holds for both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from apps.preview.clusters import clusters
from apps.preview.font_table import base_characters, face_for

MAX_CHARACTERS = 4000  # that are looked at: variables may hold any number
NO_CHARACTER = "\U0010fffe"  # a noncharacter that no font has: the base font draws its box of missing characters
# Variation selectors (the chain has one form of each character) and explicit embeddings of direction
DROPPED = re.compile("[\ufe00-\ufe0f\u202a-\u202e\u2066-\u2069]")
# Characters that nothing is drawn for, whatever the font
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # line breaks and what the wrapping takes out


def drawable(text: str) -> str:
    """The text with its letters composed, and a box in place of each character that cannot be drawn."""
    text = text[:MAX_CHARACTERS]
    if base_characters().issuperset(text):
        return text
    return "".join(drawn for _, drawn in replaced(text))


def missing_glyphs(text: str) -> str:
    """The characters of a text that are drawn as boxes, each once, in order."""
    if base_characters().issuperset(text):
        return ""
    lacking = (
        character
        for cluster, drawn in replaced(text)
        if cluster != drawn
        for character, shown in zip(cluster, drawn, strict=True)
        if shown == NO_CHARACTER
    )
    return "".join(dict.fromkeys(lacking))


def replaced(text: str) -> Iterator[tuple[str, str]]:
    """Each cluster of the composed text, and what is drawn for it, of the same length."""
    for cluster in clusters(unicodedata.normalize("NFC", DROPPED.sub("", text))):
        yield cluster, drawn_cluster(cluster)


def drawn_cluster(cluster: str) -> str:
    """The cluster itself if one font has all of it. Else what the font of its first character lacks is a box."""
    visible = INVISIBLE.sub("", cluster)
    if not visible or CONTROL.match(visible) or face_for(visible):
        return cluster
    if visible.isspace():
        return " " * len(cluster)
    face = face_for(visible[0])
    return "".join(
        character
        if INVISIBLE.match(character) or (face is not None and ord(character) in face.codes)
        else " "
        if character.isspace()
        else NO_CHARACTER
        for character in cluster
    )
