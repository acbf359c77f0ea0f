"""From a transcoder's configuration to a picture, by the vendor's rules."""

from __future__ import annotations

from apps.core.types import JsonObject
from apps.sandbox.agora import states
from apps.sandbox.engine.mixer import people as drawn
from apps.sandbox.engine.mixer.scene import Fit, Layer, Person, Scene, Stream
from apps.sandbox.engine.ports import Runtime

FITS: dict[str, Fit] = {"FILL": "cover", "FIT": "contain"}  # fillMode; left out it is FILL
PLACEHOLDERS = 1.5  # their layer: people begin right above it, overlays of zOrder 0 and 1 lie below
RELAYED = (1280, 720)


def scene(runtime: Runtime, task: JsonObject) -> Scene | None:
    """None when the output carries sound only."""
    request = task["request"]
    option = request["outputs"][0].get("videoOption")
    if option is None:
        return None
    there, heard = states.present(runtime, task), states.heard(task)
    seated = [(input_, _person(input_["rtc"]["rtcUid"], there, heard)) for input_ in states.inputs(task, "videoInputs")]
    voices = _voices(there, heard, {person.user_id for _, person in seated})
    canvas = request.get("canvas")
    if canvas is None:  # one stream, passed on as it is
        layers = [Layer("person", 0, 0, *RELAYED, person=person) for _, person in seated]
        return Scene(*RELAYED, 15.0, layers=tuple(layers), voices=voices)
    width, height = canvas["width"], canvas["height"]
    levels = [_seat(runtime, participant, person) for participant, person in seated]
    levels += [_mark(runtime, entry) for word in ("waterMarks", "watermarks") for entry in request.get(word) or []]
    layers = [layer for _, layer in sorted(levels, key=lambda entry: entry[0])]
    picture = runtime.pictures.path_of(canvas.get("backgroundImage"))
    fit = FITS[canvas.get("fillMode", "FILL")]
    background = Layer("picture", 0, 0, width, height, fit=fit, path=picture) if picture else None
    made = Scene(
        width, height, float(option.get("fps", 15)), f"#{canvas['color']:06X}", background, tuple(layers), voices=voices
    )
    return made.scaled_to(option.get("width", width), option.get("height", height))


def _seat(runtime: Runtime, entry: JsonObject, person: Person) -> tuple[tuple[float, int], Layer]:
    """A person who publishes is cropped to fill the region; one who does not leaves the placeholder, on its layer."""
    box = entry["region"]
    picture = runtime.pictures.path_of(entry.get("placeholderImageUrl"))
    layer = Layer(
        "person", box["x"], box["y"], box["width"], box["height"], fit="cover", person=person, placeholder_path=picture
    )
    return (box["zOrder"] if person.publishing else PLACEHOLDERS, box["zOrder"]), layer


def _mark(runtime: Runtime, entry: JsonObject) -> tuple[tuple[float, int], Layer]:
    box = entry["region"]
    path = runtime.pictures.path_of(entry["imageUrl"])
    fit = FITS[entry.get("fillMode", "FILL")]
    layer = Layer("picture", box["x"], box["y"], box["width"], box["height"], fit=fit, path=path)
    return (box["zOrder"], box["zOrder"]), layer


def _person(uid: int, there: dict[str, JsonObject], heard: set[str] | None) -> Person:
    """A shared screen is a user of its own: whoever shares and has no camera on is a screen."""
    user_id = str(uid)
    known = there.get(user_id)
    stream: Stream = "screen" if known and known["screen"] and not known["camera"] else "camera"
    shown = bool(known and (known["camera"] or known["screen"]))
    made = drawn.person(user_id, known["name"] if known else user_id, stream=stream, publishing=shown)
    audible = bool(known and known["audio"]) and (heard is None or user_id in heard)
    return Person(**{**{name: getattr(made, name) for name in Person.__dataclass_fields__}, "audible": audible})


def _voices(there: dict[str, JsonObject], heard: set[str] | None, seen: set[str]) -> tuple[Person, ...]:
    """Those who are heard and not seen."""
    return tuple(
        _person(int(user_id), there, heard)
        for user_id in there
        if user_id.isdigit() and user_id not in seen and (heard is None or user_id in heard)
    )
