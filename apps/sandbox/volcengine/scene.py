"""From a push request to a picture, by the vendor's rules."""

from __future__ import annotations

from dataclasses import replace

from apps.core.types import JsonObject
from apps.sandbox.engine.mixer import people as drawn
from apps.sandbox.engine.mixer.scene import Fit, Layer, Person, Scene, Stream
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.volcengine import states

FITS: dict[int, Fit] = {0: "stretch", 1: "cover", 2: "contain", 3: "stretch"}  # RenderMode; absent means 0
HEARD_ONLY, SEEN_ONLY = 1, 2  # MediaType of a region
CUSTOM, VERTICAL, SIDE_BY_SIDE = 2, 1, 3  # LayoutMode; 0 is adaptive
MOST = 17  # streams of a built-in layout


def scene(runtime: Runtime, task: JsonObject) -> Scene | None:
    """None when the push carries audio only."""
    request = task["request"]
    if (request.get("Control") or {}).get("MediaType") == 1:
        return None
    layout = request.get("Layout") or {}
    streams = states.streams(runtime, task)
    if layout.get("LayoutMode") == CUSTOM:
        return _custom(runtime, task, layout.get("CustomLayout") or {}, streams)
    encode = request.get("Encode") or {}
    width, height = encode.get("VideoWidth", 640), encode.get("VideoHeight", 480)
    if layout.get("LayoutMode") == VERTICAL:
        layers = _vertical(layout, streams, width, height)
    else:
        columns, rows = (len(streams), 1) if layout.get("LayoutMode") == SIDE_BY_SIDE else _tier(len(streams))
        layers = _grid(streams, columns, rows, width, height)
    return Scene(width, height, float(encode.get("VideoFps", 15)), layers=tuple(layers))


def _custom(runtime: Runtime, task: JsonObject, custom: JsonObject, streams: list[JsonObject]) -> Scene:
    canvas = custom.get("Canvas") or {}
    width, height = canvas.get("Width", 640), canvas.get("Height", 480)
    color = canvas.get("Background", "#000000")
    encode = task["request"].get("Encode") or {}
    live = {(stream["UserId"], stream["StreamType"]): stream["person"] for stream in streams}
    bound = {entry["Index"]: entry for entry in (task["request"].get("TargetStreams") or {}).get("StreamList") or []}
    black = (task["request"].get("Control") or {}).get("FrameInterpolationMode") == 1
    layers, voices = [], []
    regions = sorted(enumerate(custom.get("Regions") or []), key=lambda entry: (entry[1].get("ZOrder", 0), entry[0]))
    for _, region in regions:
        stream = bound[region["StreamIndex"]]
        person = live.get((stream["UserId"], stream.get("StreamType", 0)))
        seen = _person(stream["UserId"], stream.get("StreamType", 0), person)
        if region.get("MediaType") == HEARD_ONLY:  # its rectangle shows what lies beneath
            voices.append(seen)
            continue
        if region.get("MediaType") == SEEN_ONLY:
            seen = replace(seen, audible=False)
        x, y, w, h = _rectangle(region, width, height)
        picture = runtime.pictures.path_of(region.get("AlternateImage"))
        # A stream that stopped leaves its last frame or black; our people leave no last frame.
        if not seen.publishing and black and not picture and seen.stream == "camera":  # not of screens
            layers.append(Layer("empty", x, y, w, h, bars="#000000"))
            continue
        fit = FITS[region.get("RenderMode", 0)]
        layers.append(
            Layer(
                "person",
                x,
                y,
                w,
                h,
                fit=fit,
                opacity=region.get("Alpha", 1.0),
                corner_radius=_corner(region, width, w, h),
                bars=color,  # "gaps = background colour", also above another region
                person=seen,
                crop=_crop(region.get("SourceCrop")),
                placeholder_path=picture,
                placeholder_fit=fit,
            )
        )
    image = runtime.pictures.path_of(canvas.get("BackgroundImage"))
    background = Layer("picture", 0, 0, width, height, fit="stretch", path=image) if image else None
    fps = float(encode.get("VideoFps", 15))
    return Scene(width, height, fps, color, background, tuple(layers), voices=tuple(voices))


def _person(user_id: str, stream_type: int, present: JsonObject | None) -> Person:
    stream: Stream = "screen" if stream_type == 1 else "camera"
    shown = bool(present and present[stream])
    name = present["name"] if present else user_id
    made = drawn.person(user_id, name, stream=stream, publishing=shown)
    return replace(made, audible=bool(present and present["audio"]))


def _rectangle(region: JsonObject, width: int, height: int) -> tuple[float, float, float, float]:
    if "WidthProportion" in region:  # 2020-12-01: shares of the canvas, rounded to pixels
        return (
            round(region.get("LocationX", 0) * width),
            round(region.get("LocationY", 0) * height),
            round(region["WidthProportion"] * width),
            round(region["HeightProportion"] * height),
        )
    return region.get("LocationX", 0), region.get("LocationY", 0), region["Width"], region["Height"]


def _corner(region: JsonObject, canvas_width: int, w: float, h: float) -> float:
    """Pixels. Relative to the canvas width; a radius above half the shorter side is ignored, not clamped."""
    radius = region.get("CornerRadius", 0) * canvas_width
    return radius if radius <= min(w, h) / 2 else 0.0


def _crop(crop: JsonObject | None) -> tuple[float, float, float, float] | None:
    if not crop:
        return None
    x, y = crop.get("LocationX", 0), crop.get("LocationY", 0)
    return x, y, min(crop.get("WidthProportion", 1), 1 - x), min(crop.get("HeightProportion", 1), 1 - y)


TIERS = ((2, (2, 1)), (4, (2, 2)), (9, (3, 3)), (16, (4, 4)), (17, (5, 4)))  # up to so many streams: columns, rows


def _tier(count: int) -> tuple[int, int]:
    """Columns and rows of the smallest tier of slots that holds so many streams; slots nobody takes show the
    background. How many lie beside one another is not documented: as near to a square as can be."""
    return next((shape for most, shape in TIERS if count <= most), TIERS[-1][1])


def _grid(streams: list[JsonObject], columns: int, rows: int, width: int, height: int) -> list[Layer]:
    if not streams:
        return []
    w, h = width / columns, height / rows
    return [
        Layer("person", (n % columns) * w, (n // columns) * h, w, h, fit="cover", person=_seen(stream))
        for n, stream in enumerate(streams[:MOST])
    ]


def _seen(stream: JsonObject) -> Person:
    return _person(stream["UserId"], stream["StreamType"], stream["person"])


def _vertical(layout: JsonObject, streams: list[JsonObject], width: int, height: int) -> list[Layer]:
    """The main window (contain) left, the others small in join order, cropped, in a column at the right."""
    main = layout.get("MainVideoStream") or {}
    name = (main.get("UserId"), main.get("StreamType", 0))
    chief = next((stream for stream in streams if (stream["UserId"], stream["StreamType"]) == name), None)
    others = [stream for stream in streams if stream is not chief][: MOST - 1]
    small = width // 4 if others else 0
    layers = [Layer("person", 0, 0, width - small, height, fit="contain", person=_seen(chief))] if chief else []
    each = min(height / max(1, len(others)), small * 9 / 16)
    layers += [
        Layer("person", width - small, n * each, small, each, fit="cover", person=_seen(other))
        for n, other in enumerate(others)
    ]
    return layers
