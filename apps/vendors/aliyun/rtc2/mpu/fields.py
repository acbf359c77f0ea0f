"""Settings and options of this product: the forms and their checks are made from them."""

from __future__ import annotations

from collections.abc import Mapping

from apps.core.errors import Invalid
from apps.core.types import Json
from apps.vendors.aliyun.fields import SIGNATURE
from apps.vendors.aliyun.rtc2 import assumptions, mixing
from apps.vendors.aliyun.rtc2.encoding import VOICES
from apps.vendors.aliyun.rtc2.mixing import MIX, SINGLE, SOUND
from apps.vendors.fields import Field, check_fields, grouped
from apps.vendors.types import TaskSpec

COLOR = r"#[0-9A-Fa-f]{6}"

APP_SETTINGS = (
    SIGNATURE,
    *assumptions.SETTINGS,
    *assumptions.RELAY_SETTINGS,
    Field(
        "relay_profile",
        "choice",
        "Billing profile of relays",
        "Aliyun's newer documentation no longer mentions it for relays. Older accounts may still need it. Without it, a mixed relay may be billed as the largest profile.",
        default="",
        choices=(("", "Do not send"), ("smallest", "Send the smallest that fits the layout")),
    ),
)

CLOCK = grouped(
    "Clock",
    Field("clock", "boolean", "Clock", "The current date and time in Beijing, above everything.", default=False),
    Field(
        "clock_x",
        "number",
        "Clock position from the left",
        "As a fraction of the width.",
        default=0.02,
        minimum=0,
        maximum=1,
    ),
    Field(
        "clock_y",
        "number",
        "Clock position from the top",
        "As a fraction of the height.",
        default=0.02,
        minimum=0,
        maximum=1,
    ),
    Field("clock_size", "integer", "Clock font size", "Output pixels.", default=24, minimum=1, maximum=72),
    Field("clock_color", "string", "Clock color", "As #RRGGBB.", default="#FFFFFF", pattern=COLOR),
    Field(
        "clock_box", "boolean", "Box behind the clock", "Makes the time readable on a bright picture.", default=False
    ),
    Field("clock_box_color", "string", "Color of the box", "As #RRGGBB.", default="#000000", pattern=COLOR),
    Field("clock_opacity", "number", "Clock opacity", "0 is invisible.", default=1.0, minimum=0, maximum=1),
)

INSIDE_THE_STREAM = grouped(
    "In the stream (SEI)",
    Field("speaker_sei", "boolean", "Active speakers in the stream", "Who speaks, as SEI data.", default=False),
    Field(
        "report_vad",
        "boolean",
        "Voice activity in the stream",
        "Tells players who is speaking (ReportVad).",
        default=False,
    ),
    Field(
        "vad_interval",
        "integer",
        "Voice activity interval",
        "The unit is not documented. Aliyun's example uses 86400.",
        minimum=1,
        maximum=2**31 - 1,
    ),
    Field(
        "rtp_extensions",
        "boolean",
        "Pass on RTP extensions",
        "Passes on data that people's devices put into their packets (RtpExtInfo).",
        default=False,
    ),
    Field(
        "time_stamp_ref",
        "integer",
        "Timestamp reference",
        "Sent to Aliyun unchanged (TimeStampRef). Leave empty unless Aliyun support gives you a value.",
        minimum=0,
        maximum=2**63 - 1,
    ),
)

TASK_OPTIONS = (
    Field(
        "mode",
        "choice",
        "Content to relay",
        "The stream is relayed without the layout: the first region with a person.",
        default=MIX,
        choices=((MIX, "The layout, mixed"), (SOUND, "Audio only, mixed"), (SINGLE, "A single stream")),
    ),
    Field(
        "single_stream",
        "choice",
        "Streams of that person",
        "Only for a single stream.",
        default=0,
        choices=((0, "Video and audio"), (1, "Audio only"), (2, "Video only")),
    ),
    Field(
        "task_type",
        "choice",
        "Output type",
        "Low-latency output is pulled through Aliyun RTC and needs no push URL.",
        default=0,
        choices=((0, "Push to a URL"), (1, "Low-latency output")),
    ),
    VOICES,
    *mixing.OPTIONS,
    *CLOCK,
    Field(
        "text_outline",
        "integer",
        "Outline of names",
        "For texts inside regions, in pixels.",
        default=0,
        minimum=0,
        maximum=20,
    ),
    Field("text_outline_color", "string", "Color of the outline", "As #RRGGBB.", default="#000000", pattern=COLOR),
    *INSIDE_THE_STREAM,
    Field(
        "portrait_segmentation",
        "boolean",
        "Remove people's background",
        "Only for accounts invited by Aliyun.",
        default=False,
    ),
)
_DEFAULTS = {option.name: option.default for option in TASK_OPTIONS}
# Only a start can carry these (UpdateMPUTask has no such parameters).
FIXED_ON_AIR = (
    "task_type", "speaker_sei", "report_vad", "vad_interval", "rtp_extensions", "time_stamp_ref", "portrait_segmentation",
)  # fmt: skip


def options_of(spec: TaskSpec) -> dict[str, Json]:
    """Every option with its value or its default. Raises `Invalid` for values out of range."""
    problems = check_fields(APP_SETTINGS, spec.app.settings, "/app/settings")
    problems += check_fields(TASK_OPTIONS, spec.options, "/options")
    if problems:
        raise Invalid("The options cannot be used.", problems=problems)
    given: Mapping[str, Json] = spec.options
    return {name: default if given.get(name) in (None, "") else given[name] for name, default in _DEFAULTS.items()}
