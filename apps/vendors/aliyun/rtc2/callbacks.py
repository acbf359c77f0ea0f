"""What Aliyun RTC (generation 2) posts to us. Nothing is signed: the secret path of the URL guards it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from apps.core.errors import UnreadableReply
from apps.core.types import Json
from apps.vendors.callback import CallbackAnswer, CallbackNews, CallbackRequest
from apps.vendors.report import RecordedFile, TaskReport, TaskState

log = logging.getLogger(__name__)

FILE_CREATED = "FileCreated"
# Event → its tags, of older and newer pages. They concern no task.
ROOM_EVENTS = {
    "UserEvent": {"Join", "Leave", "CameraOpen", "CameraClose", "Publish", "Unpublish", "Roleupdate"},
    "ChannelEvent": {"Open", "Close"},
}
SHORTEST_SPLIT = 1800  # seconds: no record template may split into shorter files
ANSWER = CallbackAnswer(status=200, content_type="text/plain", content=b"")


def read(request: CallbackRequest) -> CallbackNews:
    """`FileCreated` with its file; channel and user events as news that concern no task.

    The body is JSON whatever the content type says. Raises `UnreadableReply` for anything else.
    """
    try:
        body = json.loads(request.content)
    except (ValueError, RecursionError) as error:
        raise UnreadableReply("The callback's body is not JSON.") from error
    if not isinstance(body, dict):
        raise UnreadableReply("The callback's body is not a JSON object.")
    # Without a MsgId the very same bytes are the same news.
    event_id = _text(body, "MsgId") or hashlib.sha256(request.content).hexdigest()
    event = _text(body, "Event")
    if event != FILE_CREATED:
        room = _text(body, "ChannelId") or _text(body, "ChannelID")  # both spellings appear
        at = _seconds(body.get("MsgTimestamp"))
        for word in _unknown(event, body):
            log.warning("Aliyun RTC sent an event that is not documented: %.80r", word)
        return CallbackNews(event_id=event_id, event=event or _first_event(body), at=at, room=room)
    file = recorded_file(body)
    report = TaskReport(
        # A long recording is split: a finished file does not say that the task has ended.
        state=TaskState.UNKNOWN,
        vendor_task_id=_text(body, "TaskId"),
        reason="file_created",
        files=(file,),
        vendor_status=FILE_CREATED,
        at=file.ended_at,
    )
    return CallbackNews(event_id, event, report.vendor_task_id, report, file.ended_at)


def recorded_file(item: Mapping[str, Json]) -> RecordedFile:
    """A file of a FileCreated callback or of DescribeRecordFiles. Raises `UnreadableReply` when it has no address.

    The object's key identifies it: both sources give it, a message id only one of them.
    """
    url = _text(item, "Url")
    if not url.startswith(("http://", "https://")):
        raise UnreadableReply("Aliyun announced a recorded file without a URL.")
    path = unquote(urlsplit(url).path).lstrip("/")
    duration = _number(item.get("Duration"))
    return RecordedFile(
        url=url,
        format=PurePosixPath(path).suffix.lstrip(".").lower(),
        duration=duration,
        closes=duration is not None and duration < SHORTEST_SPLIT - 1,
        started_at=utc(item.get("StartTime")),
        ended_at=utc(item.get("StopTime")),
        vendor_file_id=path,
    )


def utc(text: Json) -> dt.datetime | None:
    """`2024-05-20T08:30:15Z`, or None for anything that is not such a time."""
    if not isinstance(text, str):
        return None
    try:
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)


def _seconds(value: Json) -> dt.datetime | None:
    number = _number(value)
    return dt.datetime.fromtimestamp(number, dt.UTC) if number is not None and 0 <= number < 2**33 else None


def _number(value: Json) -> float | None:
    """Published examples write some numbers as strings."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _first_event(body: Mapping[str, Json]) -> str:
    contents = body.get("Contents")
    first = contents[0] if isinstance(contents, list) and contents else {}
    if not isinstance(first, dict):
        return ""
    kind = _text(first, "Event")
    inner = first.get(kind)
    return f"{kind} {_text(inner, 'EventTag')}".strip() if isinstance(inner, dict) else kind


def _unknown(event: str, body: Mapping[str, Json]) -> Iterator[str]:
    """The events of a body, with their tags, that no page lists."""
    contents = body.get("Contents")
    rows = contents if isinstance(contents, list) else []
    if event or not rows:
        yield event
    for row in rows:
        kind = _text(row, "Event") if isinstance(row, Mapping) else ""
        inner = row.get(kind) if kind else None
        tag = _text(inner, "EventTag") if isinstance(inner, Mapping) else ""
        if tag not in ROOM_EVENTS.get(kind, ()):
            yield f"{kind} {tag}".strip()


def _text(body: Mapping[str, Json], name: str) -> str:
    value = body.get(name)
    return "" if value is None else str(value)
