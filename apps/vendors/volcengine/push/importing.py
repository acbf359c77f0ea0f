"""Reads a body of Start- or UpdatePushMixedStreamToCDN back (docs 6348/1188218), in either version's measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from apps.layout_document.document import Fit, Stream
from apps.vendors.contract import Imported
from apps.vendors.imported import (
    Pictures,
    Seats,
    layout_of,
    list_at,
    no_layout,
    number_at,
    object_at,
    push_to,
    room_of,
    strangers,
    unread,
    word_of,
)
from apps.vendors.volcengine.push.payload import CUSTOM_LAYOUT
from apps.vendors.volcengine.push.regions import AUDIO_ONLY

Json: TypeAlias = Any

FITS: dict[int, Fit] = {0: "stretch", 1: "cover", 2: "contain", 3: "stretch"}  # RenderMode; absent means 0
STREAMS: dict[int, Stream] = {0: "camera", 1: "screen"}
CANVAS = {"Width", "Height", "Background", "BackgroundImage"}
REGION = {
    "StreamIndex", "LocationX", "LocationY", "Width", "Height", "WidthProportion", "HeightProportion", "ZOrder",
    "RenderMode", "Alpha", "MediaType", "CornerRadius", "SourceCrop", "AlternateImage", "AlternateImageFillMode",
}  # fmt: skip
TASK = ("Result", "PushMixedStreamToCDNTask")  # where the answer to a query holds the same members

NOT_UNDERSTOOD = {
    "layout_mode": "Only a custom layout (2) has regions of its own.",
    "no_stream": "No stream of this task has this index, so the region was left out.",
}


def knows(body: Json) -> bool:
    """Whether this looks like such a body."""
    layout = _task(body)[0].get("Layout") if isinstance(body, Mapping) else None
    return isinstance(layout, Mapping) and ("LayoutMode" in layout or "CustomLayout" in layout)


def read(body: Json) -> Imported:
    """The layout of a body, or of a queried task. Raises `Invalid` when it has none of its own (another layout mode), or
    a wrong one."""
    if not isinstance(body, Mapping):
        raise no_layout("", "not_an_object")
    task, top = _task(body)
    layout = object_at(task, "Layout", top)
    if layout.get("LayoutMode") != CUSTOM_LAYOUT:
        raise no_layout(f"{top}/Layout/LayoutMode", "layout_mode", NOT_UNDERSTOOD)
    custom, where = object_at(layout, "CustomLayout", f"{top}/Layout"), f"{top}/Layout/CustomLayout"
    canvas, here = object_at(custom, "Canvas", where), f"{where}/Canvas"
    problems = strangers(canvas, CANVAS, here)
    pictures, seats = Pictures(problems), Seats()
    width, height = (number_at(canvas, name, here, default) for name, default in (("Width", 640), ("Height", 480)))
    found: dict[str, Json] = {"width": round(width), "height": round(height)}
    found["color"] = canvas.get("Background", "#000000")
    if image := pictures.url(canvas.get("BackgroundImage"), f"{here}/BackgroundImage"):
        found["image"] = {"url": image, "fit": "stretch"}
    streams = _streams(task, top)
    levels: list[tuple[float, str, dict[str, Json]]] = []
    for at, one in enumerate(list_at(custom, "Regions", where)):
        here = f"{where}/Regions/{at}"
        problems += strangers(one, REGION, here)
        index = one.get("StreamIndex")
        stream = streams.get(index) if isinstance(index, int) else None
        if stream is None:
            problems.append(unread(f"{here}/StreamIndex", "no_stream", NOT_UNDERSTOOD))
            continue
        region = _Region(one, stream, at, width, height, here, pictures, seats).made()
        levels.append((number_at(one, "ZOrder", here, 0), here, region))
    levels.sort(key=lambda level: level[0])  # stable: equal levels in their order
    places = {
        "/canvas/width": f"{where}/Canvas/Width", "/canvas/height": f"{where}/Canvas/Height",
        "/canvas/color": f"{where}/Canvas/Background", "/canvas/image": f"{where}/Canvas/BackgroundImage",
        "/canvas": f"{where}/Canvas", "/objects": f"{where}/Regions",
        **{f"/objects/{place}": here for place, (_, here, _one) in enumerate(levels)},
    }  # fmt: skip
    objects = [one for _, _, one in levels]
    document = layout_of({"schema": "quadbox.layout/1", "canvas": found, "objects": objects}, places)
    room = room_of(task.get("RoomId") or body.get("RoomId"))
    return Imported(document, seats.bindings, tuple(problems), room, push_to(task.get("PushURL")))


def _task(body: Mapping[str, Json]) -> tuple[Mapping[str, Json], str]:
    """What holds the layout, and its pointer."""
    answer = body.get(TASK[0])
    task = answer.get(TASK[1]) if isinstance(answer, Mapping) else None
    return (task, "/" + "/".join(TASK)) if isinstance(task, Mapping) else (body, "")


def _streams(task: Mapping[str, Json], top: str) -> dict[int, Mapping[str, Json]]:
    if task.get("TargetStreams") is None:
        return {}
    found = list_at(object_at(task, "TargetStreams", top), "StreamList", f"{top}/TargetStreams")
    return {one["Index"]: one for one in found if isinstance(one.get("Index"), int)}


@dataclass(frozen=True, slots=True)
class _Region:
    """A region in the vendor's words, on its way to ours. `width` and `height` are the canvas's."""

    words: Mapping[str, Json]
    stream: Mapping[str, Json]
    at: int
    width: float
    height: float
    here: str
    pictures: Pictures
    seats: Seats

    def made(self) -> dict[str, Json]:
        one, here, width = self.words, self.here, self.width
        person = word_of(self.stream.get("UserId"))
        ratios = "WidthProportion" in one
        wide, high = ("WidthProportion", "HeightProportion") if ratios else ("Width", "Height")
        across, down = (width, self.height) if ratios else (1, 1)
        left, top = number_at(one, "LocationX", here, 0) * across, number_at(one, "LocationY", here, 0) * down
        right, bottom = left + number_at(one, wide, here) * across, top + number_at(one, high, here) * down
        fit = self.word(FITS, one, "RenderMode", here)
        slot = self.seats.slot(person, self.at + 1)
        stream = self.word(STREAMS, self.stream, "StreamType", f"{here}/StreamIndex")
        region: dict[str, Json] = {
            "kind": "region",
            "id": f"r{self.at + 1}",
            "name": person[:80],
            "x": round(left),
            "y": round(top),
            "width": max(1, round(right) - round(left)),
            "height": max(1, round(bottom) - round(top)),
            "fit": fit,
            "opacity": 0 if one.get("MediaType") == AUDIO_ONLY else number_at(one, "Alpha", here, 1),
            "corner_radius": round(number_at(one, "CornerRadius", here, 0) * width),
            "source": {"slot": slot, "stream": stream},
        }
        if one.get("SourceCrop"):
            crop = object_at(one, "SourceCrop", here)
            names = {"x": "LocationX", "y": "LocationY", "width": "WidthProportion", "height": "HeightProportion"}
            defaults = {"x": 0.0, "y": 0.0, "width": 1.0, "height": 1.0}
            region["source_crop"] = {
                name: number_at(crop, word, f"{here}/SourceCrop", defaults[name]) for name, word in names.items()
            }
        if image := self.pictures.url(one.get("AlternateImage"), f"{here}/AlternateImage"):
            region["placeholder"] = {"url": image, "fit": fit}  # fitted as the video is
        return region

    def word(self, words: Mapping[int, Any], value: Mapping[str, Json], name: str, here: str) -> Any:
        """Our word for theirs, that of 0 where we know none."""
        said = value.get(name, 0)
        if isinstance(said, int) and said in words:
            return words[said]
        self.pictures.problems.append(unread(here if value is self.stream else f"{here}/{name}", "unknown_word"))
        return words[0]
