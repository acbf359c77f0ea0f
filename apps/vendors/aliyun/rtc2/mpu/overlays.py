"""What lies on the canvas beside the panes: the background, free pictures and texts.

Backgrounds (Backgrounds.N) lie beneath every pane, watermarks (Watermarks.N) at a depth of their own on the scale the
panes use; Aliyun stretches both to their rectangle. So what lies beneath regions and above none is painted into one
background; the rest becomes watermarks, painted beforehand where their own shape or a text asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from apps.core.types import Json
from apps.layout_document.document import Canvas, Image, LayoutDocument, LayoutObject, Region, Text
from apps.layout_document.variables import fill, missing
from apps.vendors.aliyun.rtc2 import pictures
from apps.vendors.aliyun.rtc2.assumptions import Assumptions
from apps.vendors.aliyun.rtc2.layouts import depths, shares_of
from apps.vendors.aliyun.rtc2.mpu.phrases import say
from apps.vendors.aliyun.rtc2.phrases import say as say_shared
from apps.vendors.aliyun.wire.values import r6
from apps.vendors.background_bake import can_be_baked
from apps.vendors.frame import Box, Frame, box_of
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding

Free: TypeAlias = Image | Text

ALWAYS = 1


@dataclass(slots=True)
class Overlays:
    """`levels` are the depths of the regions that were given, in their order; `top` is above everything. `ground` is what
    backgrounds show besides the canvas's picture, `above` what watermarks show and how deep: as it comes out, in the
    canvas's pixels."""

    levels: list[int]
    top: int = 0
    backgrounds: list[dict[str, Json]] = field(default_factory=list)
    watermarks: list[dict[str, Json]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ground: list[LayoutObject] = field(default_factory=list)
    above: list[tuple[int, LayoutObject]] = field(default_factory=list)


def plan_overlays(
    document: LayoutDocument,
    regions: Sequence[Region],
    free: Sequence[Free],
    frame: Frame,
    painter: Painter,
    variables: Mapping[str, str],
    taken: Assumptions,
) -> Overlays:
    """`free` are the visible texts and pictures that go into no pane; `frame` is the output; `taken` is how depths are
    read."""
    findings: list[Finding] = []
    shown = [overlay for overlay in free if _is_there(overlay, document.canvas, variables, findings)]
    wanted = {item.id for item in (*regions, *shown)}
    stack = [item for item in document.objects if item.id in wanted]
    boxes = [_clipped(layer, document.canvas) for layer in stack]
    over = _over(stack, boxes)
    sunk = _sunk(stack, boxes, over)
    layers = _background_layers(
        document, [layer for layer in stack if layer.id in sunk and not isinstance(layer, Region)], painter
    )
    ground = max(len(layers) - 1, 0)  # each background above the last, and the panes beside the topmost
    floating = [place for place, layer in enumerate(stack) if layer.id not in sunk]
    depth = _depths(stack, boxes, floating, ground, one_scale=taken.one_z_scale)
    over_all = 0 if taken.one_z_scale else max((depth[region.id] for region in regions), default=-1) + 1
    made = Overlays([depth[region.id] for region in regions], max(depth.values(), default=-1) + 1, findings=findings)
    for level, layer in enumerate(layers):
        made.backgrounds.append(_background(layer, level, document, frame, painter, made.findings))
        made.ground += [_as_shown(layer.alone, document.canvas, painter)] if layer.alone else layer.items
    for place in floating:
        current = stack[place]
        if isinstance(current, Region):
            continue
        made.watermarks.append(_watermark(current, depth[current.id], frame, painter, made.findings))
        shown_as = replace(_as_shown(current, document.canvas, painter), opacity=current.opacity)
        made.above.append((over_all + depth[current.id], shown_as))
        later = [boxes[at] for at in floating if at > place and isinstance(stack[at], Region)]
        if current.id in over and any(boxes[place].overlaps(other) for other in later):
            code = "between_regions" if taken.one_z_scale else "above_all_regions"
            made.findings.append(say(code, current.id, depth=depth[current.id]))
        if depth[current.id] >= taken.z_levels:
            made.findings.append(say("overlay_deep", current.id, depth=depth[current.id], levels=taken.z_levels))
    return made


def _depths(
    stack: Sequence[Any], boxes: Sequence[Box], floating: Sequence[int], ground: int, *, one_scale: bool
) -> dict[str, int]:
    """Of regions and of what floats: counted together, or each kind by itself."""
    kinds = (
        [list(floating)]
        if one_scale
        else [[at for at in floating if isinstance(stack[at], Region) is people] for people in (True, False)]
    )
    found: dict[str, int] = {}
    for kind in kinds:
        levels = depths([boxes[at] for at in kind])
        found |= {stack[at].id: ground + level for at, level in zip(kind, levels, strict=True)}
    return found


def _is_there(overlay: Free, canvas: Canvas, variables: Mapping[str, str], findings: list[Finding]) -> bool:
    """Whether it leaves anything on the canvas; says why not, and what its words lack."""
    if not box_of(overlay).overlaps(_whole(canvas)):
        findings.append(say("overlay_outside", overlay.id))
        return False
    if isinstance(overlay, Text):
        findings += [
            say_shared("variable_missing", overlay.id, "text", name=name) for name in missing(overlay.text, variables)
        ]
        if not fill(overlay.text, variables).strip() and not overlay.background:
            findings.append(say_shared("text_empty", overlay.id))
            return False
    return True


def _over(stack: Sequence[Any], boxes: Sequence[Box]) -> set[str]:
    """Pictures and texts that lie above a region, directly or on something that does."""
    found: set[str] = set()
    for place, layer in enumerate(stack):
        if isinstance(layer, Region):
            continue
        beneath = [stack[at] for at in range(place) if boxes[at].overlaps(boxes[place])]
        if any(isinstance(other, Region) or other.id in found for other in beneath):
            found.add(layer.id)
    return found


def _sunk(stack: Sequence[Any], boxes: Sequence[Box], over: set[str]) -> set[str]:
    """Pictures and texts that must be in the background: beneath a region, or beneath one of these, and above none."""
    found: set[str] = set()
    for place in reversed(range(len(stack))):
        layer = stack[place]
        if isinstance(layer, Region) or layer.id in over:
            continue
        above = [stack[at] for at in range(place + 1, len(stack)) if boxes[at].overlaps(boxes[place])]
        if any(isinstance(other, Region) or other.id in found for other in above):
            found.add(layer.id)
    return found


@dataclass(slots=True)
class Layer:
    """One background: painted by us (`canvas_image` and `items`), or the address of one picture (`alone`)."""

    canvas_image: bool = False
    items: list[Free] = field(default_factory=list)
    alone: Image | None = None


def _background_layers(document: LayoutDocument, items: Sequence[Free], painter: Painter) -> list[Layer]:
    """As few as possible: a picture whose bytes nobody has cannot be painted with others."""
    image = document.canvas.image
    layers = [Layer(canvas_image=True)] if image is not None else []
    open_layer = layers[0] if image is not None and can_be_baked(image.url, painter) else None
    for item in items:
        if isinstance(item, Image) and not can_be_baked(item.url, painter):
            layers.append(Layer(alone=item))
            open_layer = None
            continue
        if open_layer is None:
            open_layer = Layer()
            layers.append(open_layer)
        open_layer.items.append(item)
    return layers


def _background(
    layer: Layer, level: int, document: LayoutDocument, frame: Frame, painter: Painter, findings: list[Finding]
) -> dict[str, Json]:
    everything = {"X": 0.0, "Y": 0.0, "Width": 1.0, "Height": 1.0}
    if layer.alone is not None:
        findings.append(say("background_of_its_own", layer.alone.id))
        where = _clipped(layer.alone, document.canvas)
        url, more = pictures.prepared(layer.alone, where, painter, cut=False)
        findings += more
        shares = shares_of(where, _whole(document.canvas))
        return {"Url": url, "Display": ALWAYS, **shares, "ZOrder": level}
    findings += [say("in_background", item.id) for item in layer.items]
    image = document.canvas.image if layer.canvas_image else None
    if image is not None and not layer.items:
        info = painter.picture(image.url)
        exact = info.width > 0 and abs(info.width * document.canvas.height - info.height * document.canvas.width) < max(
            info.width, info.height
        )
        if exact or image.fit == "stretch" or info.width == 0:
            if not exact and image.fit != "stretch":
                findings.append(say("background_stretched", None, "canvas.image"))
            return {"Url": info.url, "Display": ALWAYS, **everything, "ZOrder": level}
    if image is not None:
        findings.append(say("background_prepared", None, "canvas.image"))
    picture = frame.resized(layer.items)
    color = document.canvas.color if level == 0 else "#000000"
    canvas = Canvas(frame.width, frame.height, color, image)
    baked = painter.bake(replace(picture, canvas=canvas), transparent=level > 0)
    return {"Url": baked.url, "Display": ALWAYS, **everything, "ZOrder": level}


def _watermark(overlay: Free, depth: int, frame: Frame, painter: Painter, findings: list[Finding]) -> dict[str, Json]:
    """Opacity travels as Alpha, so the picture itself is fully opaque."""
    whole = Box(0, 0, frame.width, frame.height)
    (scaled,) = frame.resized([overlay]).objects
    where = _visible(scaled, whole)
    if isinstance(scaled, Image):
        url, more = pictures.prepared(replace(scaled, opacity=1.0), where, painter, cut=False)
        findings += more
    else:
        assert isinstance(scaled, Text)
        left, top = scaled.x - where.left, scaled.y - where.top
        moved = replace(scaled, x=left, y=top, opacity=1.0, attached_to=None)
        url = painter.bake(LayoutDocument(Canvas(where.width, where.height), (moved,)), transparent=True).url
        findings.append(say("text_painted", overlay.id, "font"))
    return {
        "Url": url,
        "Display": ALWAYS,
        "Alpha": r6(float(overlay.opacity)),
        **shares_of(where, whole),
        "ZOrder": depth,
    }


def _as_shown(overlay: Free, canvas: Canvas, painter: Painter) -> Free:
    """A picture that nobody could paint beforehand is stretched over what can be seen of its place."""
    if isinstance(overlay, Text) or can_be_baked(overlay.url, painter):
        return overlay
    where = _clipped(overlay, canvas)
    return replace(
        overlay, x=where.left, y=where.top, width=where.width, height=where.height, fit="stretch", opacity=1.0,
        corner_radius=0, source_crop=None,
    )  # fmt: skip


def _visible(overlay: Any, whole: Box) -> Box:
    """The part of an object on the output, at least a pixel (rounding may have taken all of it)."""
    common = box_of(overlay).meet(whole)
    left, top = min(common.left, whole.right - 1), min(common.top, whole.bottom - 1)
    return Box(left, top, max(common.right, left + 1), max(common.bottom, top + 1))


def _clipped(overlay: Any, canvas: Canvas) -> Box:
    return box_of(overlay).meet(_whole(canvas))


def _whole(canvas: Canvas) -> Box:
    return Box(0, 0, canvas.width, canvas.height)
