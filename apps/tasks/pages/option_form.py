"""The typed fields of a product in the pages of tasks: its encoding and its options, and the form that changes options on
air."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from apps.core.types import Json, JsonObject
from apps.credentials.typed_fields import TypedForm, by_heading, field_factory
from apps.tasks.models import Task
from apps.tasks.planning.validation import ENCODING
from apps.vendors import registry
from apps.vendors.adapter import VendorAdapter
from apps.vendors.capabilities import Capabilities, Range
from apps.vendors.fields import Field

NOT_CARRIED_OUT = ("error", "dropped")  # levels of findings: what was requested would not happen


class ProductForm(TypedForm):
    """`enc:<name>` are settings of the encoding, `opt:<name>` options of the product."""

    sends_itself = True
    pointer_groups = {"options": "opt", "encoding": "enc"}

    def __init__(self, product: VendorAdapter, data: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.add_declared("enc", encoding_fields(product.capabilities))
        self.add_declared("opt", product.task_options)

    def choices_url(self, declared: Field) -> str:
        return f"/tasks/new/choices/{declared.name}/"

    def context(self) -> dict[str, Any]:
        visible, groups = by_heading(self.group("opt"))
        return {"encoding_fields": self.group("enc"), "option_fields": visible, "option_groups": groups}


class OptionsOnAirForm(TypedForm):
    """The options of a running task, with what is set now."""

    sends_itself = True
    pointer_groups = {"options": "opt"}

    def __init__(self, task: Task, posted: QueryDict | None = None) -> None:
        super().__init__(posted)
        self.task = task
        product = registry.adapter(task.product)
        self.add_declared("opt", product.task_options, task.options)

    def choices_url(self, declared: Field) -> str:
        return f"/tasks/new/choices/{declared.name}/"

    def changes(self) -> dict[str, Json]:
        """The options that were changed; None removes one. Fields that were not posted are unchanged. Of a form that was
        validated."""
        values = self.values("opt")
        changed: dict[str, Json] = {}
        for declared in registry.adapter(self.task.product).task_options:
            if f"opt:{declared.name}" not in self.data:
                continue
            value = values.get(declared.name)
            if value != self.task.options.get(declared.name):
                changed[declared.name] = value
        return changed

    def context(self) -> dict[str, Any]:
        visible, groups = by_heading(self.group("opt"))
        return {
            "option_fields": visible,
            "option_groups": groups,
            "options_open": bool(self.errors),
            "option_target": f"{self.task.app_id}/{self.task.product}",
        }


def not_carried_out(plan: JsonObject, changed: Mapping[str, Json]) -> dict[str, str]:
    """Name of the option → why the cloud would not take it, of those that were changed."""
    result: dict[str, str] = {}
    for finding in plan["findings"]:
        group, _dot, name = finding["field"].partition(".")
        if group == "options" and name in changed and finding["level"] in NOT_CARRIED_OUT:
            result.setdefault(name, finding["message"])
    return result


def encoding_fields(capabilities: Capabilities) -> list[Field]:
    """The settings of the encoding that the product lets one choose, with its ranges."""
    ranges = capabilities.encoding
    width = Range(capabilities.canvas_minimum[0], capabilities.canvas_maximum[0])
    height = Range(capabilities.canvas_minimum[1], capabilities.canvas_maximum[1])
    fields = [
        integer_field("width", _("Width of the output"), width, _("Leave empty for the canvas size.")),
        integer_field("height", _("Height of the output"), height, _("Leave empty for the canvas size.")),
        integer_field("fps", _("Frame rate (fps)"), ranges.fps),
        integer_field("bitrate_kbps", _("Bitrate (kbps)"), ranges.bitrate_kbps),
        integer_field("gop_seconds", _("Key frame interval (seconds)"), ranges.gop_seconds),
        integer_field("audio_bitrate_kbps", _("Audio bitrate (kbps)"), ranges.audio_bitrate_kbps),
    ]
    for name, label, choices in (
        ("codec", _("Codec"), ranges.codecs),
        ("audio_sample_rate", _("Audio sample rate (Hz)"), ranges.audio_sample_rates),
        ("audio_channels", _("Audio channels"), ranges.audio_channels),
    ):
        if len(choices) > 1:
            fields.append(Field(name, "choice", label, choices=tuple((choice, str(choice)) for choice in choices)))
    return [field for field in fields if field is not None]


def integer_field(name: str, label: str, limits: Range | None, help: str = "") -> Field | None:
    """None where the product has no such setting."""
    if limits is None:
        return None
    low, high = ENCODING.get(name, (limits.minimum, limits.maximum))
    return Field(
        name,
        "integer",
        label,
        help,
        default=limits.default and int(limits.default),
        minimum=max(low, math.ceil(limits.minimum)),
        maximum=min(high, limits.maximum),
    )


def listed_field(product: VendorAdapter, name: str, current: str, listed: list[tuple[str, str]]) -> Any:
    """An option as a select of what the vendor has."""
    form = ProductForm(product, initial={f"opt:{name}": current})
    declared = next(field for field in product.task_options if field.name == name)
    form.fields[f"opt:{name}"] = field_factory(declared, listed=listed)
    return form[f"opt:{name}"]
