"""The parameters of StartLiveMPUTask, read back into a layout document. What a document cannot say is listed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from apps.core.errors import Invalid, Problem
from apps.layout_document.document import Canvas, Fit, LayoutDocument, Picture, Region, Source, Stream
from apps.vendors.contract import Binding

Json: TypeAlias = Any

SLOT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")  # an id of the layout document
SMALLEST, LARGEST = 120, 3840  # sides of a canvas
FITS: dict[str, Fit] = {"0": "contain", "1": "cover"}
STREAMS: dict[str, Stream] = {"camera": "camera", "shareScreen": "screen"}
OBJECTS = ("TranscodeParams", "MultiStreamURL", "SingleSubParams", "SeiParams")
OUR_OWN = ("AppId", "ChannelId", "TaskId", "MixMode", "StreamURL", "MultiStreamURL")  # no part of a layout


@dataclass(slots=True)
class Imported:
    """`bindings`: slot → person; a slot is called like its person, where that makes a name for a slot. `not_understood` are sentences, each with the
    JSON pointer of what it is about."""

    document: LayoutDocument
    bindings: dict[str, Binding] = field(default_factory=dict)
    not_understood: list[Problem] = field(default_factory=list)


def read(parameters: Mapping[str, Json]) -> Imported:
    """The layout in the parameters; objects may be JSON texts, as they travel, or objects.

    Raises `Invalid` when there is no picture in them.
    """
    given = {name: _object(name, value) for name, value in parameters.items()}
    transcode = given.get("TranscodeParams")
    encode = transcode.get("EncodeParams") if isinstance(transcode, dict) else None
    if not isinstance(transcode, dict) or not isinstance(encode, dict):
        raise _invalid("/TranscodeParams", "Only a mix with EncodeParams has a layout.")
    width, height = _side(encode, "VideoWidth"), _side(encode, "VideoHeight")
    layout = transcode.get("Layout")
    panes = layout.get("UserPanes") if isinstance(layout, dict) else None
    if not isinstance(panes, list) or not panes:
        raise _invalid("/TranscodeParams/Layout/UserPanes", "There are no panes.")
    made = Imported(LayoutDocument(Canvas(width, height, image=_background(transcode.get("Background")))))
    regions = [_region(one, place, width, height, made) for place, one in enumerate(panes)]
    order = sorted(range(len(regions)), key=lambda place: (_whole(panes[place].get("ZOrder")), place))
    made.document = LayoutDocument(made.document.canvas, tuple(regions[place] for place in order))
    for name in sorted(set(given) - {*OUR_OWN, "TranscodeParams"}):
        made.not_understood.append(Problem(f"/{name}", "no_layout", "This is an option of the task, not of a layout."))
    return made


def _object(name: str, value: Json) -> Json:
    if name not in OBJECTS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise _invalid(f"/{name}", "This is not JSON.") from error


def _invalid(pointer: str, message: str) -> Invalid:
    return Invalid("These parameters hold no layout.", problems=[Problem(pointer, "not_understood", message)])


def _side(encode: Mapping[str, Json], name: str) -> int:
    side = _whole(encode.get(name))
    if not SMALLEST <= side <= LARGEST:
        message = f"A side of the picture must be {SMALLEST} to {LARGEST} pixels."
        raise _invalid(f"/TranscodeParams/EncodeParams/{name}", message)
    return side


def _background(given: Json) -> Picture | None:
    if not isinstance(given, dict) or not isinstance(given.get("URL"), str) or not given["URL"]:
        return None
    return Picture(given["URL"], FITS.get(str(given.get("RenderMode", "1")), "cover"))


def _region(pane: Json, place: int, width: int, height: int, made: Imported) -> Region:
    where = f"/TranscodeParams/Layout/UserPanes/{place}"
    if not isinstance(pane, dict):
        raise _invalid(where, "A pane must be an object.")
    left, top = _share(pane, "X", where), _share(pane, "Y", where)
    right, bottom = left + _share(pane, "Width", where), top + _share(pane, "Height", where)
    x, y = round(left * width), round(top * height)
    named = pane.get("UserInfo")
    user: dict[str, Json] = named if isinstance(named, dict) else {}
    person = str(user.get("UserId") or "")
    slot = person if SLOT.fullmatch(person) else f"guest-{place + 1}"
    if person:
        made.bindings[slot] = Binding(person)
    if user.get("ChannelId"):
        message = "People of other rooms are an option of the task, not of a layout."
        made.not_understood.append(Problem(f"{where}/UserInfo/ChannelId", "other_room", message))
    off = pane.get("BackgroundImageUrl")
    return Region(
        id=f"r{place + 1}",
        name=slot,
        x=x,
        y=y,
        width=max(1, round(right * width) - x),
        height=max(1, round(bottom * height) - y),
        fit=FITS.get(str(pane.get("RenderMode", "1")), "cover"),
        source=Source(slot, STREAMS.get(str(user.get("SourceType", "camera")), "camera")),
        placeholder=Picture(off) if isinstance(off, str) and off else None,
    )


def _share(pane: Mapping[str, Json], name: str, where: str) -> float:
    try:
        share = float(pane.get(name, ""))
    except (TypeError, ValueError):
        share = -1.0
    if not 0 <= share <= 1:
        raise _invalid(f"{where}/{name}", "This must be a number from 0 to 1.")
    return share


def _whole(value: Json) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0
