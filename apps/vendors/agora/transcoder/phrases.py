"""What the product tells a producer: code → level and sentence (see `apps.vendors.plan`)."""

from __future__ import annotations

from apps.core.types import Json
from apps.vendors.plan import Finding, Level

PHRASES: dict[str, tuple[Level, str]] = {
    # the task
    "bad_app_id": ("error", "The App ID must be 32 hexadecimal characters."),
    "bad_room": ("error", "A channel name has 1 to 64 letters, digits, spaces and common signs."),
    "bad_task_id": ("error", "The instance id must be 1 to 64 of letters, digits, - and _ only."),
    "no_output": ("error", "Say where the mix goes: a channel and a user id, or an RTMP address."),
    "bad_output_channel": ("error", "The output's channel has 1 to 64 letters, digits, spaces and common signs."),
    "bad_output_uid": ("error", "The output needs a user id of its own: a whole number from 1 to 4294967295."),
    "output_uid_taken": ("error", "The output's user id {uid} is that of a person in the layout: they would throw each other out."),
    "output_one_kind": ("dropped", "A task goes into a channel or to RTMP addresses, never both: the addresses are ignored."),
    "output_unknown": ("dropped", "This product mixes into a channel or to RTMP; “{name}” is ignored."),
    "bad_push_url": ("error", "A push URL must be rtmp://host/path or rtmps://host/path."),
    "one_push_url": ("dropped", "Only the first push URL is used: start a task for each of the others."),
    "no_region": ("error", "No region can be shown: at least one needs a person."),
    # encoding
    "size_limited": ("changed", "The output is {width} × {height}: even sides, at least 120 and at most 1920 × 1080 pixels."),
    "scaled": ("note", "The canvas is scaled to an output of {width} × {height}."),
    "scaled_unevenly": ("changed", "The canvas is scaled to an output of {width} × {height} of another shape."),
    "out_of_range": ("changed", "{name} must be a whole number from {minimum} to {maximum}; {used} is used."),
    "codec": ("changed", "The codec can be h264 or vp8; h264 is used."),
    "h265_of_the_app": ("changed", "H.265 is pushed only if the app's settings allow it: h264 is used."),
    "h265_in_channels": ("changed", "H.265 does not go into a channel: h264 is used."),
    "codec_fixed_on_air": ("dropped", "The codec cannot change while the task runs, as the app's settings say: it stays {codec}."),
    "codec_for_push": ("changed", "RTMP receivers hardly understand anything but H.264: h264 is used."),
    "encoding_unknown": ("dropped", "This product has no setting “{name}”."),
    "encoding_relayed": ("dropped", "Sound alone and a relayed stream have no {name} of ours."),
    "option_ignored": ("dropped", "{option} means nothing for sound alone or a relayed stream."),
    # canvas
    "canvas_opaque": ("changed", "The canvas cannot be translucent: its color is mixed with black."),
    "background_baked": ("note", "The background picture is fitted to the output's size beforehand."),
    "background_cropped": ("changed", "The background is only known by its address and cannot be stretched: it is cropped to fill."),
    "picture_ending": ("dropped", "The vendor takes pictures whose address ends in jpg or png only: upload this one."),
    "canvas_not_sent": ("dropped", "A relayed stream has no canvas: its color and picture do not appear."),
    # regions
    "slot_unbound": ("dropped", "Nobody is bound to “{slot}”, and this product cannot pick the next person: the region stays empty."),
    "bad_user_id": ("error", "“{user_id}” is no user id here: a whole number from 1 to 4294967295."),
    "stream_twice": ("dropped", "User {user_id} is shown already: a user can have one region only."),
    "too_many_regions": ("dropped", "At most {most} regions can be shown; this one is left out."),
    "screen_is_a_user": ("note", "A shared screen is a user of its own here: what user {user_id} publishes is shown."),
    "heard_only": ("note", "This region is invisible: the person is heard, and not shown."),
    "clamped": ("changed", "Regions cannot reach over the edge of the canvas: this one is cut to it, the picture fits what is left."),
    "region_too_small": ("changed", "A region is at least 120 × 120 pixels: this one is drawn larger."),
    "snapped": ("changed", "Edges lie on even pixels: this moved by one."),
    "fit_cover_only": ("changed", "People are always cropped to fill their region, not shown as {fit}."),
    "fit_contain_only": ("changed", "People are always shown whole, so the app's settings say, and not as {fit}."),
    "opacity_ignored": ("changed", "A person cannot be translucent: this region is opaque."),
    "corner_radius_ignored": ("changed", "Regions have square corners here."),
    "source_crop_ignored": ("changed", "The whole picture of the person is used: it cannot be cropped beforehand."),
    "placeholder_baked": ("note", "The placeholder is fitted into its region beforehand."),
    "placeholder_fit": ("changed", "The placeholder is only known by its address: it is cropped to fill, not shown as {fit}."),
    # texts and pictures
    "off_canvas": ("dropped", "This lies wholly outside the canvas and will not appear."),
    "invisible": ("note", "This is fully transparent and is not sent."),
    "text_baked": ("note", "This text is painted into a PNG that is laid over the picture."),
    "picture_baked": ("note", "This picture is painted into a PNG of its own that is laid over the picture."),
    "baked_together": ("note", "Painted into one PNG together with its neighbors."),
    "padded": ("note", "The picture that is sent is padded with transparent pixels to {least} × {least}."),
    "variable_missing": ("changed", "No value was given for {{{name}}}."),
    "picture_cut": ("changed", "This picture is only known by its address: it is fitted into what lies on the canvas."),
    "picture_too_small": ("changed", "This picture is only known by its address: it is drawn at {least} × {least} pixels or more."),
    "picture_opaque": ("changed", "This picture is only known by its address: it is drawn opaque."),
    "picture_cornered": ("changed", "This picture is only known by its address: it keeps its square corners."),
    "picture_uncropped": ("changed", "This picture is only known by its address: it is shown whole."),
    "picture_unstretched": ("changed", "This picture is only known by its address and cannot be stretched: it is cropped to fill."),
    "too_many_overlays": ("dropped", "More layers than the vendor has levels for: this one is left out."),
    "no_picture": ("dropped", "Only sound is made: nothing of the layout is drawn."),
    "relayed": ("dropped", "Only one person's stream is passed on, as it is: this does not appear."),
    "relayed_whole": ("changed", "The person's stream is passed on whole, as it is: place and shape of the region do not count."),
    # on air
    "size_fixed_on_air": ("changed", "The picture keeps its size of {width} × {height} while the task runs: scaled to it."),
    "output_fixed_on_air": ("dropped", "The output cannot change while the task runs: it stays where it is."),
    "option_fixed_on_air": ("dropped", "{option} cannot change while the task runs: it keeps its value."),
    "canvas_fixed_on_air": ("dropped", "The background cannot change while the task runs: it stays as it is."),
    "overlay_fixed_on_air": ("dropped", "Texts and pictures cannot change while the task runs: this does not appear."),
    "overlay_stays_on_air": ("changed", "A text or picture that was there at the start stays until the task ends."),
    "placeholder_fixed_on_air": ("dropped", "The placeholder cannot change while the task runs: it stays as it was."),
    "order_fixed_on_air": ("changed", "Overlays keep their level while the task runs: this region cannot be placed between them as drawn."),
}  # fmt: skip


def say(code: str, object_id: str | None = None, field: str = "", **params: Json) -> Finding:
    level, sentence = PHRASES[code]
    return Finding(level, code, object_id, field, sentence, params)
