"""Picture files: read, checked and encoded anew, and stored in MEDIA_ROOT/a/ under the digest of their content."""

from __future__ import annotations

import io
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from apps.core.errors import Invalid, Problem

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MAX_SIDE = 8192  # pixels
JPEG_QUALITY = 90
# What Pillow's decoders raise on broken files, besides their own UnidentifiedImageError (an OSError).
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, MemoryError)


def reencode(content: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """The picture drawn anew: upright, without EXIF, ICC or anything else that came along.

    Answers bytes, "png" or "jpg", and the size in pixels. The size is read from the header before any decoding.
    """
    if not content:
        refuse("empty", _("The file is empty."))
    if len(content) > settings.ASSET_MAX_BYTES:
        message = _("A picture can have at most %(n)s MB.") % {"n": settings.ASSET_MAX_BYTES // 1024 // 1024}
        refuse("too_big", message)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > settings.ASSET_MAX_PIXELS or max(width, height) > MAX_SIDE:
                sentence = _(
                    "A picture can have at most %(side)s pixels per side and %(all)s million in total. This one has %(width)s × %(height)s."
                )
                most = {"side": MAX_SIDE, "all": settings.ASSET_MAX_PIXELS // 1_000_000}
                refuse("too_many_pixels", sentence % {**most, "width": width, "height": height})
            if getattr(opened, "n_frames", 1) > 1:
                refuse("animated", _("Animated pictures are not supported. Save a single frame."))
            source_format = opened.format
            opened.load()
            picture = ImageOps.exif_transpose(opened)
            has_alpha = picture.has_transparency_data
            picture = picture.convert("RGBA" if has_alpha else "RGB")
    except Image.DecompressionBombError:
        # Pillow's own limit is beyond ours; it is met before the size can be read
        raise invalid("too_many_pixels", _("The picture has too many pixels.")) from None
    except BROKEN as error:
        raise invalid("not_a_picture", _("This file is not a readable PNG, JPEG, WebP or GIF.")) from error
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)  # pixels only: `info` stays behind
    file = io.BytesIO()
    if has_alpha or source_format in ("PNG", "GIF"):
        clean.save(file, "PNG", optimize=False)
        return file.getvalue(), "png", clean.size
    clean.save(file, "JPEG", quality=JPEG_QUALITY)
    return file.getvalue(), "jpg", clean.size


def invalid(code: str, message: str) -> Invalid:
    return Invalid(message, problems=[Problem("/file", code, message)])


def refuse(code: str, message: str) -> None:
    raise invalid(code, message)


def store(sha256: str, format: str, content: bytes) -> None:
    """Written aside and renamed: a reader sees the whole file or none."""
    folder = Path(settings.MEDIA_ROOT) / "a"
    path = folder / f"{sha256}.{format}"
    if path.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{sha256}.{secrets.token_hex(4)}"
    try:
        draft.write_bytes(content)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
