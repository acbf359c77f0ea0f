"""Texts: broken into lines, cut with an ellipsis, centered in the height of their box.

A line is 1.2 sizes high and there is no padding, as the editor draws it. A letter with its marks is never parted.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import Protocol

from PIL import Image

from apps.layout_document.geometry import Rect
from apps.preview.bidi import keep_direction
from apps.preview.clusters import belongs, clusters
from apps.preview.drawable import MAX_CHARACTERS, drawable
from apps.preview.typeface import Typeface

LINE_HEIGHT = 1.2
ELLIPSIS = "…"
LINE_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
UNDRAWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # the shaper refuses some of these
# A word with the spaces after it, or one character of a script that breaks anywhere
PIECE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]\s*"
    r"|[^\s\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]+\s*"
    r"|\s+"
)


class Measures(Protocol):
    """What breaking lines takes of a font."""

    def getlength(self, text: str) -> float: ...


class Sized(Measures, Protocol):
    @property
    def size(self) -> float: ...


def wrap(text: str, face: Measures, width: float) -> list[str]:
    """The lines of a text, each at most `width` pixels wide where a character is no wider than that."""
    lines: list[str] = []
    for paragraph in LINE_BREAKS.split(text[:MAX_CHARACTERS].expandtabs(4)):
        paragraph = UNDRAWABLE.sub(" ", paragraph)
        lines.extend(keep_direction(wrap_paragraph(paragraph, face, width), paragraph))
    return lines


def wrap_paragraph(text: str, face: Measures, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in joined(PIECE.findall(text)):
        if not line or face.getlength((line + piece).rstrip()) <= width:
            line += piece
        else:
            lines.append(line.rstrip())
            line = piece
        while len(line) > 1 and face.getlength(line.rstrip()) > width:  # one word, too long for a line
            fits = longest_prefix(line, face, width)
            if fits == len(line):
                break
            lines.append(line[:fits].rstrip())
            line = line[fits:]
    return [*lines, line.rstrip()]


def joined(pieces: list[str]) -> list[str]:
    """Closing punctuation stays with what it closes, and an opening bracket with what it opens."""
    result: list[str] = []
    for piece in pieces:
        before = result[-1][-1:] if result else ""
        kind = unicodedata.category(piece[0])
        if before and belongs(before, piece[0]):
            result[-1] += piece
            continue
        is_wide = piece[0] > "\u2e7f"
        if result and ((is_wide and kind in ("Pe", "Pf", "Po")) or unicodedata.category(before) in ("Ps", "Pi")):
            result[-1] += piece
        else:
            result.append(piece)
    return result


def longest_prefix(text: str, face: Measures, width: float, ending: str = "") -> int:
    """How many characters fit before `ending`: whole letters with their marks, at least one letter."""
    ends = range(1, len(text) + 1) if text.isascii() else list(accumulate(map(len, clusters(text))))
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high + 1) // 2
        start = text[: ends[middle]]
        if face.getlength(start.rstrip() + ending if ending else start) <= width:
            low = middle
        else:
            high = middle - 1
    return ends[low]


def cut(line: str, face: Measures, width: float) -> str:
    """The line with an ellipsis at its end, shortened until both fit."""
    if face.getlength(ELLIPSIS) >= width:
        return ELLIPSIS
    if face.getlength(line + ELLIPSIS) > width:
        line = line[: longest_prefix(line, face, width, ELLIPSIS)]
    return line.rstrip() + ELLIPSIS


def on_one_line(name: str, face: Measures, room: float) -> str:
    """A name, its words parted by one space each; cut with an ellipsis where the room ends, also within a word."""
    words = " ".join(name.split())
    return cut(words, face, room) if face.getlength(words) > room else words


def lines_in(text: str, face: Sized, width: float, height: float) -> list[str]:
    """The lines that a box has room for, at least one; the last ends in an ellipsis if there were more."""
    lines = wrap(text, face, width)
    room = max(1, int((height + 0.01) // (face.size * LINE_HEIGHT)))
    if len(lines) > room:
        lines = [*lines[: room - 1], cut(lines[room - 1], face, width)]
    return lines


def text_mask(text: str, face: Typeface, box: Rect, window: Rect, align: str) -> Image.Image:
    """The ink of a text in `box`, as a mask ("L") of the size of `window`, the part of the box that is seen."""
    mask = Image.new("L", (window.width, window.height), 0)
    lines = lines_in(drawable(text), face, box.width, box.height)
    ascent, descent = face.getmetrics()
    line_height = face.size * LINE_HEIGHT
    top = box.y + (box.height - line_height * len(lines)) / 2
    for number, line in enumerate(lines):
        baseline = top + line_height * number + line_height / 2 + (ascent - descent) / 2
        free = box.width - face.getlength(line)
        x = box.x + {"left": 0.0, "center": free / 2, "right": free}[align]
        face.draw(mask, x - window.x, baseline - window.y, line)
    return mask
