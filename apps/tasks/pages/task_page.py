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

from apps.accounts.models import Role
from apps.accounts.page_access import team_page
from apps.accounts.requests import TeamRequest
from apps.core.door import act, ask, complain, is_ok, problems_of
from apps.core.paging import valid_id
from apps.layouts.models import LayoutTemplate
from apps.tasks import labels
from apps.tasks.engine import lifecycle
from apps.tasks.models import Desired, EventCode, State, Task
from apps.tasks.pages import finding_groups, live_picture, option_form, start_form, timeline
from apps.tasks.pages.task_card import TaskCard
from apps.tasks.rest.views import TaskViewSet
from apps.vendors import registry
from apps.vendors.redaction import redact

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
PLAYABLE = ("m3u8", "hls")


@require_GET
@team_page()
def task_page(request: TeamRequest, task_id: UUID) -> HttpResponse:
    return shown(request, task_id, request.GET.get("tab", ""))


def shown(request: TeamRequest, task_id: UUID, tab: str, **more: Any) -> HttpResponse:
    """The page at one of its tabs; `more` goes before what the tab itself says."""
    rows = Task.objects.filter(team=request.team).select_related("app__credential", "layout")
    task = TaskCard.from_task(get_object_or_404(rows, pk=task_id))
    tab = tab if tab in TABS else "timeline"
    return render(
        request,
        "tasks/task.html",
        {
            "section": "control",
            "task": task,
            "live": live_picture.of(task.row),
            "tab": tab,
            "tab_template": f"tasks/tabs/{tab}.html",
            "tabs": [{"name": name, "title": title} for name, title in TABS.items()],
            "wanted": WANTED.get(Desired(task.desired), task.desired),
            "wanted_at": task.events.filter(kind="wish").order_by("-id").values_list("at", flat=True).first(),
            "proven_by": PROVEN_BY.get(task.proven_by, task.proven_by),
            "error_card": labels.error_card(task.row, task.error or task.poll_error),
            "end_reason": labels.end_reason_label(task.row),
            "outputs": outputs(task.row),
            "product_title": registry.adapter(task.product).title,
            **CONTENT[tab](request, task),
            **more,
        },
    )


def outputs(task: Task) -> list[str]:
    """Where it goes. A push URL holds the key of its stream, which nobody needs to read on a screen."""
    shown = redact(task.output)
    if rtc := shown.get("rtc"):
        return [f"{rtc.get('channel', '')} · {rtc.get('uid', '')}"]
    return list(shown.get("push_urls", []))


def timeline_tab(request: TeamRequest, task: Task) -> dict[str, Any]:
    before, after = request.GET.get("before"), request.GET.get("after")
    return {"story": timeline.page(task, before, after), "at_front": not (before or after)}


def layout_tab(request: TeamRequest, task: Task) -> dict[str, Any]:
    """Draft and on air side by side, and what applying the draft would change."""
    layouts = list(LayoutTemplate.objects.filter(team=task.team).order_by("name")[:200])
    chosen = valid_id(request.GET.get("layout")) or task.layout_id
    layout = next((layout for layout in layouts if layout.pk == chosen), None)
    context: dict[str, Any] = {"layouts": layouts, "chosen": layout, "applying": applying(task)}
    if layout is not None and task.changeable and may_produce(request):
        answer = ask(request, TaskViewSet, "post", "plan_update", {"layout": str(layout.pk)}, pk=str(task.pk))
        context |= {"plan": answer.data} if is_ok(answer) else problems_of(answer)
        context["blocked"] = not is_ok(answer) or any(
            finding["level"] == "error" for finding in answer.data["findings"]
        )
        context["nothing_new"] = is_ok(answer) and not answer.data["changes"]
        if is_ok(answer):
            context["findings"] = finding_groups.grouped(answer.data["findings"], layout.document)
    if task.changeable and may_produce(request):
        context |= option_form.context(task)
    return context


def people_tab(request: TeamRequest, task: Task) -> dict[str, Any]:
    filled = {
        "slots": {slot: binding.get("user_id", "") for slot, binding in task.bindings.items()},
        "vars": dict(task.variables),
    }
    able = registry.adapter(task.product).capabilities.on_air
    return {
        **start_form.seats(task.document, filled),
        "dynamic": registry.adapter(task.product).capabilities.dynamic_slots,
        "people_changeable": task.state == State.DRAFT or (task.changeable and "bindings" in able),
        "applying": applying(task),
    }


