"""Pages of the layouts: gallery, new from a preset, a file or a cloud's payload, editor."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.doors import page
from apps.accounts.models import Role
from apps.accounts.requests import TeamRequest
from apps.core.door import act, ask, is_ok, problems_of
from apps.core.errors import Invalid
from apps.core.paging import by_key, valid_id
from apps.core.spoken import speak
from apps.layout_document.presets import PRESETS, preset
from apps.layout_document.serialize import to_json
from apps.layouts import fits as fit
from apps.layouts import imports, services
from apps.layouts.api import LayoutViewSet
from apps.layouts.models import LayoutTag, LayoutTemplate
from apps.vendors import pasted, registry

SIZES = {"1280x720": (1280, 720), "720x1280": (720, 1280), "720x720": (720, 720)}
TAG_CHIPS = 20  # the most used ones
FITS_AT_ONCE = 24
BROUGHT, BROUGHT_KEPT = "brought", 5  # what imports said, in the session: layout id → product, seats, problems


@require_GET
@page()
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
        "deleted": deleted(request),
        "here": request.get_full_path(),
        **links,
    }
    context["unjudged"] = [one.pk for one in found if one.fits is None]
    return render(request, "layouts/gallery.html", context)


@require_GET
@page()
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
        "ok": _("draws it as it is"),
        "changed": ngettext("%(n)s thing will look different", "%(n)s things will look different", one.changes),
        "error": ngettext("%(n)s error: it cannot start", "%(n)s errors: it cannot start", one.errors),
    }[one.level]
    count = one.errors if one.level == "error" else one.changes
    return {
        "vendor": adapter.vendor,
        "short": one.product.removeprefix(f"{adapter.vendor}-"),
        "title": f"{adapter.title}: {words % {'n': count} if count else words}",
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


def drawn_presets() -> list[dict[str, Any]]:
    """Each preset in each shape, as boxes for a small drawing."""
    return [{"name": name, "title": speak(PRESETS[name]), "shapes": shapes} for name, shapes in preset_shapes().items()]


@cache
def preset_shapes() -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {"size": size, "width": width, "height": height, "boxes": preset(name, width, height).regions}
            for size, (width, height) in SIZES.items()
        ]
        for name in PRESETS
    }


@require_POST
@page(Role.PRODUCER)
def new(request: TeamRequest) -> HttpResponse:
    name = request.POST.get("preset", "")
    width, height = SIZES.get(request.POST.get("size", ""), SIZES["1280x720"])
    if name not in PRESETS:
        messages.error(request, _("Choose one of the pictures."))
        return redirect("layouts")
    title = request.POST.get("name", "").strip() or speak(PRESETS[name])
    return made(request, {"name": title, "document": to_json(preset(name, width, height))})


@page(Role.PRODUCER)
def bring(request: TeamRequest) -> HttpResponse:
    """A layout document, or what somebody sends to a cloud, as a new layout; every problem with its place. What comes
    back into the form holds no secret."""
    context: dict[str, Any] = {"section": "layouts", "name": "", "text": "", "product": ""}
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("name", "text", "product")}
        context |= {**given, "name": given["name"].strip(), "text": shown_again(given["text"])}
        try:
            text, suggested = imports.text_of(request.FILES.get("file"), given["text"])
        except Invalid as error:
            context |= {"detail": error.detail, "problems": [one.as_json() for one in error.problems]}
        else:
            name = (context["name"] or suggested)[:120]
            data = {"name": name, "payload": text, "product": given["product"]}
            answer = ask(request, LayoutViewSet, "post", "bring", data)
            if is_ok(answer):
                return brought(request, answer.data)
            context |= problems_of(answer)
    context["choices"] = [(slug, speak(registry.adapter(slug).title)) for slug in registry.products()]
    return render(request, "layouts/import.html", context)


def shown_again(text: str) -> str:
    return pasted.without_secrets(text) if len(text) <= imports.LARGEST else ""


def brought(request: TeamRequest, row: dict[str, Any]) -> HttpResponse:
    """On to the editor, or first to what the import had to say."""
    if not row["product"]:
        return redirect("layout_editor", layout_id=row["id"])
    kept = request.session.get(BROUGHT, {})
    said = {name: row[name] for name in ("product", "bindings", "not_understood")}
    request.session[BROUGHT] = {**dict(list(kept.items())[1 - BROUGHT_KEPT :]), row["id"]: said}
    return redirect("layout_brought", layout_id=row["id"])


@require_GET
@page(Role.PRODUCER)
def brought_page(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    """What became of a cloud's payload, for whoever imported it just now."""
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)
    said = request.session.get(BROUGHT, {}).get(str(layout.pk))
    if said is None:
        return redirect("layout_editor", layout_id=layout.pk)
    seats = [
        {"name": one.name or one.source.slot, "slot": one.source.slot, "stream": one.source.stream,
         "person": said["bindings"].get(one.source.slot, {}).get("user_id", "")}
        for one in services.document_of(layout).regions
    ]  # fmt: skip
    adapter = registry.adapter(said["product"])
    context = {"section": "layouts", "layout": layout, "seats": seats, "not_understood": said["not_understood"]}
    context |= {"vendor": adapter.vendor, "title": speak(adapter.title)}
    return render(request, "layouts/brought.html", context)


