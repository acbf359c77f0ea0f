"""The page of one task: its picture and state, and five tabs below. Each tab is an address of its own (`?tab=people`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.models import Role, User
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core import refusals
from apps.core.errors import Invalid, Problem, QuadboxError
from apps.core.query_params import valid_id
from apps.layouts.models import LayoutTemplate
from apps.tasks import labels, selectors, services
from apps.tasks.engine import lifecycle
from apps.tasks.inputs import ChangeOnAir
from apps.tasks.models import Desired, EventCode, State, Task
from apps.tasks.pages import finding_groups, live_picture, start_form, start_values, timeline
from apps.tasks.pages.option_form import OptionsOnAirForm, not_carried_out
from apps.tasks.pages.task_card import TaskCard
from apps.vendors import registry
from apps.vendors.redaction import redact

MAX_LAYOUTS = 200
TABS = {
    "timeline": gettext_lazy("Timeline"),
    "layout": gettext_lazy("Layout"),
    "people": gettext_lazy("People"),
    "requests": gettext_lazy("Requests"),
    "recordings": gettext_lazy("Recordings"),
}
PROVEN_BY = {
    "reply": gettext_lazy("response"),
    "poll": gettext_lazy("a poll"),
    "callback": gettext_lazy("a callback"),
}
WANTED = {
    Desired.NOTHING: gettext_lazy("nothing yet"),
    Desired.RUNNING: gettext_lazy("to run"),
    Desired.STOPPED: gettext_lazy("to be stopped"),
}
PLAYLIST_FORMATS = ("m3u8", "hls")


@require_GET
@team_page()
def task_page(request: TeamRequest, task_id: UUID) -> HttpResponse:
    return render_page(request, task_of(request, task_id), request.GET.get("tab", ""))


def task_of(request: TeamRequest, task_id: UUID) -> Task:
    return get_object_or_404(selectors.tasks_of(request.team), pk=task_id)


def render_page(request: TeamRequest, task: Task, tab: str, **context: Any) -> HttpResponse:
    """The page at one of its tabs; `context` replaces values of the tab."""
    tab = tab if tab in TABS else "timeline"
    return render(
        request,
        "tasks/task.html",
        {
            "section": "control",
            "task": TaskCard.from_task(task),
            "live": live_picture.of(task),
            "tab": tab,
            "tab_template": f"tasks/tabs/{tab}.html",
            "tabs": [{"name": name, "title": title} for name, title in TABS.items()],
            "wanted": WANTED.get(Desired(task.desired), task.desired),
            "wanted_at": task.events.filter(kind="wish").order_by("-id").values_list("at", flat=True).first(),
            "proven_by": PROVEN_BY.get(task.proven_by, task.proven_by),
            "error_card": labels.error_card(task, task.error or silent_poll_error(task)),
            "end_reason": labels.end_reason_label(task),
            "outputs": outputs(task),
            "product_title": registry.adapter(task.product).title,
            **CONTENT[tab](request, task),
            **context,
        },
    )


def silent_poll_error(task: Task) -> Any:
    """Why the cloud does not return the status, once that is trouble."""
    return task.poll_error if task.poll_failures >= lifecycle.SILENT_POLLS else None


def outputs(task: Task) -> list[str]:
    """Where it goes. A push URL holds the key of its stream, which nobody needs to read on a screen."""
    output = redact(task.output)
    if rtc := output.get("rtc"):
        return [f"{rtc.get('channel', '')} · {rtc.get('uid', '')}"]
    return list(output.get("push_urls", []))


def timeline_tab(request: TeamRequest, task: Task) -> dict[str, Any]:
    before, after = request.GET.get("before"), request.GET.get("after")
    return {"story": timeline.page(task, before, after), "at_front": not (before or after)}


def layout_tab(request: TeamRequest, task: Task) -> dict[str, Any]:
    """Draft and on air side by side, and what applying the draft would change."""
    layouts = list(LayoutTemplate.objects.filter(team=task.team).order_by("name")[:MAX_LAYOUTS])
    chosen = valid_id(request.GET.get("layout")) or task.layout_id
    layout = next((layout for layout in layouts if layout.pk == chosen), None)
    context: dict[str, Any] = {"layouts": layouts, "chosen": layout, "applying": change_state(task)}
    if not (TaskCard.from_task(task).changeable and may_produce(request)):
        return context
    if layout is not None:
        context |= change_preview(task, layout)
    if registry.adapter(task.product).can_update:
        context |= OptionsOnAirForm(task).context()
    return context


def change_preview(task: Task, layout: LayoutTemplate) -> dict[str, Any]:
    """What applying the layout would change, or why it cannot be applied."""
    try:
        plan = services.preview_change(task, ChangeOnAir(layout=layout))
    except QuadboxError as error:
        return {**refusals.as_context(error), "blocked": True, "nothing_new": False}
    return {
        "plan": plan,
        "findings": finding_groups.grouped(plan["findings"], layout.document),
        "blocked": any(finding["level"] == "error" for finding in plan["findings"]),
        "nothing_new": not plan["changes"],
    }


def people_tab(request: TeamRequest, task: Task) -> dict[str, Any]:
    product = registry.adapter(task.product)
    is_changeable = TaskCard.from_task(task).changeable and "bindings" in product.capabilities.on_air
    return {
        **start_form.slot_fields(task.document, start_values.of_task(task)),
        "dynamic": product.capabilities.dynamic_slots,
        "people_changeable": task.state == State.DRAFT or is_changeable,
        "applying": change_state(task),
    }


def requests_tab(request: TeamRequest, task: Task) -> dict[str, Any]:
    requests, older = timeline.requests(task, request.GET.get("before"))
    return {"sent": requests, "older": older}


def recordings_tab(request: TeamRequest, task: Task) -> dict[str, Any]:
    recording = getattr(task, "recording", None)
    rows = list(recording.files.all()) if recording else []
    files = [{"file": file, "is_playlist": file.format in PLAYLIST_FORMATS} for file in rows]
    return {"recording": recording, "files": files, "waiting": task.state not in lifecycle.TERMINAL}


CONTENT: dict[str, Callable[[TeamRequest, Task], dict[str, Any]]] = {
    "timeline": timeline_tab,
    "layout": layout_tab,
    "people": people_tab,
    "requests": requests_tab,
    "recordings": recordings_tab,
}


def change_state(task: Task) -> str:
    """Where the last change on air is: "" nowhere, "waiting", "taken" or "refused"."""
    last = task.events.filter(kind="wish").order_by("-id").first()
    if last is None or last.code != EventCode.APPLY_LAYOUT:
        return ""
    if task.observed_generation < task.generation:
        return "waiting"
    return "refused" if task.error else "taken"


def may_produce(request: TeamRequest) -> bool:
    return request.membership.may(Role.PRODUCER)


def person(request: TeamRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@require_POST
@team_page(Role.PRODUCER)
def task_action(request: TeamRequest, task_id: UUID, action: str) -> HttpResponse:
    """Start, stop, poll or apply_layout; a refusal is a message on the page."""
    task, user = task_of(request, task_id), person(request)
    try:
        if action == "start":
            services.start_task(task, user=user)
        elif action == "stop":
            services.stop_task(task, user=user)
        elif action == "poll":
            services.poll_now(task)
        else:
            services.apply_layout(task, user=user, change=ChangeOnAir(layout=posted_layout(request)))
    except QuadboxError as error:
        refusals.flash(request, error)
    return back(task_id, request.POST.get("tab", ""))


def posted_layout(request: TeamRequest) -> LayoutTemplate | None:
    """The chosen layout; None for the task's own."""
    if not request.POST.get("layout"):
        return None
    layout = selectors.layout_of(request.team, request.POST["layout"])
    if layout is None:
        message = _("There is no such layout.")
        raise Invalid(_("The request is not valid."), problems=[Problem("/layout", "does_not_exist", message)])
    return layout


