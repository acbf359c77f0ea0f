"""The options of a push task: typed, and as the vendor's `Control`."""

from __future__ import annotations

from collections.abc import Mapping

from apps.core.types import Json
from apps.vendors.fields import Field, grouped
from apps.vendors.plan import Finding
from apps.vendors.types import TaskSpec
from apps.vendors.volcengine.api import PIXELS, RATIOS

MIX, SOUND, ROOM = "mix", "sound", "room"
USERS = r"\s*[a-zA-Z0-9_@\-.]{1,128}(\s*,\s*[a-zA-Z0-9_@\-.]{1,128}){0,29}\s*"
_COORDINATE = r"-?(?:100|[1-9]?\d)"
POINT = rf"\s*{_COORDINATE}\s*,\s*{_COORDINATE}\s*,\s*{_COORDINATE}\s*"
POINTS = rf"\s*[a-zA-Z0-9_@\-.]{{1,128}}\s*={POINT}(;\s*[a-zA-Z0-9_@\-.]{{1,128}}\s*={POINT}){{0,29}};?\s*"
_PART = r"\s*-?\d{1,3}(?:\.\d{1,6})?\s*"
AXES = rf"{_PART},{_PART},{_PART};{_PART},{_PART},{_PART};{_PART},{_PART},{_PART}"
LONGEST_TEXT = 4096  # bytes of the text inside the stream

TASK_OPTIONS = (
    Field("mode", "choice", "Content to push", "Audio of the whole room cannot be changed while the task runs.", MIX,
          choices=((MIX, "Video and audio of everybody in the layout"), (SOUND, "Audio of the people in the layout"),
                   (ROOM, "Audio of the whole room"))),
    Field("max_idle_time", "integer", "End after idle time (seconds)", "While no stream is published.", 180, 10, 86_400),
    Field("push_stream_mode", "choice", "Connect to the push URL",
          "The task also ends when nobody publishes for too long.", 0,
          choices=((0, "When somebody publishes"), (1, "Immediately"))),
    Field("when_video_stops", "choice", "When a person's video stops", "A placeholder takes precedence.", 0,
          choices=((0, "Keep the last picture"), (1, "Black"))),
    Field("placeholder_shape", "choice", "Aspect ratio of placeholders",
          "Whether a placeholder keeps its own aspect ratio or uses that of the person's last video.", 1,
          choices=((1, "Original"), (0, "Same as the person's last video"))),
    Field("muted_users", "string", "Muted users", "User IDs, separated by commas. These people are shown but not heard.", "",
          pattern=USERS),
    Field("audio_profile", "choice", "Audio codec", "HE-AAC v2 needs two channels.", 0,
          choices=((0, "AAC-LC"), (1, "HE-AAC v1"), (2, "HE-AAC v2"))),
    *grouped(
    "In the stream (SEI)",
    Field("sei_extra_info", "string", "Text inside the stream", "SEI app_data, at most 4096 bytes.", ""),
    Field("sei_volumes", "boolean", "Volumes in the stream", "Who is speaking and how loud, as SEI data.", False),
    Field("sei_pass_on", "boolean", "Pass on people's SEI", "SEI of their own streams.", True),
    Field("sei_content", "choice", "SEI between key frames", "What to send between two key frames. Less saves bandwidth.", 0,
          choices=((0, "Everything"), (1, "Volumes and time only"))),
    Field("sei_payload_type", "choice", "SEI payload type",
          "The payload type that players look for. Players for type 5 look for a UUID.", 100, choices=((100, "100"), (5, "5, with a UUID"))),
    Field("sei_uuid", "string", "UUID of passed-on SEI", "32 hexadecimal digits without dashes. For payload type 5.",
          "", pattern=r"[0-9a-fA-F]{32}"),
    Field("volume_on_every_frame", "boolean", "Volumes also between key frames",
          "An audio-only push then contains black video.", False),
    Field("volume_interval", "number", "Interval of volumes (seconds)",
          "At least 1. Whole seconds with API version 2020-12-01.", 2, 0.3, 3600),
    Field("talk_volume", "integer", "Volume threshold for speaking", "API version 2020-12-01 only.", 0, 0, 255),
    ),
    *grouped(
    "Spatial audio",
    Field("spatial_audio", "boolean", "Spatial audio", "Voices come from the positions of people around the listener.",
          False),
    Field("spatial_people", "string", "Positions of people",
          "user=x,y,z separated by semicolons, each from -100 to 100. Other people are at 0,0,0.", "", pattern=POINTS),
    Field("spatial_listener", "string", "Position of the listener", "x,y,z, each from -100 to 100.", "0,0,0", pattern=POINT),
    Field("spatial_axes", "string", "Orientation of the listener",
          "Forward, right and up, each as x,y,z, separated by semicolons. Leave empty for the vendor's default.", "", pattern=AXES),
    ),
)  # fmt: skip
_DEFAULTS = {option.name: option.default for option in TASK_OPTIONS}

