"""Findings that the RTC products of Aliyun share: code → level and sentence. Values in braces are the `params`."""

from __future__ import annotations

from typing import TypeAlias

from apps.core.types import Json
from apps.vendors.plan import Finding, Level

Phrases: TypeAlias = dict[str, tuple[Level, str]]

PHRASES: Phrases = {
    # the task
    "app_id_unusable": ("error", "Aliyun's AppId is made of letters, digits, _ and -; “{value}” is not."),
    "room_unusable": ("error", "Aliyun's rooms are named with 1 to 64 letters, digits, _ and -; “{value}” is not."),
    "task_id_unusable": ("error", "Aliyun's task ids are 1 to 55 letters, digits, _ and -; “{value}” is not."),
    "user_unusable": ("error", "Aliyun's user ids are 1 to 64 letters, digits, _ and -; “{value}” is not."),
    "main_region": (
        "note",
        "Aliyun is told that this is the main region, as the app's settings say: whom it shows there is not documented.",
    ),
    "few_voices": ("note", "At most {limit} people are heard at once; the layout shows {regions}."),
    "variable_missing": ("changed", "The text's “{name}” was given no value and stays as it is written."),
    "heard_everybody": (
        "changed",
        "Everybody is heard: a region without a bound person may show anybody, so nobody can be left out.",
    ),
    "layout_by_count": (
        "note",
        "Aliyun uses layout {layouts} instead of this one when the number of people in the room fits it better.",
    ),
    "layout_twice": (
        "error",
        "Layout {layout} has {panes} panes, as another one here: Aliyun refuses two layouts with as many panes.",
    ),
    # canvas and encoding
    "canvas_size_changed": (
        "changed",
        "Aliyun has no {width}×{height}; the picture will be {to_width}×{to_height}, the same shape.",
    ),
    "canvas_shape_changed": (
        "changed",
        "Aliyun has no {width}×{height}. The nearest it offers is {to_width}×{to_height}: the layout is squeezed"
        " into that shape. Choose that canvas size to avoid it.",
    ),
    "fps_changed": ("changed", "Aliyun makes {width}×{height} at {to} frames a second, not {wanted}."),
    "bitrate_changed": ("changed", "Aliyun makes {width}×{height} at {to} kbps, not {wanted}."),
    "codec_changed": ("changed", "Aliyun makes H.264 with AAC; {wanted} cannot be chosen."),
    "encoding_ignored": ("dropped", "This product of Aliyun has no setting for “{name}”."),
    "encoding_on_air": ("note", "Whether Aliyun changes the resolution of a running task is not documented."),
    # regions
    "too_many_regions": ("error", "Aliyun draws at most {limit} regions; this one is beyond that."),
    "region_outside": ("dropped", "The region lies outside the canvas."),
    "region_clipped": (
        "changed",
        "The region is cut at the edge of the canvas, and its picture is fitted to the rest.",
    ),
    "region_deep": (
        "note",
        "The region lies on a stack of {depth}; Aliyun is known to have {levels} levels.",
    ),
    "fit_common": ("changed", "Aliyun fits all regions of a picture alike: this one is shown as “{to}”."),
    "fit_stretch": ("changed", "Aliyun does not stretch people: this region is shown as “{to}”."),
    "fit_bars": ("changed", "Beside the picture Aliyun paints bars; what lies beneath does not show there."),
    "region_opaque": ("changed", "The region is drawn fully opaque."),
    "region_square": ("changed", "The region is drawn with square corners."),
    "source_crop_ignored": ("changed", "The whole of the person's picture is shown, not a part of it."),
    "next_joiner": ("note", "Nobody is bound to “{slot}”: the next person in join order is shown."),
    "next_joiner_any_stream": (
        "changed",
        "Nobody is bound to “{slot}”: the next stream in join order is shown, which need not be a shared screen.",
    ),
    "absent_is_replaced": (
        "note",
        "While this person is away, Aliyun shows another stream here before the placeholder.",
    ),
    "encoding_kept_on_air": (
        "changed",
        "The running task keeps its resolution, frame rate and bitrate; the app's settings can change that.",
    ),
    "list_too_long": ("error", "At most {most} users can be listed; these are {count}."),
    "placeholder_needs_person": ("dropped", "The placeholder needs a person bound to “{slot}”."),
    # what is drawn inside the pane of a region
    "above_region": ("changed", "It is drawn above the person's picture in “{region}”, not beneath it."),
    "covered_by_region": (
        "changed",
        "It is drawn as part of “{region}”, so the region “{above}” that lies above that one covers it.",
    ),
    # pictures
    "picture_outside": ("dropped", "The picture lies outside the region it belongs to."),
    "picture_clipped": ("changed", "The picture is cut at the edge of the region it belongs to."),
    "picture_squeezed": ("changed", "The picture is squeezed into the part of it that can be seen."),
    "picture_prepared": ("note", "The picture is sent as it appears in the layout: cropped or letterboxed beforehand."),
    "picture_stretched": (
        "changed",
        "Aliyun stretches pictures: unless it has the proportions of its place, this one is distorted.",
    ),
    "picture_opaque": ("changed", "The picture is drawn fully opaque."),
    "picture_square": ("changed", "The picture is drawn with square corners."),
    "picture_whole": ("changed", "The whole picture is shown, not a part of it."),
    # texts
    "text_empty": ("dropped", "The text is empty once its variables are filled in."),
    "text_moved": ("changed", "The text begins outside its region; it is moved to the region's edge."),
    "text_font": ("changed", "Aliyun has no “{font}”: the text is set in {to}."),
    "text_weight": ("changed", "The text is set in weight {to} instead of {weight}."),
    "text_size": ("changed", "Aliyun's letters are at most {limit} pixels high; this text wants {wanted}."),
    "text_align": ("changed", "The text is not aligned “{align}”: it begins at the left edge of its box."),
    "text_one_line": ("changed", "Aliyun does not wrap text: it is drawn as one line and may leave its box."),
}


def say(code: str, object_id: str | None = None, field: str = "", **params: Json) -> Finding:
    """The finding of this code."""
    return told(PHRASES, code, object_id, field, params)


def told(phrases: Phrases, code: str, object_id: str | None, field: str, params: dict[str, Json]) -> Finding:
    """The finding of this code in a product's own list of phrases."""
    level, sentence = phrases[code]
    return Finding(level, code, object_id, field, sentence, params)
