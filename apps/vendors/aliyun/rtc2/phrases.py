"""Findings that the RTC products of Aliyun share: code → level and sentence. Values in braces are the `params`."""

from __future__ import annotations

from typing import TypeAlias

from apps.core.types import Json
from apps.vendors.plan import Finding, Level

Phrases: TypeAlias = dict[str, tuple[Level, str]]

PHRASES: Phrases = {
    # the task
    "app_id_unusable": ("error", "An Aliyun AppId contains only letters, digits, _ and -. “{value}” is not valid."),
    "room_unusable": ("error", "An Aliyun room name has 1 to 64 letters, digits, _ and -. “{value}” is not valid."),
    "task_id_unusable": ("error", "An Aliyun task ID has 1 to 55 letters, digits, _ and -. “{value}” is not valid."),
    "user_unusable": ("error", "An Aliyun user ID has 1 to 64 letters, digits, _ and -. “{value}” is not valid."),
    "main_region": (
        "note",
        "Aliyun is told that this is the main region (app settings). Whom it shows there is not documented.",
    ),
    "few_voices": ("note", "At most {limit} people are heard at once. The layout shows {regions}."),
    "variable_missing": ("changed", "The variable “{name}” of the text has no value and is shown as written."),
    "heard_everybody": (
        "changed",
        "Everybody is heard: a region without an assigned person can show anybody, so nobody can be excluded.",
    ),
    "layout_by_count": (
        "note",
        "Aliyun uses layout {layouts} instead of this one when the number of people in the room fits it better.",
    ),
    "layout_twice": (
        "error",
        "Layout {layout} has {panes} panes, the same as another one. Aliyun rejects two layouts with the same number of panes.",
    ),
    # canvas and encoding
    "canvas_size_changed": (
        "changed",
        "Aliyun does not support {width}×{height}. The picture will be {to_width}×{to_height}, with the same aspect ratio.",
    ),
    "fps_changed": ("changed", "For {width}×{height}, Aliyun uses {to} frames per second, not {wanted}."),
    "bitrate_changed": ("changed", "For {width}×{height}, Aliyun uses {to} kbps, not {wanted}."),
    "codec_changed": ("changed", "Aliyun uses H.264 with AAC. {wanted} cannot be selected."),
    "encoding_ignored": ("dropped", "This Aliyun product has no setting “{name}”."),
    "encoding_on_air": ("note", "It is not documented whether Aliyun changes the resolution of a running task."),
    # regions
    "too_many_regions": ("error", "Aliyun draws at most {limit} regions. This one exceeds the limit."),
    "region_outside": ("dropped", "The region is outside the canvas."),
    "region_clipped": (
        "changed",
        "The region is cropped at the edge of the canvas, and its video is fitted to the rest.",
    ),
    "region_deep": (
        "note",
        "The region is on a stack of {depth}. Aliyun is known to have {levels} levels.",
    ),
    "fit_common": ("changed", "Aliyun uses one fit for all regions. This one is shown as “{to}”."),
    "fit_stretch": ("changed", "Aliyun does not stretch people. This region is shown as “{to}”."),
    "fit_bars": ("changed", "Aliyun paints bars beside the picture. Objects below do not show there."),
    "region_opaque": ("changed", "The region is drawn fully opaque."),
    "region_square": ("changed", "The region is drawn with square corners."),
    "source_crop_ignored": ("changed", "The whole video is shown, not a part of it."),
    "next_joiner": ("note", "No person is assigned to “{slot}”. The next person in join order is shown."),
    "next_joiner_any_stream": (
        "changed",
        "No person is assigned to “{slot}”. The next stream in join order is shown, which may not be a shared screen.",
    ),
    "absent_is_replaced": (
        "note",
        "While this person is away, Aliyun shows another stream here before the placeholder.",
    ),
    "encoding_kept_on_air": (
        "changed",
        "The running task keeps its resolution, frame rate and bitrate. You can change this in the app settings.",
    ),
    "list_too_long": ("error", "At most {most} users can be listed. There are {count}."),
    "placeholder_needs_person": ("dropped", "The placeholder needs a person assigned to “{slot}”."),
    # what is drawn inside the pane of a region
    "above_region": ("changed", "It is drawn above the video in “{region}”, not below it."),
    "covered_by_region": (
        "changed",
        "It is drawn as part of “{region}”, so the region “{above}” above that one covers it.",
    ),
    # pictures
    "picture_outside": ("dropped", "The picture is outside the region it belongs to."),
    "picture_clipped": ("changed", "The picture is cropped at the edge of the region it belongs to."),
    "picture_squeezed": ("changed", "The video is squeezed into the visible part of its region."),
    "picture_prepared": ("note", "The picture is sent as it appears in the layout: cropped or letterboxed in advance."),
    "picture_stretched": (
        "changed",
        "Aliyun stretches pictures. Unless it has the aspect ratio of its place, this one is distorted.",
    ),
    "picture_opaque": ("changed", "The picture is drawn fully opaque."),
    "picture_square": ("changed", "The picture is drawn with square corners."),
    "picture_whole": ("changed", "The whole picture is shown, not a part of it."),
    # texts
    "text_empty": ("dropped", "The text is empty after its variables are filled in."),
    "text_moved": ("changed", "The text starts outside its region. It is moved to the edge of the region."),
    "text_font": ("changed", "Aliyun has no font “{font}”. The text uses {to}."),
    "text_weight": ("changed", "The text uses weight {to} instead of {weight}."),
    "text_size": ("changed", "Aliyun's maximum font size is {limit} pixels. This text has {wanted}."),
    "text_align": ("changed", "The text is not aligned “{align}”. It starts at the left edge of its box."),
    "text_one_line": ("changed", "Aliyun does not wrap text. It is drawn as one line and may exceed its box."),
}


def say(code: str, object_id: str | None = None, field: str = "", **params: Json) -> Finding:
    """The finding of this code."""
    return told(PHRASES, code, object_id, field, params)


def told(phrases: Phrases, code: str, object_id: str | None, field: str, params: dict[str, Json]) -> Finding:
    """The finding of this code in a product's own list of phrases."""
    level, sentence = phrases[code]
    return Finding(level, code, object_id, field, sentence, params)
