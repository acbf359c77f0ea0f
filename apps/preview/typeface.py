"""The chain of fonts at a size and weight: measures a line and draws it, each letter by the font that has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from PIL import ImageDraw, ImageFont

from apps.preview.bidi import RIGHT_TO_LEFT, direction, levels, visual_order
from apps.preview.clusters import clusters
from apps.preview.drawable import INVISIBLE
from apps.preview.font_table import Face, base, base_characters, face_for
from apps.preview.fonts import drawn_weight, rounded_size

BIDI_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))


def typeface(size: float, weight: int) -> Typeface:
    """The chain at a size in pixels and one of the weights that are drawn."""
    return Typeface(rounded_size(size), drawn_weight(weight))


class Run(NamedTuple):
    """Letters of one font and one direction, in the order they are read."""

    text: str
    face: Face
    level: int

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
        return sum(self.run_length(run) for run in runs_of(text))

    def run_length(self, run: Run) -> float:
        return run.face.open(self.size, self.weight).getlength(run.text, direction=run.direction)

    def draw(self, canvas: ImageDraw.ImageDraw, x: float, baseline: float, line: str) -> None:
        """Draws a line in white, from `x` on."""
        if base_characters().issuperset(line):
            canvas.text((x, baseline), line, font=self.base, fill=255, anchor="ls")
            return
        for run in visual_order(runs_of(line), lambda run: run.level):
            face = run.face.open(self.size, self.weight)
            canvas.text((x, baseline), run.text, font=face, fill=255, anchor="ls", direction=run.direction)
            x += self.run_length(run)


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
    return tuple(runs)
