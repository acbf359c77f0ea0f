"""Regions as panes, and whose streams are taken: `Layout.UserPanes` and `UserInfos`. Every value is a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from apps.core.types import Json
from apps.layout_document.document import Fit, LayoutDocument, LayoutObject, Picture, Region
from apps.vendors.aliyun.live.phrases import say
from apps.vendors.aliyun.live.pictures import BLACK, placeholder_url
from apps.vendors.aliyun.rtc2.people import SOURCE_TYPES, user_of
from apps.vendors.aliyun.wire.values import decimal, r6
from apps.vendors.background_bake import can_be_baked, leaves_bars, lies_on_something, placeholder_bars
from apps.vendors.drawn import bars, placed
from apps.vendors.frame import Box, Frame, box_of, is_seen
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding
from apps.vendors.types import Binding

RENDER_MODES: dict[Fit, str] = {"contain": "0", "cover": "1"}  # the recordings of this API number them the other way
ORIGINAL, AUDIO, VIDEO = "0", "1", "2"  # StreamType


@dataclass(frozen=True, slots=True)
class People:
    """`panes` draw `drawn`, in the same order; `subscribed` is empty where everybody takes part. `picture` is how they
    come out, in the output's pixels, with the bars that hide something."""

    panes: list[dict[str, Json]]
    subscribed: list[dict[str, Json]]
    drawn: list[Region]
    picture: list[LayoutObject]


def plan_people(
    document: LayoutDocument,
    bindings: Mapping[str, Binding],
    rooms: Mapping[str, str],
    frame: Frame,
    painter: Painter,
    color: str,
    most: int,
    findings: list[Finding],
) -> People:
    """Visible regions as panes, in paint order. `rooms`: who comes from another room, and from which."""
    drawn: list[Region] = []
    on_canvas = list(_on_canvas(document, frame, findings))
    named = [region for region in on_canvas if is_seen(region) and user_of(region, bindings)]
    for region in on_canvas:
        if not is_seen(region):
            continue
        if named and region not in named:
            findings.append(say("beside_bound", region.id, "source", slot=region.source.slot))
        elif len(drawn) == most:
            findings.append(say("too_many_panes", region.id, most=most))
        else:
            drawn.append(region)
    if not drawn:
        findings.append(say("no_region", None, "objects"))
    panes: list[dict[str, Json]] = []
    picture: list[LayoutObject] = []
    taken: set[tuple[str, str]] = set()
    for depth, region in enumerate(drawn):
        user = user_of(region, bindings)
        findings += _lost(region, user, document, drawn)
        if user and (user, region.source.stream) in taken:
            findings.append(say("stream_twice", region.id, "source"))
        taken.add((user, region.source.stream))
        pane, comes_out = _pane(region, user, rooms.get(user, ""), depth, frame, painter, color, findings)
        panes.append(pane)
        if color_of_pane := _pane_color(region, comes_out, document, drawn, painter, color, findings):
            picture.append(bars(comes_out, box_of(comes_out), color_of_pane))
        picture.append(comes_out)
    heard = [region for region in on_canvas if not is_seen(region)]
    if not named:
        findings += [say("heard_maybe_seen", user_id.id, "opacity") for user_id in heard if user_of(user_id, bindings)]
        return People(panes, [], drawn, picture)
    findings += [
        say("beside_bound", user_id.id, "source", slot=user_id.source.slot)
        for user_id in heard
        if not user_of(user_id, bindings)
    ]
    return People(panes, subscriptions(drawn, heard, bindings, rooms), drawn, picture)


def _on_canvas(document: LayoutDocument, frame: Frame, findings: list[Finding]) -> Iterator[Region]:
    for region in document.regions:
        place = frame.place(region)
        if place.meet(frame.box).empty:
            findings.append(say("region_outside", region.id))
            continue
        if is_seen(region) and place.meet(frame.box) != place:
            findings.append(say("region_clipped", region.id, "x"))
        yield region


def subscriptions(
    drawn: Sequence[Region], heard: Sequence[Region], bindings: Mapping[str, Binding], rooms: Mapping[str, str]
) -> list[dict[str, Json]]:
    """Who takes part, with what. A shared screen has no sound of its own, so its person's voice is an entry more."""
    wanted: dict[str, set[str]] = {}
    for region in [*drawn, *heard]:
        if user := user_of(region, bindings):
            wanted.setdefault(user, set()).update([region.source.stream] if region in drawn else [])
    entries: list[dict[str, Json]] = []
    for user, streams in wanted.items():
        room = {"ChannelId": rooms[user]} if user in rooms else {}
        if "screen" in streams:
            entries.append({"UserId": user, "StreamType": VIDEO, "SourceType": SOURCE_TYPES["screen"], **room})
        kind = ORIGINAL if "camera" in streams else AUDIO
        entries.append({"UserId": user, "StreamType": kind, **room})
    return entries


