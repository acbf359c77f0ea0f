"""How well each product takes a layout: the badges of the gallery.

They say what the findings of a start say of the document itself. A plan is computed with a painter that measures and
does not draw, so that a layout costs milliseconds, and what came out is kept by the document's content: a saved
version is judged once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.cache import cache as kept

from apps.core.errors import QuadboxError
from apps.layout_document.document import LayoutDocument
from apps.layout_document.parse import parse
from apps.layout_document.serialize import content_hash
from apps.layouts import assets
from apps.layouts.models import LayoutTemplate
from apps.preview.painter import PUBLIC, BakedPicture, PreviewPainter
from apps.vendors import registry
from apps.vendors.adapter import VendorAdapter
from apps.vendors.plan import Finding
from apps.vendors.sample import sample_app, sample_output, sample_people
from apps.vendors.types import TaskSpec

KEPT = 7 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Fit:
    """What a product makes of a document: how many of its findings are errors, changes (things that look different or
    do not appear)."""

    product: str
    errors: int
    changes: int

    @property
    def level(self) -> str:
        return "error" if self.errors else "changed" if self.changes else "ok"


class MeasuringPainter(PreviewPainter):
    """Answers with the size of what would be drawn."""

    def bake(self, document: LayoutDocument, *, transparent: bool) -> BakedPicture:
        digest = hashlib.sha256(content_hash(document).encode()).hexdigest()
        return BakedPicture(f"{PUBLIC}{digest}.png", document.canvas.width, document.canvas.height)


def fits_of(layouts: Iterable[LayoutTemplate], *, compute: bool = True) -> dict[Any, list[Fit]]:
    """Layout id → a fit for each product, in the registry's order; one question to the cache for all of them. What is
    not in the cache is computed, or left out with `compute=False`."""
    rows = list(layouts)
    keys = {row.pk: key_of(row) for row in rows}
    known: Mapping[str, Any] = kept.get_many(list(keys.values()))
    found: dict[Any, list[Fit]] = {}
    fresh: dict[str, Any] = {}
    for row in rows:
        value = known.get(keys[row.pk])
        if value is None and compute:
            value = fresh[keys[row.pk]] = [[one.product, one.errors, one.changes] for one in judge(row)]
        if value is not None:
            found[row.pk] = [Fit(*one) for one in value]
    if fresh:
        kept.set_many(fresh, KEPT)
    return found


def judge(layout: LayoutTemplate) -> list[Fit]:
    """Every product's fit, from its findings."""
    try:
        document = parse(layout.document)
    except QuadboxError:
        return [Fit(slug, 1, 0) for slug in registry.products()]
    return [fit_of(registry.adapter(slug), document, layout) for slug in registry.products()]


def fit_of(adapter: VendorAdapter, document: LayoutDocument, layout: LayoutTemplate) -> Fit:
    spec = TaskSpec(
        app=sample_app(adapter),
        document=document,
        room="room",
        task_id=adapter.vendor_task_id(str(layout.pk), 1),
        bindings=sample_people(document),
        output=sample_output(adapter),
    )
    painter = MeasuringPainter(pictures=assets.pictures_for(layout.team))
    try:
        findings = [finding for finding in adapter.plan_start(spec, painter).findings if is_of_the_document(finding)]
    except QuadboxError:  # this product has no words for it at all
        return Fit(adapter.slug, 1, 0)
    errors = sum(finding.level == "error" for finding in findings)
    return Fit(adapter.slug, errors, sum(finding.level in ("changed", "dropped") for finding in findings))


def is_of_the_document(finding: Finding) -> bool:
    """Findings of the app, the room or the output are not the layout's."""
    return finding.object_id is not None or finding.field.split(".")[0] == "canvas"


def key_of(layout: LayoutTemplate) -> str:
    content = json.dumps(layout.document, sort_keys=True, separators=(",", ":")).encode()
    return f"layout-fits:{edition()}:{layout.team_id}:{hashlib.sha256(content).hexdigest()}"


@cache
def edition() -> str:
    """Changes with the products and what they can do, so that a release does not show the badges of the one before."""
    abilities = [[slug, registry.adapter(slug).capabilities.to_json()] for slug in registry.products()]
    return hashlib.sha256(json.dumps(abilities, sort_keys=True).encode()).hexdigest()[:12]
