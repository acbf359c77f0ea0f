"""Reads what a push body says beside its picture: `Encode`, `Control`, where it goes, who is heard (docs 6348/1188218)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.core.types import Json
from apps.vendors.importing.payload import is_number, object_at, unknown_members, unread
from apps.vendors.importing.task_settings import TaskSettings
from apps.vendors.volcengine.push.options import FIXED, SOUND, value_of
from apps.vendors.volcengine.push.regions import AUDIO_AND_VIDEO, AUDIO_ONLY, VIDEO_ONLY

TASK = ("Result", "PushMixedStreamToCDNTask")  # where the answer to a query holds the same members
# Which task it is, and how it fares: nothing to be taken over.
IDENTITY = {"AppId", "RoomId", "TaskId", "PushURL", "SequenceNumber", "IsUpdatePartialParam"}
FARING = {"StartTime", "EndTime", "Status", "StopReason", "PushStreamState"}
PARTS = {"TargetStreams", "ExcludeStreams", "Layout", "Encode", "Control"}

ENCODE = {
    "VideoFps": "fps",
    "VideoGop": "gop_seconds",
    "VideoBitrate": "bitrate_kbps",
    "AudioBitrate": "audio_bitrate_kbps",
    "AudioSampleRate": "audio_sample_rate",
    "AudioChannels": "audio_channels",
}
ONLY = {"VideoCodec": 0, "AudioCodec": 0}  # what alone we send
FLAT = ("FrameInterpolationMode", "MaxIdleTime", "PushStreamMode", "TalkVolume", "VolumeIndicationMode",
        "VolumeIndicationInterval")  # fmt: skip
SEI = {word: FIXED[word] for word in ("AddVolumeValue", "PassthroughRTCSEIMessage", "SEIContentMode", "SEIPayLoadType",
       "SEIPayloadUUID", "VolumeIndicationMode", "VolumeIndicationInterval")}  # fmt: skip
SEI["UserConfigExtraInfo"] = "sei_extra_info"
CENTER = "0,0,0"
AXES = ("Forward", "Right", "Up")

NOT_UNDERSTOOD = {
    "same_for_all": "This is one option for all people, but the values differ here.",
}


def task_of(body: Mapping[str, Json]) -> tuple[Mapping[str, Json], str]:
    """What holds the layout, and its pointer."""
    answer = body.get(TASK[0])
    task = answer.get(TASK[1]) if isinstance(answer, Mapping) else None
    return (task, "/" + "/".join(TASK)) if isinstance(task, Mapping) else (body, "")


def read(body: Mapping[str, Json], wishes: TaskSettings) -> None:
    """Everything but the layout and its people. Raises `Invalid` where a part is no object."""
    task, top = task_of(body)
    if top:
        wishes.problems += unknown_members(body, (TASK[0], "ResponseMetadata", *IDENTITY), "")
        wishes.problems += unknown_members(body[TASK[0]], (TASK[1],), f"/{TASK[0]}")
    wishes.beside(task, IDENTITY | PARTS | (FARING if top else set()), top, settings=["BusinessId"])
    wishes.usual(task, {"IsUpdatePartialParam": False, "ExcludeStreams": {}}, top)
    wishes.push(task.get("PushURL"), f"{top}/PushURL")
    if task.get("Encode") is not None:
        _encode(object_at(task, "Encode", top), f"{top}/Encode", wishes)
    if task.get("Control") is not None:
        _control(object_at(task, "Control", top), f"{top}/Control", wishes)


def _encode(encode: Mapping[str, Json], where: str, wishes: TaskSettings) -> None:
    wishes.beside(encode, {*ENCODE, *ONLY, "AudioProfile"}, where)
    wishes.usual(encode, ONLY, where)
    for word, name in ENCODE.items():
        wishes.encode(name, encode.get(word), f"{where}/{word}")
    wishes.option("audio_profile", encode.get("AudioProfile"), f"{where}/AudioProfile")


def _control(control: Mapping[str, Json], where: str, wishes: TaskSettings) -> None:
    wishes.beside(control, {*FLAT, "MediaType", "SEIConfig", "SpatialConfig"}, where)
    if control.get("MediaType") == 1:
        wishes.options["mode"] = SOUND
    else:
        wishes.usual(control, {"MediaType": 0}, where)
    for word in FLAT:
        wishes.option(FIXED[word], control.get(word), f"{where}/{word}")
    if control.get("SEIConfig") is not None:
        sei, here = object_at(control, "SEIConfig", where), f"{where}/SEIConfig"
        wishes.beside(sei, SEI, here)
        for word, name in SEI.items():
            wishes.option(name, sei.get(word), f"{here}/{word}")
    if control.get("SpatialConfig") is not None:
        _spatial(object_at(control, "SpatialConfig", where), f"{where}/SpatialConfig", wishes)


def _spatial(spatial: Mapping[str, Json], where: str, wishes: TaskSettings) -> None:
    known = {"EnableSpatialRender", "AudienceSpatialPosition", "AudienceSpatialOrientation"}
    wishes.beside(spatial, known, where)
    wishes.option("spatial_audio", spatial.get("EnableSpatialRender"), f"{where}/EnableSpatialRender")
    if "AudienceSpatialPosition" in spatial:
        here = f"{where}/AudienceSpatialPosition"
        _said(wishes, "spatial_listener", three(spatial["AudienceSpatialPosition"]), here)
    if spatial.get("AudienceSpatialOrientation"):
        axes, here = object_at(spatial, "AudienceSpatialOrientation", where), f"{where}/AudienceSpatialOrientation"
        wishes.beside(axes, AXES, here)
        parts = [three(axes.get(name)) for name in AXES]
        _said(wishes, "spatial_axes", ";".join(parts) if all(parts) else "", here)


def _said(wishes: TaskSettings, option: str, text: str, pointer: str) -> None:
    if text:
        wishes.option(option, text, pointer)
    else:
        wishes.problems.append(unread(pointer, "unknown_word"))


def three(value: Json) -> str:
    """`[1, 0.5, 0]` → `1,0.5,0`, as options have it; "" for anything but three numbers."""
    if not isinstance(value, list) or len(value) != 3 or not all(map(is_number, value)):
        return ""
    return ",".join(f"{element:.6f}".rstrip("0").rstrip(".") for element in value)


@dataclass(slots=True)
class People:
    """What regions say of their people that is an option of the task here: who is not heard, where their voices come
    from, the shape of their placeholders."""

    wishes: TaskSettings
    heard: dict[str, list[tuple[Json, str]]] = field(default_factory=dict)  # person → MediaType, where it was said
    places: dict[str, str] = field(default_factory=dict)
    shape: Json = None

    @property
    def only_heard(self) -> bool:
        return bool(value_of(self.wishes.options, "mode") == SOUND)

    def read(self, person: str, region: Mapping[str, Json], here: str) -> None:
        self.heard.setdefault(person, []).append((region.get("MediaType", 0), f"{here}/MediaType"))
        self._place(person, region, here)
        if region.get("AlternateImage"):
            self._shape(region.get("AlternateImageFillMode", 0), f"{here}/AlternateImageFillMode")

    def _place(self, person: str, region: Mapping[str, Json], here: str) -> None:
        said, where = region.get("SpatialPosition") or [0, 0, 0], f"{here}/SpatialPosition"
        place = three(said)
        if not place:
            self.wishes.problems.append(unread(where, "unknown_word"))
        elif not value_of(self.wishes.options, "spatial_audio"):
            self.wishes.problems += [unread(where, "task_option")] if place != CENTER else []
        else:
            self.wishes.usual(region, {"ApplySpatialAudio": True}, here)
            if self.places.setdefault(person, place) != place:
                self.wishes.problems.append(unread(where, "same_for_all", NOT_UNDERSTOOD))

    def _shape(self, value: Json, pointer: str) -> None:
        """Every person's own in the vendor's words: the first one's is taken."""
        if self.shape is None:
            self.shape = value
            self.wishes.option("placeholder_shape", value, pointer)
        elif self.shape != value:
            self.wishes.problems.append(unread(pointer, "same_for_all", NOT_UNDERSTOOD))

    def settle(self, where: str) -> None:
        """After the last region of the list at `where`. A person is not heard where none of their streams is."""
        places = ";".join(f"{person}={place}" for person, place in self.places.items() if place != CENTER)
        self.wishes.option("spatial_people", places, where)
        muted = []
        for person, said in self.heard.items():
            if all(kind == VIDEO_ONLY for kind, _here in said):
                muted.append(person)
                continue
            for kind, here in said:
                if kind == VIDEO_ONLY:
                    self.wishes.problems.append(unread(here, "same_for_all", NOT_UNDERSTOOD))
                elif kind not in (AUDIO_AND_VIDEO, AUDIO_ONLY):
                    self.wishes.problems.append(unread(here, "unknown_word"))
        self.wishes.option("muted_users", ",".join(muted), where)
