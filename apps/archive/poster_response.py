"""The HTTP response with a recording's poster, for REST and shared pages."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponseBase

from apps.archive.models import Recording


def poster_response(recording: Recording) -> HttpResponseBase:
    """The JPEG. Its URL changes with the picture, so browsers may cache it. Raises `Http404` while there is none."""
    path = recording.poster_path
    if path is None or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=604800"
    response["X-Content-Type-Options"] = "nosniff"
    return response
