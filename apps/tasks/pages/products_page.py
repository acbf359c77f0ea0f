"""The compatibility matrix: what each product can do, generated from its capabilities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.translate import translate
from apps.tasks.finding_json import DOCUMENT_VALUES
from apps.vendors import registry
from apps.vendors.adapter import VendorAdapter
from apps.vendors.capabilities import Capabilities, Range


@dataclass(frozen=True, slots=True)
class Cell:
    """`mark` is yes, partly, no, or "" for a plain fact; `lines` stand below the text, each on its own."""

    text: str
    mark: str = ""
    lines: tuple[str, ...] = ()


Ask: TypeAlias = Callable[[Capabilities, VendorAdapter], Cell]


def yes(wanted: bool, detail: str = "") -> Cell:
    return Cell(detail or (_("Yes") if wanted else _("No")), "yes" if wanted else "no")


def size(width: int, height: int) -> str:
    return f"{width} × {height}"


def canvas(can: Capabilities, adapter: VendorAdapter) -> Cell:
    if can.canvas_sizes:
        listed = " · ".join(size(*canvas_size) for canvas_size in sorted(set(can.canvas_sizes)))
        return Cell(listed)
    even = _(", even sides") if can.canvas_even else ""
    return Cell(f"{size(*can.canvas_minimum)} – {size(*can.canvas_maximum)}{even}")


def fits(can: Capabilities, adapter: VendorAdapter) -> Cell:
    words = " · ".join(str(DOCUMENT_VALUES.get(fit, fit)) for fit in can.fits)
    if can.fit_per_region:
        return Cell(words, "yes" if len(can.fits) == 3 else "partly")
    return Cell(_("%(fits)s, one for the whole picture") % {"fits": words}, "partly")


def drawn(support: str, above: bool, most: int | None) -> Cell:
    said = {
        "native": _("Drawn by the cloud"),
        "baked": _("Drawn by Quadbox"),
        "attached": _("Only in the region of a person"),
        "none": _("Not drawn"),
    }[support]
    if support != "none" and not above:
        said = _("%(how)s, below the regions") % {"how": said} if support == "baked" else said
    if most is not None and support != "none":
        said += " · " + ngettext("at most %(n)s", "at most %(n)s", most) % {"n": most}
    mark = "no" if support == "none" else "yes" if above and support != "attached" else "partly"
    return Cell(said, mark)


def span(range_: Range | None, unit: str) -> Cell:
    if range_ is None:
        return Cell(_("No choice"), "no")
    text = f"{range_.minimum:.3g} – {range_.maximum:g} {unit}"
    if range_.default is None:
        return Cell(text)
    return Cell(text, lines=(_("%(value)s by default") % {"value": f"{range_.default:g}"},))


def listed(values: Sequence[Any], unit: str = "") -> Cell:
    if not values:
        return Cell(_("No choice"), "no")
    return Cell(" · ".join(str(value) for value in values) + (f" {unit}" if unit else ""))


ON_AIR = {
    "regions": gettext_lazy("regions"),
    "bindings": gettext_lazy("people"),
    "background": gettext_lazy("background"),
    "images": gettext_lazy("images"),
    "texts": gettext_lazy("texts"),
    "canvas_size": gettext_lazy("canvas size"),
    "encoding": gettext_lazy("encoding"),
    "output": gettext_lazy("output"),
}


KINDS = {"region": ON_AIR["regions"], "image": ON_AIR["images"], "text": ON_AIR["texts"]}


def overhang(can: Capabilities, adapter: VendorAdapter) -> Cell:
    """What may reach over the edge: none is a limit, not a lack."""
    words = [str(word) for kind, word in KINDS.items() if kind in can.overhang]
    return Cell(" · ".join(words)) if words else Cell(_("Nothing"), "no")


def edges(can: Capabilities, adapter: VendorAdapter) -> Cell:
    return Cell(_("Even pixels") if can.regions_even else _("Any pixel"))


def on_air(can: Capabilities, adapter: VendorAdapter) -> Cell:
    if not can.on_air:
        return yes(False)
    return Cell(" · ".join(str(word) for name, word in ON_AIR.items() if name in can.on_air), "yes")


def outputs(can: Capabilities, adapter: VendorAdapter) -> Cell:
    kind = {"push": _("Pushes to a CDN"), "rtc": _("Into a channel"), "record": _("Records to files")}[
        adapter.output_kind
    ]
    pushes = ", ".join(scheme for scheme in can.output_schemes if scheme != adapter.output_kind)
    if pushes and adapter.output_kind != "push":
        return Cell(_("%(kind)s, or pushes to a CDN (%(schemes)s)") % {"kind": kind, "schemes": pushes})
    return Cell(kind + (f" ({pushes})" if pushes else ""))


def longest(can: Capabilities, adapter: VendorAdapter) -> Cell:
    if can.max_task_seconds is None:
        return Cell(_("No limit"))
    hours = can.max_task_seconds / 3600
    return Cell(ngettext("%(n)s hour", "%(n)s hours", round(hours)) % {"n": f"{hours:g}"})


def budgets(can: Capabilities, adapter: VendorAdapter) -> Cell:
    return Cell("", lines=tuple(f"{name} {budget}/s" for name, budget in can.queries_per_second.items()))


# gettext_lazy: a table is made once, its words are said in the language of whoever reads it
ROWS: tuple[tuple[Any, tuple[tuple[Any, Ask], ...]], ...] = (
    (gettext_lazy("Picture"), (
        (gettext_lazy("Canvas"), canvas),
        (gettext_lazy("Regions at once"), lambda can, _adapter: Cell(str(can.max_panes))),
        (gettext_lazy("Smallest region"), lambda can, _adapter: Cell(size(*can.region_minimum))),
        (gettext_lazy("Edges of regions"), edges),
        (gettext_lazy("Over the edge of the canvas"), overhang),
        (gettext_lazy("Fit of a region"), fits),
        (gettext_lazy("Opacity of a region"), lambda can, _adapter: yes(can.opacity)),
        (gettext_lazy("Rounded corners"), lambda can, _adapter: yes(can.corner_radius)),
        (gettext_lazy("Crop of a source"), lambda can, _adapter: yes(can.source_crop)),
        (gettext_lazy("Placeholder picture"), lambda can, _adapter: yes(can.placeholder)),
        (gettext_lazy("Background color"), lambda can, _adapter: yes(can.background_color)),
        (gettext_lazy("Background picture"), lambda can, _adapter: yes(can.background_image)),
        (gettext_lazy("Free images"), lambda can, _adapter: drawn(can.images, can.images_above_regions, can.max_images)),
        (gettext_lazy("Texts"), lambda can, _adapter: drawn(can.texts, can.texts_above_regions, can.max_texts)),
    )),
    (gettext_lazy("People"), (
        (gettext_lazy("Next person in join order"), lambda can, _adapter: yes(can.dynamic_slots)),
        (gettext_lazy("Screen share"), lambda can, _adapter: yes(can.screen_streams)),
        (gettext_lazy("User ids"), lambda can, _adapter: Cell(_("Whole numbers") if can.integer_users else _("Texts"))),
    )),
    (gettext_lazy("Output"), (
        (gettext_lazy("Output"), outputs),
        (gettext_lazy("Outputs of a task"), lambda can, _adapter: Cell(str(can.max_outputs))),
        (gettext_lazy("Frame rate (fps)"), lambda can, _adapter: span(can.encoding.fps, "fps")),
        (gettext_lazy("Bitrate"), lambda can, _adapter: span(can.encoding.bitrate_kbps, "kbps")),
        (gettext_lazy("Between key frames"), lambda can, _adapter: span(can.encoding.gop_seconds, "s")),
        (gettext_lazy("Codecs"), lambda can, _adapter: listed(can.encoding.codecs)),
        (gettext_lazy("Audio bit rate"), lambda can, _adapter: span(can.encoding.audio_bitrate_kbps, "kbps")),
        (gettext_lazy("Audio channels"), lambda can, _adapter: listed(can.encoding.audio_channels)),
        (gettext_lazy("Audio sample rates"), lambda can, _adapter: listed(can.encoding.audio_sample_rates, "Hz")),
    )),
    (gettext_lazy("On air"), (
        (gettext_lazy("What can change on air"), on_air),
        (gettext_lazy("Maximum task duration"), longest),
        (gettext_lazy("API rate limit"), budgets),
    )),
)  # fmt: skip


@require_GET
@team_page()
def products_page(request: TeamRequest) -> HttpResponse:
    adapters = [registry.adapter(product) for product in registry.products()]
    groups = [
        {
            "title": title,
            "rows": [
                {"title": name, "cells": [ask(adapter.capabilities, adapter) for adapter in adapters]}
                for name, ask in rows
            ],
        }
        for title, rows in ROWS
    ]
    heads = [
        {
            "slug": adapter.slug,
            "title": translate(adapter.title),
            "vendor": adapter.vendor,
            "notes": [translate(note) for note in adapter.capabilities.notes],
        }
        for adapter in adapters
    ]
    context = {"section": "layouts", "products": heads, "groups": groups, "columns": len(heads) + 1}
    return render(request, "tasks/products.html", context)
