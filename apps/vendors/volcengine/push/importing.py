"""Reads a body of Start- or UpdatePushMixedStreamToCDN back (docs 6348/1188218), in either version's measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from apps.core.errors import Problem
from apps.layout_document.document import Fit, Stream
from apps.layout_document.parse import parse
from apps.vendors.contract import Binding
from apps.vendors.imported import Imported, list_at, no_layout, not_in_a_layout, number_at, object_at, slot_for
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
WHERE = "/Layout/CustomLayout"


def read(body: Json) -> Imported:
    """The layout of a body. Raises `Invalid` when it has none of its own (another layout mode), or a wrong one."""
    if not isinstance(body, Mapping):
        raise no_layout("", "An object is needed here.")
    layout = object_at(body, "Layout", "")
    if layout.get("LayoutMode") != CUSTOM_LAYOUT:
        raise no_layout("/Layout/LayoutMode", "Only a custom layout (2) has regions of its own.")
    custom = object_at(layout, "CustomLayout", "/Layout")
    canvas = object_at(custom, "Canvas", WHERE)
    unread = [not_in_a_layout(f"{WHERE}/Canvas/{name}") for name in canvas if name not in CANVAS]
    width, height = (
        number_at(canvas, name, f"{WHERE}/Canvas", default) for name, default in (("Width", 640), ("Height", 480))
    )
    streams = {
        one.get("Index"): one for one in list_at(body.get("TargetStreams") or {}, "StreamList", "/TargetStreams")
    }
    bindings: dict[str, Binding] = {}
    levels: list[tuple[float, dict[str, Json]]] = []
    for at, one in enumerate(list_at(custom, "Regions", WHERE)):
        here = f"{WHERE}/Regions/{at}"
        unread += [not_in_a_layout(f"{here}/{name}") for name in one if name not in REGION]
        stream = streams.get(one.get("StreamIndex"))
        if stream is None:
            unread.append(Problem(f"{here}/StreamIndex", "no_person", "No stream has this index."))
            continue
        levels.append((number_at(one, "ZOrder", here, 0), _region(one, stream, at, width, height, here, bindings)))
    found: dict[str, Json] = {"width": round(width), "height": round(height)}
    found["color"] = str(canvas.get("Background", "#000000"))
    if canvas.get("BackgroundImage"):
        found["image"] = {"url": canvas["BackgroundImage"], "fit": "stretch"}
    objects = [one for _, one in sorted(levels, key=lambda level: level[0])]  # stable: equal levels in their order
    document = parse({"schema": "quadbox.layout/1", "canvas": found, "objects": objects})
    return Imported(document, bindings, tuple(unread))


def _region(
    one: Mapping[str, Json],
    stream: Mapping[str, Json],
    at: int,
    width: float,
    height: float,
    here: str,
    bindings: dict[str, Binding],
) -> dict[str, Json]:
    person = str(stream.get("UserId") or "")
    slot = slot_for(person, at + 1)
    if person:
        bindings[slot] = Binding(person)
    ratios = "WidthProportion" in one
    wide, high = ("WidthProportion", "HeightProportion") if ratios else ("Width", "Height")
    across, down = (width, height) if ratios else (1, 1)
    left, top = number_at(one, "LocationX", here, 0) * across, number_at(one, "LocationY", here, 0) * down
    right, bottom = left + number_at(one, wide, here) * across, top + number_at(one, high, here) * down
    fit = FITS.get(one.get("RenderMode", 0), "stretch")
    region: dict[str, Json] = {
        "kind": "region",
        "id": f"r{at + 1}",
        "name": person[:80],
        "x": round(left),
        "y": round(top),
        "width": max(1, round(right) - round(left)),
        "height": max(1, round(bottom) - round(top)),
        "fit": fit,
        "opacity": 0 if one.get("MediaType") == AUDIO_ONLY else number_at(one, "Alpha", here, 1),
        "corner_radius": round(number_at(one, "CornerRadius", here, 0) * width),
        "source": {"slot": slot, "stream": STREAMS.get(stream.get("StreamType", 0), "camera")},
    }
    if one.get("SourceCrop"):
        crop = object_at(one, "SourceCrop", here)
        names = {"x": "LocationX", "y": "LocationY", "width": "WidthProportion", "height": "HeightProportion"}
        defaults = {"x": 0.0, "y": 0.0, "width": 1.0, "height": 1.0}
        region["source_crop"] = {
            name: number_at(crop, word, f"{here}/SourceCrop", defaults[name]) for name, word in names.items()
        }
    if one.get("AlternateImage"):
        region["placeholder"] = {"url": one["AlternateImage"], "fit": fit}  # fitted as the video is
    return region
