"""Reads a Create body back: the layout it draws, who sits where, and what a layout document has no words for."""

from __future__ import annotations

from collections.abc import Mapping

from apps.core.errors import Problem
from apps.core.types import Json
from apps.layout_document.document import Fit
from apps.vendors.agora.api import uid_of
from apps.vendors.agora.transcoder import importing_task
from apps.vendors.agora.transcoder.capabilities import CAPABILITIES
from apps.vendors.agora.transcoder.importing_task import Room
from apps.vendors.agora.transcoder.options import CHANNEL, MARKS_WORDS, TASK_OPTIONS
from apps.vendors.agora.transcoder.payload import EVERYBODY
from apps.vendors.importing.payload import (
    START,
    Pictures,
    Seats,
    layout_of,
    list_at,
    no_layout,
    object_at,
    unknown_members,
    unread,
    whole_at,
    word_of,
)
from apps.vendors.importing.task_settings import TaskSettings
from apps.vendors.types import Imported

FITS: dict[str, Fit] = {"FILL": "cover", "FIT": "contain"}
WHERE = "/services/cloudTranscoder/config/transcoder"
# Understood, but of the task and not of its layout: options, output, people who are heard.
OF_THE_TASK = {"idleTimeout", "audioInputs", "outputs"}
MEMBERS = OF_THE_TASK | {"videoInputs", "canvas", *MARKS_WORDS}
REGION = ("x", "y", "width", "height", "zOrder")
CANVAS = ("width", "height", "color", "backgroundImage", "fillMode")

NOT_UNDERSTOOD = {
    "no_transcoder": "services.cloudTranscoder.config.transcoder is missing.",
    "no_canvas": "A canvas is required: a relayed stream has no layout.",
    "color_number": "A color must be a number from 0 to 16777215.",
    "only_people": "Only a user of a channel can be shown in a region.",
    "heard_only": "This audio source has no region. Set it in the task options, or add a region.",
}


def knows(body: Json) -> bool:
    """Whether this looks like such a body, or a part of one."""
    if not isinstance(body, Mapping):
        return False
    services = body.get("services")
    wrapped = isinstance(services, Mapping) and "cloudTranscoder" in services
    return wrapped or "cloudTranscoder" in body or ("canvas" in body and "videoInputs" in body)


def read(body: Json) -> Imported:
    """The layout of a Create body, or of its `services`, or of the transcoder alone. Objects come back to front.

    Raises `Invalid` when there is no transcoder with a canvas, or its numbers make no layout.
    """
    transcoder, where = _transcoder(body)
    problems = importing_task.around(body, where) + unknown_members(transcoder, MEMBERS, where)
    pictures, seats = Pictures(problems), Seats()
    wishes, room = TaskSettings(TASK_OPTIONS, CAPABILITIES.encoding, problems), Room(problems)
    levels: list[tuple[int, str, dict[str, Json]]] = []
    for at, stream in enumerate(list_at(transcoder, "videoInputs", where)):
        here = f"{where}/videoInputs/{at}"
        uid = _uid(stream)
        if uid is None:
            problems.append(unread(here, "only_people", NOT_UNDERSTOOD))
            continue
        problems += unknown_members(stream, ("rtc", "region", "placeholderImageUrl"), here)
        room.read(stream["rtc"], f"{here}/rtc")
        slot = seats.slot(str(uid), at + 1)
        region = {"kind": "region", "id": f"r{at + 1}", "name": str(uid), "source": {"slot": slot}}
        if image := pictures.url(stream.get("placeholderImageUrl"), f"{here}/placeholderImageUrl"):
            region["placeholder"] = {"url": image}
        levels.append(_placed(region, stream, here, problems))
    for word in MARKS_WORDS:
        for at, overlay in enumerate(list_at(transcoder, word, where)):
            here = f"{where}/{word}/{at}"
            problems += unknown_members(overlay, ("imageUrl", "fillMode", "region"), here)
            fit = _fit(overlay, here, problems)
            level = _placed({"kind": "image", "id": f"i{at + 1}", "fit": fit}, overlay, here, problems)
            if image := pictures.url(overlay.get("imageUrl"), f"{here}/imageUrl"):
                level[2]["url"] = image
                levels.append(level)
    _heard(transcoder, seats, room, wishes, where)
    levels.sort(key=lambda level: level[0])  # stable: equal levels in their order
    places = {f"/objects/{place}": here for place, (_, here, _one) in enumerate(levels)}
    places |= {f"/canvas/{name}": f"{where}/canvas/{name}" for name in ("width", "height", "color")}
    places |= {"": where, "/canvas": f"{where}/canvas", "/canvas/image": f"{where}/canvas/backgroundImage"}
    canvas = _canvas(transcoder, where, pictures)
    objects = [level for _, _, level in levels]
    document = layout_of({"schema": "quadbox.layout/1", "canvas": canvas, "objects": objects}, places)
    wishes.option("idle_timeout", transcoder.get("idleTimeout"), f"{where}/idleTimeout")
    output = importing_task.outputs(transcoder, where, wishes, (canvas["width"], canvas["height"]))
    return Imported(document, seats.bindings, room=room.name, output=output, **wishes.taken())


