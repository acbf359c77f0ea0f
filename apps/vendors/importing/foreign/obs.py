"""OBS Studio: the current scene of a scene collection, or the scene items that obs-websocket (v5) lists.

Canvas pixels. A list begins with the lowest item. `align` says which point of the item lies at `pos`: 1 left, 2 right,
4 top, 8 bottom, 0 the middle. `bounds_type` 0: the size is that of the source times `scale`; else it is `bounds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.core.errors import Problem
from apps.core.types import Json, JsonObject
from apps.layout_document.document import Fit
from apps.vendors.importing.foreign.reading import Reading
from apps.vendors.importing.payload import is_number, list_at, no_layout, unread
from apps.vendors.types import Imported

BASE_SIZE = (1920, 1080)  # OBS's own default canvas
LEFT, RIGHT, TOP, BOTTOM = 1, 2, 4, 8
TOP_LEFT = LEFT | TOP
FITS: dict[int, Fit] = {1: "stretch", 2: "contain", 3: "cover", 4: "contain", 5: "contain", 6: "contain"}
BOUNDS = ("NONE", "STRETCH", "SCALE_INNER", "SCALE_OUTER", "SCALE_TO_WIDTH", "SCALE_TO_HEIGHT", "MAX_ONLY")
SCREENS = ("monitor_capture", "window_capture", "game_capture", "display_capture", "screen_capture", "xshm_input", "xcomposite_input")  # fmt: skip
SOUNDS = ("wasapi_", "coreaudio_", "pulse_", "alsa_", "sck_audio")
LETTER_WIDTH = 0.6  # of the size: an estimate for the box of a text

NOT_UNDERSTOOD = {
    "no_scene": "There is no scene with items.",
    "other_scene": "Only the current scene was imported.",
    "canvas_unknown": "The canvas size is not in this payload. 1920 × 1080 was used.",
    "source_size": "The size of this source is not in this payload. The canvas size was used.",
    "local_file": "A picture on your computer cannot be imported. Upload it in the editor.",
    "nested": "A group or a nested scene cannot be imported. Import its items separately.",
    "sound": "An audio source has no place in a layout.",
    "rotation": "A layout cannot rotate or flip objects.",
    "crop": "The crop was left out. Set it in the editor.",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A scene item of either form. `size` is None where it follows from the source and the scale."""

    name: str
    kind: str  # the source's id in OBS: "dshow_input", "image_source", …
    settings: Mapping[str, Json]
    x: float
    y: float
    align: int
    size: tuple[float, float] | None
    scale: tuple[float, float]
    fit: Fit
    hidden: bool
    locked: bool
    cropped: bool
    turned: bool
    pointer: str


def knows(value: Mapping[str, Json]) -> bool:
    inner = value.get("responseData")
    items = (inner if isinstance(inner, Mapping) else value).get("sceneItems")
    scenes = isinstance(value.get("sources"), list) and bool({"scene_order", "current_scene"} & value.keys())
    return isinstance(items, list) or scenes


def read(value: Mapping[str, Json]) -> Imported:
    """Raises `Invalid` when there is no scene with items."""
    problems: list[Problem] = []
    if isinstance(value.get("sources"), list):
        items, size = _collection(value, problems)
    else:
        data = value.get("responseData")
        holder, where = (data, "/responseData") if isinstance(data, Mapping) else (value, "")
        items = [
            _listed(item, f"{where}/sceneItems/{at}") for at, item in enumerate(list_at(holder, "sceneItems", where))
        ]
        size = None
    if not items:
        raise no_layout("", "no_scene", NOT_UNDERSTOOD)
    if size is None:
        problems.append(unread("", "canvas_unknown", NOT_UNDERSTOOD))
    reading = Reading(*(size or BASE_SIZE), problems=problems)
    for item in items:
        _object(reading, item)
    return reading.made()


def _collection(value: Mapping[str, Json], problems: list[Problem]) -> tuple[list[Item], tuple[int, int] | None]:
    sources = list_at(value, "sources", "")
    scenes = [(at, source) for at, source in enumerate(sources) if source.get("id") == "scene"]
    wanted = value.get("current_scene") or value.get("current_program_scene")
    at, scene = next((entry for entry in scenes if entry[1].get("name") == wanted), scenes[0] if scenes else (0, {}))
    problems += [unread(f"/sources/{other}", "other_scene", NOT_UNDERSTOOD) for other, _ in scenes if other != at]
    settings = _object_of(scene, "settings")
    where = f"/sources/{at}/settings/items"
    items = settings.get("items")
    if not isinstance(items, list):
        raise no_layout("", "no_scene", NOT_UNDERSTOOD)
    by_name = {str(source.get("name")): source for source in sources}
    made = [
        _item(item, by_name.get(str(item.get("name")), {}), f"{where}/{place}")
        for place, item in enumerate(items)
        if isinstance(item, Mapping)
    ]
    resolution = _object_of(value, "resolution")
    width, height = _number(resolution, "x"), _number(resolution, "y")
    if settings.get("custom_size"):
        width, height = _number(settings, "cx"), _number(settings, "cy")
    return made, (round(width), round(height)) if width and height else None


