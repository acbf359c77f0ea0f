"""Reads a body of Start- or UpdatePushMixedStreamToCDN back (docs 6348/1188218), in either version's measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.core.errors import Problem
from apps.core.types import Json
from apps.layout_document.document import Fit, Stream
from apps.vendors.importing.payload import (
    Pictures,
    Seats,
    layout_of,
    list_at,
    no_layout,
    number_at,
    object_at,
    room_of,
    unknown_members,
    unread,
    word_of,
)
from apps.vendors.importing.task_settings import TaskSettings
from apps.vendors.types import Imported
from apps.vendors.volcengine.push import importing_task
from apps.vendors.volcengine.push.capabilities import CAPABILITIES
from apps.vendors.volcengine.push.importing_task import People
from apps.vendors.volcengine.push.options import TASK_OPTIONS
from apps.vendors.volcengine.push.payload import CUSTOM_LAYOUT
from apps.vendors.volcengine.push.regions import AUDIO_ONLY

FITS: dict[int, Fit] = {0: "stretch", 1: "cover", 2: "contain", 3: "stretch"}  # RenderMode; absent means 0
STREAMS: dict[int, Stream] = {0: "camera", 1: "screen"}
CANVAS = {"Width", "Height", "Background", "BackgroundImage"}
REGION = {
    "StreamIndex", "LocationX", "LocationY", "Width", "Height", "WidthProportion", "HeightProportion", "ZOrder",
    "RenderMode", "Alpha", "MediaType", "CornerRadius", "SourceCrop", "AlternateImage", "AlternateImageFillMode",
    "ApplySpatialAudio", "SpatialPosition",
}  # fmt: skip
CROP = {"x": "LocationX", "y": "LocationY", "width": "WidthProportion", "height": "HeightProportion"}

NOT_UNDERSTOOD = {
    "layout_mode": "Only a custom layout (2) has its own regions.",
    "no_stream": "No stream of this task has this index. The region was left out.",
    "no_region": "No region shows this stream. It was left out.",
}


def knows(body: Json) -> bool:
    """Whether this looks like such a body."""
    layout = importing_task.task_of(body)[0].get("Layout") if isinstance(body, Mapping) else None
    return isinstance(layout, Mapping) and ("LayoutMode" in layout or "CustomLayout" in layout)


def read(body: Json) -> Imported:
    """The layout of a body, or of a queried task. Raises `Invalid` when it has none of its own (another layout mode), or
    a wrong one."""
    if not isinstance(body, Mapping):
        raise no_layout("", "not_an_object")
    task, top = importing_task.task_of(body)
    layout = object_at(task, "Layout", top)
    if layout.get("LayoutMode") != CUSTOM_LAYOUT:
        raise no_layout(f"{top}/Layout/LayoutMode", "layout_mode", NOT_UNDERSTOOD)
    custom, where = object_at(layout, "CustomLayout", f"{top}/Layout"), f"{top}/Layout/CustomLayout"
    canvas, here = object_at(custom, "Canvas", where), f"{where}/Canvas"
    problems = unknown_members(layout, ("LayoutMode", "CustomLayout"), f"{top}/Layout")
    problems += unknown_members(custom, ("Canvas", "Regions"), where) + unknown_members(canvas, CANVAS, here)
    wishes = TaskSettings(TASK_OPTIONS, CAPABILITIES.encoding, problems)
    importing_task.read(body, wishes)
    pictures, seats, people = Pictures(problems), Seats(), People(wishes)
    width, height = (number_at(canvas, name, here, default) for name, default in (("Width", 640), ("Height", 480)))
    found: dict[str, Json] = {"width": round(width), "height": round(height)}
    found["color"] = canvas.get("Background", "#000000")
    if image := pictures.url(canvas.get("BackgroundImage"), f"{here}/BackgroundImage"):
        found["image"] = {"url": image, "fit": "stretch"}
    streams = _Streams.of(task, top, problems)
    levels: list[tuple[float, str, dict[str, Json]]] = []
    for at, region_entry in enumerate(list_at(custom, "Regions", where)):
        here = f"{where}/Regions/{at}"
        problems += unknown_members(region_entry, REGION, here)
        stream = streams.taken(region_entry.get("StreamIndex"))
        if stream is None:
            problems.append(unread(f"{here}/StreamIndex", "no_stream", NOT_UNDERSTOOD))
            continue
        people.read(word_of(stream.get("UserId")), region_entry, here)
        region = _Region(region_entry, stream, at, width, height, here, pictures, seats, people.only_heard).made()
        levels.append((number_at(region_entry, "ZOrder", here, 0), here, region))
    people.settle(f"{where}/Regions")
    problems += streams.left_out()
    levels.sort(key=lambda level: level[0])  # stable: equal levels in their order
    places = {
        "/canvas/width": f"{where}/Canvas/Width", "/canvas/height": f"{where}/Canvas/Height",
        "/canvas/color": f"{where}/Canvas/Background", "/canvas/image": f"{where}/Canvas/BackgroundImage",
        "/canvas": f"{where}/Canvas", "/objects": f"{where}/Regions",
        **{f"/objects/{place}": here for place, (_, here, _one) in enumerate(levels)},
    }  # fmt: skip
    objects = [level for _, _, level in levels]
    document = layout_of({"schema": "quadbox.layout/1", "canvas": found, "objects": objects}, places)
    room = room_of(task.get("RoomId") or body.get("RoomId"))
    return Imported(document, seats.bindings, room=room, output=wishes.output, **wishes.taken())


@dataclass(slots=True)
class _Streams:
    """The streams of a task by their index, and which of them a region has taken."""

    rows: list[Mapping[str, Json]]
    where: str
    used: set[int]

    @classmethod
    def of(cls, task: Mapping[str, Json], top: str, problems: list[Problem]) -> _Streams:
        if task.get("TargetStreams") is None:
            return cls([], "", set())
        target, where = object_at(task, "TargetStreams", top), f"{top}/TargetStreams"
        problems += unknown_members(target, ("StreamList",), where)
        rows = list_at(target, "StreamList", where)
        for at, row in enumerate(rows):
            problems += unknown_members(row, ("Index", "UserId", "StreamType"), f"{where}/StreamList/{at}")
        return cls(rows, f"{where}/StreamList", set())

    def taken(self, index: Json) -> Mapping[str, Json] | None:
        """The first stream of this index: another one of the same is left out."""
        for at, row in enumerate(self.rows):
            if isinstance(index, int) and row.get("Index") == index:
                self.used.add(at)
                return row
        return None

    def left_out(self) -> list[Problem]:
        """Streams that no region shows."""
        return [
            unread(f"{self.where}/{at}", "no_region", NOT_UNDERSTOOD)
            for at in range(len(self.rows))
            if at not in self.used
        ]


@dataclass(frozen=True, slots=True)
class _Region:
    """A region in the vendor's words, on its way to ours. `width` and `height` are the canvas's. `only_heard`: the task
    has no picture at all, so that sound without picture says nothing of this region."""

    words: Mapping[str, Json]
    stream: Mapping[str, Json]
    at: int
    width: float
    height: float
    here: str
    pictures: Pictures
    seats: Seats
    only_heard: bool

    def made(self) -> dict[str, Json]:
        words, here, width = self.words, self.here, self.width
        person = word_of(self.stream.get("UserId"))
        ratios = "WidthProportion" in words
        wide, high = ("WidthProportion", "HeightProportion") if ratios else ("Width", "Height")
        across, down = (width, self.height) if ratios else (1, 1)
        left, top = number_at(words, "LocationX", here, 0) * across, number_at(words, "LocationY", here, 0) * down
        right, bottom = left + number_at(words, wide, here) * across, top + number_at(words, high, here) * down
        fit = self.word(FITS, words, "RenderMode", here)
        slot = self.seats.slot(person, self.at + 1)
        unseen = words.get("MediaType") == AUDIO_ONLY and not self.only_heard
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
            "opacity": 0 if unseen else number_at(words, "Alpha", here, 1),
            "corner_radius": round(number_at(words, "CornerRadius", here, 0) * width),
            "source": {"slot": slot, "stream": stream},
        }
        if words.get("SourceCrop"):
            crop = object_at(words, "SourceCrop", here)
            self.pictures.problems += unknown_members(crop, CROP.values(), f"{here}/SourceCrop")
            defaults = {"x": 0.0, "y": 0.0, "width": 1.0, "height": 1.0}
            region["source_crop"] = {
                name: number_at(crop, word, f"{here}/SourceCrop", defaults[name]) for name, word in CROP.items()
            }
        if image := self.pictures.url(words.get("AlternateImage"), f"{here}/AlternateImage"):
            region["placeholder"] = {"url": image, "fit": fit}  # fitted as the video is
        return region

    def word(self, words: Mapping[int, Any], value: Mapping[str, Json], name: str, here: str) -> Any:
        """Our word for theirs, that of 0 where we know none."""
        said = value.get(name, 0)
        if isinstance(said, int) and said in words:
            return words[said]
        self.pictures.problems.append(unread(here if value is self.stream else f"{here}/{name}", "unknown_word"))
        return words[0]
