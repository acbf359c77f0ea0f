"""The poster of a recording: a frame of it if the file may be read and can be decoded, else the drawn layout."""

from __future__ import annotations

import datetime as dt
import io
import logging
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from PIL import Image

from apps.archive.frame import can_decode, first_frame
from apps.archive.models import Policy, Recording, RecordingFile
from apps.archive.services import broadcast_change
from apps.core import own_address
from apps.core.errors import Invalid, QuadboxError, Refused
from apps.layouts.picture_files import reencode
from apps.tasks.drawing import draw
from apps.vendors import media, registry
from apps.vendors.media import MediaGone, Places

log = logging.getLogger(__name__)

RETRY_SECONDS = (10, 60, 600, 3600)
"""Seconds until the next try; a file may be announced before it can be read."""
MISSING_RETRY_SECONDS = (*RETRY_SECONDS, 6 * 3600, 24 * 3600, 72 * 3600, 168 * 3600)
"""A file that the cloud does not serve is asked for again for eleven days: links are renewed, rights corrected."""
CLAIM_TIME = dt.timedelta(minutes=3)
MAX_PLAYLIST_BYTES = 1024 * 1024  # bytes read of a playlist
MAX_VIDEO_BYTES = 16 * 1024 * 1024  # bytes read of a video, from its beginning
MAX_PICTURE_BYTES = 4 * 1024 * 1024
MAX_SIDE = 960  # pixels
HLS = ("m3u8", "hls")


def allowed_places(recording: Recording) -> Places:
    """The vendor's own file hosts, those an admin named for the app or the team, and the sandbox where it is on."""
    task = recording.task
    hosts = [*registry.adapter(task.product).file_hosts]
    for policy in Policy.objects.filter(team=recording.team_id):
        if policy.app_id in (None, task.app_id):
            hosts += policy.file_hosts
    uses_sandbox = settings.SANDBOX and task.app.credential.goes_to_own_sandbox(task.product)
    prefixes = (f"{own_address.base_for_server()}/sandbox/media/",) if uses_sandbox else ()
    return Places(tuple(hosts), prefixes)


def claim_due(limit: int = 10) -> list[Recording]:
    """Recordings whose poster is to be made now; each is claimed, so that no other worker takes it meanwhile."""
    now = timezone.now()
    rows = Recording.objects.filter(poster_due_at__lte=now, removed_at=None).order_by("poster_due_at")[:limit]
    claimed = []
    for row in rows.select_related("task__app__credential", "team"):
        if Recording.objects.filter(pk=row.pk, poster_due_at=row.poster_due_at).update(poster_due_at=now + CLAIM_TIME):
            claimed.append(row)
    return claimed


def make_poster(recording: Recording) -> None:
    """Reads the files for a poster, else draws one and tries again later. No transaction is open meanwhile."""
    content, again = None, False
    try:
        content = poster_of_files(recording)
    except QuadboxError as error:
        again = not isinstance(error, Refused)  # a host that is not allowed stays so until a policy names it
        log.info("poster of %s: %s", recording.pk, error.detail)
    if content is not None:
        store_poster(recording, content, Recording.Poster.FRAME)
    elif recording.poster_source == Recording.Poster.NONE:
        store_poster(recording, poster_of_picture(draw(recording.task)), Recording.Poster.DRAWN)
    tries = recording.poster_tries + 1
    waits = MISSING_RETRY_SECONDS if recording.files.exclude(missing_at=None).exists() else RETRY_SECONDS
    wait = waits[tries - 1] if again and tries <= len(waits) else None
    due_at = timezone.now() + dt.timedelta(seconds=wait) if wait else None
    Recording.objects.filter(pk=recording.pk).update(poster_due_at=due_at, poster_tries=tries)


