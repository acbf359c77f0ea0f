"""Reading the parameters of a call, and what the service refuses.

Objects come as JSON texts in which every scalar is a text, but for `IsAliCdn`.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from apps.core.types import JsonObject
from apps.sandbox.aliyun.wire.replies import Rejected
from apps.sandbox.engine import accounts, config

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TASK_ID = re.compile(r"[A-Za-z0-9_-]{1,55}")
_SHARE = re.compile(r"[01](\.\d{1,6})?")
REGIONS = ("CN-Shanghai", "AP-Singapore", "EMAA-Saudi")
LONGEST_URL = 2048
SINGLE, MIXED = "0", "1"
PROFILES = {"H.264": ("baseline", "main", "high"), "H.265": ("main",)}
PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow", "placebo")


def bad(message: str) -> Rejected:
    return Rejected("InvalidParam", message)


def text(given: JsonObject, name: str, *, required: bool = False) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise bad(f"{name} must be a string.")
    if required and not value:
        raise Rejected("MissingParameter", f"{name} is mandatory for this action.")
    return value


def ids(given: JsonObject, *names: str) -> None:
    """AppId and the named ids, all required."""
    for name in ("AppId", *names):
        pattern = _TASK_ID if name == "TaskId" else _ID
        if not pattern.fullmatch(text(given, name, required=True)):
            raise Rejected("InvalidAppId") if name == "AppId" else bad(f"The specified {name} is invalid.")
    unknown = config.strict() and given["AppId"] not in accounts.DEMO_APPS[accounts.ALIYUN]
    if unknown or given["AppId"] in accounts.NEVER_AN_APP[accounts.ALIYUN]:
        raise Rejected("InvalidAppId")


def whole(given: JsonObject, name: str, low: int, high: int, *, required: bool = False) -> int | None:
    raw = text(given, name, required=required)
    if raw == "":
        return None
    if not re.fullmatch(r"\d{1,9}", raw) or not low <= int(raw) <= high:
        raise bad(f"{name} must be between {low} and {high}.")
    return int(raw)


def one_of(given: JsonObject, name: str, choices: tuple[str, ...], default: str = "") -> str:
    raw = text(given, name) or default
    if raw and raw not in choices:
        raise bad(f"{name} must be one of {', '.join(choices)}.")
    return raw


def parsed(given: JsonObject, name: str, kind: type) -> Any:
    """The JSON in a parameter; None when it is left out. The Python SDK writes `[]` for a list nobody set."""
    raw = text(given, name)
    if raw == "":
        return None
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        raise bad(f"{name} is not JSON.") from None
    if not isinstance(value, kind):
        raise bad(f"{name} is of the wrong type.")
    return value or None


def members(value: Any, where: str, *known: str) -> JsonObject:
    if not isinstance(value, dict):
        raise bad(f"{where} must be an object.")
    if strange := sorted(set(value) - set(known)):
        raise bad(f"{where} has no {strange[0]}.")
    return value


def objects(value: JsonObject, name: str) -> list[Any]:
    found = value.get(name) or []
    if not isinstance(found, list):
        raise bad(f"{name} must be an array.")
    return found


def task(given: JsonObject) -> JsonObject:
    """What Start and Update share, read."""
    mode = one_of(given, "MixMode", (SINGLE, MIXED), MIXED)
    sub, transcode = parsed(given, "SingleSubParams", dict), parsed(given, "TranscodeParams", dict)
    request: JsonObject = {"MixMode": mode, "URLs": urls(given), "SeiParams": sei(parsed(given, "SeiParams", dict))}
    if mode == SINGLE:
        if transcode:
            raise bad("TranscodeParams must not be set when MixMode is 0.")
        request["Single"] = single(sub)
    else:
        if sub:
            raise bad("SingleSubParams must not be set when MixMode is 1.")
        if not transcode:
            raise Rejected("MissingParameter", "TranscodeParams is mandatory when MixMode is 1.")
        request["Mix"] = mix(transcode)
    return request


def urls(given: JsonObject) -> list[str]:
    single_url, several = text(given, "StreamURL"), parsed(given, "MultiStreamURL", list)
    if bool(single_url) == bool(several):
        raise bad("Exactly one of StreamURL and MultiStreamURL is needed.")
    found = [single_url] if single_url else []
    for entry in several or []:
        members(entry, "MultiStreamURL", "URL", "IsAliCdn")
        if not isinstance(entry.get("IsAliCdn", False), bool):
            raise bad("IsAliCdn must be a boolean.")
        found.append(text(entry, "URL", required=True))
    for url in found:
        try:
            parts = urlsplit(url)
        except ValueError:
            raise bad("The stream URL is invalid.") from None
        if parts.scheme != "rtmp" or not parts.hostname or len(parts.path) < 2 or len(url) > LONGEST_URL:
            raise bad("The stream URL is invalid: only RTMP is supported.")
    if len(set(found)) < len(found):
        raise bad("The same stream URL is given twice.")
    return found


def single(sub: JsonObject | None) -> JsonObject:
    if not sub:
        raise Rejected("MissingParameter", "SingleSubParams is mandatory when MixMode is 0.")
    return stream(members(sub, "SingleSubParams", "UserId", "StreamType", "SourceType"))


def stream(entry: JsonObject) -> JsonObject:
    """A subscribed stream: user, StreamType 0 (sound and picture), 1 (sound), 2 (picture), SourceType for 2."""
    kind = one_of(entry, "StreamType", ("0", "1", "2"), "0")
    source = one_of(entry, "SourceType", ("camera", "shareScreen"), "camera")
    if source == "shareScreen" and kind != "2":
        raise bad("SourceType is valid only when StreamType is 2.")
    room = text(entry, "ChannelId")
    if room and not _ID.fullmatch(room):
        raise bad("The specified ChannelId is invalid.")
    return {"UserId": text(entry, "UserId", required=True), "StreamType": kind, "SourceType": source, "ChannelId": room}


def mix(transcode: JsonObject) -> JsonObject:
    members(transcode, "TranscodeParams", "EncodeParams", "Background", "Layout", "UserInfos")
    encode = encoding(transcode.get("EncodeParams"))
    infos = [
        stream(members(item, "UserInfos", "UserId", "StreamType", "SourceType", "ChannelId"))
        for item in objects(transcode, "UserInfos")
    ]
    layout = transcode.get("Layout")
    if encode["AudioOnly"]:
        if layout:
            raise bad("Layout must not be set for audio only.")
        return {"Encode": encode, "UserInfos": infos, "Panes": [], "Background": None}
    if not layout:
        raise Rejected("MissingParameter", "Layout is mandatory for video.")
    found = [pane(item, infos) for item in objects(members(layout, "Layout", "UserPanes"), "UserPanes")]
    if not found:
        raise Rejected("MissingParameter", "UserPanes is mandatory for video.")
    background = transcode.get("Background")
    return {
        "Encode": encode,
        "UserInfos": infos,
        "Panes": found,
        "Background": picture(background) if background else None,
    }


def picture(background: JsonObject) -> JsonObject:
    members(background, "Background", "URL", "RenderMode")
    return {
        "URL": picture_url(background, "URL", required=True),
        "RenderMode": one_of(background, "RenderMode", ("0", "1"), "1"),
    }


def picture_url(given: JsonObject, name: str, *, required: bool = False) -> str:
    url = text(given, name, required=required)
    if url and (not url.startswith(("http://", "https://")) or len(url) > LONGEST_URL):
        raise bad(f"The specified {name} is invalid.")
    return url


def pane(entry: Any, infos: list[JsonObject]) -> JsonObject:
    members(entry, "UserPanes", "X", "Y", "Width", "Height", "ZOrder", "RenderMode", "BackgroundImageUrl", "UserInfo")
    box = {name: share(entry, name) for name in ("X", "Y", "Width", "Height")}
    if box["X"] + box["Width"] > 1.0000005 or box["Y"] + box["Height"] > 1.0000005:
        raise bad("A pane leaves the canvas.")
    user = entry.get("UserInfo")
    return {
        **box,
        "ZOrder": whole(entry, "ZOrder", 0, 999) or 0,
        "RenderMode": one_of(entry, "RenderMode", ("0", "1"), "1"),
        "BackgroundImageUrl": picture_url(entry, "BackgroundImageUrl"),
        "User": seat(user, infos) if user else None,
    }


def share(entry: JsonObject, name: str) -> float:
    raw = text(entry, name, required=True)
    if not _SHARE.fullmatch(raw) or float(raw) > 1:
        raise bad(f"{name} must be between 0 and 1.")
    return float(raw)


def seat(user: Any, infos: list[JsonObject]) -> JsonObject:
    """Who sits in a pane: somebody whose picture is subscribed."""
    members(user, "UserInfo", "UserId", "SourceType", "ChannelId")
    found = {
        "UserId": text(user, "UserId", required=True),
        "SourceType": one_of(user, "SourceType", ("camera", "shareScreen"), "camera"),
        "ChannelId": text(user, "ChannelId"),
    }
    pictures = (info for info in infos if info["StreamType"] != "1")
    if not any({name: picture[name] for name in found} == found for picture in pictures):
        raise bad("The user of a pane is not in UserInfos.")
    return found


def encoding(given: Any) -> JsonObject:
    encode = members(given or {}, "EncodeParams", "AudioOnly", "AudioBitrate", "AudioChannels", "AudioSampleRate",
                     "VideoBitrate", "VideoCodec", "VideoFramerate", "VideoGop", "VideoHeight", "VideoWidth",
                     "EnhancedParam")  # fmt: skip
    found: JsonObject = {
        "AudioOnly": one_of(encode, "AudioOnly", ("true", "false"), "false") == "true",
        "AudioBitrate": whole(encode, "AudioBitrate", 8, 500, required=True),
        "AudioChannels": whole(encode, "AudioChannels", 1, 2, required=True),
        "AudioSampleRate": whole(encode, "AudioSampleRate", 8000, 48_000, required=True),
    }
    if found["AudioSampleRate"] not in (8000, 16_000, 32_000, 44_100, 48_000):
        raise bad("AudioSampleRate is invalid.")
    if found["AudioOnly"]:
        return found
    found |= {
        "VideoBitrate": whole(encode, "VideoBitrate", 1, 10_000, required=True),
        "VideoFramerate": whole(encode, "VideoFramerate", 1, 60, required=True),
        "VideoGop": whole(encode, "VideoGop", 1, 60, required=True),
        "VideoHeight": whole(encode, "VideoHeight", 0, 1920, required=True),
        "VideoWidth": whole(encode, "VideoWidth", 0, 1920, required=True),
        "VideoCodec": one_of(encode, "VideoCodec", ("H.264", "H.265"), "H.264"),
    }
    enhanced = parsed(encode, "EnhancedParam", dict) or {}
    members(enhanced, "EnhancedParam", "profile", "preset")
    one_of(enhanced, "profile", PROFILES[found["VideoCodec"]])
    one_of(enhanced, "preset", PRESETS)
    return found


def sei(given: JsonObject | None) -> JsonObject:
    """`LayoutVolume` may be empty: then it is the default one."""
    if given is None:
        return {}
    members(given, "SeiParams", "LayoutVolume", "PassThrough", "PayloadType")
    whole(given, "PayloadType", 100, 254)
    for name, more in (("LayoutVolume", ()), ("PassThrough", ("PayloadContent", "PayloadContentKey"))):
        if (entry := given.get(name)) is not None:
            members(entry, name, "FollowIdr", "Interval", *more)
            one_of(entry, "FollowIdr", ("0", "1"))
            whole(entry, "Interval", 1000, 5000)
    return given
