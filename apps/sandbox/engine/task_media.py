"""The media of a task by the ids that its caller knows; the newest run counts."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from apps.sandbox.engine import runtime
from apps.sandbox.engine.media import media


def task_media(request: HttpRequest, vendor: str, app_id: str, task_id: str, path: str) -> HttpResponse | FileResponse:
    with runtime.current().store.reading() as state:
        runs = [
            task
            for task in state["tasks"].values()
            if (task["vendor"], task["app_id"], task["task_id"]) == (vendor, app_id, task_id)
        ]
    if not runs:
        raise Http404("no such task")
    newest = max(runs, key=lambda task: float(task["created_at"]))
    return media(request, f"{vendor}/{newest['key']}/{path}")
