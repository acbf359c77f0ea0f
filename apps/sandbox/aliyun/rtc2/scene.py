"""From a task's request to a picture, by the vendor's rules: what relays and recordings draw alike."""

from __future__ import annotations

from dataclasses import replace

from apps.core.types import JsonObject
from apps.sandbox.aliyun.rtc2.validation import panes_of
from apps.sandbox.engine.clock import iso
from apps.sandbox.engine.mixer import people as drawn
from apps.sandbox.engine.mixer.scene import Fit, Layer, Person, Scene
from apps.sandbox.engine.ports import Runtime

Stream = tuple[str, str]  # user id, "camera" or "shareScreen"
FITS: dict[int, Fit] = {1: "cover", 2: "contain"}  # CropMode
ALL = "allStream"
BOLD_FONTS = (2, 3, 5)
MOST_VOICES = 6


def mixed(runtime: Runtime, task: JsonObject, present: list[JsonObject], look: JsonObject, empty: Scene) -> Scene:
    """The layout with its people. `look` holds Backgrounds, Watermarks and ClockWidgets; `empty` is the bare canvas."""
    request, width, height = task["request"], empty.width, empty.height
    streams = published(present, request)
    panes, most_voices = _layout(runtime, task, len(streams))
    filled = fill(panes, request["UserPanes"], streams)
    layers: list[tuple[int, int, int, Layer]] = []  # ZOrder, kind (backgrounds, panes, watermarks, clock), order
    for n, picture in enumerate(look["Backgrounds"]):
        layers += [(picture["ZOrder"], 0, n, layer) for layer in _picture(runtime, picture, (0, 0, width, height))]
    for n, pane in enumerate(panes):
        box = (pane["X"] * width, pane["Y"] * height, pane["Width"] * width, pane["Height"] * height)
        bound = next((user_pane for user_pane in request["UserPanes"] if user_pane["PaneId"] == pane["PaneId"]), None)
        for layer in _pane(runtime, box, bound, filled.get(pane["PaneId"]), present, request, empty.color):
            layers.append((pane["ZOrder"], 1, n, layer))
    for n, picture in enumerate(look["Watermarks"]):
        layers += [(picture["ZOrder"], 2, n, layer) for layer in _picture(runtime, picture, (0, 0, width, height))]
    for n, clock in enumerate(look["ClockWidgets"]):
        # Beijing time, to the minute: a new picture every second would be a new scene every second.
        shown = iso(runtime.clock.now() + 8 * 3600)[:16].replace("T", " ")
        layers.append((clock["ZOrder"], 3, n, _text({**clock, "Text": shown}, (0, 0, width, height))))
    layers.sort(key=lambda participant: participant[:3])
    seen = {user for user, _ in filled.values()}
    # AudioMixCount streams are mixed, the rest is dropped; which is not documented, here the first who joined.
    heard = [
        participant["user_id"]
        for participant in present
        if participant["audio"] and _subscribed(participant["user_id"], "Audio", request)
    ]
    heard = heard[:most_voices]
    voices = tuple(person((user_id, "camera"), present, request) for user_id in heard if user_id not in seen)
    return replace(empty, layers=tuple(_silenced(layer, heard) for *_, layer in layers), voices=voices)


def _silenced(layer: Layer, heard: list[str]) -> Layer:
    """Its person without sound, if they are not among those who are heard."""
    if layer.person is None or layer.person.user_id in heard:
        return layer
    return replace(layer, person=replace(layer.person, audible=False))


def published(present: list[JsonObject], request: JsonObject) -> list[Stream]:
    """The video streams that may be shown, in join order; of one person the camera first."""
    found: list[Stream] = []
    for participant in present:
        if participant["camera"] and _subscribed(participant["user_id"], "Camera", request):
            found.append((participant["user_id"], "camera"))
        if participant["screen"] and _subscribed(participant["user_id"], "ShareScreen", request):
            found.append((participant["user_id"], "shareScreen"))
    return found


def _subscribed(user_id: str, kind: str, request: JsonObject) -> bool:
    """Exclusions first, then the list of this kind, then the untyped one; no list at all is everybody. How lists of
    several kinds go together is not documented: here each limits its own kind alone."""
    if request["MixMode"] == 0:  # uses SubSpecUsers only
        return not request["SubSpecUsers"] or user_id in request["SubSpecUsers"]
    banned = request[f"UnsubSpec{kind}Users"]
    if ALL in banned or user_id in banned:
        return False
    wanted = request[f"SubSpec{kind}Users"]
    if wanted:
        return ALL in wanted or user_id in wanted
    return not request["SubSpecUsers"] or user_id in request["SubSpecUsers"]


