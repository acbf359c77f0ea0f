"""What the product tells a producer: code → level and sentence (see `apps.vendors.plan`)."""

from __future__ import annotations

from apps.core.types import Json
from apps.vendors.plan import Finding, Level

PHRASES: dict[str, tuple[Level, str]] = {
    # the task
    "bad_app_id": ("error", "The App ID must have 32 hexadecimal characters."),
    "bad_room": ("error", "A channel name has 1 to 64 letters, digits, spaces and common signs."),
    "bad_task_id": ("error", "The instance ID must have 1 to 64 letters, digits, - and _ only."),
    "no_output": ("error", "Set the output: a channel and a user ID, or an RTMP URL."),
    "bad_output_channel": ("error", "The output channel has 1 to 64 letters, digits, spaces and common signs."),
    "bad_output_uid": ("error", "The output needs its own user ID: a whole number from 1 to 4294967295."),
    "output_uid_taken": ("error", "The output user ID {uid} belongs to a person in the layout. Each would disconnect the other."),
    "output_one_kind": ("dropped", "A task publishes to a channel or to RTMP URLs, never both. The URLs are ignored."),
    "output_unknown": ("dropped", "This product publishes to a channel or to RTMP. “{name}” is ignored."),
    "bad_push_url": ("error", "A push URL must look like rtmp://host/path or rtmps://host/path."),
    "one_push_url": ("dropped", "Only the first push URL is used. Start a separate task for each of the others."),
    "no_region": ("error", "No region can be shown. At least one needs a person."),
    # encoding
    "size_limited": ("changed", "The output is {width} × {height}: both sides must be even, at least 120 and at most 1920 × 1080 pixels."),
    "scaled": ("note", "The canvas is scaled to an output of {width} × {height}."),
    "out_of_range": ("changed", "{name} must be a whole number from {minimum} to {maximum}. {used} is used."),
    "codec": ("changed", "The codec must be h264 or vp8. h264 is used."),
    "h265_of_the_app": ("changed", "H.265 is pushed only if the app settings allow it. h264 is used."),
    "h265_in_channels": ("changed", "H.265 is not supported for a channel. h264 is used."),
    "codec_fixed_on_air": ("dropped", "The codec cannot change while the task runs (app settings). It stays {codec}."),
    "codec_for_push": ("changed", "RTMP servers rarely support codecs other than H.264. h264 is used."),
    "encoding_unknown": ("dropped", "This product has no setting “{name}”."),
    "encoding_relayed": ("dropped", "{name} does not apply to audio only or to a relayed stream."),
    "option_ignored": ("dropped", "{option} does not apply to audio only or to a relayed stream."),
    # canvas
    "canvas_opaque": ("changed", "The canvas cannot be translucent. Its color is mixed with black."),
    "background_baked": ("note", "The background picture is fitted to the output size in advance."),
    "background_cropped": ("changed", "Only the URL of the background is known, so it cannot be stretched. It is cropped to fill."),
    "picture_ending": ("dropped", "The vendor accepts only pictures whose URL ends in jpg or png. Upload this one."),
    "canvas_not_sent": ("dropped", "A relayed stream has no canvas. Its color and picture do not appear."),
    # regions
    "slot_unbound": ("dropped", "No person is assigned to “{slot}”, and this product cannot choose the next person. The region stays empty."),
    "bad_user_id": ("error", "“{user_id}” is not a valid user ID: use a whole number from 1 to 4294967295."),
    "stream_twice": ("dropped", "User {user_id} is already shown. A user can have only one region."),
    "too_many_regions": ("dropped", "At most {most} regions can be shown. This one is left out."),
    "screen_is_a_user": ("note", "A shared screen is a separate user here. The stream of user {user_id} is shown."),
    "heard_only": ("note", "This region is invisible. The person is heard but not shown."),
    "clamped": ("changed", "Regions cannot extend beyond the canvas. This one is cropped, and its video is fitted to the rest."),
    "region_too_small": ("changed", "A region must have at least 120 × 120 pixels. This one is drawn larger."),
    "snapped": ("changed", "Edges must be on even pixels. This one was moved by one."),
    "fit_cover_only": ("changed", "People are always cropped to fill their region, not shown as {fit}."),
    "fit_contain_only": ("changed", "People are always shown whole (app settings), and not as {fit}."),
    "opacity_ignored": ("changed", "People cannot be translucent. This region is opaque."),
    "corner_radius_ignored": ("changed", "Regions have square corners here."),
    "source_crop_ignored": ("changed", "The whole video of the person is used. It cannot be cropped."),
    "placeholder_baked": ("note", "The placeholder is fitted to its region in advance."),
    "placeholder_fit": ("changed", "Only the URL of the placeholder is known. It is cropped to fill, not shown as {fit}."),
    # texts and pictures
    "off_canvas": ("dropped", "This is completely outside the canvas and does not appear."),
    "invisible": ("note", "This is fully transparent and is not sent."),
    "text_baked": ("note", "This text is drawn into a PNG that is placed over the picture."),
    "picture_baked": ("note", "This picture is drawn into a separate PNG that is placed over the picture."),
    "baked_together": ("note", "Drawn into one PNG together with adjacent objects."),
    "padded": ("note", "The picture is padded with transparent pixels to {least} × {least}."),
    "variable_missing": ("changed", "The variable {{{name}}} has no value."),
    "picture_cut": ("changed", "Only the URL of this picture is known. It is fitted to the part on the canvas."),
    "picture_too_small": ("changed", "Only the URL of this picture is known. It is drawn with at least {least} × {least} pixels."),
    "picture_opaque": ("changed", "Only the URL of this picture is known. It is drawn opaque."),
    "picture_cornered": ("changed", "Only the URL of this picture is known. It keeps square corners."),
    "picture_uncropped": ("changed", "Only the URL of this picture is known. The whole picture is shown."),
    "picture_unstretched": ("changed", "Only the URL of this picture is known, so it cannot be stretched. It is cropped to fill."),
    "too_many_overlays": ("dropped", "There are more layers than the vendor supports. This one is left out."),
    "no_picture": ("dropped", "There is only audio. The layout is not drawn."),
    "relayed": ("dropped", "Only a single stream is passed on, unchanged. This does not appear."),
    "relayed_whole": ("changed", "The whole stream of the person is passed on unchanged. The position and size of the region are ignored."),
    # on air
    "size_fixed_on_air": ("changed", "The picture keeps its size of {width} × {height} while the task runs. The layout is scaled to it."),
    "output_fixed_on_air": ("dropped", "The output cannot change while the task runs. It keeps its value."),
    "option_fixed_on_air": ("dropped", "{option} cannot change while the task runs. It keeps its value."),
    "canvas_fixed_on_air": ("dropped", "The background cannot change while the task runs. It stays as it is."),
    "overlay_fixed_on_air": ("dropped", "Texts and pictures cannot change while the task runs. This does not appear."),
    "overlay_stays_on_air": ("changed", "A text or picture that was there at the start stays until the task ends."),
    "placeholder_fixed_on_air": ("dropped", "The placeholder cannot change while the task runs. It stays as it was."),
    "order_fixed_on_air": ("changed", "Overlays keep their level while the task runs. This region cannot be placed between them."),
}  # fmt: skip


def say(code: str, object_id: str | None = None, field: str = "", **params: Json) -> Finding:
    level, sentence = PHRASES[code]
    return Finding(level, code, object_id, field, sentence, params)
