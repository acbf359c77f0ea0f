"""Settings and options of this product: the forms and their checks are made from them."""

from __future__ import annotations

from collections.abc import Mapping

from apps.core.errors import Invalid
from apps.core.types import Json
from apps.vendors.aliyun import assumptions, mixing
from apps.vendors.aliyun.encoding import VOICES
from apps.vendors.aliyun.fields import SIGNATURE
from apps.vendors.aliyun.mixing import MIX, SINGLE, SOUND
from apps.vendors.contract import Field, TaskSpec, grouped
from apps.vendors.fields import check_fields

COLOR = r"#[0-9A-Fa-f]{6}"

APP_SETTINGS = (
    SIGNATURE,
    *assumptions.SETTINGS,
    *assumptions.RELAY_SETTINGS,
    Field(
        "relay_profile",
        "choice",
        "Billing profile of relays",
        "Aliyun's newer pages no longer name it for relays. Older accounts may still need it; without it a mixed relay"
        " may be billed as the largest profile.",
        default="",
        choices=(("", "Do not send it"), ("smallest", "Send the smallest that fits the layout")),
    ),
)

CLOCK = grouped(
    "Clock",
    Field("clock", "boolean", "Clock", "The date and time in Beijing, running, above everything.", default=False),
    Field("clock_x", "number", "Clock from the left", "As a part of the width.", default=0.02, minimum=0, maximum=1),
    Field("clock_y", "number", "Clock from the top", "As a part of the height.", default=0.02, minimum=0, maximum=1),
    Field("clock_size", "integer", "Clock letters", "Output pixels.", default=24, minimum=1, maximum=72),
    Field("clock_color", "string", "Clock color", "Written as #RRGGBB.", default="#FFFFFF", pattern=COLOR),
    Field(
        "clock_box", "boolean", "Box behind the clock", "Makes the time readable on a bright picture.", default=False
    ),
    Field("clock_box_color", "string", "Color of that box", "Written as #RRGGBB.", default="#000000", pattern=COLOR),
    Field("clock_opacity", "number", "Clock opacity", "0 is invisible.", default=1.0, minimum=0, maximum=1),
)

INSIDE_THE_STREAM = grouped(
    "Inside the stream (SEI)",
    Field("speaker_sei", "boolean", "Speakers inside the stream", "Who speaks, as SEI data.", default=False),
    Field(
        "report_vad",
        "boolean",
        "Voice activity inside the stream",
        "Tells players who is speaking (ReportVad).",
        default=False,
    ),
    Field(
        "vad_interval",
        "integer",
        "Voice activity interval",
        "Its unit is not documented; Aliyun's example says 86400.",
        minimum=1,
        maximum=2**31 - 1,
    ),
    Field(
        "rtp_extensions",
        "boolean",
        "Pass on RTP extensions",
        "What people's devices wrote into their packets is passed on (RtpExtInfo).",
        default=False,
    ),
    Field(
        "time_stamp_ref",
        "integer",
        "Time stamp reference",
        "Passed on to Aliyun as it is (TimeStampRef); leave it empty unless its support names a value.",
        minimum=0,
        maximum=2**63 - 1,
    ),
)

TASK_OPTIONS = (
    Field(
        "mode",
        "choice",
        "What is relayed",
        "One person's stream is passed on as it is, without the layout: the first region that has a person.",
        default=MIX,
        choices=((MIX, "The layout, mixed"), (SOUND, "Sound only, mixed"), (SINGLE, "One person's stream")),
    ),
    Field(
        "single_stream",
        "choice",
        "Of one person's stream",
        "Only where one person's stream is relayed.",
        default=0,
        choices=((0, "Picture and sound"), (1, "Sound only"), (2, "Picture only")),
    ),
    Field(
        "task_type",
        "choice",
        "Kind of output",
        "Low-latency output is pulled through Aliyun's RTC side and needs no push URL.",
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
        "Of texts inside regions, pixels.",
        default=0,
        minimum=0,
        maximum=20,
    ),
    Field(
        "text_outline_color", "string", "Color of that outline", "Written as #RRGGBB.", default="#000000", pattern=COLOR
    ),
    *INSIDE_THE_STREAM,
    Field(
        "portrait_segmentation",
        "boolean",
        "Cut people out of their background",
        "Only for accounts that Aliyun has invited.",
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
