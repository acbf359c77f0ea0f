"""Findings of recordings alone, beside those that Aliyun's products share (`aliyun/phrases.py`)."""

from __future__ import annotations

from apps.core.types import Json
from apps.vendors.aliyun.phrases import Phrases, told
from apps.vendors.plan import Finding

PHRASES: Phrases = {
    # the task
    "template_missing": ("error", "Aliyun records only with a record template: set its id in the app's settings."),
    "output_not_recording": ("error", "This product only records: it cannot push to “{output}”."),
    "no_regions": ("error", "Nothing to record: no region lies on the canvas."),
    "single_needs_person": ("error", "To record one person's stream, bind a person to a region."),
    "single_on_air": ("error", "A recording of one person's stream cannot be changed while it runs."),
    "mode_on_air": ("error", "What is recorded cannot be changed while it runs."),
    "recorded_as_it_is": ("changed", "This person's stream is recorded as it is, not placed in a layout."),
    "not_recorded": ("dropped", "This is not recorded: the layout is not."),
    "no_picture_of_ours": ("note", "No layout is recorded: it has no canvas."),
    "storage_from_template": (
        "changed",
        "“{name}” of the recording comes from the record template, not from this task.",
    ),
    "billing_profile": ("note", "Aliyun bills this recording as {profile} (inputs and resolution)."),
    "template_on_air": ("note", "The running recording keeps its record template {template}."),
    # canvas
    "canvas_color_from_template": (
        "changed",
        "The background color comes from the record template, not from this layout ({color}).",
    ),
    "canvas_black_from_template": ("note", "The background is black unless the record template sets another color."),
    "canvas_image_from_template": (
        "dropped",
        "The background picture is not recorded: only the record template can hold one.",
    ),
    # pictures and texts
    "picture_free": (
        "dropped",
        "A picture that belongs to no region is not recorded: only the record template has some.",
    ),
    "picture_needs_person": ("dropped", "The picture belongs to a region that has no person bound to it."),
    "text_dropped": ("dropped", "The text lies in no region that has a person bound to it, so it is not recorded."),
    "text_into_region": ("changed", "The text is drawn as part of region “{region}” and comes and goes with it."),
    "text_background": ("dropped", "The background behind the text is not recorded."),
    "text_opaque": ("changed", "The text is drawn fully opaque."),
}


def say(code: str, object_id: str | None = None, field: str = "", **params: Json) -> Finding:
    """The finding of this code."""
    return told(PHRASES, code, object_id, field, params)
