"""Pictures: checked, re-encoded, named by their content, kept in MEDIA_ROOT/a/."""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from PIL import Image, ImageOps

from apps.accounts.models import Team
from apps.core.errors import Conflict, Invalid, Problem
from apps.layouts.models import Asset, LayoutTemplate

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
LONGEST_SIDE = 8192  # pixels
JPEG_QUALITY = 90
# What Pillow's decoders raise on broken files, besides their own UnidentifiedImageError (an OSError).
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, MemoryError)
PREFIX = "asset:"


def upload(*, team: Team, content: bytes, name: str = "") -> Asset:
    """Raises `Invalid` with the pointer /file. The same picture twice is one row."""
    encoded, format, (width, height) = reencode(content)
    sha256 = hashlib.sha256(encoded).hexdigest()
    store(sha256, format, encoded)
    asset, _ = Asset.objects.get_or_create(
        team=team,
        sha256=sha256,
        defaults={
            "format": format,
            "width": width,
            "height": height,
            "bytes": len(encoded),
            "name": clean_name(name),
        },
    )
    return asset


def clean_name(name: str) -> str:
    """The file's own name, for people: no folders, nothing a database refuses."""
    bare = name.replace("\\", "/").rpartition("/")[2].encode(errors="ignore").decode()
    return "".join(one for one in bare if one.isprintable())[:200]


def reencode(content: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """The picture drawn anew: upright, without EXIF, ICC or anything else that came along.

    Answers bytes, "png" or "jpg", and the size in pixels. The size is read from the header before any decoding.
    """
    if not content:
        refuse("empty", "The file is empty.")
    if len(content) > settings.ASSET_MAX_BYTES:
        refuse("too_big", f"A picture may have at most {settings.ASSET_MAX_BYTES // 1024 // 1024} MB.")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > settings.ASSET_MAX_PIXELS or max(width, height) > LONGEST_SIDE:
                most = f"{LONGEST_SIDE} pixels a side and {settings.ASSET_MAX_PIXELS // 1_000_000} million in all"
                refuse("too_many_pixels", f"A picture may have at most {most}; this is {width} × {height}.")
            if getattr(opened, "n_frames", 1) > 1:
                refuse("animated", "Moving pictures cannot be used. Save one frame of it.")
            came_as = opened.format
            opened.load()
            picture = ImageOps.exif_transpose(opened)
            has_alpha = picture.has_transparency_data
            picture = picture.convert("RGBA" if has_alpha else "RGB")
    except Image.DecompressionBombError:
        # Pillow's own limit is beyond ours; it is met before the size can be read
        raise invalid("too_many_pixels", "A picture may not have so many pixels.") from None
    except BROKEN as error:
        raise invalid("not_a_picture", "This file cannot be read as PNG, JPEG, WebP or GIF.") from error
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)  # pixels only: `info` stays behind
    file = io.BytesIO()
    if has_alpha or came_as in ("PNG", "GIF"):
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


def read(reference: str, team: Team) -> bytes | None:
    """The bytes of `asset:<sha256>` of this team (or baked for anyone); None for a stranger's, a lost one, a URL."""
    if not reference.startswith(PREFIX):
        return None
    asset = Asset.objects.filter(sha256=reference.removeprefix(PREFIX), team__in=[team]).first()
    asset = asset or Asset.objects.filter(sha256=reference.removeprefix(PREFIX), team=None).first()
    if asset is None:
        return None
    try:
        return (Path(settings.MEDIA_ROOT) / asset.path).read_bytes()
    except FileNotFoundError:
        return None


def pictures_for(team: Team) -> Callable[[str], bytes | None]:
    """What a painter asks for the bytes of this team's pictures."""
    return partial(read, team=team)


def publish(sha256: str, content: bytes) -> None:
    """Puts a PNG that a plan baked at its public address, before a vendor fetches it."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError("The digest is not that of the content.")
    store(sha256, "png", content)
    if not Asset.objects.filter(team=None, sha256=sha256).exists():
        with Image.open(io.BytesIO(content)) as opened:
            width, height = opened.size
        Asset.objects.create(team=None, sha256=sha256, format="png", width=width, height=height, bytes=len(content))


def delete(asset: Asset) -> None:
    """Refused while a layout uses it. The bytes go when no other team has the same picture."""
    with transaction.atomic():
        user = LayoutTemplate.objects.filter(team=asset.team, document__icontains=asset.sha256).first()
        if user is not None:
            raise Conflict(f"The layout “{user.name}” uses this picture.")
        path = Path(settings.MEDIA_ROOT) / asset.path
        asset.delete()
        if not Asset.objects.filter(sha256=asset.sha256).exists():
            transaction.on_commit(lambda: path.unlink(missing_ok=True))


def references(document: dict[str, Any]) -> list[tuple[str, str]]:
    """(JSON pointer, reference) of every picture in a document's JSON."""
    found = []
    if image := document["canvas"].get("image"):
        found.append(("/canvas/image/url", image["url"]))
    for index, one in enumerate(document["objects"]):
        if "url" in one:
            found.append((f"/objects/{index}/url", one["url"]))
        if placeholder := one.get("placeholder"):
            found.append((f"/objects/{index}/placeholder/url", placeholder["url"]))
    return found


def by_content(document: dict[str, Any], team: Team) -> dict[str, Any]:
    """The document's JSON with this team's own pictures, where they stand by their public address, as `asset:…`."""
    public = re.compile(re.escape(f"{settings.PUBLIC_URL}/a/") + r"([0-9a-f]{64})\.(?:png|jpg)")
    wanted = {found[1]: url for _, url in references(document) if (found := public.fullmatch(url))}
    known = Asset.objects.filter(team=team, sha256__in=wanted).values_list("sha256", flat=True)
    ours = {wanted[sha256]: f"{PREFIX}{sha256}" for sha256 in known}

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: ours.get(one, one) if name == "url" and isinstance(one, str) else renamed(one)
                for name, one in value.items()
            }
        return [renamed(one) for one in value] if isinstance(value, list) else value

    made: dict[str, Any] = renamed(document)
    return made


def missing(document: dict[str, Any], team: Team) -> list[Problem]:
    """A problem for each `asset:` reference that is no picture of this team."""
    wanted = [(pointer, url.removeprefix(PREFIX)) for pointer, url in references(document) if url.startswith(PREFIX)]
    known = set(Asset.objects.filter(team=team, sha256__in={sha for _, sha in wanted}).values_list("sha256", flat=True))
    return [
        Problem(pointer, "no_such_asset", "Your team has no such picture.")
        for pointer, sha in wanted
        if sha not in known
    ]
