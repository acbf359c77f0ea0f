"""Findings of relays alone, beside those that Aliyun's products share (`aliyun/phrases.py`)."""

from __future__ import annotations

from apps.core.types import Json
from apps.vendors.aliyun.phrases import Phrases, told
from apps.vendors.plan import Finding

PHRASES: Phrases = {
    # the task
    "no_regions": (
        "error",
        "Nothing to mix: no region lies on the canvas. To relay sound alone, choose so in the options.",
    ),
    "billing_profile": ("note", "Aliyun bills this relay as {profile} (inputs and resolution)."),
    "billing_default": (
        "note",
        "No billing profile is sent: Aliyun may bill a mixed relay as {profile}. The app's settings can change that.",
    ),
    "low_latency_output": ("note", "Low-latency output is pulled through Aliyun; a push URL is not needed."),
    "portrait_by_invitation": ("note", "Aliyun cuts people out only for accounts it has invited."),
    # instead of the layout
    "sound_only": ("dropped", "Only sound is relayed: this does not appear."),
    "sound_canvas": ("note", "Only sound is relayed: there is no picture."),
    "single_only": ("dropped", "Only the stream of “{user}” is relayed, as it is: this does not appear."),
    "single_shown": ("changed", "The stream of “{user}” is relayed as it is, not placed in a layout."),
    "single_canvas": ("changed", "One stream is relayed in its own size and without background."),
    "single_needs_person": ("error", "To relay one person's stream, bind a person to a region."),
    # objects
    "hidden": ("note", "This is hidden and will not appear; a hidden person is heard all the same."),
    "region_invisible": ("note", "The region is invisible and gets no pane; its person is heard."),
    "region_invisible_open": (
        "changed",
        "The region is invisible and gets no pane; its person is heard, and may appear in a region without a bound"
        " person.",
    ),
    "overlay_outside": ("dropped", "This lies wholly outside the canvas and will not appear."),
    "overlay_deep": (
        "note",
        "This lies on a stack of {depth}; Aliyun is known to have {levels} levels.",
    ),
    "attached_alone": (
        "note",
        "The region it belongs to has nobody bound to it: it is drawn at its place, whoever appears there.",
    ),
    "text_painted": ("note", "The text is sent as a picture, drawn as in the layout."),
    "in_background": ("note", "It lies beneath regions and becomes part of the background picture."),
    "background_of_its_own": ("note", "It lies beneath regions and is sent as a background picture of its own."),
    "above_all_regions": (
        "changed",
        "It is drawn above all regions, also those that should cover it: so the app's settings say of Aliyun.",
    ),
    "open_placeholder": (
        "note",
        "Nobody is bound to this region: its placeholder is painted beneath it, and shows until somebody appears there.",
    ),
    "text_plain": ("changed", "The name is drawn without outline, box and opacity: so the app's settings say."),
    "text_outline": (
        "note",
        "The name gets an outline of {width} pixels, which the picture of the layout does not show.",
    ),
    "clock_shown": ("note", "The clock runs on Beijing time; the picture of the layout has an example in its place."),
    "between_regions": ("note", "It lies between regions: its depth ({depth}) tells Aliyun so."),
    "text_box": ("changed", "The background is drawn behind the letters only, not over the whole box."),
    "text_box_alpha": ("changed", "Letters and the background behind them are equally translucent ({percent} %)."),
    # canvas
    "background_prepared": ("note", "The background picture is fitted to the canvas beforehand."),
    "background_stretched": (
        "changed",
        "Only the address of the background picture is known: Aliyun stretches it over the canvas.",
    ),
    # on air
    "mode_on_air": ("note", "Whether Aliyun changes what is relayed while it runs is not documented."),
    "option_fixed_on_air": ("dropped", "“{option}” cannot change while the relay runs: it stays as it was started."),
    "seats_on_air": (
        "note",
        "Nobody is bound any more: whether Aliyun frees the regions of a running relay is not documented.",
    ),
}


def say(code: str, object_id: str | None = None, field: str = "", **params: Json) -> Finding:
    """The finding of this code, its sentence filled in."""
    return told(PHRASES, code, object_id, field, params)
