"""Regions, texts and pictures in Agora's words: `videoInputs` and `waterMarks`, and how they lie over one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlsplit

from apps.layout_document.document import Canvas, Fit, Image, LayoutDocument, LayoutObject, Picture, Region, Text
from apps.layout_document.variables import missing
from apps.vendors.agora.api import uid_of
from apps.vendors.agora.transcoder.capabilities import HIGHEST, LOWEST_PERSON, SMALLEST
from apps.vendors.agora.transcoder.phrases import say
from apps.vendors.background_bake import bake_picture, can_be_baked, leaves_bars, lies_on_something, placeholder_bars
from apps.vendors.drawn import bars, placed
from apps.vendors.frame import Box, Frame
from apps.vendors.painter import Painter, PublicPicture
from apps.vendors.plan import Finding
from apps.vendors.types import Binding

FILL, FIT = "FILL", "FIT"  # crop to fill, show whole; the vendor has no word for stretching
ENDINGS = ("jpg", "png")
LEVELS = HIGHEST - LOWEST_PERSON + 1


@dataclass(frozen=True, slots=True)
class Seat:
    """A region that a person sits in. `box` is where it is drawn, in output pixels."""

    region: Region
    uid: int
    box: Box
    placeholder: str | None = None
    shown: Picture | None = None  # the placeholder as it comes out
    fit: Fit = "cover"
    bars: str = ""  # the color beside the placeholder, where it hides something

    @property
    def drawn(self) -> tuple[LayoutObject, ...]:
        """The region as it comes out, in output pixels."""
        box = self.box
        region = replace(
            self.region, x=box.left, y=box.top, width=box.width, height=box.height, fit=self.fit, opacity=1.0,
            corner_radius=0, source_crop=None, placeholder=self.shown,
        )  # fmt: skip
        return (bars(region, box, self.bars), region) if self.bars else (region,)


@dataclass(frozen=True, slots=True)
class Mark:
    """An overlay: one or several neighboring objects, as one picture."""

    objects: tuple[Image | Text, ...]
    url: str
    box: Box
    fit: str = FILL
    drawn: tuple[LayoutObject, ...] = ()  # the objects as they come out, in output pixels


@dataclass(slots=True)
class Layers:
    """What is drawn, back to front, who is heard, and what was found out."""

    paint: list[Seat | Mark] = field(default_factory=list)
    heard: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def seats(self) -> list[Seat]:
        return [layer for layer in self.paint if isinstance(layer, Seat)]

    @property
    def marks(self) -> list[Mark]:
        return [layer for layer in self.paint if isinstance(layer, Mark)]


def plan_layers(
    document: LayoutDocument,
    bindings: Mapping[str, Binding],
    variables: Mapping[str, str],
    frame: Frame,
    color: str,
    painter: Painter,
    most_people: int,
    people_fit: Fit = "cover",
    smallest_overlay: int = SMALLEST,
    *,
    even: bool = True,
) -> Layers:
    """Every visible object, in paint order, as a seat or a mark, or named in a finding. `people_fit` is how the vendor
    fits everybody; `even` puts regions on even pixels."""
    layers = Layers()
    taken: set[int] = set()
    maker = _Marks(frame, painter, variables, layers.findings, smallest_overlay)
    for item in document.visible:
        if isinstance(item, Region):
            uid = admit(item, bindings, frame, taken, most_people, layers.findings)
            if uid is None:
                continue
            taken.add(uid)
            layers.heard.append(uid)
            if item.opacity <= 0:
                layers.findings.append(say("heard_only", item.id, "opacity"))
                continue
            seat = _seat(item, uid, frame, color, painter, layers.findings, people_fit, even)
            layers.paint.append(_with_bars(seat, document, color, painter, layers.findings))
        elif mark := maker.mark(item):
            layers.paint.append(mark)
    layers.paint = maker.fitted(layers.paint)
    return layers


# --- regions ----------------------------------------------------------------------------------------------------------


def admit(
    region: Region,
    bindings: Mapping[str, Binding],
    frame: Frame,
    taken: set[int],
    most: int,
    findings: list[Finding],
) -> int | None:
    """The user in a region, or None and a finding that says why it stays empty."""
    slot, binding = region.source.slot, bindings.get(region.source.slot)
    if frame.place(region).meet(frame.box).empty:
        findings.append(say("off_canvas", region.id))
        return None
    if binding is None or not binding.user_id:
        findings.append(say("slot_unbound", region.id, "source", slot=slot))
        return None
    uid = uid_of(binding.user_id)
    if uid is None:
        findings.append(say("bad_user_id", region.id, "source", user_id=binding.user_id))
        return None
    if uid in taken:
        findings.append(say("stream_twice", region.id, "source", user_id=str(uid)))
        return None
    if len(taken) >= most:
        findings.append(say("too_many_regions", region.id, most=most))
        return None
    if region.source.stream == "screen":
        findings.append(say("screen_is_a_user", region.id, "source", user_id=str(uid)))
    return uid


def _seat(
    region: Region, uid: int, frame: Frame, color: str, painter: Painter, findings: list[Finding], fit: Fit, even: bool
) -> Seat:
    box = _place(region, frame, findings, even)
    for name, lost, code in (
        ("fit", region.fit != fit, "fit_cover_only" if fit == "cover" else "fit_contain_only"),
        ("opacity", region.opacity < 1, "opacity_ignored"),
        ("corner_radius", region.corner_radius > 0, "corner_radius_ignored"),
        ("source_crop", region.source_crop is not None, "source_crop_ignored"),
    ):
        if lost:
            findings.append(say(code, region.id, name, **({"fit": region.fit} if name == "fit" else {})))
    if region.placeholder is None:
        return Seat(region, uid, box, fit=fit)
    url, shown = _placeholder(region, region.placeholder, box, color, painter, findings)
    return Seat(region, uid, box, url, shown if url else None, fit)


def _with_bars(seat: Seat, document: LayoutDocument, color: str, painter: Painter, findings: list[Finding]) -> Seat:
    """A placeholder that is fitted beforehand is opaque: whether a see-through PNG stays so is not documented."""
    if seat.shown is None or not lies_on_something(seat.region, document):
        return seat
    if not leaves_bars(seat.shown, painter.picture(seat.shown.url), seat.box.width, seat.box.height):
        return seat
    findings.append(placeholder_bars(seat.region))
    return replace(seat, bars=color)


def _place(region: Region, frame: Frame, findings: list[Finding], even: bool) -> Box:
    """Inside the canvas, on even pixels where that is wanted, large enough."""
    placed = frame.place(region)
    inside = placed.meet(frame.box)
    if inside != placed:
        findings.append(say("clamped", region.id))
    box = evened(inside, frame) if even else inside
    grown = enlarged(box, frame)
    if grown != box:
        findings.append(say("region_too_small", region.id))
    elif box != inside:
        findings.append(say("snapped", region.id))
    return grown


def evened(box: Box, frame: Frame) -> Box:
    """Edges on even pixels, inside the frame. Edges, not sizes: neighbors stay without a gap."""
    left, top, right, bottom = (edge // 2 * 2 for edge in (box.left + 1, box.top + 1, box.right + 1, box.bottom + 1))
    right, bottom = min(right, frame.width), min(bottom, frame.height)
    left, top = max(0, min(left, right - 2)), max(0, min(top, bottom - 2))
    return Box(left, top, max(right, left + 2), max(bottom, top + 2))


def enlarged(box: Box, frame: Frame, least: int = SMALLEST) -> Box:
    """At least `least` pixels a side: grown to the right and down, where that leaves the canvas to the left and up
    instead."""
    right, bottom = max(box.right, box.left + least), max(box.bottom, box.top + least)
    left, top = box.left, box.top
    if right > frame.width:
        left, right = frame.width - max(box.width, least), frame.width
    if bottom > frame.height:
        top, bottom = frame.height - max(box.height, least), frame.height
    return Box(left, top, right, bottom)


def _placeholder(
    region: Region, picture: Picture, box: Box, color: str, painter: Painter, findings: list[Finding]
) -> tuple[str | None, Picture]:
    """The address, and how the picture comes out. The vendor crops it: one that is known and should be shown otherwise
    is fitted into a picture of the region's shape beforehand."""
    info = painter.picture(picture.url)
    if can_be_baked(picture.url, painter) and (picture.fit != "cover" or not has_ending(info.url)):
        findings.append(say("placeholder_baked", region.id, "placeholder"))
        info = bake_picture(picture, box.width, box.height, color, painter)
    elif picture.fit != "cover":
        findings.append(say("placeholder_fit", region.id, "placeholder", fit=picture.fit))
        picture = replace(picture, fit="cover")
    return address(info, findings, region.id, "placeholder"), picture


