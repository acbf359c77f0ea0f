"""Layouts that show what layouts do: every preset in two shapes, and some that each use one ability. And who is missing."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

from PIL import Image as Pillow

from apps.layout_document.document import (
    Canvas,
    Image,
    LayoutDocument,
    Picture,
    Region,
    Source,
    SourceCrop,
    Text,
)
from apps.layout_document.presets import PRESETS, preset


def _png(width: int, height: int, first: str, second: str) -> bytes:
    """Two colors, slanted, so that a stretched or cropped picture looks different from a whole one."""
    mask = Pillow.linear_gradient("L").rotate(30).resize((width, height))
    picture = Pillow.composite(
        Pillow.new("RGB", (width, height), first), Pillow.new("RGB", (width, height), second), mask
    )
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


PICTURES = {
    f"asset:{hashlib.sha256(content).hexdigest()}": content
    for content in (
        _png(1280, 720, "#24303F", "#6C8EBF"),
        _png(400, 300, "#B83280", "#F6C453"),
        _png(240, 80, "#0F9D8A", "#FFFFFF"),
    )
}
BACKDROP, PHOTO, LOGO = PICTURES

WIDE = Canvas(1280, 720, "#101820")
BLUE = Canvas(1280, 720, "#204060")
ODD = Canvas(1000, 700, "#101820")


def region(name: str, x: int, y: int, width: int, height: int, **more: object) -> Region:
    made = Region(id=name, name=name, x=x, y=y, width=width, height=height, source=Source(name))
    return replace(made, **more)  # type: ignore[arg-type]


HALVES = (region("left", 0, 0, 640, 720), region("right", 640, 0, 640, 720))
PAIR = (region("big", 0, 0, 1280, 720), region("small", 880, 440, 360, 240))
SIDE = (region("main", 40, 40, 800, 450), region("guest", 880, 40, 360, 240))
SCREEN = region("slides", 40, 40, 900, 600, source=Source("slides", "screen"))
TITLE = Text(id="title", x=40, y=560, width=800, height=100, text="Evening show · 晚间直播", size=48)


SPECIAL: dict[str, LayoutDocument] = {
    "contain": LayoutDocument(WIDE, tuple(replace(half, fit="contain") for half in HALVES)),
    "stretch": LayoutDocument(WIDE, tuple(replace(half, fit="stretch") for half in HALVES)),
    "mixed-fits": LayoutDocument(WIDE, (HALVES[0], replace(HALVES[1], fit="contain"))),
    "half-seen": LayoutDocument(WIDE, (PAIR[0], replace(PAIR[1], opacity=0.5))),
    "rounded": LayoutDocument(WIDE, tuple(replace(side, corner_radius=40) for side in SIDE)),
    "cropped": LayoutDocument(WIDE, (replace(SIDE[0], source_crop=SourceCrop(0.25, 0.1, 0.5, 0.8)), SIDE[1])),
    "slides": LayoutDocument(WIDE, (SCREEN, region("host", 960, 40, 280, 280))),
    "contained-slides": LayoutDocument(WIDE, (replace(SCREEN, fit="contain"), region("host", 960, 40, 280, 280))),
    "backdrop": LayoutDocument(replace(WIDE, image=Picture(BACKDROP, "cover")), SIDE),
    "fitted-backdrop": LayoutDocument(replace(WIDE, image=Picture(PHOTO, "contain")), SIDE),
    "title-below": LayoutDocument(WIDE, (*SIDE, TITLE)),
    "title-box": LayoutDocument(
        WIDE, (*SIDE, replace(TITLE, align="center", weight=700, color="#FFCC00", background="#B4132BCC"))
    ),
    "logo": LayoutDocument(WIDE, (*SIDE, Image(id="logo", x=900, y=500, width=240, height=80, url=LOGO))),
    "faded-photo": LayoutDocument(
        WIDE, (*SIDE, Image(id="photo", x=900, y=420, width=300, height=260, fit="cover", opacity=0.6, url=PHOTO))
    ),
    "clipped": LayoutDocument(WIDE, (region("edge", -160, -90, 800, 450), region("inside", 700, 200, 480, 270))),
    "stacked": LayoutDocument(
        WIDE,
        (region("back", 0, 0, 1280, 720), region("middle", 200, 150, 700, 420), region("front", 600, 380, 500, 300)),
    ),
}

# Somebody is not there, or a slot has nobody: see ABSENT and OPEN. And what belongs to a person, on an odd canvas.
SEATED: dict[str, LayoutDocument] = {
    "name-in-pane": LayoutDocument(
        ODD,
        (
            region("host", 40, 30, 900, 500),
            replace(TITLE, x=80, y=400, width=500, height=80, background="#B4132B", attached_to="host"),
        ),
    ),
    "logo-in-pane": LayoutDocument(
        ODD,
        (
            region("host", 40, 30, 900, 500),
            Image(id="logo", x=600, y=60, width=300, height=150, fit="contain", url=LOGO, attached_to="host"),
        ),
    ),
    "absent": LayoutDocument(BLUE, SIDE),
    "absent-on-backdrop": LayoutDocument(replace(BLUE, image=Picture(BACKDROP, "cover")), SIDE),
    "placeholder": LayoutDocument(
        replace(BLUE, image=Picture(BACKDROP, "cover")),
        tuple(replace(side, placeholder=Picture(PHOTO, "cover")) for side in SIDE),
    ),
    "contained-placeholder": LayoutDocument(
        replace(BLUE, image=Picture(BACKDROP, "cover")),
        tuple(replace(side, placeholder=Picture(PHOTO, "contain")) for side in SIDE),
    ),
    "open-seat": LayoutDocument(WIDE, HALVES),
    "open-seats": LayoutDocument(WIDE, HALVES),
}

# Slots whose person is not in the room, and slots that nobody is bound to: the next person may take them.
ABSENT = {name: {"main"} for name in ("absent", "absent-on-backdrop", "placeholder", "contained-placeholder")}
OPEN = {"open-seat": {"right"}, "open-seats": {"left", "right"}}

LAYOUTS: dict[str, LayoutDocument] = {
    **{f"{name}-wide": preset(name, 1280, 720) for name in PRESETS},
    **{f"{name}-tall": preset(name, 720, 1280) for name in PRESETS},
    **SPECIAL,
    **SEATED,
}

# Texts and pictures on top of people, and between two who overlap: for clouds that have a seat for each.
ABOVE_PEOPLE: dict[str, LayoutDocument] = {
    "titled-people": LayoutDocument(
        WIDE,
        (
            *PAIR,
            replace(TITLE, background="#B4132BCC", weight=700),
            Image(id="photo", x=60, y=60, width=300, height=200, opacity=0.7, url=PHOTO),
        ),
    ),
    "logo-between": LayoutDocument(
        WIDE, (PAIR[0], Image(id="logo", x=760, y=360, width=480, height=160, url=LOGO), PAIR[1])
    ),
}
