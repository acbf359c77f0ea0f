"""From a task's row to the value that a product plans with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.credentials.models import App, VendorObject
from apps.layout_document.parse import parse
from apps.tasks.models import Task
from apps.vendors.registry import adapter
from apps.vendors.types import AppSpec, Binding, TaskRef, TaskSpec


def app_spec(app: App) -> AppSpec:
    return AppSpec(app.vendor_app_id, app.settings)


def ref_of(task: Task) -> TaskRef:
    """All that a stop or a status query needs. Reads no layout."""
    return TaskRef(
        app=app_spec(task.app),
        room=task.room,
        task_id=vendor_task_id(task),
        previous=task.plan_state or None,
        known=known_objects(task.app),
    )


def spec_of(task: Task) -> TaskSpec:
    """All that a start or an update needs. Raises `Invalid` for a document that is none."""
    return TaskSpec(
        app=app_spec(task.app),
        document=parse(task.document),
        room=task.room,
        task_id=vendor_task_id(task),
        bindings=bindings_of(task.bindings),
        variables=task.variables,
        output=task.output,
        encoding=task.encoding,
        options=task.options,
        previous=task.plan_state or None,
        known=known_objects(task.app),
    )


def vendor_task_id(task: Task) -> str:
    """Before the first start, the ID that the task would get."""
    return task.vendor_task_id or adapter(task.product).vendor_task_id(str(task.pk), task.attempt + 1)


def bindings_of(bindings: Mapping[str, Mapping[str, Any]]) -> dict[str, Binding]:
    return {slot: Binding(str(binding["user_id"])) for slot, binding in bindings.items()}


def known_objects(app: App) -> dict[str, str]:
    """Objects stored at the vendor for this app: content key → the vendor's ID."""
    return dict(VendorObject.objects.filter(app=app).values_list("key", "value"))
