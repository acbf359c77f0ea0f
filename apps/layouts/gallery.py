"""The gallery of the layouts: what there is, by tag and word, and what each product makes of it."""

from __future__ import annotations

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
from apps.core.paging import by_key, valid_id
from apps.core.translate import translate
from apps.layouts import fits as fit
from apps.layouts.from_preset import drawn_presets, own_presets
from apps.layouts.models import LayoutTag, LayoutTemplate
from apps.vendors import registry

TAG_CHIPS = 20  # the most used ones
FITS_AT_ONCE = 24


@require_GET
@team_page()
def gallery(request: TeamRequest) -> HttpResponse:
    q, tag = (request.GET.get(name, "").replace("\0", "").strip() for name in ("q", "tag"))  # PostgreSQL: no NUL
    rows = LayoutTemplate.objects.filter(team=request.team)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(pk__in=tagged(request, name__icontains=q)))
    if tag:
        rows = rows.filter(pk__in=tagged(request, name=tag))
    on_air = LayoutTemplate.objects.filter(pk=OuterRef("pk"), tasks__state="running")
    rows = rows.annotate(on_air=Exists(on_air)).select_related("updated_by", "team").prefetch_related("tag_rows")
    found, links = by_key(request, rows)
    context = {
        "section": "layouts",
        "layouts": dressed(found, compute=False),
        "q": q,
        "tag": tag,
        "chips": chips(request, tag),
        "presets": drawn_presets(),
        "own_presets": own_presets(request),
        "deleted": deleted(request),
        "here": request.get_full_path(),
        **links,
    }
    context["unjudged"] = [one.pk for one in found if one.fits is None]
    return render(request, "layouts/gallery.html", context)


@require_GET
@team_page()
def fits(request: TeamRequest) -> HttpResponse:
    """The badges of these layouts, which the gallery asks for when it has not kept them yet."""
    wanted = [one for one in map(valid_id, request.GET.getlist("id")[:FITS_AT_ONCE]) if one]
    rows = LayoutTemplate.objects.filter(team=request.team, pk__in=wanted).select_related("team")
    return render(request, "layouts/_fits_of_many.html", {"layouts": dressed(list(rows), compute=True)})


def dressed(rows: list[Any], *, compute: bool) -> list[Any]:
    """The rows with `fits`: a list of badges, None where they are not known yet."""
    known = fit.fits_of(rows, compute=compute)
    for row in rows:
        row.fits = [badge(one) for one in known[row.pk]] if row.pk in known else None
    return rows


def badge(one: fit.Fit) -> dict[str, Any]:
    adapter = registry.adapter(one.product)
    words = {
        "ok": _("drawn without changes"),
        "changed": ngettext("%(n)s change", "%(n)s changes", one.changes),
        "error": ngettext("%(n)s error: cannot start", "%(n)s errors: cannot start", one.errors),
    }[one.level]
    count = one.errors if one.level == "error" else one.changes
    return {
        "vendor": adapter.vendor,
        "short": one.product.removeprefix(f"{adapter.vendor}-"),
        "title": f"{translate(adapter.title)}: {words % {'n': count} if count else words}",
        "level": one.level,
        "count": count,
    }


def tagged(request: TeamRequest, **where: Any) -> Any:
    return LayoutTag.objects.filter(layout__team=request.team, **where).values("layout")


def chips(request: TeamRequest, here: str) -> list[dict[str, Any]]:
    """The team's tags with how many layouts each has, the most used first; the chosen one is always there."""
    rows = LayoutTag.objects.filter(layout__team=request.team, layout__deleted_at=None)
    found = rows.values_list("name").annotate(n=Count("id")).order_by("-n", "name")[:TAG_CHIPS]
    used: list[dict[str, Any]] = [{"name": name, "n": number} for name, number in found]
    if here and here not in {one["name"] for one in used}:
        used.append({"name": here, "n": rows.filter(name=here).count()})
    return used


def deleted(request: TeamRequest) -> LayoutTemplate | None:
    """The layout that was deleted just now, to offer "Undo"."""
    chosen = valid_id(request.GET.get("deleted"))
    rows = LayoutTemplate.everything.filter(team=request.team, deleted_at__isnull=False)
    return rows.filter(pk=chosen).first() if chosen and request.membership.may(Role.PRODUCER) else None