def requests_tab(request: TeamRequest, task: Task) -> dict[str, Any]:
    sent, older = timeline.requests(task, request.GET.get("before"))
    return {"sent": sent, "older": older}


def recordings_tab(request: TeamRequest, task: Task) -> dict[str, Any]:
    recording = getattr(task, "recording", None)
    files = list(recording.files.all()) if recording else []
    for file in files:
        file.streams = file.format in PLAYABLE
    return {"recording": recording, "files": files, "waiting": task.state not in lifecycle.TERMINAL}


CONTENT: dict[str, Callable[[TeamRequest, Any], dict[str, Any]]] = {
    "timeline": timeline_tab,
    "layout": layout_tab,
    "people": people_tab,
    "requests": requests_tab,
    "recordings": recordings_tab,
}


def applying(task: Task) -> str:
    """Where the last change on air is: "" nowhere, "waiting", "taken" or "refused"."""
    last = task.events.filter(kind="wish").order_by("-id").first()
    if last is None or last.code != EventCode.APPLY_LAYOUT:
        return ""
    if task.observed_generation < task.generation:
        return "waiting"
    return "refused" if task.error else "taken"


def may_produce(request: TeamRequest) -> bool:
    return request.membership.may(Role.PRODUCER)


@require_POST
@team_page(Role.PRODUCER)
def task_action(request: TeamRequest, task_id: UUID, action: str) -> HttpResponse:
    data = {"layout": request.POST["layout"]} if action == "apply_layout" and request.POST.get("layout") else {}
    answer = act(request, TaskViewSet, "post", action, data, pk=str(task_id))
    complain(request, answer)
    return back(task_id, request.POST.get("tab", ""))


@require_POST
@team_page(Role.PRODUCER)
def task_people(request: TeamRequest, task_id: UUID) -> HttpResponse:
    """Binds people and fills texts: of a draft at once, of what runs on air, with the layout as it is."""
    task = get_object_or_404(Task, team=request.team, pk=task_id)
    filled = start_form.read(request.POST)
    data: dict[str, Any] = {
        "bindings": {slot: {"user_id": user} for slot, user in filled["slots"].items() if user},
        "variables": {**task.variables, **filled["vars"]},
    }
    if task.state == State.DRAFT:
        answer = ask(request, TaskViewSet, "patch", "partial_update", data, pk=str(task_id))
    else:
        data["version"] = task.layout_version
        answer = ask(request, TaskViewSet, "post", "apply_layout", data, pk=str(task_id))
    complain(request, answer)
    if is_ok(answer) and task.state == State.DRAFT:
        messages.success(request, _("Saved."))
    return back(task_id, "people")


@require_http_methods(["GET", "POST"])
@team_page(Role.PRODUCER)
def task_options(request: TeamRequest, task_id: UUID) -> HttpResponse:
    """Changes options of what runs, with the layout as it is. What the cloud would not take is not sent, and named at
    its field."""
    task = get_object_or_404(Task, team=request.team, pk=task_id)
    if request.method == "GET":  # the address of a form that was refused
        return back(task_id, "layout")
    changed = option_form.changes(task, request.POST)
    if not changed:
        messages.info(request, _("No changes were made."))
        return back(task_id, "layout")
    wanted = {"options": changed, **({"version": task.layout_version} if task.layout_id else {})}
    answer = ask(request, TaskViewSet, "post", "plan_update", wanted, pk=str(task_id))
    refused = option_form.lost(answer.data, changed) if is_ok(answer) else {}
    if is_ok(answer) and not refused:
        answer = ask(request, TaskViewSet, "post", "apply_layout", wanted, pk=str(task_id))
        if is_ok(answer):
            return back(task_id, "layout")
    if is_ok(answer):
        messages.error(request, _("Nothing was sent: the cloud would reject an option that is marked below."))
    else:
        refused = start_form.at_fields(problems_of(answer)["problems"])
        complain(request, answer)
    more = option_form.context(task, start_form.read(request.POST)["opts"], refused)
    return shown(request, task_id, "layout", **more)


def back(task_id: UUID, tab: str) -> HttpResponse:
    return HttpResponseRedirect(f"/tasks/{task_id}/" + (f"?tab={tab}" if tab in TABS else ""))
