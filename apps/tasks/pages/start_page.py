"""Start a task: the form, and beside it what will happen."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.models import Role, User
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core import refusals
from apps.core.errors import Problem, QuadboxError
from apps.core.query_params import valid_id
from apps.credentials import choices
from apps.credentials.models import App
from apps.layouts.models import LayoutTemplate
from apps.tasks import services
from apps.tasks.pages import option_form, start_form, start_values
from apps.tasks.pages.start_preview import start_preview


@team_page(Role.PRODUCER)
def task_new(request: TeamRequest) -> HttpResponse:
    if request.method != "POST":
        return form_page(request, start_values.initial(request.GET, request.team, request.session))
    values = start_values.read(request.POST)
    user = request.user if isinstance(request.user, User) else None
    try:
        task = services.create_and_start(team=request.team, user=user, inputs=start_form.new_task(request.team, values))
    except QuadboxError as error:
        return form_page(request, values, error)
    return redirect("task", task_id=task.pk)


def form_page(
    request: TeamRequest, values: start_values.StartValues, error: QuadboxError | None = None
) -> HttpResponse:
    problems: tuple[Problem, ...] = error.problems if error else ()
    context: dict[str, Any] = {
        "section": "control",
        **start_form.context(request.team, values, problems),
        "form": values,
        "refused": error is not None,
    }
    if error is not None:
        elsewhere = [problem for problem in problems if not start_form.field_at(problem.pointer)]
        context |= refusals.as_context(error, elsewhere)
    context["preview"] = start_preview(request.team, values, tried=error is not None)
    return render(request, "tasks/new.html", context)


@require_POST
@team_page(Role.PRODUCER)
def task_plan(request: TeamRequest) -> HttpResponse:
    """The preview again, after a change of the form; a part of the page."""
    preview = start_preview(request.team, start_values.read(request.POST), tried="tried" in request.POST)
    return render(request, "tasks/_start_preview.html", {"preview": preview, "form_changed": True})


@require_GET
@team_page(Role.PRODUCER)
def task_seats(request: TeamRequest) -> HttpResponse:
    """The slots of the chosen layout; a part of the page."""
    layout = get_object_or_404(LayoutTemplate, team=request.team, pk=valid_id(request.GET.get("layout")))
    values = start_values.read(request.GET)
    return render(request, "tasks/_people.html", start_form.slot_fields(layout.document, values))


@require_GET
@team_page(Role.PRODUCER)
def task_fields(request: TeamRequest) -> HttpResponse:
    """What the chosen product asks for; a part of the page."""
    values = start_values.read(request.GET)
    return render(
        request,
        "tasks/_product.html",
        {"form": values, "part": True, **start_form.product_fields(request.team, values)},
    )


@require_GET
@team_page(Role.PRODUCER)
def task_choices(request: TeamRequest, name: str) -> HttpResponse:
    """One option of the form again, as a select of what the cloud lists; a part of the page."""
    values = start_values.read(request.GET)
    product = values.product
    options = product.task_options if product else ()
    option = next((option for option in options if option.name == name and option.listed), None)
    if product is None or option is None:
        raise Http404
    rows = App.objects.select_related("credential")
    app = get_object_or_404(rows, team=request.team, pk=valid_id(values.app_id))
    current, refusal = values.opts.get(name, ""), ""
    try:
        listed = choices.of_vendor(app, product, option)
    except QuadboxError as error:
        field = option_form.ProductForm(product, initial={f"opt:{name}": current})[f"opt:{name}"]
        refusal = refusals.as_context(error)["detail"]
    else:
        field = option_form.listed_field(product, name, current, listed)
    return render(request, "components/form_field.html", {"field": field, "refusal": refusal})
