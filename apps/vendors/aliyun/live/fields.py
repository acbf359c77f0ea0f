"""Settings and options of this product: the forms and their checks are made from them."""

from __future__ import annotations

from apps.vendors.aliyun.fields import SIGNATURE
from apps.vendors.aliyun.live.api import CENTRAL, DETAIL, ENDPOINTS, STATUS
from apps.vendors.fields import LEFT_OPEN, Field, grouped
from apps.vendors.types import AppSpec

MIX, AUDIO, SINGLE = "mix", "audio", "single"

PUSHING = 1  # EventCode of the published example, with ErrorCode 0; there is no table

OPEN_POINTS = grouped(
    LEFT_OPEN,
    Field(
        "live_state_source",
        "choice",
        "Source of a task's status",
        "GetMPUTaskStatus is no longer in Aliyun's list of operations. If Aliyun rejects it, Quadbox uses the list of tasks instead. Choose this to use the list from the start.",
        default=STATUS,
        choices=((STATUS, "GetMPUTaskStatus"), (DETAIL, "ListRtcMPUTaskDetail and events")),
    ),
    Field(
        "live_running_event",
        "integer",
        "Event code for running",
        "The EventCode of an event without an error that confirms a running push. Aliyun publishes no table. Its example has 1. Other events only trigger a status request.",
        default=PUSHING,
        minimum=0,
        maximum=2**31 - 1,
    ),
    Field(
        "live_most_panes",
        "integer",
        "Maximum regions in one picture",
        "Aliyun publishes no limit. 16 is known to work.",
        default=16,
        minimum=1,
        maximum=100,
    ),
    Field(
        "live_most_urls",
        "integer",
        "Push URLs of a task",
        "Aliyun publishes no limit.",
        default=20,
        minimum=1,
        maximum=100,
    ),
    Field(
        "live_encoding_on_air",
        "boolean",
        "Encoding of a running task can change",
        "The call accepts it, but its effect is not documented. Otherwise a task keeps its start values.",
        default=False,
    ),
)

APP_SETTINGS = (
    Field(
        "live_region",
        "choice",
        "Region of the mixing",
        "Where pictures are mixed. If empty, it is the default of your Aliyun site: Shanghai in China, else Singapore.",
        choices=(("CN-Shanghai", "Shanghai"), ("AP-Singapore", "Singapore"), ("EMAA-Saudi", "Saudi Arabia")),
    ),
    Field(
        "live_endpoint",
        "choice",
        "Endpoint of the Live API",
        "The central endpoint has all tasks. The others are for accounts bound to them.",
        default=CENTRAL,
        choices=tuple((region, url.removeprefix("https://").rstrip("/")) for region, url in ENDPOINTS.items()),
    ),
    Field(
        "ali_cdn_hosts",
        "string",
        "Push domains on Aliyun's CDN",
        "Host names, separated by commas. When a task pushes to several URLs, Aliyun is told which of them are its own.",
        pattern=r"\s*[A-Za-z0-9.-]+(\s*,\s*[A-Za-z0-9.-]+)*\s*",
    ),
    SIGNATURE,
    *OPEN_POINTS,
)

INSIDE_THE_STREAM = grouped(
    "In the stream (SEI)",
    Field(
        "sei_layout",
        "boolean",
        "Layout and volumes in the stream",
        "Players can read from the stream (SEI) who is shown where, and how loud.",
        default=False,
    ),
    Field("sei_text", "string", "Text inside the stream", "Sent in the video (SEI) for players to read."),
    Field(
        "sei_now",
        "string",
        "One-time message",
        "Sent once in the running stream (SEI) when a change is applied on air. A different text is a new message. JSON is sent unchanged, other text as a JSON string.",
    ),
    Field("sei_key", "string", "Key of that text", "If empty, it is udd.", pattern=r"[A-Za-z0-9_-]{1,64}"),
    Field(
        "sei_interval",
        "integer",
        "Interval of such messages (ms)",
        "If empty, Aliyun decides.",
        minimum=1000,
        maximum=5000,
    ),
    Field(
        "sei_with_keyframes",
        "boolean",
        "Send such messages with every key frame",
        "So that players that join receive them immediately.",
    ),
    Field(
        "sei_payload_type",
        "integer",
        "Payload type of such messages",
        "If empty, it is 5. It cannot change while the task runs.",
        minimum=100,
        maximum=254,
    ),
)

TASK_OPTIONS = (
    Field(
        "mode",
        "choice",
        "Content to push",
        "A single stream is pushed as its publisher sends it: no layout, no encoding.",
        default=MIX,
        choices=((MIX, "The layout"), (AUDIO, "Audio only"), (SINGLE, "A single stream, unchanged")),
    ),
    Field(
        "single_stream",
        "choice",
        "Streams of that person",
        "Only for a single stream. A shared screen has no audio of its own.",
        default="0",
        choices=(("0", "Video and audio"), ("1", "Audio only"), ("2", "Video only")),
    ),
    Field(
        "also_heard",
        "string",
        "Heard, not shown",
        "User IDs, separated by commas: people without a region whose voice is mixed too. If no region has an assigned person, everybody is heard anyway.",
        pattern=r"\s*[A-Za-z0-9_-]{1,64}(\s*,\s*[A-Za-z0-9_-]{1,64}){0,63}\s*",
    ),
    Field(
        "max_idle_time",
        "integer",
        "End after idle time (seconds)",
        "How long the task waits in an empty room.",
        default=60,
        minimum=10,
        maximum=86_400,
    ),
    Field(
        "video_profile",
        "choice",
        "H.264 profile",
        "If empty, Aliyun decides. H.265 supports only main.",
        choices=(("baseline", "Baseline"), ("main", "Main"), ("high", "High")),
    ),
    Field(
        "other_rooms",
        "string",
        "Users from other rooms",
        "user=room, separated by commas: these users are taken from another room of the same app.",
        pattern=r"\s*[^=,]+=[A-Za-z0-9_-]{1,64}(\s*,\s*[^=,]+=[A-Za-z0-9_-]{1,64})*\s*",
    ),
    *INSIDE_THE_STREAM,
)


def running_event(app: AppSpec | None) -> int:
    value = app.settings.get("live_running_event") if app else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else PUSHING