def _transcoder(body: Json) -> tuple[Mapping[str, Json], str]:
    at, steps = body, WHERE.split("/")[1:]
    for number in range(len(steps) + 1):  # whatever of the wrapping is there
        inner, where = at, "/".join(steps[number:])
        for name in steps[number:]:
            inner = inner.get(name) if isinstance(inner, Mapping) else None
        if isinstance(inner, Mapping) and (isinstance(inner.get("canvas"), Mapping) or number < len(steps)):
            return inner, f"/{where}" if where else ""
    raise no_layout("", "no_transcoder", NOT_UNDERSTOOD)


def _uid(entry: Mapping[str, Json]) -> int | None:
    rtc = entry.get("rtc")
    return uid_of(rtc.get("rtcUid")) if isinstance(rtc, Mapping) else None


def _fit(value: Mapping[str, Json], where: str, problems: list[Problem]) -> Fit:
    said = value.get("fillMode", "FILL")
    if said not in ("FILL", "FIT"):
        problems.append(unread(f"{where}/fillMode", "unknown_word"))
        return "cover"
    return FITS[said]


def _placed(
    entry: dict[str, Json], input: Mapping[str, Json], where: str, problems: list[Problem]
) -> tuple[int, str, dict[str, Json]]:
    box, here = object_at(input, "region", where), f"{where}/region"
    problems += unknown_members(box, REGION, here)
    for name in ("x", "y", "width", "height"):
        entry[name] = whole_at(box, name, here, START.get(name))
    return whole_at(box, "zOrder", here, 0), where, entry


def _canvas(transcoder: Mapping[str, Json], where: str, pictures: Pictures) -> dict[str, Json]:
    canvas, here = transcoder.get("canvas"), f"{where}/canvas"
    if not isinstance(canvas, Mapping):
        raise no_layout(here, "no_canvas", NOT_UNDERSTOOD)
    pictures.problems += unknown_members(canvas, CANVAS, here)
    number = whole_at(canvas, "color", here, 0)  # 2022: a text
    if not 0 <= number <= 0xFFFFFF:
        raise no_layout(f"{here}/color", "color_number", NOT_UNDERSTOOD)
    found: dict[str, Json] = {"color": f"#{number:06X}"}
    found |= {name: whole_at(canvas, name, here) for name in ("width", "height")}
    if image := pictures.url(canvas.get("backgroundImage"), f"{here}/backgroundImage"):
        found["image"] = {"url": image, "fit": _fit(canvas, here, pictures.problems)}
    return found


def _heard(transcoder: Mapping[str, Json], seats: Seats, room: Room, wishes: TaskSettings, where: str) -> None:
    """Whose sound is mixed: the whole channel's is an option; of people, a layout hears those it shows."""
    seen = {binding.user_id for binding in seats.bindings.values()}
    heard: set[str] = set()
    for at, stream in enumerate(list_at(transcoder, "audioInputs", where)):
        here, rtc = f"{where}/audioInputs/{at}", stream.get("rtc")
        everybody = isinstance(rtc, Mapping) and word_of(rtc.get("rtcUid")) == str(EVERYBODY)
        if not everybody and str(_uid(stream)) not in seen:
            wishes.problems.append(unread(here, "heard_only", NOT_UNDERSTOOD))
            continue
        wishes.problems += unknown_members(stream, ("rtc",), here)
        room.read(stream["rtc"], f"{here}/rtc")
        heard.add(str(_uid(stream)))
        if everybody:
            wishes.option("audio_from", CHANNEL, here)
    if "audio_from" in wishes.options:
        return
    for at, stream in enumerate(list_at(transcoder, "videoInputs", where)):
        if str(_uid(stream)) in seen - heard:
            wishes.problems.append(unread(f"{where}/videoInputs/{at}", "seen_only"))
