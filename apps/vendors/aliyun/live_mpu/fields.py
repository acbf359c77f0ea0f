"""Settings and options of this product: the forms and their checks are made from them."""

from __future__ import annotations

from apps.vendors.aliyun.fields import SIGNATURE
from apps.vendors.aliyun.live_mpu.api import CENTRAL, DETAIL, ENDPOINTS, STATUS
from apps.vendors.contract import Field

MIX, AUDIO, SINGLE = "mix", "audio", "single"

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
        "live_state_source",
        "choice",
        "State of a task comes from",
        "GetMPUTaskStatus is no longer in Aliyun's directory of operations. Where it is refused, the list of tasks is"
        " asked instead by itself; choose that here to start with it.",
        default=STATUS,
        choices=((STATUS, "GetMPUTaskStatus"), (DETAIL, "ListRtcMPUTaskDetail and events")),
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
        "ali_cdn_hosts",
        "string",
        "Push domains on Aliyun's CDN",
        "Host names, separated by commas. When a task pushes to several URLs, Aliyun is told which of them are its own.",
        pattern=r"\s*[A-Za-z0-9.-]+(\s*,\s*[A-Za-z0-9.-]+)*\s*",
    ),
    SIGNATURE,
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
    Field(
        "sei_layout",
        "boolean",
        "Layout and volumes inside the stream",
        "Players can read from the stream (SEI) who is where, and how loud.",
        default=False,
    ),
    Field("sei_text", "string", "Text inside the stream", "Travels in the video (SEI) for players to read."),
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
