"""Small pictures of what each cloud's emulator has drawn before: one sheet a product, a cell for each layout. They see what the
comparison of emulator and preview cannot: a change of both at once.

After a change that is meant, look at the pictures of the mismatch and renew the sheets:

    RENEW_GOLDEN=1 python -m pytest tests/fidelity -p no:xdist

Look at the sheets before they are committed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from tests.fidelity.similarity import similarity

HERE = Path(__file__).parent / "golden"
CELL = (160, 120)  # px
COLUMNS, COLORS = 8, 256
NAMES = "layouts"  # the note in the file: which layout is in which cell
ALIKE = 0.98  # structural similarity of the cells; what did not change has 0.99
COLOR_DIFFERENCE = 2.0  # of 255, the mean over all pixels and channels; the few colors of a sheet cost about 0.8


def renewing() -> bool:
    return bool(os.environ.get("RENEW_GOLDEN"))


def cell(picture: Image.Image) -> Image.Image:
    """The picture within a cell, in its shape, at the top left of black."""
    scale = min(CELL[0] / picture.width, CELL[1] / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    made = Image.new("RGB", CELL)
    made.paste(picture.convert("RGB").resize(size, Image.Resampling.BOX))
    return made


def read(product: str) -> dict[str, Image.Image]:
    """Layout → its cell; empty when there is no sheet yet."""
    path = HERE / f"{product}.png"
    if not path.exists():
        return {}
    with Image.open(path) as sheet:
        names = json.loads(sheet.info[NAMES])
        whole = sheet.convert("RGB")
    return {name: whole.crop(_place(number)) for number, name in enumerate(names)}


def write(product: str, cells: Mapping[str, Image.Image]) -> None:
    rows = -(-len(cells) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * CELL[0], rows * CELL[1]))
    for number, cell in enumerate(cells.values()):
        sheet.paste(cell, _place(number)[:2])
    note = PngInfo()
    note.add_text(NAMES, json.dumps([*cells]))
    few = sheet.quantize(COLORS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    HERE.mkdir(exist_ok=True)
    few.save(HERE / f"{product}.png", optimize=True, pnginfo=note)


def _place(number: int) -> tuple[int, int, int, int]:
    left, top = number % COLUMNS * CELL[0], number // COLUMNS * CELL[1]
    return left, top, left + CELL[0], top + CELL[1]


def same(before: Image.Image, now: Image.Image) -> bool:
    return similarity(before, now) >= ALIKE and color_difference(before, now) <= COLOR_DIFFERENCE


def color_difference(first: Image.Image, other: Image.Image) -> float:
    """The mean absolute difference of all channels, 0 to 255."""
    return float(np.asarray(ImageChops.difference(first, other), dtype=np.float32).mean())
