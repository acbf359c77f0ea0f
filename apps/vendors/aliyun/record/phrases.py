"""Every finding of this product: code → level and sentence. Values in braces are the finding's `params`."""

from __future__ import annotations

from typing import Any, TypeAlias

from apps.vendors.plan import Finding, Level

Json: TypeAlias = Any

PHRASES: dict[str, tuple[Level, str]] = {
    # the task
    "template_missing": ("error", "Aliyun records only with a record template: set its id in the app's settings."),
    "app_id_unusable": ("error", "Aliyun's AppId is made of letters, digits, _ and -; “{value}” is not."),
    "room_unusable": ("error", "Aliyun's rooms are named with 1 to 64 letters, digits, _ and -; “{value}” is not."),
    "task_id_unusable": ("error", "Aliyun's task ids are 1 to 55 letters, digits, _ and -; “{value}” is not."),
    "user_unusable": ("error", "Aliyun's user ids are 1 to 64 letters, digits, _ and -; “{value}” is not."),
    "output_not_recording": ("error", "This product only records: it cannot push to “{output}”."),
    "no_regions": ("error", "Nothing to record: no region lies on the canvas."),
    "too_many_regions": ("error", "Aliyun draws at most {limit} regions; this one is beyond that."),
    "storage_from_template": (
        "changed",
        "“{name}” of the recording comes from the record template, not from this task.",
    ),
    "billing_profile": ("note", "Aliyun bills this recording as {profile} (inputs and resolution)."),
    "few_voices": ("note", "At most {limit} people are heard at once; the layout shows {regions}."),
    "variable_missing": ("changed", "The text's “{name}” was given no value and stays as it is written."),
    # canvas and encoding
    "canvas_size_changed": (
        "changed",
        "Aliyun does not record {width}×{height}; it will be {to_width}×{to_height}, the same shape.",
    ),
    "canvas_shape_changed": (
        "changed",
        "Aliyun cannot record {width}×{height}. The nearest it offers is {to_width}×{to_height}: the layout is squeezed"
        " into that shape. Choose that canvas size to avoid it.",
    ),
    "canvas_color_from_template": (
        "changed",
        "The background color comes from the record template, not from this layout ({color}).",
    ),
    "canvas_black_from_template": ("note", "The background is black unless the record template sets another color."),
    "canvas_image_from_template": (
        "dropped",
        "The background picture is not recorded: only the record template can hold one.",
    ),
    "fps_changed": ("changed", "Aliyun records {width}×{height} at {to} frames a second, not {wanted}."),
    "bitrate_changed": ("changed", "Aliyun records {width}×{height} at {to} kbps, not {wanted}."),
    "codec_changed": ("changed", "Aliyun records H.264 with AAC; {wanted} cannot be chosen."),
    "encoding_ignored": ("dropped", "Aliyun's recordings have no setting for “{name}”."),
    "encoding_on_air": ("note", "Whether Aliyun changes the resolution of a running recording is not documented."),
    "template_on_air": ("note", "The running recording keeps its record template {template}."),
    # regions
    "region_outside": ("dropped", "The region lies outside the canvas."),
    "region_clipped": (
        "changed",
        "The region is cut at the edge of the canvas, and its picture is fitted to the rest.",
    ),
    "region_deep": (
        "note",
        "The region lies on a stack of {depth}; Aliyun's own editor knows three levels (0 to 2).",
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
    "placeholder_needs_person": ("dropped", "The placeholder needs a person bound to “{slot}”."),
    # what is drawn inside the pane of a region
    "above_region": ("changed", "It is drawn above the person's picture in “{region}”, not beneath it."),
    "covered_by_region": (
        "changed",
        "It is drawn as part of “{region}”, so the region “{above}” that lies above that one covers it.",
    ),
    # pictures
    "picture_free": (
        "dropped",
        "A picture that belongs to no region is not recorded: only the record template has some.",
    ),
    "picture_needs_person": ("dropped", "The picture belongs to a region that has no person bound to it."),
    "picture_outside": ("dropped", "The picture lies outside the region it belongs to."),
    "picture_clipped": ("changed", "The picture is cut at the edge of the region it belongs to."),
    "picture_squeezed": ("changed", "The picture is squeezed into the part of it that lies in its region."),
    "picture_prepared": ("note", "The picture is sent as it appears in the layout: cropped or letterboxed beforehand."),
    "picture_stretched": (
        "changed",
        "Aliyun stretches pictures: unless it has the proportions of its place, this one is distorted.",
    ),
    "picture_opaque": ("changed", "The picture is drawn fully opaque."),
    "picture_square": ("changed", "The picture is drawn with square corners."),
    "picture_whole": ("changed", "The whole picture is shown, not a part of it."),
    # texts
    "text_dropped": ("dropped", "The text lies in no region that has a person bound to it, so it is not recorded."),
    "text_empty": ("dropped", "The text is empty once its variables are filled in."),
    "text_into_region": ("changed", "The text is drawn as part of region “{region}” and comes and goes with it."),
    "text_moved": ("changed", "The text begins outside its region; it is moved to the region's edge."),
    "text_font": ("changed", "Aliyun has no “{font}”: the text is set in {to}."),
    "text_weight": ("changed", "The text is set in weight {to} instead of {weight}."),
    "text_size": ("changed", "Aliyun's letters are at most {limit} pixels high; this text wants {wanted}."),
    "text_align": ("changed", "The text is not aligned “{align}”: it begins at the left edge of its box."),
    "text_one_line": ("changed", "Aliyun does not wrap text: it is drawn as one line and may leave its box."),
    "text_background": ("dropped", "The background behind the text is not recorded."),
    "text_opaque": ("changed", "The text is drawn fully opaque."),
}


def say(code: str, object_id: str | None = None, field: str = "", **params: Json) -> Finding:
    """The finding of this code, its sentence filled in."""
    level, sentence = PHRASES[code]
    return Finding(level, code, object_id, field, sentence.format(**params), params)