@require_POST
@team_page(Role.PRODUCER)
def task_people(request: TeamRequest, task_id: UUID) -> HttpResponse:
    """Assigns people and fills texts: of a draft at once, of a running task on air, with the layout as it is."""
    task = task_of(request, task_id)
    values = start_values.read(request.POST)
    bindings, variables = values.bindings(), {**task.variables, **values.vars}
    try:
        if task.state == State.DRAFT:
            services.change_task(task, user=person(request), bindings=bindings, variables=variables)
            messages.success(request, _("Saved."))
        else:
            change = ChangeOnAir(version=task.layout_version, bindings=bindings, variables=variables)
            services.apply_layout(task, user=person(request), change=change)
    except QuadboxError as error:
        refusals.flash(request, error)
    return back(task_id, "people")


@require_http_methods(["GET", "POST"])
@team_page(Role.PRODUCER)
def task_options(request: TeamRequest, task_id: UUID) -> HttpResponse:
    """Changes options of a running task, with the layout as it is. What the cloud would not take is not sent, and marked
    at its field."""
    task = task_of(request, task_id)
    if request.method == "GET":  # the address of a form that was refused
        return back(task_id, "layout")
    form = OptionsOnAirForm(task, request.POST)
    if not form.is_valid():
        messages.error(request, _("Fix the highlighted fields."))
        return render_page(request, task, "layout", **form.context())
    changed = form.changes()
    if not changed:
        messages.info(request, _("No changes were made."))
        return back(task_id, "layout")
    change = ChangeOnAir(options=changed, version=task.layout_version if task.layout_id else None)
    try:
        plan = services.preview_change(task_of(request, task_id), change)
        if refused := not_carried_out(plan, changed):
            for name, message in refused.items():
                form.add_error(f"opt:{name}", message)
            messages.error(request, _("Nothing was sent: the cloud would reject an option that is marked below."))
        else:
            services.apply_layout(task, user=person(request), change=change)
            return back(task_id, "layout")
    except QuadboxError as error:
        form.add_problems(error.problems)
        refusals.flash(request, error)
    return render_page(request, task_of(request, task_id), "layout", **form.context())


def back(task_id: UUID, tab: str) -> HttpResponse:
    return HttpResponseRedirect(f"/tasks/{task_id}/" + (f"?tab={tab}" if tab in TABS else ""))