def _pane(
    region: Region,
    user: str,
    room: str,
    depth: int,
    frame: Frame,
    painter: Painter,
    color: str,
    findings: list[Finding],
) -> tuple[dict[str, Json], Region]:
    """A region in the vendor's words, and as it comes out."""
    box = frame.clip(frame.place(region), minimum=1)
    pane: dict[str, Json] = {
        **rectangle(box, frame),
        "ZOrder": str(depth),  # all different: what equal ones do is not documented
        "RenderMode": RENDER_MODES[nearest_fit(region)],
    }
    if user:
        pane["UserInfo"] = {"UserId": user, "SourceType": SOURCE_TYPES[region.source.stream]}
        if room:
            pane["UserInfo"]["ChannelId"] = room
    comes_out = replace(
        placed(region, box), fit=nearest_fit(region), opacity=1.0, corner_radius=0, source_crop=None, placeholder=None
    )
    if region.placeholder and (url := placeholder_url(region, box, color, painter, findings)):
        pane["BackgroundImageUrl"] = url
        comes_out = replace(comes_out, placeholder=region.placeholder)
    return pane, comes_out


def rectangle(box: Box, frame: Frame) -> dict[str, str]:
    """Fractions of the canvas. Edges are rounded, not sizes: neighbors share an edge, no sum exceeds 1."""
    left, right = r6(box.left / frame.width), r6(box.right / frame.width)
    top, bottom = r6(box.top / frame.height), r6(box.bottom / frame.height)
    return {
        "X": decimal(left),
        "Y": decimal(top),
        "Width": decimal(r6(right - left)),
        "Height": decimal(r6(bottom - top)),
    }


def nearest_fit(region: Region) -> Fit:
    """Nothing can be stretched: a face fills its region, of a shared screen nothing is cut away."""
    if region.fit != "stretch":
        return region.fit
    return "contain" if region.source.stream == "screen" else "cover"


def _lost(region: Region, user: str, document: LayoutDocument, drawn: Sequence[Region]) -> Iterator[Finding]:
    fit = nearest_fit(region)
    if region.fit == "stretch":
        yield say("fit_stretch", region.id, "fit", to=fit)
    elif fit == "contain" and _something_beneath(region, document, drawn):
        yield say("bars_black", region.id, "fit")
    if region.opacity != 1:
        yield say("region_opaque", region.id, "opacity")
    if region.corner_radius:
        yield say("region_square", region.id, "corner_radius")
    if region.source_crop is not None:
        yield say("source_crop_ignored", region.id, "source_crop")
    if not user:
        code = "next_joiner" if region.source.stream == "camera" else "next_joiner_any_stream"
        yield say(code, region.id, "source", slot=region.source.slot)


def _pane_color(
    region: Region,
    comes_out: Region,
    document: LayoutDocument,
    drawn: Sequence[Region],
    painter: Painter,
    color: str,
    findings: list[Finding],
) -> str:
    """What shows of the pane itself beside the person, the placeholder, or without both; "" where it hides nothing."""
    over = _something_beneath(region, document, drawn)
    shown = comes_out.placeholder
    if shown is None and over:
        findings.append(say("absent_black", region.id, "placeholder"))
    barred = shown is not None and lies_on_something(region, document) and _leaves_bars(shown, comes_out, painter)
    if barred:
        findings.append(placeholder_bars(region))
    if over and (shown is None or comes_out.fit == "contain"):
        return BLACK
    return color if barred else ""


def _leaves_bars(picture: Picture, comes_out: Region, painter: Painter) -> bool:
    size = comes_out.width, comes_out.height
    return can_be_baked(picture.url, painter) and leaves_bars(picture, painter.picture(picture.url), *size)


def _something_beneath(region: Region, document: LayoutDocument, drawn: Sequence[Region]) -> bool:
    """Whether black bars would hide anything but black."""
    if document.canvas.image is not None or document.canvas.color[:7] != "#000000":
        return True
    mine = box_of(region)
    for other in document.visible:
        if other.id == region.id:
            return False
        if (not isinstance(other, Region) or other in drawn) and not box_of(other).meet(mine).empty:
            return True
    return False
