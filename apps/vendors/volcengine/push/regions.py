"""Regions in Volcengine's words: `StreamList` and `Regions`, linked one to one by an index."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from apps.core.types import Json
from apps.layout_document.document import Image, LayoutDocument, LayoutObject, Picture, Region, SourceCrop, Text
from apps.vendors.background_bake import (
    bake_picture,
    can_be_baked,
    leaves_bars,
    lies_on_something,
    off_canvas,
    placeholder_bars,
)
from apps.vendors.drawn import bars, placed
from apps.vendors.frame import Box, Frame, box_of, is_seen
from apps.vendors.painter import Painter, PublicPicture
from apps.vendors.plan import Finding
from apps.vendors.types import Binding
from apps.vendors.volcengine.api import ID, RATIOS
from apps.vendors.volcengine.push import options as wishes
from apps.vendors.volcengine.push.capabilities import MAX_PANES
from apps.vendors.volcengine.push.overlays import overlay_pane

FITS = {"cover": 1, "contain": 2, "stretch": 3}  # 0 stretches too, but the vendor recommends 3 (docs, read 2026-03)
STREAMS = {"camera": 0, "screen": 1}
AUDIO_AND_VIDEO, AUDIO_ONLY, VIDEO_ONLY = 0, 1, 2
LONGEST_URL = 1024
FORMATS = {"png", "jpg", "jpeg"}


@dataclass(slots=True)
class Panes:
    """The two linked lists, the regions they draw, how those come out, and what was found out. `seated` are the texts
    and pictures that became seats of nobody."""

    streams: list[dict[str, Json]] = field(default_factory=list)
    regions: list[dict[str, Json]] = field(default_factory=list)
    drawn: list[Region] = field(default_factory=list)
    picture: list[LayoutObject] = field(default_factory=list)  # `drawn` in the output's pixels, with bars
    findings: list[Finding] = field(default_factory=list)
    seated: set[str] = field(default_factory=set)


def plan_panes(
    document: LayoutDocument,
    bindings: Mapping[str, Binding],
    frame: Frame,
    color: str,
    painter: Painter,
    api_version: str,
    options: Mapping[str, Json],
    *,
    overlay_seats: bool = False,
) -> Panes:
    """Every visible region with a person in it becomes a stream and a rectangle. `overlay_seats`: so does every text
    and picture that lies above one, as long as there are seats."""
    panes = Panes()
    taken: set[tuple[str, str]] = set()
    muted = set(wishes.listed(options.get("muted_users")))
    spare = MAX_PANES[api_version] - len(document.regions) if overlay_seats else 0
    above: list[Box] = []  # what lies on the canvas by itself, not in the background
    for region in document.visible:
        if not isinstance(region, Region):
            if spare > 0 and (seat := _overlay(region, above, len(panes.streams) + 1, frame, painter, api_version)):
                spare -= 1
                panes.streams.append(seat[0])
                panes.regions.append(seat[1])
                panes.picture.append(seat[2])
                panes.seated.add(region.id)
                above.append(frame.place(region))
            continue
        finding, user_id = _admit(region, bindings, frame, taken, len(panes.drawn), MAX_PANES[api_version])
        if not finding and user_id in muted and not is_seen(region):
            message = "The person is neither shown nor heard: the region is invisible and the person is muted."
            finding = Finding("dropped", "muted_and_invisible", region.id, "opacity", message)
        if finding:
            panes.findings.append(finding)
            if finding.level == "dropped":
                continue
        taken.add((user_id, region.source.stream))
        index = len(panes.streams) + 1  # 1-based: 0 is legal, but too easily taken for "none"
        stream = {"Index": index, "UserId": user_id, "StreamType": STREAMS[region.source.stream]}
        panes.streams.append(stream)
        pane, drawn = _pane(region, index, frame, color, painter, api_version, panes.findings)
        if user_id in muted:
            pane["MediaType"] = VIDEO_ONLY
        if region.placeholder and "AlternateImage" in pane:
            pane["AlternateImageFillMode"] = int(wishes.value_of(options, "placeholder_shape"))
        if wishes.value_of(options, "spatial_audio"):
            where = wishes.positions(options).get(user_id, [0, 0, 0])
            pane |= {"ApplySpatialAudio": True, "SpatialPosition": where}
        panes.regions.append(pane)
        above += [frame.place(region)] if is_seen(region) else []
        panes.drawn.append(region)
        if finding := _bars_over_something(region, document):
            panes.findings.append(finding)
            panes.picture.append(bars(drawn, box_of(drawn), color))
        elif finding := _placeholder_bars(region, drawn, document, painter):
            panes.findings.append(finding)
            if drawn.opacity == 1 and not drawn.corner_radius:  # else they would show while the person is there
                panes.picture.append(bars(drawn, box_of(drawn), color))
        if drawn.opacity:
            panes.picture.append(drawn)
    if not panes.drawn:
        message = "No region can be shown. The vendor needs at least one region with a person in it."
        panes.findings.append(Finding("error", "no_region", None, "objects", message))
    return panes


def _overlay(
    item: Image | Text, above: list[Box], index: int, frame: Frame, painter: Painter, api_version: str
) -> tuple[dict[str, Json], dict[str, Json], LayoutObject] | None:
    """The seat of a text or picture that lies above something; None for one that the background can hold, and for one
    that cannot be painted."""
    box = frame.place(item).meet(frame.box)
    paintable = isinstance(item, Text) or can_be_baked(item.url, painter)
    if box.empty or item.opacity <= 0 or not paintable or not any(box.overlaps(other) for other in above):
        return None
    return overlay_pane(item, index, frame, painter, lambda where: rectangle(where, frame, api_version))


def _admit(
    region: Region,
    bindings: Mapping[str, Binding],
    frame: Frame,
    taken: set[tuple[str, str]],
    count: int,
    most: int,
) -> tuple[Finding | None, str]:
    """Whether a region can be drawn, and whose it is. A finding that is not `dropped` lets it pass."""
    slot = region.source.slot
    binding = bindings.get(slot)
    user_id = binding.user_id if binding else ""
    if frame.place(region).meet(frame.box).empty:
        return off_canvas(region), user_id
    if not user_id:
        message = (
            "No person is assigned to “{slot}”, and this product cannot choose the next person. The region stays empty."
        )
        return Finding("dropped", "slot_unbound", region.id, "source", message, {"slot": slot}), user_id
    if (user_id, region.source.stream) in taken:
        message = "The {stream} of “{user_id}” is already shown. A stream can have only one region."
        params = {"stream": region.source.stream, "user_id": user_id}
        return Finding("dropped", "stream_twice", region.id, "source", message, params), user_id
    if count >= most:
        message = "At most {most} regions can be shown. This one is left out."
        return Finding("dropped", "too_many_regions", region.id, "", message, {"most": most}), user_id
    if not ID.fullmatch(user_id):
        message = "“{user_id}” is not a valid user ID: use 1 to 128 letters, digits and _ @ - . only."
        return Finding("error", "bad_user_id", region.id, "source", message, {"user_id": user_id}), user_id
    return None, user_id


def _pane(
    region: Region,
    index: int,
    frame: Frame,
    color: str,
    painter: Painter,
    api_version: str,
    findings: list[Finding],
) -> tuple[dict[str, Json], Region]:
    """A region in the vendor's words, and as it will come out in the output's pixels."""
    place = frame.place(region)
    box = frame.clip(place)
    if place.meet(frame.box) != place:
        message = "Regions cannot extend beyond the canvas. This one is cropped, and its video is fitted to the rest."
        findings.append(Finding("changed", "clamped", region.id, "", message))
    elif box != place:
        findings.append(Finding("changed", "too_small", region.id, "", "A region must have at least 2 × 2 pixels."))
    pane: dict[str, Json] = {
        "StreamIndex": index,
        **rectangle(box, frame, api_version),
        "ZOrder": index - 1,  # all different: what equal ones do is not documented
        "RenderMode": FITS[region.fit],
    }
    alpha = round(region.opacity, 3)
    if alpha <= 0:  # Alpha 0 is refused: sound without picture says the same
        pane["MediaType"] = AUDIO_ONLY
        return pane, replace(region, opacity=0.0)
    pane["Alpha"] = alpha
    pane["MediaType"] = AUDIO_AND_VIDEO
    corner = corner_radius(region.corner_radius * frame.scale, box, frame)
    if corner:
        pane["CornerRadius"] = corner
    if region.source_crop and (crop := source_crop(region.source_crop)):
        pane["SourceCrop"] = crop
    drawn = replace(placed(region, box), corner_radius=round(corner * frame.width), placeholder=None)
    if region.placeholder:
        url, shown = _placeholder(region, region.placeholder, box, color, painter, findings)
        if url:
            pane["AlternateImage"] = url
            drawn = replace(drawn, placeholder=shown)
    return pane, drawn


def rectangle(box: Box, frame: Frame, api_version: str) -> dict[str, Json]:
    """Pixels, or fractions of the canvas in 2020-12-01."""
    if api_version != RATIOS:
        return {"LocationX": box.left, "LocationY": box.top, "Width": box.width, "Height": box.height}
    x, y = _fraction(box.left, frame.width), _fraction(box.top, frame.height)
    return {
        "LocationX": x,
        "LocationY": y,
        "WidthProportion": min(_fraction(box.width, frame.width), round(1 - x, 6)),
        "HeightProportion": min(_fraction(box.height, frame.height), round(1 - y, 6)),
    }


def _fraction(part: int, whole: int) -> float:
    return round(part / whole, 6)


def corner_radius(radius: float, box: Box, frame: Frame) -> float:
    """A fraction of the canvas's WIDTH, rounded down: a radius above half the region's side is ignored silently, even
    if it is only so by what multiplying floats adds."""
    most = min(box.width, box.height) / 2
    millionths = math.floor(min(radius, most) / frame.width * 1_000_000)
    if millionths / 1_000_000 * frame.width > most:
        millionths -= 1
    return millionths / 1_000_000


def source_crop(crop: SourceCrop) -> dict[str, float] | None:
    """Fractions of the source, inside it; None for all of it."""
    x, y = min(max(round(crop.x, 6), 0.0), 0.999999), min(max(round(crop.y, 6), 0.0), 0.999999)
    width = max(min(round(crop.width, 6), round(1 - x, 6)), 0.000001)
    height = max(min(round(crop.height, 6), round(1 - y, 6)), 0.000001)
    if (x, y, width, height) == (0.0, 0.0, 1.0, 1.0):
        return None
    return {"LocationX": x, "LocationY": y, "WidthProportion": width, "HeightProportion": height}


def _placeholder(
    region: Region, picture: Picture, box: Box, color: str, painter: Painter, findings: list[Finding]
) -> tuple[str | None, Picture]:
    """The URL of the picture shown without video, and how it comes out. The vendor fits it as it fits the video, so
    another fit is baked."""
    info = painter.picture(picture.url)
    refit = picture.fit != region.fit
    bakeable = can_be_baked(picture.url, painter)
    if bakeable and (refit or info.format not in FORMATS):
        info = bake_picture(picture, box.width, box.height, color, painter)
        message = "The placeholder is fitted to its region in advance."
        findings.append(Finding("note", "placeholder_baked", region.id, "placeholder", message))
    elif refit:
        message = "The placeholder is fitted like the video ({fit}), not as {picture_fit}."
        params = {"fit": region.fit, "picture_fit": picture.fit}
        findings.append(Finding("changed", "placeholder_fit", region.id, "placeholder", message, params))
        picture = replace(picture, fit=region.fit)
    return picture_url(info, findings, region.id, "placeholder"), picture


def picture_url(info: PublicPicture, findings: list[Finding], object_id: str | None, field_name: str) -> str | None:
    """A picture's URL as the vendor takes it: ASCII, short, PNG or JPEG; else a finding and None."""
    url = quote(info.url, safe=":/?#[]@!$&'()*+,;=%<>~")
    if info.format not in FORMATS:
        message = "Pictures in the format {format} are not supported. Use PNG or JPEG."
        params = {"format": info.format}
        findings.append(Finding("dropped", "picture_format", object_id, field_name, message, params))
        return None
    if len(url) > LONGEST_URL:
        message = "The URL of this picture is longer than {limit} bytes."
        finding = Finding("dropped", "picture_url_too_long", object_id, field_name, message, {"limit": LONGEST_URL})
        findings.append(finding)
        return None
    return url


def _bars_over_something(region: Region, document: LayoutDocument) -> Finding | None:
    """`contain` paints bars in the canvas color: that shows only where something else would shine through."""
    if region.fit != "contain" or not is_seen(region) or not lies_on_something(region, document):
        return None
    message = "Beside a picture with another aspect ratio, bars in the canvas color cover the objects below."
    return Finding("changed", "contain_bars", region.id, "fit", message)


def _placeholder_bars(region: Region, drawn: Region, document: LayoutDocument, painter: Painter) -> Finding | None:
    """A placeholder that is fitted beforehand is opaque: whether a see-through PNG stays so is not documented."""
    picture = drawn.placeholder
    if picture is None or region.fit == "contain" or not can_be_baked(picture.url, painter):
        return None
    shows = leaves_bars(picture, painter.picture(picture.url), drawn.width, drawn.height)
    return placeholder_bars(region) if shows and lies_on_something(region, document) else None
