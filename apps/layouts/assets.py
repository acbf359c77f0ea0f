"""Pictures: checked, re-encoded, named by their content, kept in MEDIA_ROOT/a/."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from apps.accounts.models import Team
from apps.core.errors import Conflict, Invalid, Problem
from apps.core.types import Json, JsonObject
from apps.layouts.models import Asset, LayoutTemplate, LayoutVersion
from apps.layouts.picture_files import reencode, store

PREFIX = "asset:"
MAX_LISTED = 3  # layouts in one sentence
IN_USE = ("scheduled", "starting", "running", "stopping")  # states of tasks that show a layout


def upload(*, team: Team, content: bytes, name: str = "") -> Asset:
    """Raises `Invalid` with the pointer /file. The same picture twice is one row."""
    encoded, format, (width, height) = reencode(content)
    sha256 = hashlib.sha256(encoded).hexdigest()
    store(sha256, format, encoded)
    asset, _created = Asset.objects.get_or_create(
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


def read(reference: str, team: Team) -> bytes | None:
    """The bytes of `asset:<sha256>` of this team (or baked for anyone); None for another team's, a lost one, a URL."""
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
    names = list(rows.values_list("name", flat=True)[: MAX_LISTED + 1])
    if not names:
        return ""
    listed = ", ".join(f"“{name}”" for name in names[:MAX_LISTED])
    more = rows.count() - MAX_LISTED
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


def clean_name(name: str) -> str:
    """The file's own name, for people: no folders, nothing a database refuses."""
    bare = name.replace("\\", "/").rpartition("/")[2].encode(errors="ignore").decode()
    return "".join(letter for letter in bare if letter.isprintable())[:200]


def rename(asset: Asset, name: str) -> Asset:
    """Raises `Invalid` with the pointer /name."""
    word = clean_name(name).strip()
    if not word:
        message = _("A picture needs a name.")
        raise Invalid(message, problems=[Problem("/name", "required", message)])
    asset.name = word
    asset.save(update_fields=["name"])
    return asset


def references(document: JsonObject) -> list[tuple[str, str]]:
    """(JSON pointer, reference) of every picture in a document's JSON."""
    pairs: list[tuple[str, str]] = []
    if image := document["canvas"].get("image"):
        pairs.append(("/canvas/image/url", image["url"]))
    for index, item in enumerate(document["objects"]):
        if "url" in item:
            pairs.append((f"/objects/{index}/url", item["url"]))
        if placeholder := item.get("placeholder"):
            pairs.append((f"/objects/{index}/placeholder/url", placeholder["url"]))
    return pairs


def by_content(document: JsonObject, team: Team) -> JsonObject:
    """The document's JSON with this team's own pictures, where they stand by their public address, as `asset:…`."""
    public = re.compile(re.escape(f"{settings.PUBLIC_URL}/a/") + r"([0-9a-f]{64})\.(?:png|jpg)")
    urls = {match[1]: url for _pointer, url in references(document) if (match := public.fullmatch(url))}
    own = Asset.objects.filter(team=team, sha256__in=urls).values_list("sha256", flat=True)
    by_url = {urls[sha256]: f"{PREFIX}{sha256}" for sha256 in own}

    def renamed(value: Json) -> Json:
        if isinstance(value, dict):
            return {
                name: by_url.get(inner, inner) if name == "url" and isinstance(inner, str) else renamed(inner)
                for name, inner in value.items()
            }
        return [renamed(inner) for inner in value] if isinstance(value, list) else value

    result: JsonObject = renamed(document)
    return result


def missing(document: JsonObject, team: Team) -> list[Problem]:
    """A problem for each `asset:` reference that is no picture of this team."""
    names = [(pointer, url.removeprefix(PREFIX)) for pointer, url in references(document) if url.startswith(PREFIX)]
    known = set(
        Asset.objects.filter(team=team, sha256__in={sha for _at, sha in names}).values_list("sha256", flat=True)
    )
    return [
        Problem(pointer, "no_such_asset", _("This picture does not exist in your team."))
        for pointer, sha in names
        if sha not in known
    ]
