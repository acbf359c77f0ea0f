"""Texts in Aliyun's own letters: inside the pane of a bound person, in one line, in one of six fonts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from unicodedata import east_asian_width

from apps.core.types import Json
from apps.layout_document.document import Text
from apps.layout_document.variables import fill, missing
from apps.vendors.aliyun.rtc2 import assumptions
from apps.vendors.aliyun.rtc2.layouts import Pane
from apps.vendors.aliyun.rtc2.phrases import say
from apps.vendors.aliyun.wire.values import color_integer, r6
from apps.vendors.plan import Finding
from apps.vendors.types import TaskSpec

LARGEST = 72  # output pixels
BOX_BORDER = 4  # output pixels between letters and the edge of the box behind them, where there is one
WEIGHTS = {300: 4, 400: 1, 500: 5, 700: 2, 900: 3}  # weight → FontType
# Of a line, in sizes: from its top to the base line, and its height.
ASCENT, LINE = 1.16, 1.448
FONT = "Alibaba PuHuiTi"  # the only sans-serif family; the sixth font is a serif in one weight


def filled(text: Text, variables: Mapping[str, str]) -> tuple[str, list[Finding]]:
    """The words with `{{name}}` replaced, in one line."""
    words = " ".join(line.strip() for line in fill(text.text, variables).splitlines()).strip()
    findings = [say("variable_missing", text.id, "text", name=name) for name in missing(text.text, variables)]
    return words, findings


def in_pane(
    text: Text, words: str, pane: Pane, depth: int, scale: float, spec: TaskSpec
) -> tuple[dict[str, Json], list[Finding]]:
    """The text's parameters; `scale` is output pixels a canvas pixel (FontSize counts output pixels)."""
    findings: list[Finding] = []
    taken = assumptions.of_app(spec.app)
    wanted = max(1, round(text.size * scale * taken.letter_scale))
    if wanted > LARGEST:
        findings.append(say("text_size", text.id, "size", limit=LARGEST, wanted=wanted))
    right, below = anchor(taken, words, min(wanted, LARGEST) / (scale * taken.letter_scale))
    across = (text.x + right - pane.where.left) / pane.where.width
    down = (text.y + below - pane.where.top) / pane.where.height
    if not (0 <= across <= 1 and 0 <= down <= 1):
        findings.append(say("text_moved", text.id, "x"))
    across, down = min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0)
    if not taken.inside_the_pane:
        across = (pane.where.left + across * pane.where.width) / spec.document.canvas.width
        down = (pane.where.top + down * pane.where.height) / spec.document.canvas.height
    font, chosen = _font(text)
    findings += chosen
    parameters = {
        "Text": words,
        "X": r6(across),
        "Y": r6(down),
        "FontType": font,
        "FontSize": min(wanted, LARGEST),
        "FontColor": color_integer(text.color),
        "ZOrder": depth,
    }
    return parameters, findings + _unlike(text, words)


def anchor(taken: assumptions.Assumptions, words: str, size: float) -> tuple[float, float]:
    """From the top left of the letters to the point that Aliyun places, in the unit of `size`."""
    if taken.anchor == assumptions.BASELINE:
        return 0.0, ASCENT * size
    if taken.anchor == assumptions.CENTER:
        return width(words, 1) * size / 2, LINE * size / 2
    return 0.0, 0.0


@cache
def nearest_weight(weight: int) -> int:
    """The weight there is instead of a wished one."""
    return min(WEIGHTS, key=lambda item: abs(item - weight))


def _font(text: Text) -> tuple[int, list[Finding]]:
    weight = nearest_weight(text.weight)
    findings = [say("text_font", text.id, "font", font=text.font, to=FONT)]
    if weight != text.weight:
        findings.append(say("text_weight", text.id, "weight", weight=text.weight, to=weight))
    return WEIGHTS[weight], findings


def _unlike(text: Text, words: str) -> list[Finding]:
    findings: list[Finding] = []
    if text.align != "left":
        findings.append(say("text_align", text.id, "align", align=text.align))
    if len(text.text.splitlines()) > 1 or width(words, text.size) > text.width:
        findings.append(say("text_one_line", text.id, "text"))
    return findings


def alpha(color: str) -> int:
    """Of `#RRGGBB` or `#RRGGBBAA`: 0 to 255."""
    return int(color[7:9], 16) if len(color) == 9 else 255


def width(words: str, size: int) -> float:
    """About how wide the line is, in canvas pixels: a CJK letter fills its em, a Latin one about 0.55 of it."""
    return size * sum(1.0 if east_asian_width(word) in "WF" else 0.55 for word in words)
