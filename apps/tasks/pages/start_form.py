"""The start form: the choices of the page, and what was entered as a validated request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.core import json_pointer
from apps.core.errors import Invalid, Problem
from apps.core.query_params import valid_id
from apps.core.translate import translate, translate_problem
from apps.core.types import Json, JsonObject
from apps.credentials.models import App
from apps.layout_document import variables
from apps.layouts.models import LayoutTemplate
from apps.tasks import selectors
from apps.tasks.inputs import NewTask, PlanRequest
from apps.tasks.models import Task
from apps.tasks.pages import start_time
from apps.tasks.pages.option_form import ProductForm, encoding_fields
from apps.tasks.pages.start_values import PLAIN, StartValues
from apps.tasks.planning import validation
from apps.vendors import registry
from apps.vendors.adapter import VendorAdapter
from apps.vendors.fields import Field

MAX_LAYOUTS = 200
MAX_ROOMS = 12
MAX_NAME = 120  # characters
LOCAL_TIME = "%Y-%m-%dT%H:%M"  # of <input type="datetime-local">
PREFIXES = {"bindings": "slot:", "variables": "var:", "options": "opt:", "encoding": "enc:"}


def typed_values(values: StartValues) -> tuple[JsonObject, JsonObject, list[Problem]]:
    """(options, encoding, problems) of what was entered in the product's own fields."""
    product = values.product
    if product is None:
        return {}, {}, []
    form = ProductForm(product, form_data(values))
    form.is_valid()
    problems = [
        Problem(json_pointer.join("", {"opt": "options", "enc": "encoding"}[group], field), "invalid", str(message))
        for name, messages in form.errors.items()
        for group, _colon, field in [name.partition(":")]
        for message in messages
    ]
    options, encoding = form.values("opt"), form.values("enc")
    if values.playback_url:
        options["playback_url"] = values.playback_url
    return options, encoding, problems


def form_data(values: StartValues) -> dict[str, str]:
    return {
        **{f"opt:{name}": text for name, text in values.opts.items()},
        **{f"enc:{name}": text for name, text in values.enc.items()},
    }


def plan_request(team: Team, values: StartValues) -> PlanRequest:
    """What the preview plans. Raises `Invalid` with every problem that is known so far."""
    product = values.product
    if product is None:
        raise Invalid(_("Unknown product."), problems=[Problem("/product", "invalid_choice", _("Unknown product."))])
    options, encoding, problems = typed_values(values)
    request = PlanRequest(
        product=product.slug,
        app=app_of(team, values),
        room=values.room,
        bindings=values.bindings(),
        variables=values.vars,
        output=values.output(),
        encoding=encoding,
        options=options,
    )
    problems += validation.loose_problems(request)
    if problems:
        raise Invalid(_("The plan could not be created."), problems=problems)
    return request


def new_task(team: Team, values: StartValues) -> NewTask:
    """What the button starts. Raises `Invalid` with every problem that can be known before the product is asked."""
    options, encoding, problems = typed_values(values)
    app, product = app_of(team, values), values.product
    layout = selectors.layout_of(team, values.layout)
    start = start_time.read(values.starts_at, values.starts_at_fold)
    if app is None:
        problems.append(Problem("/app", "does_not_exist", _("There is no such app.")))
    if product is None:
        problems.append(Problem("/product", "invalid_choice", _("Unknown product.")))
    if layout is None:
        problems.append(Problem("/layout", "required", _("Choose a layout.")))
    if len(values.name) > MAX_NAME:
        message = _("This can have at most %(most)d characters.") % {"most": MAX_NAME}
        problems.append(Problem("/name", "max_length", message))
    if start.problem:
        problems.append(start.problem)
    if app is None or product is None or layout is None or problems:
        if product is not None:
            request = PlanRequest(
                product.slug, None, app, values.room, values.bindings(), values.vars, values.output(), encoding, options
            )
            problems += validation.loose_problems(request)
        raise Invalid(_("This task is not valid."), problems=problems)
    return NewTask(
        app=app,
        product=product.slug,
        layout=layout,
        room=values.room,
        name=values.name,
        bindings=values.bindings(),
        variables=values.vars,
        output=values.output(),
        encoding=encoding,
        options=options,
        starts_at=start.instant,
    )


def app_of(team: Team, values: StartValues) -> App | None:
    app_id = valid_id(values.app_id)
    rows = App.objects.select_related("credential").filter(team=team)
    return rows.filter(pk=app_id).first() if app_id else None