# theirs → ours: what only a start can say
FIXED = {
    "MediaType": "mode",
    "FrameInterpolationMode": "when_video_stops",
    "MaxIdleTime": "max_idle_time",
    "PushStreamMode": "push_stream_mode",
    "AddVolumeValue": "sei_volumes",
    "PassthroughRTCSEIMessage": "sei_pass_on",
    "SEIContentMode": "sei_content",
    "SEIPayLoadType": "sei_payload_type",  # sic
    "SEIPayloadUUID": "sei_uuid",
    "VolumeIndicationMode": "volume_on_every_frame",
    "VolumeIndicationInterval": "volume_interval",
    "TalkVolume": "talk_volume",
}
# What the vendor takes when it is told nothing: not sent.
UNSAID = {
    "AddVolumeValue": False,
    "PassthroughRTCSEIMessage": True,
    "SEIContentMode": 0,
    "SEIPayLoadType": 100,
    "VolumeIndicationMode": False,
    "VolumeIndicationInterval": 2,
    "TalkVolume": 0,
}


def value_of(options: Mapping[str, Json], name: str) -> Json:
    """The option, or its default."""
    return _DEFAULTS[name] if options.get(name) in (None, "") else options[name]


def mode_of(spec: TaskSpec) -> str:
    mode = value_of(spec.options, "mode")
    return str(mode) if mode in (SOUND, ROOM) else MIX


def listed(text: Json) -> list[str]:
    """`a, b` → `["a", "b"]`."""
    return list(dict.fromkeys(part.strip() for part in str(text or "").split(",") if part.strip()))


def positions(options: Mapping[str, Json]) -> dict[str, list[int]]:
    """Person → [x, y, z]."""
    pairs = (part.partition("=") for part in str(value_of(options, "spatial_people")).split(";") if "=" in part)
    return {user.strip(): point(where) for user, _equals, where in pairs}