def _layout(runtime: Runtime, task: JsonObject, streams: int) -> tuple[list[JsonObject], int]:
    """The layout whose pane count fits: the smallest with room for everybody, else the largest there is. Its panes, and
    how many voices it mixes at most."""
    with runtime.store.reading() as state:
        known = [
            (panes_of(state, task["app_id"], id_), int((state["layouts"].get(str(id_)) or {}).get("AudioMixCount", 6)))
            for id_ in task["request"]["LayoutIds"]
        ]
    by_size = sorted(((panes, voices) for panes, voices in known if panes), key=lambda pane: len(pane[0]))
    if not by_size:
        return [], MOST_VOICES
    panes, voices = next((pane for pane in by_size if len(pane[0]) >= streams), by_size[-1])
    return sorted(panes, key=lambda pane: pane["PaneId"]), voices


def fill(panes: list[JsonObject], bindings: list[JsonObject], streams: list[Stream]) -> dict[int, Stream]:
    """Pane → stream. Bound and present first; then every other pane, also of an absent bound user, in join order."""
    filled: dict[int, Stream] = {}
    numbers = [pane["PaneId"] for pane in panes]
    for binding in bindings:
        stream = (binding["UserId"], binding["SourceType"])
        if binding["PaneId"] in numbers and stream in streams:
            filled[binding["PaneId"]] = stream
    rest = iter([stream for stream in streams if stream not in filled.values()])
    for number in numbers:
        if number not in filled and (stream_left := next(rest, None)):
            filled[number] = stream_left
    return filled


def _pane(
    runtime: Runtime,
    box: tuple[float, float, float, float],
    bound: JsonObject | None,
    stream: Stream | None,
    present: list[JsonObject],
    request: JsonObject,
    bars: str,
) -> list[Layer]:
    layers = []
    if stream:
        fit = FITS[request["CropMode"]]
        layers.append(Layer("person", *box, fit=fit, bars=bars, person=person(stream, present, request)))
    if bound:
        things: list[tuple[int, int, Layer]] = []
        for image in bound["Images"]:
            # 2: a backup, only while the pane's user has no video; our synthetic streams always have
            if image["Display"] == 1 or (image["Display"] == 2 and stream is None):
                things += [(image["ZOrder"], 0, layer) for layer in _picture(runtime, {**image, "Display": 1}, box)]
        things += [(text["ZOrder"], 1, _text(text, box)) for text in bound["Texts"]]
        layers += [layer for _, _, layer in sorted(things, key=lambda pane: pane[:2])]
    return layers


def _picture(runtime: Runtime, picture: JsonObject, box: tuple[float, float, float, float]) -> list[Layer]:
    path = runtime.pictures.path_of(picture["Url"]) if picture["Display"] == 1 else None
    if not path:
        return []
    x, y, w, h = box
    place = (x + picture["X"] * w, y + picture["Y"] * h, picture["Width"] * w, picture["Height"] * h)
    return [Layer("picture", *place, fit="stretch", opacity=picture.get("Alpha", 1.0), path=path)]


def _text(text: JsonObject, box: tuple[float, float, float, float]) -> Layer:
    x, y, w, h = box
    return Layer(
        "text",
        x + text["X"] * w,
        y + text["Y"] * h,
        text=text["Text"],
        size=text["FontSize"],
        font_color=css(text["FontColor"]),
        bold=text["FontType"] in BOLD_FONTS,
        opacity=text.get("Alpha", 1.0),
        text_background=css(text["BoxColor"]) if text.get("Box") else None,
        padding=text.get("BoxBorderWidth", 0),
        outline=text.get("BorderWidth", 0),
        outline_color=css(text.get("BorderColor", 0)),
    )


def person(stream: Stream, present: list[JsonObject], request: JsonObject) -> Person:
    user_id, source = stream
    participant = next((somebody for somebody in present if somebody["user_id"] == user_id), None)
    name = participant["name"] if participant else user_id
    made = drawn.person(user_id, name, stream="screen" if source == "shareScreen" else "camera")
    return replace(made, audible=bool(participant and participant["audio"] and _heard(user_id, request)))


def _heard(user_id: str, request: JsonObject) -> bool:
    return request["MixMode"] == 0 or _subscribed(user_id, "Audio", request)


def css(color: int) -> str:
    """R + G×256 + B×65536 → `#RRGGBB`."""
    return f"#{color & 0xFF:02X}{color >> 8 & 0xFF:02X}{color >> 16 & 0xFF:02X}"
