"""The gallery of the layouts: by tag and search text, with what each product makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.pagination import paginate
from apps.core.query_params import search_of, valid_id
from apps.core.translate import translate
from apps.layouts.compatibility import Compatibility, compatibility_of
from apps.layouts.models import LayoutTag, LayoutTemplate
from apps.layouts.pages.new_layout import preset_choices, team_preset_choices
from apps.vendors import registry

MAX_TAG_CHIPS = 20  # the most used ones
MAX_BADGES_PER_REQUEST = 24  # layouts


@dataclass(frozen=True, slots=True)
class Badge:
    """What one product makes of a layout. `short` is its slug without the vendor."""

    vendor: str
    short: str
    level: str
    count: int
    sentence: str

    @classmethod
    def from_result(cls, result: Compatibility) -> Badge:
        adapter = registry.adapter(result.product)
        templates = {
            "ok": _("drawn without changes"),
            "changed": ngettext("%(n)s change", "%(n)s changes", result.changes),
            "error": ngettext("%(n)s error: cannot start", "%(n)s errors: cannot start", result.errors),
        }
        count = result.errors if result.level == "error" else result.changes
        words = templates[result.level] % {"n": count} if count else templates[result.level]
        short = result.product.removeprefix(f"{adapter.vendor}-")
        return cls(adapter.vendor, short, result.level, count, f"{translate(adapter.title)}: {words}")


@dataclass(frozen=True, slots=True)
class LayoutCard:
    """`badges` is None where they are not in the cache: the page fetches them afterwards."""

    layout: Any
    badges: list[Badge] | None


@require_GET
@team_page()
def gallery(request: TeamRequest) -> HttpResponse:
    q, tag = search_of(request), search_of(request, "tag")
    rows = LayoutTemplate.objects.filter(team=request.team)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(pk__in=tagged(request, name__icontains=q)))
    if tag:
        rows = rows.filter(pk__in=tagged(request, name=tag))
    on_air = LayoutTemplate.objects.filter(pk=OuterRef("pk"), tasks__state="running")
    rows = rows.annotate(on_air=Exists(on_air)).select_related("updated_by", "team").prefetch_related("tag_rows")
    page, links = paginate(request, rows)
    cards = cards_of(page, compute=False)
    context = {
        "section": "layouts",
        "cards": cards,
        "without_badges": [card.layout.pk for card in cards if card.badges is None],
        "q": q,
        "tag": tag,
        "chips": tag_chips(request, tag),
        "presets": preset_choices(),
        "own_presets": team_preset_choices(request.team),
        "deleted": just_deleted(request),
        "here": request.get_full_path(),
        **links,
    }
    return render(request, "layouts/gallery.html", context)


@require_GET
@team_page()
def compatibility_badges(request: TeamRequest) -> HttpResponse:
    """The badges of these layouts, which the gallery fetches when they are not in the cache yet."""
    ids = [valid for valid in map(valid_id, request.GET.getlist("id")[:MAX_BADGES_PER_REQUEST]) if valid]
    rows = LayoutTemplate.objects.filter(team=request.team, pk__in=ids).select_related("team")
    return render(request, "layouts/_badges_of_many.html", {"cards": cards_of(list(rows), compute=True)})


def cards_of(rows: list[Any], *, compute: bool) -> list[LayoutCard]:
    known = compatibility_of(rows, compute=compute)
    return [
        LayoutCard(row, [Badge.from_result(result) for result in known[row.pk]] if row.pk in known else None)
        for row in rows
    ]


def tagged(request: TeamRequest, **where: Any) -> Any:
    return LayoutTag.objects.filter(layout__team=request.team, **where).values("layout")


def tag_chips(request: TeamRequest, chosen: str) -> list[dict[str, Any]]:
    """The team's tags with how many layouts each has, the most used first; the chosen one is always there."""
    rows = LayoutTag.objects.filter(layout__team=request.team, layout__deleted_at=None)
    counts = rows.values_list("name").annotate(n=Count("id")).order_by("-n", "name")[:MAX_TAG_CHIPS]
    chips: list[dict[str, Any]] = [{"name": name, "n": number} for name, number in counts]
    if chosen and chosen not in {chip["name"] for chip in chips}:
        chips.append({"name": chosen, "n": rows.filter(name=chosen).count()})
    return chips


def just_deleted(request: TeamRequest) -> LayoutTemplate | None:
    """The layout that was deleted just now, to offer "Undo"."""
    layout_id = valid_id(request.GET.get("deleted"))
    rows = LayoutTemplate.everything.filter(team=request.team, deleted_at__isnull=False)
    return rows.filter(pk=layout_id).first() if layout_id and request.membership.may(Role.PRODUCER) else None
