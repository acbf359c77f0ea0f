"""What a producer may do with layouts: each save is a version, and nobody overwrites what they have not seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.core.errors import Invalid, Problem, Stale
from apps.core.json_text import unstorable
from apps.layout_document.document import LayoutDocument
from apps.layout_document.parse import parse
from apps.layout_document.serialize import content_hash, to_json
from apps.layouts import aids, assets, imports
from apps.layouts.models import LayoutTag, LayoutTemplate, LayoutVersion
from apps.live.broadcast import tell_team
from apps.preview.paint import render_png
from apps.preview.painter import PreviewPainter

VERSIONS_KEPT = 50
DELETED_KEPT = dt.timedelta(days=30)
MOST_TAGS, LONGEST_TAG = 10, 30


def checked(document: Any, team: Team) -> dict[str, Any]:
    """The canonical JSON of a document this team may save. Raises `Invalid`; pointers are into the document."""
    if found := unstorable(document):
        raise Invalid(_("This is not a valid layout document."), problems=found)
    value = to_json(parse(document))
    if found := assets.missing(value, team):
        raise Invalid(_("The layout uses pictures that do not exist."), problems=found)
    return value


@transaction.atomic
def create_layout(
    *, team: Team, user: Any, name: str, document: Any, tags: Iterable[str] | None = None
) -> LayoutTemplate:
    words = checked_tags(tags or ())
    layout = LayoutTemplate.objects.create(team=team, name=name, document=checked(document, team), updated_by=user)
    keep_version(layout, user)
    LayoutTag.objects.bulk_create(LayoutTag(layout=layout, name=word) for word in words)
    tell_saved(layout)
    return layout


@transaction.atomic
def duplicate_layout(layout: LayoutTemplate, *, user: Any, name: str) -> LayoutTemplate:
    """A layout of its own with the same picture, tags, groups and guides."""
    made = create_layout(team=layout.team, user=user, name=name, document=layout.document, tags=layout.tags)
    aids.copy(layout, made)
    return made


def import_layout(
    *, team: Team, user: Any, payload: Any, product: str = "", name: str = ""
) -> tuple[LayoutTemplate, imports.Brought]:
    """A new layout from what somebody sends to a cloud, or from a document. Raises `Invalid`; pointers are into the
    payload."""
    document, brought = read_payload(team=team, payload=payload, product=product)
    title = name.strip() or _("Imported layout")
    return create_layout(team=team, user=user, name=title, document=document), brought


def read_payload(*, team: Team, payload: Any, product: str = "") -> tuple[dict[str, Any], imports.Brought]:
    """The document in a payload as it could be saved; nothing is stored. Raises `Invalid`."""
    brought = imports.read(payload, product)
    document = assets.by_content(brought.document, team) if brought.product else brought.document
    return checked(document, team), brought


@transaction.atomic
def save_layout(
    layout: LayoutTemplate, *, user: Any, version: int | None, name: str | None = None, document: Any = None
) -> LayoutTemplate:
    """Raises `Stale` unless `version` is the current one. A save that changes nothing makes no version."""
    if version is None:
        problem = Problem("/version", "required", _("Send the version you started from."))
        raise Invalid(_("The request is not valid."), problems=[problem])
    layout = LayoutTemplate.objects.select_for_update().get(pk=layout.pk)
    if version != layout.version:
        raise Stale(_("Somebody else saved this layout since you opened it."), current=layout.version)
    value = layout.document if document is None else checked(document, layout.team)
    name = layout.name if name is None else name
    if value == layout.document and name == layout.name:
        return layout
    layout.document, layout.name, layout.updated_by = value, name, user
    layout.version += 1
    layout.save()
    keep_version(layout, user)
    tell_saved(layout)
    return layout


def tell_saved(layout: LayoutTemplate) -> None:
    facts: dict[str, Any] = {"id": str(layout.pk), "name": layout.name, "version": layout.version}
    facts["deleted"] = layout.deleted_at is not None
    tell_team(layout.team_id, {"kind": "layout.saved", "layout": facts})


@transaction.atomic
def set_tags(layout: LayoutTemplate, tags: Iterable[str]) -> LayoutTemplate:
    """Exactly these tags from now on. They belong to the layout, not to a version: the last one to set them wins."""
    words = checked_tags(tags)
    layout = LayoutTemplate.objects.select_for_update().get(pk=layout.pk)
    layout.tag_rows.exclude(name__in=words).delete()
    known = set(layout.tag_rows.values_list("name", flat=True))
    LayoutTag.objects.bulk_create(LayoutTag(layout=layout, name=word) for word in words if word not in known)
    tell_saved(layout)
    return layout


def checked_tags(tags: Iterable[str]) -> list[str]:
    """Trimmed, each once whatever its case, in the order given. Raises `Invalid` with pointers below /tags."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for index, tag in enumerate(tags):
        word = " ".join(tag.split())
        if not 1 <= len(word) <= LONGEST_TAG or "," in word:
            message = _("A tag has 1 to %(n)s characters and no commas.") % {"n": LONGEST_TAG}
            problems.append(Problem(f"/tags/{index}", "invalid", message))
        problems += unstorable(word, f"/tags/{index}")
        found.setdefault(word.casefold(), word)
    if len(found) > MOST_TAGS:
        problems.append(Problem("/tags", "too_many", _("A layout can have at most %(n)s tags.") % {"n": MOST_TAGS}))
    if problems:
        raise Invalid(_("The request is not valid."), problems=problems)
    return list(found.values())


@transaction.atomic
def delete_layout(layout: LayoutTemplate) -> None:
    """Out of sight at once, gone after DELETED_KEPT: until then `restore_layout` brings it back."""
    layout.deleted_at = timezone.now()
    layout.save(update_fields=["deleted_at"])
    tell_saved(layout)


@transaction.atomic
def restore_layout(layout: LayoutTemplate) -> None:
    layout.deleted_at = None
    layout.save(update_fields=["deleted_at"])
    tell_saved(layout)


def sweep_deleted() -> int:
    """Deletes for good what has been deleted long enough; how many layouts that were."""
    old = LayoutTemplate.everything.filter(deleted_at__lt=timezone.now() - DELETED_KEPT)
    gone = 0
    for layout in old.iterator(chunk_size=100):
        layout.delete()
        gone += 1
    return gone


def keep_version(layout: LayoutTemplate, user: Any) -> None:
    LayoutVersion.objects.create(
        layout=layout, version=layout.version, name=layout.name, document=layout.document, author=user,
        aids=aids.follow(layout),
    )  # fmt: skip
    layout.versions.filter(version__lte=layout.version - VERSIONS_KEPT).delete()


def document_of(layout: LayoutTemplate, version: int | None = None) -> LayoutDocument:
    """The document now, or as a kept version had it. Raises Http404 for a version that is not kept."""
    if version is None or version == layout.version:
        return parse(layout.document)
    kept = layout.versions.filter(version=version).first()
    if kept is None:
        raise Http404
    return parse(kept.document)


def preview_etag(document: LayoutDocument, width: int | None = None) -> str:
    size = f"-{width}" if width else ""
    return f'"{content_hash(document)}{size}"'


def preview_png(document: LayoutDocument, team: Team, width: int | None = None) -> bytes:
    """Regions are drawn as labelled stand-ins; pictures at other addresses are not fetched. `width` (pixels) asks for a
    smaller picture of the same shape."""
    painter = PreviewPainter(pictures=partial(assets.read, team=team))
    scale = min(1.0, width / document.canvas.width) if width else 1.0
    return render_png(document, pictures=painter.opened, scale=scale)
