"""The chain of fonts at a size and weight: measures a line and draws it, each letter by the font that has it.

The base font has other digits and another ellipsis for European scripts than for the rest. The shaper sees one run at
a time, so a run of digits or marks that follows letters of another font is shaped behind `EUROPEAN`, which is cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFont

from apps.preview.bidi import RIGHT_TO_LEFT, direction, levels, visual_order
from apps.preview.clusters import clusters
from apps.preview.drawable import INVISIBLE
from apps.preview.font_table import Face, base, base_characters, face_for
from apps.preview.fonts import drawn_weight, rounded_size

EUROPEAN = "n "
EUROPEAN_LETTERS = re.compile("[A-Za-z\u00aa-\u024f\u0370-\u052f\u1c80-\u1c8f\u1e00-\u1fff\u2de0-\u2dff\ua640-\ua69f]")
BIDI_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))


def typeface(size: float, weight: int) -> Typeface:
    """The chain at a size in pixels and one of the weights that are drawn."""
    return Typeface(rounded_size(size), drawn_weight(weight))


class Run(NamedTuple):
    """Letters of one font and one direction, in the order they are read."""

    text: str
    face: Face
    level: int
    after_european: bool = False

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.level % 2 else "ltr"


@dataclass(frozen=True, slots=True)
class Typeface:
    """Texts must be `drawable` before. Lengths are pixels."""

    size: float
    weight: int

    @property
    def base(self) -> ImageFont.FreeTypeFont:
        return base().open(self.size, self.weight)

    def getmetrics(self) -> tuple[int, int]:
        """Ascent and descent of the base font: lines lie alike whatever fonts they take."""
        return self.base.getmetrics()

    def getlength(self, text: str) -> float:
        if base_characters().issuperset(text):
            return self.base.getlength(text)
        return sum(run_length(run, self.size, self.weight) for run in runs_of(text))

    def draw(self, mask: Image.Image, x: float, baseline: float, line: str) -> None:
        """Draws a line in white on a mask ("L"), from `x` on."""
        canvas = ImageDraw.Draw(mask)
        if base_characters().issuperset(line):
            canvas.text((x, baseline), line, font=self.base, fill=255, anchor="ls")
            return
        for run in visual_order(runs_of(line), lambda run: run.level):
            face = run.face.open(self.size, self.weight)
            if run.after_european:
                draw_behind(mask, x, baseline, run.text, face)
            else:
                canvas.text((x, baseline), run.text, font=face, fill=255, anchor="ls", direction=run.direction)
            x += run_length(run, self.size, self.weight)


@lru_cache(maxsize=8192)  # a word is measured again with every word that follows it on its line
def run_length(run: Run, size: float, weight: int) -> float:
    """How wide a run is, in pixels."""
    face = run.face.open(size, weight)
    if run.after_european:
        return face.getlength(EUROPEAN + run.text) - face.getlength(EUROPEAN)
    return face.getlength(run.text, direction=run.direction)


def draw_behind(mask: Image.Image, x: float, baseline: float, text: str, face: ImageFont.FreeTypeFont) -> None:
    """Draws a text as it is shaped behind `EUROPEAN`, without that."""
    drawn = Image.new("L", mask.size, 0)
    start = x - face.getlength(EUROPEAN)
    ImageDraw.Draw(drawn).text((start, baseline), EUROPEAN + text, font=face, fill=255, anchor="ls")
    edge = max(0, min(mask.width, round(x - face.getlength(" ") / 2)))
    drawn.paste(0, (0, 0, edge, mask.height))
    mask.paste(ImageChops.lighter(mask, drawn))


@lru_cache(maxsize=2048)
def runs_of(line: str) -> tuple[Run, ...]:
    """The runs of a line, in the order they are read."""
    level_of = levels(line, direction(line)) if RIGHT_TO_LEFT.search(line) else [0] * len(line)
    runs: list[Run] = []
    place = 0
    for cluster in clusters(line):
        level, place = level_of[place], place + len(cluster)
        visible = INVISIBLE.sub("", cluster)
        if not visible:
            face = runs[-1].face if runs else base()
        else:
            face = face_for(visible) or face_for(visible[0]) or base()
        drawn = cluster.translate(BIDI_MARKS)
        if runs and runs[-1].face is face and runs[-1].level == level:
            runs[-1] = runs[-1]._replace(text=runs[-1].text + drawn)
        elif drawn:
            runs.append(Run(drawn, face, level))
    return tuple(with_scripts(runs))


def with_scripts(runs: list[Run]) -> Iterator[Run]:
    """The runs, marked where the base font's digits and marks belong to European letters beside them: those before,
    else those after."""
    letters = [next(filter(str.isalpha, run.text), "") for run in runs]
    before = ""
    for place, run in enumerate(runs):
        beside = before or next((letter for letter in letters[place:] if letter), "")
        is_mark = not run.text[0].isalpha() and not EUROPEAN_LETTERS.match(letters[place])
        yield run._replace(after_european=run.face is base() and is_mark and EUROPEAN_LETTERS.match(beside) is not None)
        before = next(filter(str.isalpha, reversed(run.text)), before)
