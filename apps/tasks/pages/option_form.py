"""The options of a task's product as a form that changes them on air: what a person typed ↔ what the REST API takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from apps.core.folding import folded
from apps.tasks.models import Task
from apps.tasks.pages import start_form
from apps.vendors import registry

LOST = ("error", "dropped")  # levels of findings: what was wished would not come about

Options = dict[str, Any]


def context(task: Task, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None) -> Options:
    """The product's options as they are wished now, or as they were typed; `errors` say what is wrong with which."""
    product = registry.adapter(task.product)
    if not product.can_update:
        return {}
    wished = {name: str(value) for name, value in task.options.items()}
    shown = [
        start_form.shown(option, "opt:", (typed if typed is not None else wished).get(option.name, ""), errors or {})
        for option in product.task_options
    ]
    in_the_open, groups = folded(shown, lambda one: one["value"] or one["error"])
    return {
        "option_fields": in_the_open,
        "option_groups": groups,
        "options_open": bool(errors),
        "option_target": f"{task.app_id}/{task.product}",
    }


def changes(task: Task, posted: QueryDict) -> Options:
    """The options that were typed otherwise than they are; None takes one away. Fields that did not come stay."""
    typed = start_form.read(posted)["opts"]
    found: Options = {}
    for field in registry.adapter(task.product).task_options:
        if field.name not in typed:
            continue
        value = start_form.typed(field, typed[field.name]) if typed[field.name] else None
        if value != task.options.get(field.name):
            found[field.name] = value
    return found


def lost(plan: Mapping[str, Any], changed: Options) -> dict[str, str]:
    """Field of the page → why the cloud would not take it, of those that were changed."""
    found: dict[str, str] = {}
    for finding in plan["findings"]:
        head, _dot, name = finding["field"].partition(".")
        if head == "options" and name in changed and finding["level"] in LOST:
            found.setdefault(f"opt:{name}", finding["message"])
    return found