def point(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def plan_control(options: Mapping[str, Json], api_version: str, findings: list[Finding]) -> dict[str, Json]:
    """`Control` of a start."""
    idle = int(value_of(options, "max_idle_time"))
    control: dict[str, Json] = {
        "MediaType": 0 if value_of(options, "mode") == MIX else 1,
        "FrameInterpolationMode": int(value_of(options, "when_video_stops")),
        "MaxIdleTime": min(max(idle, 10), 86_400),
        "PushStreamMode": int(value_of(options, "push_stream_mode")),
    }
    interval = float(value_of(options, "volume_interval"))
    if api_version == RATIOS:
        seconds = max(1, round(interval))
        volumes = {
            "TalkVolume": int(value_of(options, "talk_volume")),
            "VolumeIndicationMode": bool(value_of(options, "volume_on_every_frame")),
            "VolumeIndicationInterval": seconds,
        }
        control |= _said(volumes)
        _only_of(
            PIXELS, ("sei_volumes", "sei_pass_on", "sei_content", "sei_payload_type", "sei_uuid"), options, findings
        )
        if options.get("volume_interval") not in (None, "") and seconds != interval:
            message = "{name} must be a whole number from {minimum} to {maximum}. {used} is used."
            params = {"name": "volume_interval", "minimum": 1, "maximum": 3600}
            params["used"] = seconds
            findings.append(Finding("changed", "out_of_range", None, "options.volume_interval", message, params))
        plan_text(options, api_version, findings)
    else:
        _only_of(RATIOS, ("talk_volume",), options, findings)
        if sei := _sei(options, api_version, interval, findings):
            control["SEIConfig"] = sei
    if spatial := plan_spatial(options):
        control["SpatialConfig"] = spatial
    return control


def _sei(options: Mapping[str, Json], api_version: str, interval: float, findings: list[Finding]) -> dict[str, Json]:
    sei: dict[str, Json] = {
        "AddVolumeValue": bool(value_of(options, "sei_volumes")),
        "PassthroughRTCSEIMessage": bool(value_of(options, "sei_pass_on")),
        "SEIContentMode": int(value_of(options, "sei_content")),
        "SEIPayLoadType": int(value_of(options, "sei_payload_type")),
        "VolumeIndicationMode": bool(value_of(options, "volume_on_every_frame")),
        "VolumeIndicationInterval": interval,
    }
    if sei["SEIPayLoadType"] == 5:
        if uuid := str(value_of(options, "sei_uuid")):
            sei["SEIPayloadUUID"] = uuid
        else:
            message = "SEI payload type 5 needs a UUID of 32 hexadecimal digits."
            findings.append(Finding("error", "sei_uuid_missing", None, "options.sei_uuid", message))
    return {**_said(sei), **plan_text(options, api_version, findings)}


def _said(values: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in values.items() if name not in UNSAID or UNSAID[name] != value}


def plan_text(options: Mapping[str, Json], api_version: str, findings: list[Finding]) -> dict[str, Json]:
    """The text that travels inside the stream; also on air."""
    text = str(options.get("sei_extra_info") or "")
    if not text:
        return {}
    if api_version == RATIOS or len(text.encode()) > LONGEST_TEXT:
        message = "Text in the stream needs API version 2023-11-01 and has at most 4096 bytes. It is left out."
        findings.append(Finding("dropped", "sei_extra_info", None, "options.sei_extra_info", message))
        return {}
    return {"UserConfigExtraInfo": text}


def plan_spatial(options: Mapping[str, Json]) -> dict[str, Json] | None:
    """`SpatialConfig`; also on air."""
    if not value_of(options, "spatial_audio"):
        return None
    spatial: dict[str, Json] = {
        "EnableSpatialRender": True,
        "AudienceSpatialPosition": point(str(value_of(options, "spatial_listener"))),
    }
    if axes := str(value_of(options, "spatial_axes")):
        names = ("Forward", "Right", "Up")
        vectors = [[float(part) for part in axis.split(",")] for axis in axes.split(";")]
        spatial["AudienceSpatialOrientation"] = dict(zip(names, vectors, strict=True))
    return spatial


def plan_control_on_air(options: Mapping[str, Json], api_version: str, findings: list[Finding]) -> dict[str, Json]:
    """What of `Control` an update may say: an update that leaves a member out sets it back."""
    control: dict[str, Json] = {}
    if text := plan_text(options, api_version, findings):
        control["SEIConfig"] = text
    if spatial := plan_spatial(options):
        control["SpatialConfig"] = spatial
    return control


def fixed_of(control: Mapping[str, Json]) -> dict[str, Json]:
    """What of a start's `Control` no update can change."""
    flat = {**UNSAID, **control, **(control.get("SEIConfig") or {})}
    return {word: flat[word] for word in FIXED if word in flat}


def fixed_on_air(control: Mapping[str, Json], running: Json) -> list[Finding]:
    """What was wished otherwise than it was started, and stays as it is while the task runs."""
    known = running if isinstance(running, Mapping) else {}
    wished = fixed_of(control)
    return [
        Finding(
            "dropped",
            "option_fixed_on_air",
            None,
            f"options.{FIXED[word]}",
            "{option} cannot change while the task runs. It stays {value}.",
            {"option": FIXED[word], "value": known[word]},
        )
        for word in FIXED
        if word in known and word in wished and known[word] != wished[word]
    ]


def _only_of(version: str, names: tuple[str, ...], options: Mapping[str, Json], findings: list[Finding]) -> None:
    for name in names:
        if options.get(name) not in (None, "") and options[name] != _DEFAULTS[name]:
            message = "{option} has no effect in this API version. It needs {version}."
            params = {"option": name, "version": version}
            findings.append(Finding("dropped", "option_of_other_version", None, f"options.{name}", message, params))