@require_POST
@page(Role.PRODUCER)
def duplicate(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)
    values = {"name": _("%(name)s copy") % {"name": layout.name[:110]}, "document": layout.document}
    return made(request, {**values, "tags": layout.tags})


@require_POST
@page(Role.PRODUCER)
def tag(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    words = [word.strip() for word in request.POST.get("tags", "").replace("，", ",").split(",") if word.strip()]
    answer = ask(request, LayoutViewSet, "patch", "partial_update", {"tags": words}, pk=str(layout_id))
    complain(request, answer)
    return redirect(back(request))


@require_POST
@page(Role.PRODUCER)
def delete(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    answer = act(request, LayoutViewSet, "delete", "destroy", pk=str(layout_id))
    complain(request, answer)
    where = back(request)
    if not is_ok(answer):
        return redirect(where)
    return redirect(f"{where}{'&' if '?' in where else '?'}deleted={layout_id}")


@require_POST
@page(Role.PRODUCER)
def restore(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    rows = LayoutTemplate.everything.filter(team=request.team)
    services.restore_layout(get_object_or_404(rows, pk=layout_id))
    return redirect(back(request))


def back(request: TeamRequest) -> str:
    """The gallery as it was, filters and page; never another site's address."""
    path, _sep, query = request.POST.get("next", "").partition("?")
    if path != "/layouts/":
        return "/layouts/"
    kept = QueryDict(query, mutable=True)
    kept.pop("deleted", None)
    return f"/layouts/?{kept.urlencode()}" if kept else "/layouts/"


def complain(request: TeamRequest, answer: Any) -> None:
    if not is_ok(answer):
        said = problems_of(answer)
        messages.error(request, " ".join([said["detail"], *(one["message"] for one in said["problems"])]))


@require_GET
@page()
def editor(request: TeamRequest, layout_id: UUID) -> HttpResponse:
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=layout_id)
    may_change = request.membership.may(Role.PRODUCER)
    adapters = [registry.adapter(slug) for slug in registry.products()]
    api = f"/api/v1/layouts/{layout.pk}/"
    data = {
        "layout": {"id": str(layout.pk), "name": layout.name, "document": layout.document, "version": layout.version},
        "products": [{"slug": one.slug, "title": speak(one.title), "vendor": one.vendor} for one in adapters],
        "csrf": get_token(request),
        "urls": {
            "assets": "/api/v1/assets/",
            "layout": api,
            "layouts": "/api/v1/layouts/",
            "export": f"{api}export/",
            "exportPage": f"/layouts/{layout.pk}/export/",
            "versions": f"{api}versions/",
            "check": "/api/v1/layouts/check/",
            "tasks": "/api/v1/tasks/",
            "apps": "/api/v1/apps/",
            "start": f"/tasks/new/?layout={layout.pk}",
            "back": "/layouts/",
        },
        "language": get_language(),
        "readonly": not may_change or request.GET.get("view") == "1",
        "person": str(request.user.pk),
    }
    return render(request, "layouts/editor.html", {"section": "layouts", "layout": layout, "editor_data": data})


def made(request: TeamRequest, data: dict[str, Any]) -> HttpResponse:
    answer = ask(request, LayoutViewSet, "post", "create", data)
    complain(request, answer)
    if not is_ok(answer):
        return redirect("layouts")
    return redirect("layout_editor", layout_id=answer.data["id"])
