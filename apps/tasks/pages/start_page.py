"""Start a task: the form, and beside it what will happen."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.door import ask, complain, is_ok, problems_of
from apps.core.errors import QuadboxError
from apps.core.paging import valid_id
from apps.credentials import choices
from apps.credentials.models import App
from apps.layouts.models import LayoutTemplate
from apps.tasks.pages import start_form
from apps.tasks.pages.start_preview import outlook
from apps.tasks.rest.views import TaskViewSet


@team_page(Role.PRODUCER)
def task_new(request: TeamRequest) -> HttpResponse:
    team = request.team
    filled = (
        start_form.read(request.POST)
        if request.method == "POST"
        else start_form.first(request.GET, team, request.session)
    )
    refused: dict[str, Any] = {}
    if request.method == "POST":
        made = ask(request, TaskViewSet, "post", "create", start_form.payload(filled))
        if is_ok(made):
            started = ask(request, TaskViewSet, "post", "start", pk=str(made.data["id"]))
            complain(request, started)
            return redirect("task", task_id=made.data["id"])
        refused = problems_of(made)
    context = start_form.context(team, filled, refused.get("problems"))
    refused["problems"] = [
        problem for problem in refused.get("problems", []) if not start_form.field_of(problem["pointer"])
    ]
    context |= refused | {"refused": bool(refused.get("detail"))}
    context["outlook"] = outlook(request, filled, tried=context["refused"])
    return render(request, "tasks/new.html", {"section": "control", "form": filled, **context})


@require_POST
@team_page(Role.PRODUCER)
def task_plan(request: TeamRequest) -> HttpResponse:
    said = outlook(request, start_form.read(request.POST), tried="tried" in request.POST)
    return render(request, "tasks/_outlook.html", {"outlook": said})


@require_GET
@team_page(Role.PRODUCER)
def task_seats(request: TeamRequest) -> HttpResponse:
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=valid_id(request.GET.get("layout")))
    return render(request, "tasks/_people.html", start_form.seats(layout.document, start_form.read(request.GET)))


@require_GET
@team_page(Role.PRODUCER)
def task_fields(request: TeamRequest) -> HttpResponse:
    """What the chosen product asks for."""
    filled = start_form.read(request.GET)
    return render(request, "tasks/_product.html", {"form": filled, **start_form.product_fields(filled)})


@require_GET
@team_page(Role.PRODUCER)
def task_choices(request: TeamRequest, name: str) -> HttpResponse:
    """One option of the form again, to be chosen from what the cloud lists; a part of the page."""
    filled = start_form.read(request.GET)
    app_id, product = start_form.target_of(filled)
    option = (
        next((option for option in product.task_options if option.name == name and option.listed), None)
        if product
        else None
    )
    if product is None or option is None:
        raise Http404
    app = get_object_or_404(App.objects.select_related("credential"), team=request.team, pk=valid_id(app_id))
    chosen = filled["opts"].get(name, "")
    try:
        listed = choices.of_vendor(app, product, option)
    except QuadboxError as error:
        field = start_form.shown(option, "opt:", chosen, {f"opt:{name}": error.detail})
    else:
        field = start_form.listed(option, chosen, listed)
    return render(request, "components/typed_field.html", {"field": field})
