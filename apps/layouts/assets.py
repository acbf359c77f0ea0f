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
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image, ImageOps

from apps.accounts.models import Team
from apps.core.errors import Conflict, Invalid, Problem
from apps.layouts.models import Asset, LayoutTemplate, LayoutVersion

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
LONGEST_SIDE = 8192  # pixels
JPEG_QUALITY = 90
# What Pillow's decoders raise on broken files, besides their own UnidentifiedImageError (an OSError).
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, MemoryError)
PREFIX = "asset:"
MOST_NAMED = 3  # layouts in one sentence
IN_USE = ("scheduled", "starting", "running", "stopping")  # states of tasks that show a layout


def upload(*, team: Team, content: bytes, name: str = "") -> Asset:
    """Raises `Invalid` with the pointer /file. The same picture twice is one row."""
    encoded, format, (width, height) = reencode(content)
    sha256 = hashlib.sha256(encoded).hexdigest()
    store(sha256, format, encoded)
    asset, _made = Asset.objects.get_or_create(
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
        refuse("empty", _("The file is empty."))
    if len(content) > settings.ASSET_MAX_BYTES:
        message = _("A picture can have at most %(n)s MB.") % {"n": settings.ASSET_MAX_BYTES // 1024 // 1024}
        refuse("too_big", message)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > settings.ASSET_MAX_PIXELS or max(width, height) > LONGEST_SIDE:
                sentence = _(
                    "A picture can have at most %(side)s pixels per side and %(all)s million in total. This one has %(width)s × %(height)s."
                )
                most = {"side": LONGEST_SIDE, "all": settings.ASSET_MAX_PIXELS // 1_000_000}
                refuse("too_many_pixels", sentence % {**most, "width": width, "height": height})
            if getattr(opened, "n_frames", 1) > 1:
                refuse("animated", _("Animated pictures are not supported. Save a single frame."))
            came_as = opened.format
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
    """Refused while a layout uses it, or one that is on air shows it in an older version: the cloud fetches it then.
    The bytes go when no other team has the same picture."""
    with transaction.atomic():
        if used := used_by(asset):
            raise Conflict(used)
        path = Path(settings.MEDIA_ROOT) / asset.path
        asset.delete()
        if not Asset.objects.filter(sha256=asset.sha256).exists():
            transaction.on_commit(lambda: path.unlink(missing_ok=True))


def used_by(asset: Asset) -> str:
    """Which layouts use the picture, in a sentence; "" where none does."""
    layouts = LayoutTemplate.objects.filter(team=asset.team)
    drawn = Q(document__icontains=asset.sha256)
    aired = LayoutVersion.objects.filter(
        Q(version=F("layout__tasks__applied_version")) | Q(version=F("layout__tasks__layout_version")),
        layout__team=asset.team, layout__tasks__state__in=IN_USE, document__icontains=asset.sha256,
    )  # fmt: skip
    rows = layouts.filter(drawn | Q(pk__in=aired.values("layout"))).order_by("-updated_at")
    names = list(rows.values_list("name", flat=True)[: MOST_NAMED + 1])
    if not names:
        return ""
    listed = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
    more = rows.count() - MOST_NAMED
    if more > 0:
        sentence = ngettext(
            "The layouts %(names)s and %(n)s other use this picture.",
            "The layouts %(names)s and %(n)s others use this picture.",
            more,
        )
        return sentence % {"names": listed, "n": more}
    if len(names) > 1:
        return _("The layouts %(names)s use this picture.") % {"names": listed}
    return _("The layout %(names)s uses this picture.") % {"names": listed}


def rename(asset: Asset, name: str) -> Asset:
    """Raises `Invalid` with the pointer /name."""
    word = clean_name(name).strip()
    if not word:
        message = _("A picture needs a name.")
        raise Invalid(message, problems=[Problem("/name", "required", message)])
    asset.name = word
    asset.save(update_fields=["name"])
    return asset


def references(document: dict[str, Any]) -> list[tuple[str, str]]:
    """(JSON pointer, reference) of every picture in a document's JSON."""
    found = []
    if image := document["canvas"].get("image"):
        found.append(("/canvas/image/url", image["url"]))
    for index, item in enumerate(document["objects"]):
        if "url" in item:
            found.append((f"/objects/{index}/url", item["url"]))
        if placeholder := item.get("placeholder"):
            found.append((f"/objects/{index}/placeholder/url", placeholder["url"]))
    return found


def by_content(document: dict[str, Any], team: Team) -> dict[str, Any]:
    """The document's JSON with this team's own pictures, where they stand by their public address, as `asset:…`."""
    public = re.compile(re.escape(f"{settings.PUBLIC_URL}/a/") + r"([0-9a-f]{64})\.(?:png|jpg)")
    wanted = {found[1]: url for _at, url in references(document) if (found := public.fullmatch(url))}
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
    known = set(
        Asset.objects.filter(team=team, sha256__in={sha for _at, sha in wanted}).values_list("sha256", flat=True)
    )
    return [
        Problem(pointer, "no_such_asset", _("This picture does not exist in your team."))
        for pointer, sha in wanted
        if sha not in known
    ]