def _item(item: Mapping[str, Json], source: Mapping[str, Json], pointer: str) -> Item:
    pos, bounds, scale = (_object_of(item, name) for name in ("pos", "bounds", "scale"))
    bounds_type = int(_number(item, "bounds_type"))
    across, down = _number(scale, "x", 1), _number(scale, "y", 1)
    return Item(
        name=str(item.get("name") or ""), kind=str(source.get("id") or ""), settings=_object_of(source, "settings"),
        x=_number(pos, "x"), y=_number(pos, "y"), align=int(_number(item, "align", TOP_LEFT)),
        size=(_number(bounds, "x"), _number(bounds, "y")) if bounds_type in FITS else None,
        scale=(abs(across), abs(down)), fit=FITS.get(bounds_type, "stretch"), hidden=item.get("visible") is False,
        locked=item.get("locked") is True, turned=bool(_number(item, "rot")) or across < 0 or down < 0,
        cropped=any(_number(item, f"crop_{side}") for side in ("left", "top", "right", "bottom")), pointer=pointer,
    )  # fmt: skip


def _listed(item: Mapping[str, Json], pointer: str) -> Item:
    """An entry of GetSceneItemList."""
    transform = _object_of(item, "sceneItemTransform")
    word = str(transform.get("boundsType") or "").removeprefix("OBS_BOUNDS_")
    bounds_type = BOUNDS.index(word) if word in BOUNDS else 0
    names = ("boundsWidth", "boundsHeight") if bounds_type else ("width", "height")
    return Item(
        name=str(item.get("sourceName") or ""), kind=str(item.get("inputKind") or ""), settings={},
        x=_number(transform, "positionX"), y=_number(transform, "positionY"),
        align=int(_number(transform, "alignment", TOP_LEFT)),
        size=(_number(transform, names[0]), _number(transform, names[1])), scale=(1, 1),
        fit=FITS.get(bounds_type, "stretch"), hidden=item.get("sceneItemEnabled") is False,
        locked=item.get("sceneItemLocked") is True, turned=bool(_number(transform, "rotation")),
        cropped=any(_number(transform, f"crop{side}") for side in ("Left", "Top", "Right", "Bottom")), pointer=pointer,
    )  # fmt: skip


def _object(reading: Reading, item: Item) -> None:
    left_out = _left_out(item)
    if left_out:
        reading.problems.append(unread(item.pointer, left_out, NOT_UNDERSTOOD))
        return
    for code in ("rotation",) * item.turned + ("crop",) * item.cropped:
        reading.problems.append(unread(item.pointer, code, NOT_UNDERSTOOD))
    text = item.settings.get("text") if item.kind.startswith("text_") else None
    size = item.size or _source_size(reading, item, text)
    box = (
        item.x - _offset(item.align, LEFT, RIGHT) * size[0],
        item.y - _offset(item.align, TOP, BOTTOM) * size[1],
        *size,
    )
    members: JsonObject = {name: True for name in ("hidden", "locked") if getattr(item, name)}
    if isinstance(text, str):
        members |= {"size": min(max(round(_letters(item)), 8), 400), "color": _color(item.settings, "color")}
        reading.text(text, box, item.pointer, **members)
    elif item.kind.startswith("color_source"):
        reading.text("", box, item.pointer, background=_color(item.settings, "color"), **members)
    else:
        stream = "screen" if item.kind.startswith(SCREENS) else "camera"
        reading.region("", box, item.pointer, name=item.name, stream=stream, fit=item.fit, **members)


def _left_out(item: Item) -> str:
    """The code of why the item is no object of a layout; "" for one that is."""
    if item.kind in ("image_source", "slideshow"):
        return "local_file"
    if item.kind in ("group", "scene"):
        return "nested"
    return "sound" if item.kind.startswith(SOUNDS) else ""


def _source_size(reading: Reading, item: Item, text: Json) -> tuple[float, float]:
    if isinstance(text, str):
        lines = text.splitlines() or [""]
        return max(1, max(map(len, lines)) * _letters(item) * LETTER_WIDTH), max(1, len(lines) * _letters(item) * 1.2)
    width, height = _number(item.settings, "width"), _number(item.settings, "height")
    if not width or not height:
        reading.problems.append(unread(item.pointer, "source_size", NOT_UNDERSTOOD))
        width, height = reading.width, reading.height
    return width * item.scale[0], height * item.scale[1]


def _letters(item: Item) -> float:
    """The size of a text's letters in canvas pixels."""
    return _number(_object_of(item.settings, "font"), "size", 64) * item.scale[1]


def _offset(align: int, first: int, last: int) -> float:
    """How far the anchor lies within the item: 0 at its first edge, 1 at its last, else half way."""
    return 0 if align & first else 1 if align & last else 0.5


def _color(settings: Mapping[str, Json], name: str) -> str:
    """0xAABBGGRR → `#RRGGBB`."""
    number = int(_number(settings, name, 0xFFFFFFFF)) & 0xFFFFFF
    return f"#{number & 255:02X}{number >> 8 & 255:02X}{number >> 16:02X}"


def _object_of(value: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    inner = value.get(name)
    return inner if isinstance(inner, Mapping) else {}


def _number(value: Mapping[str, Json], name: str, default: float = 0) -> float:
    number = value.get(name)
    return number if is_number(number) and abs(number) < 1e12 else default
