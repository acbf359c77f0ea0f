"""The public address of a picture: its name is the digest of its content, so it never changes and nobody guesses it."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.views.decorators.http import require_safe

NAME = re.compile(r"(?P<sha256>[0-9a-f]{64})(?:\.(?P<format>png|jpg))?")
CONTENT_TYPES = {"png": "image/png", "jpg": "image/jpeg"}


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponseBase:
    """`/a/<sha256>`, with or without `.png` or `.jpg`."""
    match = NAME.fullmatch(name)
    if match is None:
        raise Http404
    for ending in [match["format"]] if match["format"] else CONTENT_TYPES:
        path = Path(settings.MEDIA_ROOT) / "a" / f"{match['sha256']}.{ending}"
        if not path.is_file():
            continue
        etag = f'"{match["sha256"]}"'
        answer: HttpResponseBase
        if request.headers.get("If-None-Match") == etag:
            answer = HttpResponseNotModified()
        else:
            answer = FileResponse(path.open("rb"), content_type=CONTENT_TYPES[ending])
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        answer.headers["ETag"] = etag
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Access-Control-Allow-Origin"] = "*"  # the editor draws them on a canvas
        return answer
    raise Http404
