"""From a relay to a picture: the mixing rules are those of recordings, the look is the task's own."""

from __future__ import annotations

from dataclasses import replace

from apps.core.types import JsonObject
from apps.sandbox.aliyun.rtc2 import scene as shared
from apps.sandbox.aliyun.rtc2.mpu import states
from apps.sandbox.aliyun.rtc2.tables import MEDIA_ENCODE
from apps.sandbox.engine.mixer.people import source_size
from apps.sandbox.engine.mixer.scene import Layer, Scene
from apps.sandbox.engine.ports import Runtime

SOUND_ONLY, PICTURE_ONLY = 1, 2  # StreamType


def scene(runtime: Runtime, task: JsonObject) -> Scene | None:
    """None when only sound is relayed."""
    request = task["request"]
    present = states.present(runtime, task)
    if request["MixMode"] == 0:
        return _single(request, present)
    width, height, _, fps = MEDIA_ENCODE[request["MediaEncode"]]
    if not width:
        return None
    return shared.mixed(
        runtime, task, present, request, Scene(width, height, fps, shared.css(request["BackgroundColor"]))
    )


def _single(request: JsonObject, present: list[JsonObject]) -> Scene | None:
    """One stream in its own size; a screen that nobody shares is replaced by the camera."""
    if request["StreamType"] == SOUND_ONLY:
        return None
    streams = shared.published(present, request)
    chosen = next((stream for stream in streams if stream[1] == request["SourceType"]), None) or next(
        iter(streams), None
    )
    sound = request["StreamType"] != PICTURE_ONLY
    if chosen is None:
        return Scene(1280, 720, 15, audio=sound)
    person = shared.person(chosen, present, request)
    width, height = source_size(person)
    layer = Layer("person", 0, 0, width, height, fit="stretch", person=person)
    return replace(Scene(round(width), round(height), 15, layers=(layer,)), audio=sound)
