"""Where the live picture of a running task can be seen. A sandbox shows what it mixes; a real cloud's picture is at
its CDN, whose playback URL only the team knows: the task's option `playback_url`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings

from apps.tasks.models import Task


@dataclass(frozen=True, slots=True)
class LivePicture:
    picture: str = ""
    hls: str = ""


def of(task: Task) -> LivePicture:
    if settings.SANDBOX and task.app.credential.goes_to_own_sandbox(task.product) and task.vendor_task_id:
        ids = (task.app.vendor, task.app.vendor_app_id, task.vendor_task_id)
        folder = "/sandbox/live/" + "/".join(quote(id_, safe="") for id_ in ids)
        return LivePicture(picture=f"{folder}/latest.jpg", hls=f"{folder}/hls/index.m3u8")
    return LivePicture(hls=str(task.options.get("playback_url", "")))