def poster_of_files(recording: Recording) -> bytes | None:
    """A poster out of the recording's own files, None when none can be decoded here.

    Raises `Refused` where we may not read them, `MediaGone`, `VendorUnreachable`."""
    places = allowed_places(recording)
    error: QuadboxError | None = None
    for file in recording.files.all():
        try:
            picture = poster_of_file(file, places)
            mark_missing(file, missing=False)
            if picture:
                return picture
        except MediaGone as gone:
            mark_missing(file, missing=True)
            error = gone
        except QuadboxError as other:
            error = other
    if error is not None:
        raise error
    return None


def poster_of_file(file: RecordingFile, places: Places) -> bytes | None:
    url = own_address.for_server(file.url)
    if places.is_ours(url):  # the sandbox stores a picture beside the folder of the playlist
        try:
            piece = media.fetch(media.beside(url, "../poster.jpg"), places, most=MAX_PICTURE_BYTES)
            return poster_of_picture(piece.content)
        except (MediaGone, Invalid):
            pass  # a split recording has none: the video is read
    if not can_decode():
        return None
    if file.format in HLS:
        return poster_of_video(fetch_hls_start(url, places))
    return (
        poster_of_video(media.fetch(url, places, most=MAX_VIDEO_BYTES).content)
        if file.format in ("mp4", "flv", "ts")
        else None
    )


def fetch_hls_start(url: str, places: Places, depth: int = 0) -> bytes:
    """The first seconds of an HLS recording: its first segment, after the initialization segment if there is one.

    Raises as `media.fetch`; `Refused` for a playlist that is encrypted or none."""
    text = media.fetch(url, places, most=MAX_PLAYLIST_BYTES).content.decode("utf-8", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or lines[0] != "#EXTM3U":
        raise Refused("The playlist of this recording is not one.")
    if any(line.startswith("#EXT-X-KEY") and "METHOD=NONE" not in line for line in lines):
        raise Refused("This recording is encrypted.")
    first = next((line for line in lines if not line.startswith("#")), "")
    if not first:
        return b""
    if any(line.startswith("#EXT-X-STREAM-INF") for line in lines):  # a master playlist: its first variant
        if depth:
            raise Refused("The playlist of this recording is not one.")
        return fetch_hls_start(media.beside(url, first), places, depth + 1)
    head = b""
    for line in lines:
        if line.startswith("#EXT-X-MAP:") and 'URI="' in line:
            name = line.partition('URI="')[2].partition('"')[0]
            head = media.fetch(media.beside(url, name), places, most=MAX_PICTURE_BYTES).content
            break
    return head + media.fetch(media.beside(url, first), places, most=MAX_VIDEO_BYTES).content


def poster_of_video(video: bytes) -> bytes | None:
    frame = first_frame(video)
    return poster_of_picture(frame) if frame else None


def poster_of_picture(content: bytes) -> bytes:
    """The picture encoded as a JPEG of at most `MAX_SIDE` pixels. Raises `Invalid` for other content."""
    clean, _format, _size = reencode(content)
    with Image.open(io.BytesIO(clean)) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def store_poster(recording: Recording, content: bytes, source: str) -> None:
    """Replaces the former poster and informs the team's browsers."""
    name = f"posters/{recording.pk}-{secrets.token_hex(4)}.jpg"
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.write_bytes(content)
    os.replace(draft, path)
    before = Recording.objects.filter(pk=recording.pk).values_list("poster", flat=True).first()
    if not Recording.objects.filter(pk=recording.pk, removed_at=None).update(poster=name, poster_source=source):
        path.unlink(missing_ok=True)  # removed meanwhile
        return
    recording.poster, recording.poster_source = name, source
    if before:
        (Path(settings.MEDIA_ROOT) / before).unlink(missing_ok=True)
    broadcast_change(recording)


def delete_poster(recording: Recording) -> None:
    if path := recording.poster_path:
        path.unlink(missing_ok=True)
    recording.poster, recording.poster_source = "", Recording.Poster.NONE


def mark_missing(file: RecordingFile, *, missing: bool) -> None:
    """Stores whether the cloud served the file."""
    if missing and file.missing_at is None:
        file.missing_at = timezone.now()
    elif not missing and file.missing_at is not None:
        file.missing_at = None
    else:
        return
    file.save(update_fields=["missing_at"])
