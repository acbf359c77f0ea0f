"""Reads what a Create body says beside its picture: the room, where the stream goes, and how it is encoded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.core.errors import Problem
from apps.core.types import Json
from apps.vendors.agora.api import uid_of
from apps.vendors.agora.transcoder.payload import CODECS, H265
from apps.vendors.importing.payload import list_at, object_at, room_of, unknown_members, unread
from apps.vendors.importing.task_settings import TaskSettings, plain

RTC = ("rtcChannel", "rtcUid", "rtcToken")  # a token is made anew
OUTPUT = ("rtc", "streamUrl", "audioOption", "videoOption")
VIDEO = {"fps": "fps", "bitrate": "bitrate_kbps"}
WORDS = {theirs: ours for ours, theirs in CODECS.items()} | {H265: "h265"}
BESIDE = {"config": "serviceType"}  # what stands beside a step that leads to the transcoder

NOT_UNDERSTOOD = {
    "other_channel": "A task takes people from one channel. This one is from another.",
    "other_output": "A task has one output type with the same quality for all. This one differs from the first.",
    "unknown_output": "This is not a user of a channel. It was left out.",
    "other_size": "The picture has the size of its canvas.",
}


def around(body: Json, where: str) -> list[Problem]:
    """What else there is on the way to the transcoder, at this pointer of the body."""
    found: list[Problem] = []
    at, here = body, ""
    for name in where.split("/")[1:]:
        found += unknown_members(at, (name, BESIDE.get(name, name)), here)
        at, here = at[name], f"{here}/{name}"
    return found


@dataclass(slots=True)
class Room:
    """The channel that people come from: the first that is named."""

    problems: list[Problem]
    name: str = ""

    def read(self, rtc: Mapping[str, Json], where: str) -> None:
        self.problems += unknown_members(rtc, RTC, where)
        channel = room_of(rtc.get("rtcChannel"))
        self.name = self.name or channel
        if channel != self.name:
            self.problems.append(unread(f"{where}/rtcChannel", "other_channel", NOT_UNDERSTOOD))


def outputs(
    transcoder: Mapping[str, Json], where: str, wishes: TaskSettings, canvas: tuple[int, int]
) -> dict[str, Json]:
    """A user in a channel, or the addresses of a push. The first says how all of them are encoded."""
    rows = list_at(transcoder, "outputs", where)
    member: dict[str, Json] = {}
    quality: dict[str, Json] | None = None
    for at, row in enumerate(rows):
        here = f"{where}/outputs/{at}"
        wishes.problems += unknown_members(row, OUTPUT, here)
        if row.get("rtc") is not None:
            found = _member(object_at(row, "rtc", here), f"{here}/rtc", wishes)
            if found and not member and not wishes.urls:
                member = found
            elif found:
                wishes.problems.append(unread(f"{here}/rtc", "other_output", NOT_UNDERSTOOD))
        if member and row.get("streamUrl"):
            wishes.problems.append(unread(f"{here}/streamUrl", "other_output", NOT_UNDERSTOOD))
        else:
            wishes.push(row.get("streamUrl"), f"{here}/streamUrl")
        wished = {name: row[name] for name in ("audioOption", "videoOption") if row.get(name) is not None}
        if quality is None:
            quality = wished
            _quality(row, here, wishes, canvas)
        else:
            wishes.problems += [
                unread(f"{here}/{name}", "other_output", NOT_UNDERSTOOD)
                for name, value in wished.items()
                if value != quality.get(name)
            ]
    return member or wishes.output


def _member(rtc: Mapping[str, Json], where: str, wishes: TaskSettings) -> dict[str, Json]:
    wishes.problems += unknown_members(rtc, RTC, where)
    channel, uid = room_of(rtc.get("rtcChannel")), uid_of(rtc.get("rtcUid"))
    if channel and uid is not None:
        return {"rtc": {"channel": channel, "uid": uid}}
    wishes.problems.append(unread(where, "unknown_output", NOT_UNDERSTOOD))
    return {}


def _quality(output: Mapping[str, Json], where: str, wishes: TaskSettings, canvas: tuple[int, int]) -> None:
    if output.get("audioOption") is not None:
        audio, here = object_at(output, "audioOption", where), f"{where}/audioOption"
        wishes.beside(audio, ("profileType",), here)
        wishes.option("audio_profile", audio.get("profileType"), f"{here}/profileType")
    if output.get("videoOption") is None:
        return
    video, here = object_at(output, "videoOption", where), f"{where}/videoOption"
    wishes.beside(video, (*VIDEO, "codec", "width", "height", "lowBitrateHighQuality"), here)
    for word, name in VIDEO.items():
        wishes.encode(name, video.get(word), f"{here}/{word}")
    codec = video.get("codec")
    wishes.encode("codec", WORDS.get(codec, codec) if isinstance(codec, str) else codec, f"{here}/codec")
    wishes.option("low_bitrate_high_quality", video.get("lowBitrateHighQuality"), f"{here}/lowBitrateHighQuality")
    for name, side in zip(("width", "height"), canvas, strict=True):
        if plain(video.get(name)) not in (None, side):
            wishes.problems.append(unread(f"{here}/{name}", "other_size", NOT_UNDERSTOOD))
