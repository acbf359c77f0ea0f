"""How well each product draws a layout: the badges of the gallery.

They count the findings of a start that concern the document itself. The plan is computed with a painter that measures
and does not draw, so that a layout costs milliseconds, and the result is cached by the document's content: a saved
version is judged once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.cache import cache as django_cache

from apps.core.errors import QuadboxError
from apps.layout_document.document import LayoutDocument
from apps.layout_document.parse import parse
from apps.layout_document.serialize import content_hash
from apps.layouts import assets
from apps.layouts.models import LayoutTemplate
from apps.preview.font_table import table_digest
from apps.preview.painter import PUBLIC, BakedPicture, PreviewPainter
from apps.vendors import registry
from apps.vendors.adapter import VendorAdapter
from apps.vendors.plan import Finding
from apps.vendors.sample import sample_app, sample_output, sample_people
from apps.vendors.types import TaskSpec

CACHE_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Compatibility:
    """How many findings a product has about a document: errors, and changes (things that look different or do not
    appear)."""

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


def compatibility_of(layouts: Iterable[LayoutTemplate], *, compute: bool = True) -> dict[Any, list[Compatibility]]:
    """Layout id → one for each product, in the registry's order; one query of the cache for all of them. What is not in
    the cache is computed, or left out with `compute=False`."""
    rows = list(layouts)
    keys = {row.pk: cache_key(row) for row in rows}
    cached: Mapping[str, Any] = django_cache.get_many(list(keys.values()))
    results: dict[Any, list[Compatibility]] = {}
    computed: dict[str, Any] = {}
    for row in rows:
        value = cached.get(keys[row.pk])
        if value is None and compute:
            value = computed[keys[row.pk]] = [[each.product, each.errors, each.changes] for each in judge(row)]
        if value is not None:
            results[row.pk] = [Compatibility(*counts) for counts in value]
    if computed:
        django_cache.set_many(computed, CACHE_SECONDS)
    return results


def judge(layout: LayoutTemplate) -> list[Compatibility]:
    """Every product's result, from its findings."""
    try:
        document = parse(layout.document)
    except QuadboxError:
        return [Compatibility(slug, 1, 0) for slug in registry.products()]
    return [judge_product(registry.adapter(slug), document, layout) for slug in registry.products()]


def judge_product(adapter: VendorAdapter, document: LayoutDocument, layout: LayoutTemplate) -> Compatibility:
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
        findings = [finding for finding in adapter.plan("start", spec, painter).findings if is_of_the_document(finding)]
    except QuadboxError:  # this product cannot express it at all
        return Compatibility(adapter.slug, 1, 0)
    errors = sum(finding.level == "error" for finding in findings)
    return Compatibility(adapter.slug, errors, sum(finding.level in ("changed", "dropped") for finding in findings))


def is_of_the_document(finding: Finding) -> bool:
    """Findings of the app, the room or the output are not the layout's."""
    return finding.object_id is not None or finding.field.split(".")[0] == "canvas"


def cache_key(layout: LayoutTemplate) -> str:
    content = json.dumps(layout.document, sort_keys=True, separators=(",", ":")).encode()
    return f"layout-compatibility:{edition()}:{layout.team_id}:{hashlib.sha256(content).hexdigest()}"


@cache
def edition() -> str:
    """Changes with the products, what they can do and the fonts, so that a release does not show the badges of the one
    before."""
    abilities = [
        table_digest(),
        *([slug, registry.adapter(slug).capabilities.to_json()] for slug in registry.products()),
    ]
    return hashlib.sha256(json.dumps(abilities, sort_keys=True).encode()).hexdigest()[:12]
