"""Which service a payload belongs to that no adapter reads, and the layout in it where it has coordinates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from apps.core.errors import Invalid, Problem
from apps.core.message_templates import fill
from apps.core.types import Json
from apps.vendors.importing.foreign import agora_recording, obs, owt, trtc
from apps.vendors.importing.payload import NOT_UNDERSTOOD as SHARED
from apps.vendors.types import Imported

NOT_UNDERSTOOD = {
    "foreign_kind": "This is a payload of {kind}. It has no coordinates that can be imported.",
    "foreign_read": "This is a payload of {kind}. Its positions were imported, nothing else.",
}
NO_LAYOUT = SHARED["no_layout"]
OPENTOK_LAYOUTS = {"bestFit", "custom", "horizontalPresentation", "pip", "verticalPresentation", "focus"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A service by its own name; `read` is None where its payloads have no coordinates."""

    name: str
    knows: Callable[[Json], bool]
    read: Callable[[Json], Imported] | None = None


def is_egress(value: Mapping[str, Json]) -> bool:
    """LiveKit Egress: a start in its unified or older form, an update, or the info of a run."""
    room = {"room_name", "roomName"} & value.keys()
    outputs = {"outputs", "preset", "advanced", "template", "layout", "audio_only", "audioOnly", "file", "stream"}
    further = {"file_outputs", "fileOutputs", "stream_outputs", "streamOutputs", "segment_outputs", "segmentOutputs"}
    return bool({"egress_id", "egressId"} & value.keys()) or bool(room and (outputs | further) & value.keys())


def is_opentok(value: Mapping[str, Json]) -> bool:
    """OpenTok (Vonage Video): an archive, a broadcast, or a change of their layout."""
    layout = value.get("layout")
    named = (isinstance(layout, Mapping) and str(layout.get("type")) in OPENTOK_LAYOUTS) or (
        str(value.get("type")) in OPENTOK_LAYOUTS and bool({"stylesheet", "screenshareType"} & value.keys())
    )
    run = "sessionId" in value and bool(
        {"outputMode", "outputs", "hasAudio", "hasVideo", "streamMode", "layout"} & value.keys()
    )
    return named or run


def _of_object(knows: Callable[[Mapping[str, Json]], bool]) -> Callable[[Json], bool]:
    return lambda value: isinstance(value, Mapping) and knows(value)


KINDS = (
    Kind("Agora Cloud Recording", _of_object(agora_recording.knows), agora_recording.read),
    Kind("Tencent TRTC", _of_object(trtc.knows), trtc.read),
    Kind("OBS Studio", _of_object(obs.knows), obs.read),
    Kind("Open WebRTC Toolkit (OWT)", owt.knows, owt.read),
    Kind("LiveKit Egress", _of_object(is_egress)),
    Kind("OpenTok (Vonage Video)", _of_object(is_opentok)),
)


def kind_of(value: Json) -> Kind | None:
    return next((kind for kind in KINDS if kind.knows(value)), None)


def read(value: Json) -> Imported | None:
    """The layout in a foreign payload; None for one of a kind nobody here knows. `not_understood` begins with the
    kind. Raises `Invalid`, whose first problem names the kind, when there is no layout in it."""
    kind = kind_of(value)
    if kind is None:
        return None
    if kind.read is None:
        raise Invalid(NO_LAYOUT, problems=[_problem("foreign_kind", kind)])
    try:
        imported = kind.read(value)
    except Invalid as error:
        raise Invalid(NO_LAYOUT, problems=[_problem("foreign_kind", kind), *error.problems]) from error
    return Imported(
        imported.document,
        imported.bindings,
        (_problem("foreign_read", kind), *imported.not_understood),
        room=imported.room,
    )


def _problem(code: str, kind: Kind) -> Problem:
    sentence, params = NOT_UNDERSTOOD[code], {"kind": kind.name}
    return Problem("", code, fill(sentence, params), sentence, params)
