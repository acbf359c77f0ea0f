"""The files that tasks write, over HTTP: the live picture, playlists and segments."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.sandbox.engine import runtime

TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".ts": "video/mp2t",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".jpg": "image/jpeg",
    ".json": "application/json",
}
MOVING = (".m3u8", ".jpg", ".json")  # written again and again; a segment never changes


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    root = runtime.current().media.resolve()
    suffix = PurePosixPath(path).suffix
    full = (root / path).resolve()
    if suffix not in TYPES or not full.is_relative_to(root) or not full.is_file():
        raise Http404("no such file")
    try:
        answer = FileResponse(full.open("rb"), content_type=TYPES[suffix])
    except FileNotFoundError as error:  # a rolling playlist drops its old segments while we look
        raise Http404("no such file") from error
    answer["Cache-Control"] = "no-store" if suffix in MOVING else "max-age=3600"
    answer["Access-Control-Allow-Origin"] = "*"  # as a public bucket answers players on other origins
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
