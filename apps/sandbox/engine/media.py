"""The files that tasks write, over HTTP: the live picture, playlists and segments."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.http import require_safe

from apps.sandbox.engine import runtime
from apps.sandbox.engine.mixer.files import WATCHED

TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".ts": "video/mp2t",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".flv": "video/x-flv",
    ".jpg": "image/jpeg",
    ".json": "application/json",
}
PLAYED = (".m3u8", ".ts")  # whoever reads these sees every frame; the live picture is one a second
MOVING = (".m3u8", ".jpg", ".json")  # written again and again; a segment never changes


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    root = runtime.current().media.resolve()
    suffix = PurePosixPath(path).suffix
    full = (root / path).resolve()
    if suffix not in TYPES or not full.is_relative_to(root) or not full.is_file():
        return HttpResponseNotFound("no such file", content_type="text/plain")  # as a bucket says it, without a page
    try:
        answer = FileResponse(full.open("rb"), content_type=TYPES[suffix])
    except FileNotFoundError:  # a rolling playlist drops its old segments while we look
        return HttpResponseNotFound("no such file", content_type="text/plain")
    if suffix in PLAYED and full.parent.name == "hls":
        (full.parent.parent / WATCHED).touch()
    answer["Cache-Control"] = "no-store" if suffix in MOVING else "max-age=3600"
    answer["Access-Control-Allow-Origin"] = "*"  # as a public bucket answers players on other origins
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
