"""Findings of this product alone, beside those that Aliyun's products share (`aliyun/phrases.py`)."""

from __future__ import annotations

from apps.core.types import Json
from apps.vendors.aliyun.rtc2.phrases import PHRASES as SHARED
from apps.vendors.aliyun.rtc2.phrases import Phrases, told
from apps.vendors.plan import Finding

PHRASES: Phrases = {
    # the task
    "too_many_urls": ("error", "A task of this app pushes to at most {most} URLs (app settings)."),
    "no_push_url": ("error", "A push URL is required."),
    "bad_push_url": ("error", "A push URL must look like rtmp://host/path and have at most 2048 characters."),
    "push_url_twice": ("dropped", "This push URL is listed twice. One stream is sent to it."),
    "output_unknown": ("dropped", "This product pushes to URLs. “{name}” is ignored."),
    "urls_fixed_on_air": (
        "error",
        "The push URLs of a running task cannot change. Stop it and start another one.",
    ),
    "option_fixed_on_air": ("dropped", "“{option}” cannot change while the task runs. It stays {value}."),
    "encoding_fixed_on_air": ("dropped", "“{name}” cannot change while the task runs. It stays {value}."),
    "sei_waits": ("note", "The one-time message is sent in the running stream with the first change on air."),
    "sei_too_long": ("error", "A one-time message has at most {most} characters."),
    "several_outputs": ("note", "One task serves all {count} URLs."),
    # what is pushed
    "sound_only": ("dropped", "Only audio is pushed. This is not shown."),
    "single_needs_person": ("error", "A single stream is to be pushed, but no region has its person."),
    "single_as_it_is": (
        "changed",
        "The stream is pushed as its publisher sends it: aspect ratio, size and quality are the publisher's.",
    ),
    "single_screen_silent": ("changed", "A shared screen is pushed without audio."),
    "single_leaves_out": ("dropped", "A single stream is pushed unchanged. This is not shown."),
    "canvas_unused": ("dropped", "The canvas is not pushed: there is no mixed picture."),
    # events
    "callback_url_unusable": (
        "error",
        "Aliyun does not accept this callback URL: only letters, digits and - _ ? % = # . / + are allowed.",
    ),
    "subscription_replaced": ("changed", "This app's events were sent to {url}. They will be sent here instead."),
    # encoding
    "encoding_unknown": ("dropped", "This product has no setting “{name}”."),
    "encoding_unused": ("dropped", "“{name}” has no effect on what is pushed."),
    "not_a_choice": ("changed", "{name} must be one of {choices}. {used} is used."),
    "gop_limited": (
        "changed",
        "The interval between key frames is 1 to 60 frames. At {fps} frames per second that is {seconds} s.",
    ),
    "codec_unknown": ("changed", "Only H.264 and H.265 can be pushed. H.264 is used."),
    "profile_of_h265": ("changed", "H.265 supports only the profile main."),
    "sei_unused": ("dropped", "Messages in the stream need a mixed picture."),
    # regions
    "no_region": ("error", "No region can be shown. The mix needs at least one."),
    "too_many_panes": ("dropped", "At most {most} regions are drawn. This one is left out."),
    "beside_bound": (
        "dropped",
        "No person is assigned to “{slot}”, while other regions have people. Aliyun then shows nobody else.",
    ),
    "heard_maybe_seen": (
        "changed",
        "Only this person's audio is wanted, but with open slots Aliyun may show them in one of those.",
    ),
    "stream_twice": ("note", "The same stream is shown in more than one region."),
    "bars_black": ("changed", "Beside a picture with another aspect ratio, black bars cover the objects below."),
    "absent_black": (
        "changed",
        "While its person is absent, this region is black and covers the objects below. Add a placeholder.",
    ),
    # background and placeholders
    "color_painted": ("note", "The canvas color is sent as a picture. Aliyun has no setting for it."),
    "color_black_anyway": (
        "changed",
        "The canvas color cannot be painted behind a picture of which only the URL is known. It stays black.",
    ),
    "background_painted": ("note", "The background picture is fitted to the output size in advance."),
    "background_stretch": (
        "changed",
        "A background picture cannot be stretched here, and its data is not available. It is cropped instead.",
    ),
    "picture_url_too_long": ("dropped", "The URL of this picture is longer than 2048 characters."),
    "placeholder_painted": ("note", "The placeholder is fitted to its region in advance."),
    "placeholder_as_it_is": (
        "changed",
        "Only the URL of this placeholder is known, so its fit is not known. Upload the picture.",
    ),
}


def say(code: str, object_id: str | None = None, field: str = "", **params: Json) -> Finding:
    """The finding of this code, its sentence filled in."""
    return told(PHRASES if code in PHRASES else SHARED, code, object_id, field, params)