# --- texts and pictures -----------------------------------------------------------------------------------------------


class _Marks:
    """Makes overlays of texts and pictures."""

    def __init__(
        self, frame: Frame, painter: Painter, variables: Mapping[str, str], findings: list[Finding], least: int
    ) -> None:
        self.frame = frame
        self.least = least
        self.painter = painter
        self.variables = variables
        self.findings = findings

    def mark(self, layer: Image | Text) -> Mark | None:
        shown = self.frame.place(layer).meet(self.frame.box)
        if shown.empty:
            self.findings.append(say("off_canvas", layer.id))
            return None
        if layer.opacity <= 0:
            self.findings.append(say("invisible", layer.id, "opacity"))
            return None
        if isinstance(layer, Text):
            for name in missing(layer.text, self.variables):
                self.findings.append(say("variable_missing", layer.id, "text", name=name))
            return self._baked((layer,))
        if self._as_it_is(layer):
            return self._native(layer, self.frame.place(layer))
        if can_be_baked(layer.url, self.painter):
            return self._baked((layer,))
        return self._forced(layer, shown)

    def _as_it_is(self, layer: Image) -> bool:
        """Whether the vendor's own words say all of it."""
        box = self.frame.place(layer)
        plain = layer.opacity == 1 and layer.corner_radius == 0 and layer.source_crop is None and layer.fit != "stretch"
        inside = box.meet(self.frame.box) == box and box.width >= self.least and box.height >= self.least
        return plain and inside and has_ending(self.painter.picture(layer.url).url)

    def _native(self, layer: Image, box: Box) -> Mark | None:
        url = address(self.painter.picture(layer.url), self.findings, layer.id, "")
        fit: Fit = "contain" if layer.fit == "contain" else "cover"
        drawn = replace(placed(layer, box), fit=fit, opacity=1.0, corner_radius=0, source_crop=None)
        return Mark((layer,), url, box, FIT if fit == "contain" else FILL, (drawn,)) if url else None

    def _forced(self, layer: Image, shown: Box) -> Mark | None:
        """A picture whose bytes we do not have, in the vendor's words, with what they lose."""
        box = enlarged(shown, self.frame, self.least)
        for lost, name, code in (
            (shown != self.frame.place(layer), "", "picture_cut"),
            (box != shown, "", "picture_too_small"),
            (layer.opacity < 1, "opacity", "picture_opaque"),
            (layer.corner_radius > 0, "corner_radius", "picture_cornered"),
            (layer.source_crop is not None, "source_crop", "picture_uncropped"),
            (layer.fit == "stretch", "fit", "picture_unstretched"),
        ):
            if lost:
                params = {"least": self.least} if code == "picture_too_small" else {}
                self.findings.append(say(code, layer.id, name, **params))
        return self._native(layer, box)

    def _baked(self, objects: tuple[Image | Text, ...], *, again: bool = False) -> Mark:
        """One PNG of the objects, as large as what they cover of the canvas."""
        boxes = [self.frame.place(item).meet(self.frame.box) for item in objects]
        around = Box(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )
        box = enlarged(around, self.frame, self.least)
        resized = self.frame.resized(objects).objects
        moved = tuple(
            replace(layer, x=layer.x - box.left, y=layer.y - box.top, attached_to=None)
            for layer in resized
            if not isinstance(layer, Region)
        )
        picture = self.painter.bake(LayoutDocument(Canvas(box.width, box.height), moved), transparent=True)
        if again:
            self.findings.extend(say("baked_together", item.id) for item in objects)
        else:
            code = "text_baked" if isinstance(objects[0], Text) else "picture_baked"
            self.findings.append(say(code, objects[0].id))
            if box != around:
                self.findings.append(say("padded", objects[0].id, least=self.least))
        return Mark(objects, picture.url, box, drawn=resized)

    def fitted(self, paint: list[Seat | Mark]) -> list[Seat | Mark]:
        """What lies below all people is one overlay (there are two levels for it); and in all there are at most as
        many as there are levels."""
        first = next((at for at, layer in enumerate(paint) if isinstance(layer, Seat)), len(paint))
        paint = [*self._together(paint[:first]), *paint[first:]]
        if len(paint) > LEVELS:
            paint = self._together(paint)
        while len(paint) > LEVELS:
            at = next(at for at in range(len(paint) - 1, -1, -1) if isinstance(paint[at], Mark))
            lost = paint.pop(at)
            assert isinstance(lost, Mark)
            self.findings.extend(say("too_many_overlays", item.id) for item in lost.objects)
        return paint

    def _together(self, paint: Sequence[Seat | Mark]) -> list[Seat | Mark]:
        """Neighboring overlays that can be painted become one each."""
        merged: list[Seat | Mark] = []
        run: list[Image | Text] = []
        last: Mark | None = None

        def close() -> None:
            nonlocal last
            if last is not None:
                merged.append(last if len(run) == len(last.objects) else self._baked(tuple(run), again=True))
            run.clear()
            last = None

        for layer in paint:
            if isinstance(layer, Mark) and all(self._paintable(each) for each in layer.objects):
                run.extend(layer.objects)
                last = layer
            else:
                close()
                merged.append(layer)
        close()
        return merged

    def _paintable(self, layer: Image | Text) -> bool:
        return isinstance(layer, Text) or can_be_baked(layer.url, self.painter)


# --- pictures ---------------------------------------------------------------------------------------------------------


def address(info: PublicPicture, findings: list[Finding], object_id: str | None, field_name: str) -> str | None:
    """A picture's URL as the vendor takes it: ASCII, its path ending in jpg or png; else a finding and None."""
    if not has_ending(info.url):
        findings.append(say("picture_ending", object_id, field_name))
        return None
    return quote(info.url, safe=":/?#[]@!$&'()*+,;=%<>~")


def has_ending(url: str) -> bool:
    try:
        return urlsplit(url).path.lower().endswith(ENDINGS)
    except ValueError:
        return False
