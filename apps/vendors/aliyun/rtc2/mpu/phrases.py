"""Findings of relays alone, beside those that Aliyun's products share (`aliyun/phrases.py`)."""

from __future__ import annotations

from apps.core.types import Json
from apps.vendors.aliyun.rtc2.phrases import Phrases, told
from apps.vendors.plan import Finding

PHRASES: Phrases = {
    # the task
    "no_regions": (
        "error",
        "Nothing to mix: there is no region on the canvas. To relay audio only, choose it in the options.",
    ),
    "billing_profile": ("note", "Aliyun bills this relay as {profile} (inputs and resolution)."),
    "billing_default": (
        "note",
        "No billing profile is sent. Aliyun may bill a mixed relay as {profile}. You can change this in the app settings.",
    ),
    "low_latency_output": ("note", "Low-latency output is pulled through Aliyun. A push URL is not needed."),
    "portrait_by_invitation": ("note", "Aliyun removes the background only for accounts it has invited."),
    # instead of the layout
    "sound_only": ("dropped", "Only audio is relayed. This does not appear."),
    "sound_canvas": ("note", "Only audio is relayed. There is no picture."),
    "single_only": ("dropped", "Only the stream of “{user}” is relayed, without changes. This does not appear."),
    "single_shown": ("changed", "The stream of “{user}” is relayed without changes and not placed in a layout."),
    "single_canvas": ("changed", "A single stream is relayed in its own size and without a background."),
    "single_needs_person": ("error", "To relay a single stream, assign a person to a region."),
    # objects
    "hidden": ("note", "This is hidden and does not appear. A hidden person is still heard."),
    "region_invisible": ("note", "The region is invisible and gets no pane. Its person is heard."),
    "region_invisible_open": (
        "changed",
        "The region is invisible and gets no pane. Its person is heard, and may appear in a region without an assigned person.",
    ),
    "overlay_outside": ("dropped", "This is completely outside the canvas and does not appear."),
    "overlay_deep": (
        "note",
        "This is on a stack of {depth}. Aliyun is known to have {levels} levels.",
    ),
    "attached_alone": (
        "note",
        "The region it is attached to has no assigned person. It is drawn at its position, whoever appears there.",
    ),
    "text_painted": ("note", "The text is sent as a picture, drawn as in the layout."),
    "in_background": ("note", "It is below the regions and becomes part of the background picture."),
    "background_of_its_own": ("note", "It is below the regions and is sent as a separate background picture."),
    "above_all_regions": (
        "changed",
        "It is drawn above all regions, also above those that should cover it (app settings).",
    ),
    "open_placeholder": (
        "note",
        "No person is assigned to this region. Its placeholder is painted below it and shows until somebody appears there.",
    ),
    "text_plain": ("changed", "The name is drawn without outline, box and opacity (app settings)."),
    "text_outline": (
        "note",
        "The name gets an outline of {width} pixels, which the preview of the layout does not show.",
    ),
    "clock_shown": ("note", "The clock shows Beijing time. The preview of the layout shows an example."),
    "between_regions": ("note", "It is between regions. Its depth ({depth}) tells Aliyun where."),
    "text_box": ("changed", "The background is drawn only behind the letters, not in the whole box."),
    "text_box_alpha": ("changed", "The letters and their background have the same opacity ({percent} %)."),
    # canvas
    "background_prepared": ("note", "The background picture is fitted to the canvas in advance."),
    "background_stretched": (
        "changed",
        "Only the URL of the background picture is known. Aliyun stretches it to fill the canvas.",
    ),
    # on air
    "mode_on_air": ("note", "It is not documented whether Aliyun changes the relayed content while the task runs."),
    "option_fixed_on_air": ("dropped", "“{option}” cannot change while the relay runs. It keeps its value."),
    "seats_on_air": (
        "note",
        "No person is assigned any more. It is not documented whether Aliyun frees the regions of a running relay.",
    ),
}


def say(code: str, object_id: str | None = None, field: str = "", **params: Json) -> Finding:
    """The finding of this code, its sentence filled in."""
    return told(PHRASES, code, object_id, field, params)
