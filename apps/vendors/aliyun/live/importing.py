"""The parameters of StartLiveMPUTask, read back into a layout document. What a document cannot say is listed."""

from __future__ import annotations

import json
from collections.abc import Mapping

from apps.core.types import Json
from apps.layout_document.document import Fit, Stream
from apps.layout_document.parse import refuse_constant
from apps.vendors.aliyun.live import importing_task
from apps.vendors.aliyun.live.capabilities import CAPABILITIES
from apps.vendors.aliyun.live.fields import TASK_OPTIONS
from apps.vendors.aliyun.live.importing_task import WHERE, Rooms
from apps.vendors.aliyun.wire.parameters import content
from apps.vendors.importing.payload import (
    START,
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
    whole_at,
    word_of,
)
from apps.vendors.importing.task_settings import TaskSettings
from apps.vendors.types import Imported

FITS: dict[str, Fit] = {"0": "contain", "1": "cover"}
STREAMS: dict[str, Stream] = {"camera": "camera", "shareScreen": "screen"}
OBJECTS = ("TranscodeParams", "MultiStreamURL", "SingleSubParams", "SeiParams")
TRANSCODE = ("EncodeParams", "Layout", "Background", "UserInfos")
PANE = ("X", "Y", "Width", "Height", "ZOrder", "RenderMode", "UserInfo", "BackgroundImageUrl")

NOT_UNDERSTOOD = {
    "not_json": "This is not JSON.",
    "only_mixes": "Only a mix with EncodeParams has a layout.",
    "no_panes": "There are no panes.",
    "no_share": "This must be a number from 0 to 1.",
}


def knows(parameters: Json) -> bool:
    """Whether these look like such parameters."""
    return isinstance(parameters, Mapping) and "TranscodeParams" in parameters


def read(parameters: Json) -> Imported:
    """The layout in the parameters; objects may be JSON texts, as they travel, or objects.

    Raises `Invalid` when there is no picture in them.
    """
    if not isinstance(parameters, Mapping):
        raise no_layout("", "not_an_object")
    given = {name: _object(name, value) for name, value in content(parameters).items()}
    transcode = given.get("TranscodeParams")
    encode = transcode.get("EncodeParams") if isinstance(transcode, Mapping) else None
    if not isinstance(transcode, Mapping) or not isinstance(encode, Mapping):
        raise no_layout(WHERE, "only_mixes", NOT_UNDERSTOOD)
    sides = {name: whole_at(encode, word, f"{WHERE}/EncodeParams") for name, word in SIDES.items()}
    layout = object_at(transcode, "Layout", WHERE) if transcode.get("Layout") else {}
    panes = list_at(layout, "UserPanes", f"{WHERE}/Layout")
    if not panes:
        raise no_layout(f"{WHERE}/Layout/UserPanes", "no_panes", NOT_UNDERSTOOD)
    problems = unknown_members(transcode, TRANSCODE, WHERE) + unknown_members(layout, ("UserPanes",), f"{WHERE}/Layout")
    pictures, seats, wishes = Pictures(problems), Seats(), TaskSettings(TASK_OPTIONS, CAPABILITIES.encoding, problems)
    rooms = Rooms(word_of(given.get("ChannelId")), wishes)
    canvas: dict[str, Json] = dict(sides)
    if image := _background(transcode, pictures):
        canvas["image"] = image
    levels: list[tuple[int, str, dict[str, Json]]] = []
    for place, pane in enumerate(panes):
        here = f"{WHERE}/Layout/UserPanes/{place}"
        region = _region(pane, place, here, sides, pictures, seats, rooms)
        levels.append((whole_at(pane, "ZOrder", here, 0), here, region))
    levels.sort(key=lambda level: level[0])
    places = {f"/objects/{place}": here for place, (_, here, _one) in enumerate(levels)}
    places |= {f"/canvas/{name}": f"{WHERE}/EncodeParams/{word}" for name, word in SIDES.items()}
    places |= {"": WHERE, "/canvas/image": f"{WHERE}/Background/URL"}
    objects = [level for _, _, level in levels]
    document = layout_of({"schema": "quadbox.layout/1", "canvas": canvas, "objects": objects}, places)
    importing_task.read(given, encode, wishes)
    importing_task.voices(transcode, panes, rooms, wishes)
    room = room_of(given.get("ChannelId"))
    return Imported(document, seats.bindings, room=room, output=wishes.output, **wishes.taken())


SIDES = {"width": "VideoWidth", "height": "VideoHeight"}


def _object(name: str, value: Json) -> Json:
    if name not in OBJECTS or not isinstance(value, str):
        return value
    try:
        return json.loads(value, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise no_layout(f"/{name}", "not_json", NOT_UNDERSTOOD) from error


def _background(transcode: Mapping[str, Json], pictures: Pictures) -> Json:
    if not transcode.get("Background"):
        return None
    given = object_at(transcode, "Background", WHERE)
    pictures.problems += unknown_members(given, ("URL", "RenderMode"), f"{WHERE}/Background")
    url = pictures.url(given.get("URL"), f"{WHERE}/Background/URL")
    return {"url": url, "fit": _fit(given, f"{WHERE}/Background", pictures)} if url else None


def _fit(value: Mapping[str, Json], where: str, pictures: Pictures) -> Fit:
    said = word_of(value.get("RenderMode", "1"))
    if said not in FITS:
        pictures.problems.append(unread(f"{where}/RenderMode", "unknown_word"))
    return FITS.get(said, "cover")


def _region(
    pane: Mapping[str, Json],
    place: int,
    where: str,
    sides: Mapping[str, int],
    pictures: Pictures,
    seats: Seats,
    rooms: Rooms,
) -> dict[str, Json]:
    pictures.problems += unknown_members(pane, PANE, where)
    width, height = sides["width"], sides["height"]
    left, top = _share(pane, "X", where), _share(pane, "Y", where)
    right, bottom = left + _share(pane, "Width", where), top + _share(pane, "Height", where)
    x, y = round(left * width), round(top * height)
    user = object_at(pane, "UserInfo", where) if pane.get("UserInfo") else {}
    person = word_of(user.get("UserId"))
    slot = seats.slot(person, place + 1)
    pictures.problems += unknown_members(user, ("UserId", "SourceType", "ChannelId"), f"{where}/UserInfo")
    rooms.read(user, f"{where}/UserInfo")
    stream = word_of(user.get("SourceType", "camera"))
    if stream not in STREAMS:
        pictures.problems.append(unread(f"{where}/UserInfo/SourceType", "unknown_word"))
    region: dict[str, Json] = {
        "kind": "region",
        "id": f"r{place + 1}",
        "name": slot,
        "x": x,
        "y": y,
        "width": max(1, round(right * width) - x),
        "height": max(1, round(bottom * height) - y),
        "fit": _fit(pane, where, pictures),
        "source": {"slot": slot, "stream": STREAMS.get(stream, "camera")},
    }
    if off := pictures.url(pane.get("BackgroundImageUrl"), f"{where}/BackgroundImageUrl"):
        region["placeholder"] = {"url": off}
    return region


def _share(pane: Mapping[str, Json], name: str, where: str) -> float:
    share = number_at(pane, name, where, START.get(name))
    if not 0 <= share <= 1:
        raise no_layout(f"{where}/{name}", "no_share", NOT_UNDERSTOOD)
    return share
