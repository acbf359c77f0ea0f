"""What a producer may do with layouts: each save is a version, and nobody overwrites what they have not seen."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404

from apps.accounts.models import Team
from apps.core.errors import Invalid, Problem, Stale
from apps.core.json_text import unstorable
from apps.layout_document.document import LayoutDocument
from apps.layout_document.parse import parse
from apps.layout_document.serialize import content_hash, to_json
from apps.layouts import assets
from apps.layouts.models import LayoutTemplate, LayoutVersion
from apps.live.broadcast import tell_team
from apps.preview.paint import render_png
from apps.preview.painter import PreviewPainter

VERSIONS_KEPT = 50


def checked(document: Any, team: Team) -> dict[str, Any]:
    """The canonical JSON of a document this team may save. Raises `Invalid`; pointers are into the document."""
    if found := unstorable(document):
        raise Invalid("This is not a valid layout document.", problems=found)
    value = to_json(parse(document))
    if found := assets.missing(value, team):
        raise Invalid("The layout uses pictures that are not there.", problems=found)
    return value


@transaction.atomic
def create_layout(*, team: Team, user: Any, name: str, document: Any) -> LayoutTemplate:
    layout = LayoutTemplate.objects.create(team=team, name=name, document=checked(document, team), updated_by=user)
    keep_version(layout, user)
    return layout


@transaction.atomic
def save_layout(
    layout: LayoutTemplate, *, user: Any, version: int | None, name: str | None = None, document: Any = None
) -> LayoutTemplate:
    """Raises `Stale` unless `version` is the current one. A save that changes nothing makes no version."""
    if version is None:
        problem = Problem("/version", "required", "Send the version you started from.")
        raise Invalid("The request is not valid.", problems=[problem])
    layout = LayoutTemplate.objects.select_for_update().get(pk=layout.pk)
    if version != layout.version:
        raise Stale("Somebody saved this layout since you opened it.", current=layout.version)
    value = layout.document if document is None else checked(document, layout.team)
    name = layout.name if name is None else name
    if value == layout.document and name == layout.name:
        return layout
    layout.document, layout.name, layout.updated_by = value, name, user
    layout.version += 1
    layout.save()
    keep_version(layout, user)
    tell_team(
        layout.team_id,
        {"kind": "layout.saved", "layout": {"id": str(layout.pk), "name": layout.name, "version": layout.version}},
    )
    return layout


def keep_version(layout: LayoutTemplate, user: Any) -> None:
    LayoutVersion.objects.create(
        layout=layout, version=layout.version, name=layout.name, document=layout.document, author=user
    )
    layout.versions.filter(version__lte=layout.version - VERSIONS_KEPT).delete()


def document_of(layout: LayoutTemplate, version: int | None = None) -> LayoutDocument:
    """The document now, or as a kept version had it. Raises Http404 for a version that is not kept."""
    if version is None or version == layout.version:
        return parse(layout.document)
    kept = layout.versions.filter(version=version).first()
    if kept is None:
        raise Http404
    return parse(kept.document)


def preview_etag(document: LayoutDocument) -> str:
    return f'"{content_hash(document)}"'


def preview_png(document: LayoutDocument, team: Team) -> bytes:
    """Regions are drawn as labelled stand-ins; pictures at other addresses are not fetched."""
    painter = PreviewPainter(pictures=partial(assets.read, team=team))
    return render_png(document, pictures=painter.opened)
