"""Tencent TRTC: custom layouts of relays (`MixLayoutList`, older `PresetLayoutConfig`) and of cloud recordings.

Pixels. Relay: LocationX/LocationY/ImageWidth/ImageHeight, ZOrder, RenderMode 0 crop, 1 and 2 fit. Recording:
Left/Top/Width/Height, ImageLayer, RenderMode 0 stretch, 1 crop, 2 fit, Alpha 0 (opaque) to 255.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.core.types import Json
from apps.layout_document.document import Fit
from apps.vendors.importing.foreign.reading import NOT_UNDERSTOOD, USUAL_SIZE, Reading, one_of
from apps.vendors.importing.payload import list_at, no_layout, number_at, room_of, unread, whole_at, word_of
from apps.vendors.types import Imported

RELAY_FITS: dict[int, Fit] = {0: "cover", 1: "contain", 2: "contain"}
RECORDING_FITS: dict[int, Fit] = {0: "stretch", 1: "cover", 2: "contain", 3: "cover"}
OPAQUE, CLEAR = 0, 255  # Alpha of a recording


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing it: where the list and the canvas size lie, and what the members of a pane are called."""

    steps: tuple[str, ...]  # to the object that holds the list
    list_name: str
    size: tuple[str, ...]  # to the object that holds the size
    size_names: tuple[str, str]
    box: tuple[str, str, str, str]
    depth: str
    fits: Mapping[int, Fit]
    usual_fit: int
    pane: frozenset[str]  # further members that are read


RELAY_BOX = ("LocationX", "LocationY", "ImageWidth", "ImageHeight")
FORMS = (
    Form(("VideoParams", "LayoutParams"), "MixLayoutList", ("VideoParams", "VideoEncode"), ("Width", "Height"),
         RELAY_BOX, "ZOrder", RELAY_FITS, 0, frozenset({"UserMediaStream", "BackgroundImageUrl"})),
    Form(("LayoutParams",), "MixLayoutList", ("VideoEncode",), ("Width", "Height"),
         RELAY_BOX, "ZOrder", RELAY_FITS, 0, frozenset({"UserMediaStream", "BackgroundImageUrl"})),
    Form(("LayoutParams",), "PresetLayoutConfig", ("EncodeParams",), ("VideoWidth", "VideoHeight"),
         RELAY_BOX, "ZOrder", RELAY_FITS, 0, frozenset({"UserId", "StreamType"})),
    Form(("MixLayoutParams",), "MixLayoutList", ("MixTranscodeParams", "VideoParams"), ("Width", "Height"),
         ("Left", "Top", "Width", "Height"), "ImageLayer", RECORDING_FITS, 1,
         frozenset({"UserId", "MediaId", "Alpha", "SubBackgroundImage"})),
)  # fmt: skip


def knows(value: Mapping[str, Json]) -> bool:
    words = {"SdkAppId", "MixLayoutParams", "MixLayoutList", "PresetLayoutConfig", "PublishCdnParams"}
    return bool(words & value.keys()) or any(_at(value, form.steps) is not None for form in FORMS)


def read(value: Mapping[str, Json]) -> Imported:
    """Raises `Invalid` for a layout mode without positions."""
    for form in FORMS:
        holder = _at(value, form.steps)
        if holder is not None and holder.get(form.list_name):
            return _read(value, holder, form)
    if "MixLayoutList" in value or "PresetLayoutConfig" in value:  # the list alone
        form = FORMS[1] if "MixLayoutList" in value else FORMS[2]
        first = next(iter(list_at(value, form.list_name, "")), {})
        return _read(value, value, FORMS[3] if "Left" in first or "Top" in first else form, top=True)
    raise no_layout("", "no_positions", NOT_UNDERSTOOD)


def _read(value: Mapping[str, Json], holder: Mapping[str, Json], form: Form, *, top: bool = False) -> Imported:
    where = "" if top else "".join(f"/{step}" for step in form.steps)
    size, size_where = _at(value, form.size), "".join(f"/{step}" for step in form.size)
    reading = Reading(*USUAL_SIZE)
    if size and None not in [size.get(name) for name in form.size_names]:
        reading.width, reading.height = (whole_at(size, name, size_where) for name in form.size_names)
    else:
        reading.problems.append(unread(f"{size_where}/{form.size_names[0]}", "size_unknown", NOT_UNDERSTOOD))
    read_here = {form.list_name, "MixLayoutMode", "Template"}
    if not top:
        reading.skip(value, {"SdkAppId", "RoomId", form.steps[0], form.size[0]}, "")
    reading.skip(holder, read_here | ({"SdkAppId", "RoomId"} if top else set()), where)
    for at, pane in enumerate(list_at(holder, form.list_name, where)):
        _pane(reading, pane, f"{where}/{form.list_name}/{at}", form)
    return reading.made(room_of(value.get("RoomId")))


def _pane(reading: Reading, pane: Mapping[str, Json], here: str, form: Form) -> None:
    reading.skip(pane, {*form.box, form.depth, "RenderMode", *form.pane}, here)
    stream = pane.get("UserMediaStream")
    stream = stream if isinstance(stream, Mapping) else {}
    user = stream.get("UserInfo")
    person = word_of((user if isinstance(user, Mapping) else pane).get("UserId"))
    screen = stream.get("StreamType", pane.get("StreamType", pane.get("MediaId"))) == 1
    x, y, wide, high = form.box
    box = (
        number_at(pane, x, here, 0),
        number_at(pane, y, here, 0),
        number_at(pane, wide, here),
        number_at(pane, high, here),
    )
    members: dict[str, Json] = {}
    if "Alpha" in form.pane and pane.get("Alpha") not in (None, OPAQUE):
        members["opacity"] = reading.opacity(1 - number_at(pane, "Alpha", here) / CLEAR, f"{here}/Alpha")
    picture = "SubBackgroundImage" if "SubBackgroundImage" in form.pane else "BackgroundImageUrl"
    if picture in form.pane and (url := reading.url(pane.get(picture), f"{here}/{picture}")):
        members["placeholder"] = {"url": url}
    fit = one_of(pane.get("RenderMode"), form.fits, f"{here}/RenderMode", reading.problems, form.usual_fit)
    depth = number_at(pane, form.depth, here, 0)
    reading.region(person, box, here, stream="screen" if screen else "camera", fit=fit, depth=depth, **members)


def _at(value: Mapping[str, Json], steps: tuple[str, ...]) -> Mapping[str, Json] | None:
    inner: Json = value
    for step in steps:
        inner = inner.get(step) if isinstance(inner, Mapping) else None
    return inner if isinstance(inner, Mapping) else None
