"""From a relay task to a picture, by the service's rules."""

from __future__ import annotations

from dataclasses import replace

from apps.core.types import JsonObject
from apps.sandbox.aliyun.live import states
from apps.sandbox.engine.mixer import people as drawn
from apps.sandbox.engine.mixer.scene import Fit, Layer, Person, Scene
from apps.sandbox.engine.ports import Runtime

Stream = tuple[str, str, str]  # user id, "camera" or "shareScreen", room ("" is the task's own)
FITS: dict[str, Fit] = {"0": "contain", "1": "cover"}  # RenderMode
BLACK = "#000000"
SINGLE_SIZE = (1280, 720, 25.0)  # what our synthetic people send


def scene(runtime: Runtime, task: JsonObject) -> Scene | None:
    """None when only sound is pushed."""
    request = task["request"]
    if "Single" in request:
        return _single(runtime, task, request["Single"])
    mix = request["Mix"]
    encode = mix["Encode"]
    if encode["AudioOnly"]:
        return None
    width, height = encode["VideoWidth"], encode["VideoHeight"]
    if not width or not height:
        return None
    streams = published(runtime, task, mix["UserInfos"])
    filled = fill(mix["Panes"], streams)
    order = sorted(range(len(mix["Panes"])), key=lambda place: (mix["Panes"][place]["ZOrder"], place))
    layers = [_pane(runtime, task, mix["Panes"][place], filled.get(place), width, height) for place in order]
    seen = {(user, room) for user, _, room in filled.values()}
    voices = tuple(
        _person(runtime, task, (user, "camera", room))
        for user, room in heard(runtime, task, mix["UserInfos"])
        if (user, room) not in seen
    )
    return Scene(
        width,
        height,
        float(encode["VideoFramerate"]),
        BLACK,
        _background(runtime, mix["Background"], width, height),
        tuple(layers),
        voices=voices,
    )


def published(runtime: Runtime, task: JsonObject, infos: list[JsonObject]) -> list[Stream]:
    """The pictures that may be shown, in join order; of one person the camera first. No list is everybody."""
    wanted = {
        (info["UserId"], info["SourceType"] if info["StreamType"] == "2" else "camera", info["ChannelId"])
        for info in infos
        if info["StreamType"] != "1"
    }
    found: list[Stream] = []
    for room in dict.fromkeys(["", *(info["ChannelId"] for info in infos)]):
        for person in states.present(runtime, task, room):
            for source, on in (("camera", person["camera"]), ("shareScreen", person["screen"])):
                stream = (person["user_id"], source, room)
                if on and (not infos or stream in wanted):
                    found.append(stream)
    return found


def heard(runtime: Runtime, task: JsonObject, infos: list[JsonObject]) -> list[tuple[str, str]]:
    """(user, room) of everybody whose sound is mixed and who has their microphone on."""
    wanted = {(info["UserId"], info["ChannelId"]) for info in infos if info["StreamType"] in ("0", "1")}
    return [
        (person["user_id"], room)
        for room in dict.fromkeys(["", *(info["ChannelId"] for info in infos)])
        for person in states.present(runtime, task, room)
        if person["audio"] and (not infos or (person["user_id"], room) in wanted)
    ]


def fill(panes: list[JsonObject], streams: list[Stream]) -> dict[int, Stream]:
    """Pane (its place in the list) → stream. A bound pane waits for its person; the others are filled in join order."""
    filled: dict[int, Stream] = {}
    for place, pane in enumerate(panes):
        if pane["User"]:
            stream = (pane["User"]["UserId"], pane["User"]["SourceType"], pane["User"]["ChannelId"])
            if stream in streams:
                filled[place] = stream
    bound = {
        (pane["User"]["UserId"], pane["User"]["SourceType"], pane["User"]["ChannelId"])
        for pane in panes
        if pane["User"]
    }
    rest = iter([stream for stream in streams if stream not in bound])
    for place, pane in enumerate(panes):
        if not pane["User"] and (stream_left := next(rest, None)):
            filled[place] = stream_left
    return filled


def _pane(
    runtime: Runtime, task: JsonObject, pane: JsonObject, stream: Stream | None, width: int, height: int
) -> Layer:
    box = (pane["X"] * width, pane["Y"] * height, pane["Width"] * width, pane["Height"] * height)
    if stream is not None:
        return Layer("person", *box, fit=FITS[pane["RenderMode"]], bars=BLACK, person=_person(runtime, task, stream))
    # Nobody, or somebody without a picture: the pane's own picture (how it is fitted is not documented), else black.
    picture = runtime.pictures.path_of(pane["BackgroundImageUrl"])
    return Layer("empty", *box, bars=BLACK, placeholder_path=picture, placeholder_fit="cover")


def _background(runtime: Runtime, picture: JsonObject | None, width: int, height: int) -> Layer | None:
    path = runtime.pictures.path_of(picture["URL"]) if picture else None
    if not picture or not path:
        return None
    return Layer("picture", 0, 0, width, height, fit=FITS[picture["RenderMode"]], path=path)


def _person(runtime: Runtime, task: JsonObject, stream: Stream) -> Person:
    user_id, source, room = stream
    participant = next((person for person in states.present(runtime, task, room) if person["user_id"] == user_id), None)
    name = participant["name"] if participant else user_id
    made = drawn.person(user_id, name, stream="screen" if source == "shareScreen" else "camera")
    request = task["request"]
    infos = request["Mix"]["UserInfos"] if "Mix" in request else [request["Single"]]
    return replace(made, audible=(user_id, room) in heard(runtime, task, infos))


def _single(runtime: Runtime, task: JsonObject, sub: JsonObject) -> Scene | None:
    """One stream as its person sends it: not fitted, not encoded again."""
    if sub["StreamType"] == "1":
        return None
    width, height, fps = SINGLE_SIZE
    streams = published(runtime, task, [sub])
    layers = (
        Layer("person", 0, 0, width, height, fit="contain", bars=BLACK, person=_person(runtime, task, stream))
        for stream in streams
    )
    return Scene(width, height, fps, BLACK, layers=tuple(layers))
