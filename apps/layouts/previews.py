"""The picture of a layout, now or as a kept version had it."""

from __future__ import annotations

from functools import partial

from django.http import Http404

from apps.accounts.models import Team
from apps.layout_document.document import LayoutDocument
from apps.layout_document.parse import parse
from apps.layout_document.serialize import content_hash
from apps.layouts import assets
from apps.layouts.models import LayoutTemplate
from apps.preview.font_table import table_digest
from apps.preview.paint import render_png
from apps.preview.painter import PreviewPainter


def document_of(layout: LayoutTemplate, version: int | None = None) -> LayoutDocument:
    """The document now, or as a kept version had it. Raises Http404 for a version that is not kept."""
    if version is None or version == layout.version:
        return parse(layout.document)
    row = layout.versions.filter(version=version).first()
    if row is None:
        raise Http404
    return parse(row.document)


def preview_etag(document: LayoutDocument, width: int | None = None) -> str:
    """Changes with the document, and with the fonts that draw it."""
    size = f"-{width}" if width else ""
    return f'"{content_hash(document)}-{table_digest()}{size}"'


def preview_png(document: LayoutDocument, team: Team, width: int | None = None) -> bytes:
    """Regions are drawn as labelled placeholders; pictures at other addresses are not fetched. `width` (pixels) asks for a
    smaller picture of the same shape."""
    painter = PreviewPainter(pictures=partial(assets.read, team=team))
    scale = min(1.0, width / document.canvas.width) if width else 1.0
    return render_png(document, pictures=painter.opened, scale=scale)
