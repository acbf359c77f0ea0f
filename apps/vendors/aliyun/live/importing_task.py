"""Reads what StartLiveMPUTask says beside its picture: encoding, addresses, SEI, and who is heard."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.core.types import Json
from apps.vendors.aliyun.live.capabilities import CAPABILITIES
from apps.vendors.aliyun.live.encode import CODECS, WORDS
from apps.vendors.aliyun.live.fields import AUDIO
from apps.vendors.aliyun.live.people import AUDIO as VOICE
from apps.vendors.aliyun.live.people import VIDEO
from apps.vendors.importing.payload import is_number, list_at, object_at, unknown_members, unread, word_of
from apps.vendors.importing.task_settings import TaskSettings, plain

WHERE = "/TranscodeParams"
ENCODE = f"{WHERE}/EncodeParams"
OUR_OWN = {"AppId", "ChannelId", "TaskId", "MixMode", "StreamURL", "MultiStreamURL", "TranscodeParams", "MaxIdleTime",
           "SeiParams", "SingleSubParams"}  # fmt: skip
PICTURE = {"VideoWidth", "VideoHeight", "AudioOnly", "EnhancedParam"}
USER = ("UserId", "ChannelId", "SourceType", "StreamType")
TIMING = {"FollowIdr": "sei_with_keyframes", "Interval": "sei_interval"}
SWITCH = {"0": False, "1": True, "false": False, "true": True}

NOT_UNDERSTOOD = {
    "two_rooms": "A person of a task comes from one room. The first one was imported.",
    "two_timings": "Both kinds of messages in the stream have the same timing. The first one was imported.",
    "not_taken_in": "This person is not in the list of input streams (UserInfos). A task takes the streams of everybody it shows.",
    "no_pane": "This person has no pane. Only the audio was imported.",
}


def read(given: Mapping[str, Json], encode: Mapping[str, Json], wishes: TaskSettings) -> None:
    """Everything but the layout and its people."""
    wishes.beside(given, OUR_OWN, "", settings=["Region"])
    if word_of(given.get("MixMode", "1")) != "1":
        wishes.problems.append(unread("/MixMode", "task_option"))
    if given.get("SingleSubParams"):
        wishes.problems.append(unread("/SingleSubParams", "task_option"))
    wishes.option("max_idle_time", given.get("MaxIdleTime"), "/MaxIdleTime")
    wishes.push(given.get("StreamURL"), "/StreamURL")
    for at, entry in enumerate(list_at(given, "MultiStreamURL", "")):
        here = f"/MultiStreamURL/{at}"
        wishes.problems += unknown_members(entry, ("URL", "IsAliCdn"), here)
        wishes.push(entry.get("URL"), f"{here}/URL")
        if switch(entry.get("IsAliCdn")):
            wishes.problems.append(unread(f"{here}/IsAliCdn", "app_setting"))
    _encode(encode, wishes)
    if given.get("SeiParams"):
        _sei(object_at(given, "SeiParams", ""), wishes)


def _encode(encode: Mapping[str, Json], wishes: TaskSettings) -> None:
    wishes.beside(encode, {*WORDS, *PICTURE}, ENCODE)
    for word, name in WORDS.items():
        value = encode.get(word)
        if word == "VideoCodec" and isinstance(value, str):
            value = next((ours for ours, theirs in CODECS.items() if theirs == value), value)
        if word == "VideoGop" and value not in (None, ""):
            value = _seconds(value, encode.get("VideoFramerate"))
        wishes.encode(name, value, f"{ENCODE}/{word}")
    if switch(encode.get("AudioOnly")):
        wishes.options["mode"] = AUDIO
    if encode.get("EnhancedParam"):
        _profile(encode["EnhancedParam"], f"{ENCODE}/EnhancedParam", wishes)


def _seconds(frames: Json, fps: Json) -> Json:
    """The vendor counts the frames between key frames."""
    assert CAPABILITIES.encoding.fps is not None
    count, rate = plain(frames), plain(fps) if fps else CAPABILITIES.encoding.fps.default
    return plain(round(count / rate, 6)) if is_number(count) and is_number(rate) and rate else frames


def _profile(value: Json, where: str, wishes: TaskSettings) -> None:
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, Mapping):
        wishes.problems.append(unread(where, "unknown_word"))
        return
    wishes.beside(found, ["profile"], where)
    wishes.option("video_profile", found.get("profile"), f"{where}/profile")


def _sei(sei: Mapping[str, Json], wishes: TaskSettings) -> None:
    where = "/SeiParams"
    wishes.beside(sei, ("LayoutVolume", "PassThrough", "PayloadType"), where)
    wishes.option("sei_payload_type", sei.get("PayloadType"), f"{where}/PayloadType")
    said: dict[str, Json] = {}
    if sei.get("LayoutVolume") is not None:
        volumes, here = object_at(sei, "LayoutVolume", where), f"{where}/LayoutVolume"
        wishes.options["sei_layout"] = True
        wishes.beside(volumes, TIMING, here)
        _timing(volumes, here, said, wishes)
    if sei.get("PassThrough"):
        text, here = object_at(sei, "PassThrough", where), f"{where}/PassThrough"
        wishes.beside(text, ("PayloadContent", "PayloadContentKey", *TIMING), here)
        wishes.option("sei_text", text.get("PayloadContent"), f"{here}/PayloadContent")
        wishes.option("sei_key", text.get("PayloadContentKey"), f"{here}/PayloadContentKey")
        _timing(text, here, said, wishes)


def _timing(message: Mapping[str, Json], where: str, said: dict[str, Json], wishes: TaskSettings) -> None:
    for word, option in TIMING.items():
        value = message.get(word)
        if value in (None, ""):
            continue
        if said.setdefault(word, value) != value:
            wishes.problems.append(unread(f"{where}/{word}", "two_timings", NOT_UNDERSTOOD))
        else:
            wishes.option(option, switch(value) if word == "FollowIdr" else value, f"{where}/{word}")


def switch(value: Json) -> Json:
    """A yes or no, as whatever it was written; anything else as it is."""
    return value if isinstance(value, bool) else SWITCH.get(word_of(value).lower(), value)


@dataclass(slots=True)
class Rooms:
    """Who comes from another room than that of the task."""

    own: str
    wishes: TaskSettings
    found: dict[str, str] = field(default_factory=dict)  # person → room

    def read(self, user: Mapping[str, Json], where: str) -> None:
        person, room = word_of(user.get("UserId")), word_of(user.get("ChannelId"))
        if room not in ("", self.own) and self.found.setdefault(person, room) != room:
            self.wishes.problems.append(unread(f"{where}/ChannelId", "two_rooms", NOT_UNDERSTOOD))


def voices(transcode: Mapping[str, Json], panes: list[Mapping[str, Json]], rooms: Rooms, wishes: TaskSettings) -> None:
    """Who takes part, with what: a task here takes in everybody whom it shows, and voices that are named besides."""
    shown: dict[str, str] = {}  # person → the pane's pointer
    for at, pane in enumerate(panes):
        user = pane.get("UserInfo")
        if person := word_of(user.get("UserId")) if isinstance(user, Mapping) else "":
            shown.setdefault(person, f"{WHERE}/Layout/UserPanes/{at}/UserInfo")
    rows, only_heard = list_at(transcode, "UserInfos", WHERE), []
    streams: dict[str, set[str]] = {}
    for at, row in enumerate(rows):
        here, person = f"{WHERE}/UserInfos/{at}", word_of(row.get("UserId"))
        wishes.problems += unknown_members(row, USER, here)
        rooms.read(row, here)
        kind = word_of(row.get("StreamType", "0"))
        streams.setdefault(person, set()).add(kind)
        if person in shown:
            continue
        if kind == VOICE:
            only_heard.append(person)
        else:
            wishes.problems.append(unread(here, "no_pane", NOT_UNDERSTOOD))
    for person, here in shown.items() if rows else ():
        if person not in streams:
            wishes.problems.append(unread(here, "not_taken_in", NOT_UNDERSTOOD))
        elif streams[person] == {VIDEO}:
            wishes.problems.append(unread(here, "seen_only"))
    wishes.option("also_heard", ",".join(dict.fromkeys(only_heard)), f"{WHERE}/UserInfos")
    wishes.option("other_rooms", ",".join(f"{who}={room}" for who, room in rooms.found.items()), f"{WHERE}/Layout")
