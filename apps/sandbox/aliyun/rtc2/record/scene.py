"""From a recording to a picture."""

from __future__ import annotations

from dataclasses import replace

from apps.core.types import JsonObject
from apps.sandbox.aliyun.rtc2 import scene as shared
from apps.sandbox.aliyun.rtc2.record import states
from apps.sandbox.aliyun.rtc2.tables import MEDIA_ENCODE
from apps.sandbox.engine.mixer.scene import Layer, Scene
from apps.sandbox.engine.ports import Runtime


def scene(runtime: Runtime, task: JsonObject) -> Scene | None:
    """None when only sound is recorded."""
    request, template = task["request"], task["template"]
    width, height, _, fps = MEDIA_ENCODE[request["MediaEncode"]]
    if not width or (request["MixMode"] == 0 and request["StreamType"] == 1):
        return None
    present = states.present(runtime, task)
    color = shared.css(template["BackgroundColor"])
    streams = shared.published(present, request)
    if request["MixMode"] == 0:
        return _single(request, present, streams, Scene(width, height, fps, color))
    return shared.mixed(runtime, task, present, template, Scene(width, height, fps, color))


def _single(request: JsonObject, present: list[JsonObject], streams: list[shared.Stream], empty: Scene) -> Scene:
    """One stream; shareScreen falls back to the camera while nothing is shared."""
    wanted = next((stream for stream in streams if stream[1] == request["SourceType"]), None) or next(
        iter(streams), None
    )
    if wanted is None:
        return empty
    layer = Layer(
        "person", 0, 0, empty.width, empty.height, fit="contain", person=shared.person(wanted, present, request)
    )
    return replace(empty, layers=(layer,))
