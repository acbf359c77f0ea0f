"""Findings of this product alone, beside those that Aliyun's products share (`aliyun/phrases.py`)."""

from __future__ import annotations

from apps.core.types import Json
from apps.vendors.aliyun.phrases import PHRASES as SHARED
from apps.vendors.aliyun.phrases import Phrases, told
from apps.vendors.plan import Finding

PHRASES: Phrases = {
    # the task
    "too_many_urls": ("error", "A task of this app pushes to at most {most} URLs, so its settings say."),
    "no_push_url": ("error", "A push URL is needed."),
    "bad_push_url": ("error", "A push URL must be rtmp://host/path, with at most 2048 characters."),
    "push_url_twice": ("dropped", "This push URL is named twice: one stream goes to it."),
    "output_unknown": ("dropped", "This product pushes to URLs; “{name}” is ignored."),
    "urls_fixed_on_air": (
        "error",
        "The push URLs of a running task cannot change: stop it and start another one.",
    ),
    "option_fixed_on_air": ("dropped", "“{option}” cannot change while the task runs: it stays {value}."),
    "encoding_fixed_on_air": ("dropped", "“{name}” cannot change while the task runs: it stays {value}."),
    "sei_waits": ("note", "The message of the moment goes into the running stream with the first change on air."),
    "sei_too_long": ("error", "A message of the moment has at most {most} characters."),
    "several_outputs": ("note", "One task serves all {count} URLs."),
    # what is pushed
    "sound_only": ("dropped", "Only the sound is pushed: this is not shown."),
    "single_needs_person": ("error", "One person's stream is to be pushed, but no region has its person."),
    "single_as_it_is": (
        "changed",
        "This person's stream goes out as it is sent: shape, size and quality are the publisher's.",
    ),
    "single_screen_silent": ("changed", "A shared screen is pushed without sound: as a single stream it has none."),
    "single_leaves_out": ("dropped", "One person's stream is pushed unchanged: this is not shown."),
    "canvas_unused": ("dropped", "The canvas is not pushed: there is no mixed picture."),
    # events
    "callback_url_unusable": (
        "error",
        "Aliyun takes no such callback URL: only letters, digits and - _ ? % = # . / + may be in it.",
    ),
    "subscription_replaced": ("changed", "This app's events went to {url}; they will come here instead."),
    # encoding
    "encoding_unknown": ("dropped", "This product has no setting “{name}”."),
    "encoding_unused": ("dropped", "“{name}” has no effect on what is pushed."),
    "not_a_choice": ("changed", "{name} can be {choices} only; {used} is used."),
    "gop_limited": ("changed", "Key frames are 1 to 60 frames apart: at {fps} frames a second that is {seconds} s."),
    "codec_unknown": ("changed", "Only H.264 and H.265 can be pushed; H.264 is used."),
    "profile_of_h265": ("changed", "H.265 has only the profile main."),
    "sei_unused": ("dropped", "Messages inside the stream need a mixed picture."),
    # regions
    "no_region": ("error", "No region can be shown: the mix needs at least one."),
    "too_many_panes": ("dropped", "At most {most} regions are drawn; this one is left out."),
    "beside_bound": (
        "dropped",
        "Nobody is bound to “{slot}”, while other regions have their people: then Aliyun lets nobody else take part.",
    ),
    "heard_maybe_seen": (
        "changed",
        "Only this person's sound is wanted, but with open slots Aliyun may show them in one of those.",
    ),
    "stream_twice": ("note", "The same stream is shown in more than one region."),
    "bars_black": ("changed", "Beside a picture of another shape, black bars cover what lies beneath."),
    "absent_black": (
        "changed",
        "While its person is not to be seen, this region is black and covers what lies beneath: give it a placeholder.",
    ),
    # background and placeholders
    "color_painted": ("note", "The canvas color is sent as a picture: Aliyun has no word for it."),
    "color_black_anyway": (
        "changed",
        "The canvas color cannot be painted behind a picture known only by its address: it stays black.",
    ),
    "background_painted": ("note", "The background picture is fitted to the output's size beforehand."),
    "background_stretch": (
        "changed",
        "A background picture cannot be stretched here, and its bytes are not known: it is cropped instead.",
    ),
    "picture_url_too_long": ("dropped", "The address of this picture is longer than 2048 characters."),
    "placeholder_painted": ("note", "The placeholder is fitted into its region beforehand."),
    "placeholder_as_it_is": (
        "changed",
        "How Aliyun fits this placeholder is not known, as only its address is: upload the picture.",
    ),
}


def say(code: str, object_id: str | None = None, field: str = "", **params: Json) -> Finding:
    """The finding of this code, its sentence filled in."""
    return told(PHRASES if code in PHRASES else SHARED, code, object_id, field, params)
