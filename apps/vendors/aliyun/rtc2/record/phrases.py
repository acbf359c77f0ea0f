"""Findings of recordings alone, beside those that Aliyun's products share (`aliyun/phrases.py`)."""

from __future__ import annotations

from apps.core.types import Json
from apps.vendors.aliyun.rtc2.phrases import Phrases, told
from apps.vendors.plan import Finding

PHRASES: Phrases = {
    # the task
    "template_missing": ("error", "Aliyun records only with a record template. Set its ID in the app settings."),
    "output_not_recording": ("error", "This product only records. It cannot push to “{output}”."),
    "no_regions": ("error", "Nothing to record: there is no region on the canvas."),
    "single_needs_person": ("error", "To record a single stream, assign a person to a region."),
    "single_on_air": ("error", "A recording of a single stream cannot be changed while it runs."),
    "mode_on_air": ("error", "The content of the recording cannot be changed while it runs."),
    "recorded_as_it_is": ("changed", "The stream of this person is recorded unchanged and not placed in a layout."),
    "not_recorded": ("dropped", "This is not recorded: the layout is not recorded."),
    "no_picture_of_ours": ("note", "No layout is recorded. It has no canvas."),
    "storage_from_template": (
        "changed",
        "“{name}” of the recording is set in the record template, not in this task.",
    ),
    "billing_profile": ("note", "Aliyun bills this recording as {profile} (inputs and resolution)."),
    "template_on_air": ("note", "The running recording keeps its record template {template}."),
    # canvas
    "canvas_color_from_template": (
        "changed",
        "The background color is set in the record template, not in this layout ({color}).",
    ),
    "canvas_black_from_template": ("note", "The background is black unless the record template sets another color."),
    "canvas_image_from_template": (
        "dropped",
        "The background picture is not recorded. Only the record template can contain one.",
    ),
    # pictures and texts
    "picture_free": (
        "dropped",
        "A picture that belongs to no region is not recorded. Only the record template can contain one.",
    ),
    "picture_needs_person": ("dropped", "The picture belongs to a region without an assigned person."),
    "text_dropped": ("dropped", "The text is in no region with an assigned person, so it is not recorded."),
    "text_into_region": (
        "changed",
        "The text is drawn as part of region “{region}” and appears and disappears with it.",
    ),
    "text_background": ("dropped", "The background behind the text is not recorded."),
    "text_opaque": ("changed", "The text is drawn fully opaque."),
}


def say(code: str, object_id: str | None = None, field: str = "", **params: Json) -> Finding:
    """The finding of this code."""
    return told(PHRASES, code, object_id, field, params)