def context(team: Team, values: StartValues, problems: Iterable[Problem] = ()) -> dict[str, Any]:
    """For tasks/new.html. Chooses a target and a layout where none is chosen."""
    layouts = list(LayoutTemplate.objects.filter(team=team).order_by("-updated_at")[:MAX_LAYOUTS])
    targets = targets_of(team)
    if targets and values.target not in {target["value"] for target in targets}:
        values.target = targets[0]["value"]
    if layouts and values.layout not in {str(layout.pk) for layout in layouts}:
        values.layout = str(layouts[0].pk)
    chosen = next((layout for layout in layouts if str(layout.pk) == values.layout), None)
    rooms = Task.objects.filter(team=team).order_by("-id").values_list("room", flat=True)[:50]
    errors = errors_by_field(problems)
    return {
        "layouts": layouts,
        "targets": targets,
        "rooms": list(dict.fromkeys(rooms))[:MAX_ROOMS],
        "errors": errors,
        "now": timezone.localtime().strftime(LOCAL_TIME),
        "zone": timezone.get_current_timezone_name(),
        "start": start_time.read(values.starts_at, values.starts_at_fold),
        **product_fields(team, values, errors),
        **(slot_fields(chosen.document, values, errors) if chosen else {}),
    }


def targets_of(team: Team) -> list[dict[str, Any]]:
    """What a task can run on: the product used last first, then those that need the least to be entered."""
    apps = list(App.objects.filter(team=team).select_related("credential").order_by("name"))
    recent = Task.objects.filter(team=team).order_by("-id").values_list("app_id", "product")[:50]
    last_used = {target: position for position, target in reversed(list(enumerate(recent)))}
    targets = [
        (app, registry.adapter(slug))
        for app in apps
        for slug in registry.products()
        if registry.adapter(slug).vendor == app.vendor
    ]
    targets.sort(key=lambda target: (last_used.get((target[0].pk, target[1].slug), 50), needed_fields(target[1])))
    return [
        {
            "value": f"{app.pk}/{product.slug}",
            "app": app.name,
            "title": translate(product.title),
            "vendor": app.vendor,
        }
        for app, product in targets
    ]


def needed_fields(product: VendorAdapter) -> int:
    """How many fields must be filled in before a start."""
    output = {"record": 0, "push": 1, "rtc": 2}[product.output_kind]
    slots = 0 if product.capabilities.dynamic_slots else 1
    return output + slots + sum(field.required for field in product.task_options)


def errors_by_field(problems: Iterable[Problem]) -> dict[str, str]:
    """Field of the page → its first problem."""
    result: dict[str, str] = {}
    for problem in problems:
        result.setdefault(field_at(problem.pointer), translate_problem(problem).message)
    return result


def field_at(pointer: str) -> str:
    """The page's field for a pointer into the task; "" where there is none."""
    names = json_pointer.split(pointer)
    first, second = (*names, "", "")[:2]
    if first in ("app", "product"):
        return "target"
    if first == "output":
        rtc_field = "rtc_uid" if "uid" in names else "rtc_channel"
        return rtc_field if second == "rtc" else "push_url"
    if prefix := PREFIXES.get(first):
        return "playback_url" if second == "playback_url" else f"{prefix}{second}"
    return first if first in PLAIN else ""


def product_fields(team: Team | None, values: StartValues, errors: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the chosen product asks for: its kind of output, encoding and options."""
    product = values.product
    if product is None:
        return {"output_kind": "push", "encoding_fields": [], "option_fields": []}
    form = ProductForm(product, form_data(values) if errors else None, initial=initial_values(values, product))
    if errors:
        form.is_valid()
        for name, message in errors.items():
            if name in form.fields and name not in form.errors:
                form.add_error(name, message)
    app = app_of(team, values) if team else None
    schemes = [scheme for scheme in product.capabilities.output_schemes if scheme.startswith("rtmp")]
    return {
        "has_samples": app is not None and app.credential.goes_to_sandbox(product.slug),
        "output_kind": product.output_kind,
        "takes_urls": bool(schemes),
        "most_urls": product.capabilities.max_outputs,
        "schemes": ", ".join(f"{scheme}://" for scheme in schemes) or "rtmp://",
        "more_open": any(values.enc.values()) or any(values.opts.values()) or bool(values.playback_url),
        **form.context(),
    }


def initial_values(values: StartValues, product: VendorAdapter) -> dict[str, Json]:
    fields: dict[str, Field] = {f"opt:{field.name}": field for field in product.task_options}
    fields |= {f"enc:{field.name}": field for field in encoding_fields(product.capabilities)}
    return {name: text for name, text in form_data(values).items() if name in fields and text}


def slot_fields(
    document: Mapping[str, Any], values: StartValues, errors: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The slots of a layout with the names of their regions, and the `{{variables}}` of its texts."""
    slots: dict[str, list[str]] = {}
    names: list[str] = []
    for item in document.get("objects", []):
        if item["kind"] == "region":
            slots.setdefault(item["source"]["slot"], []).append(item.get("name") or item["id"])
        elif item["kind"] == "text":
            names += [name for name in variables.names(item["text"]) if name not in names]
    messages = errors or {}
    return {
        "slots": [
            {
                "slot": slot,
                "names": ", ".join(regions),
                "user_id": values.slots.get(slot, ""),
                "error": messages.get(f"slot:{slot}", ""),
            }
            for slot, regions in slots.items()
        ],
        "variables": [
            {"name": name, "value": values.vars.get(name, ""), "error": messages.get(f"var:{name}", "")}
            for name in names
        ],
    }
