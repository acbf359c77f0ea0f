"""What Start- and UpdateMPUTask are asked for, and what the vendor refuses."""

from __future__ import annotations

from urllib.parse import urlsplit

from apps.core.types import JsonObject
from apps.sandbox.aliyun.rtc2 import validation as check
from apps.sandbox.aliyun.wire.replies import Rejected, invalid, missing

SOURCES = ("camera", "shareScreen")


def stream_url(given: JsonObject, *, required: bool) -> str:
    """One RTMP URL. Whether it takes the stream shows only when the push begins."""
    url = check.text(given, "StreamURL", required=required)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise invalid("StreamURL") from error
    if url and (parts.scheme != "rtmp" or not parts.hostname or len(parts.path) < 2 or " " in url):
        raise invalid("StreamURL")
    return url


def once(given: JsonObject) -> JsonObject:
    """What only a start can say."""
    task_type = check.whole(given, "TaskType", 0, 1, 0)
    enhanced = given.get("EnhancedParam") or {}
    if not isinstance(enhanced, dict):
        raise invalid("EnhancedParam")
    return {
        "TaskType": task_type,
        "StreamURL": stream_url(given, required=task_type == 0),
        "PayloadType": check.whole(given, "PayloadType", 0, 1, 0),
        "ReportVad": check.whole(given, "ReportVad", 0, 1, 0),
        "VadInterval": check.whole(given, "VadInterval", 1, 2**31 - 1),
        "RtpExtInfo": check.whole(given, "RtpExtInfo", 0, 1, 0),
        "TimeStampRef": check.whole(given, "TimeStampRef", 0, 2**63 - 1),
        "TaskMode": check.whole(given, "TaskMode", 0, 1, 0),
        "EnablePortraitSegmentation": check.flag(enhanced, "EnablePortraitSegmentation"),
    }


def picture(state: JsonObject, given: JsonObject, before: JsonObject) -> JsonObject:
    """What a start and an update share. An update replaces all of it but mode, encoding and layouts (`before`)."""
    app_id = given["AppId"]
    mixed = check.whole(given, "MixMode", 0, 1, before.get("MixMode", 1))
    source = check.text(given, "SourceType") or "camera"
    if source not in SOURCES:
        raise invalid("SourceType")
    encode = check.media_encode(given)
    encode = before.get("MediaEncode") if encode is None else encode
    layouts = check.layout_ids(state, given, app_id) or before.get("LayoutIds", [])
    if mixed:
        if encode is None:
            raise missing("MediaEncode")
        if encode != 0 and not layouts:
            raise Rejected("InvalidLayoutID.Malformed")
    counts = [len(check.panes_of(state, app_id, layout) or []) for layout in layouts]
    return {
        "MixMode": mixed,
        "StreamType": check.whole(given, "StreamType", 0, 2, 0),
        "SourceType": source,
        "MediaEncode": encode,
        "LayoutIds": layouts,
        "TaskProfile": check.profile(given, encode, max(counts, default=0)) or before.get("TaskProfile", ""),
        "BackgroundColor": check.color(given, "BackgroundColor"),
        "CropMode": check.whole(given, "CropMode", 1, 2, 2),
        "UserPanes": check.user_panes(given, styled=True),
        "Backgrounds": check.pictures(given, "Backgrounds"),
        "Watermarks": check.pictures(given, "Watermarks", alpha=True),
        "ClockWidgets": check.texts(given, "ClockWidgets", with_text=False, styled=True),
        **check.users(given),
    }
