"""Settings and options of this product: the forms and their checks are made from them."""

from __future__ import annotations

from apps.vendors.aliyun.fields import SIGNATURE
from apps.vendors.aliyun.live_mpu.api import CENTRAL, DETAIL, ENDPOINTS, STATUS
from apps.vendors.contract import LEFT_OPEN, AppSpec, Field, grouped

MIX, AUDIO, SINGLE = "mix", "audio", "single"

PUSHING = 1  # EventCode of the published example, with ErrorCode 0; there is no table

OPEN_POINTS = grouped(
    LEFT_OPEN,
    Field(
        "live_state_source",
        "choice",
        "State of a task comes from",
        "GetMPUTaskStatus is no longer in Aliyun's directory of operations. Where it is refused, the list of tasks is"
        " asked instead by itself; choose that here to start with it.",
        default=STATUS,
        choices=((STATUS, "GetMPUTaskStatus"), (DETAIL, "ListRtcMPUTaskDetail and events")),
    ),
    Field(
        "live_running_event",
        "integer",
        "Event that means running",
        "The EventCode of an event without an error that proves that a push runs. Aliyun publishes no table; its example"
        " has 1. Other events only make the task be asked for.",
        default=PUSHING,
        minimum=0,
        maximum=2**31 - 1,
    ),
    Field(
        "live_most_panes",
        "integer",
        "Regions in one picture",
        "Aliyun publishes no limit; 16 is known to work.",
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
        "Another encoding may go to a running task",
        "The call has room for it, its effect is not documented. Otherwise a task keeps what it was started with.",
        default=False,
    ),
)

APP_SETTINGS = (
    Field(
        "live_region",
        "choice",
        "Region of the mixing",
        "Where pictures are mixed. Left open, it is the default of your Aliyun site: Shanghai in China, else Singapore.",
        choices=(("CN-Shanghai", "Shanghai"), ("AP-Singapore", "Singapore"), ("EMAA-Saudi", "Saudi Arabia")),
    ),
    Field(
        "live_endpoint",
        "choice",
        "Endpoint of the Live API",
        "The central one knows all tasks; the others are for accounts that are bound to them.",
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
    "Inside the stream (SEI)",
    Field(
        "sei_layout",
        "boolean",
        "Layout and volumes inside the stream",
        "Players can read from the stream (SEI) who is where, and how loud.",
        default=False,
    ),
    Field("sei_text", "string", "Text inside the stream", "Travels in the video (SEI) for players to read."),
    Field(
        "sei_now",
        "string",
        "Message of the moment",
        "Sent once into the running stream (SEI) when a change is applied on air: another text, another message. JSON"
        " goes as it is, anything else as a JSON text.",
    ),
    Field("sei_key", "string", "Key of that text", "Left open, it is udd.", pattern=r"[A-Za-z0-9_-]{1,64}"),
    Field(
        "sei_interval",
        "integer",
        "Milliseconds between such messages",
        "Left open, Aliyun decides.",
        minimum=1000,
        maximum=5000,
    ),
    Field(
        "sei_with_keyframes",
        "boolean",
        "Such messages with every key frame",
        "So that players that join have them at once.",
    ),
    Field(
        "sei_payload_type",
        "integer",
        "Payload type of such messages",
        "Left open, it is 5. It cannot change while the task runs.",
        minimum=100,
        maximum=254,
    ),
)

TASK_OPTIONS = (
    Field(
        "mode",
        "choice",
        "What is pushed",
        "A single stream goes out as its publisher sends it: no layout, no encoding.",
        default=MIX,
        choices=((MIX, "The layout"), (AUDIO, "Only the sound"), (SINGLE, "One person's stream, unchanged")),
    ),
    Field(
        "single_stream",
        "choice",
        "Of one person's stream",
        "Only where one person's stream is pushed. A shared screen has no sound of its own.",
        default="0",
        choices=(("0", "Picture and sound"), ("1", "Sound only"), ("2", "Picture only")),
    ),
    Field(
        "also_heard",
        "string",
        "Heard, not seen",
        "User ids, separated by commas: people without a region whose voice is mixed too. Where no region has its"
        " person, everybody is heard anyway.",
        pattern=r"\s*[A-Za-z0-9_-]{1,64}(\s*,\s*[A-Za-z0-9_-]{1,64}){0,63}\s*",
    ),
    Field(
        "max_idle_time",
        "integer",
        "Ends after idle seconds",
        "How long the task waits in an empty room.",
        default=60,
        minimum=10,
        maximum=86_400,
    ),
    Field(
        "video_profile",
        "choice",
        "H.264 profile",
        "Left open, Aliyun decides. H.265 has only main.",
        choices=(("baseline", "Baseline"), ("main", "Main"), ("high", "High")),
    ),
    Field(
        "other_rooms",
        "string",
        "People from other rooms",
        "user=room, separated by commas: these people are taken from another room of the same app.",
        pattern=r"\s*[^=,]+=[A-Za-z0-9_-]{1,64}(\s*,\s*[^=,]+=[A-Za-z0-9_-]{1,64})*\s*",
    ),
    *INSIDE_THE_STREAM,
)


def running_event(app: AppSpec | None) -> int:
    value = app.settings.get("live_running_event") if app else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else PUSHING
