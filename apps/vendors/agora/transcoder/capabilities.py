"""What cloud transcoding can do (documentation read 2026-06)."""

from __future__ import annotations

from apps.vendors.capabilities import Capabilities, EncodingCapabilities, Range

LONG_SIDE, SHORT_SIDE = 1920, 1080  # of the output: fields take 3840, the service mixes up to 1920 × 1080
SMALLEST = 120  # pixels, of the canvas, a region and an overlay
LOWEST_PERSON, HIGHEST = 2, 100  # zOrder: 0 and 1 lie below all people
DEFAULT_MOST_PEOPLE = 17  # how many inputs a task may have is not published
FPS = Range(1, 30, 15)
BITRATE = Range(1, 10_000, None, "kbps")

CAPABILITIES = Capabilities(
    canvas_minimum=(SMALLEST, SMALLEST),
    canvas_maximum=(LONG_SIDE, LONG_SIDE),
    canvas_even=True,
    max_panes=DEFAULT_MOST_PEOPLE,
    region_minimum=(SMALLEST, SMALLEST),
    regions_even=True,
    overhang=frozenset({"text"}),
    fits=("cover",),
    fit_per_region=False,
    opacity=False,
    corner_radius=False,
    source_crop=False,
    placeholder=True,
    background_color=True,
    background_image=True,
    images="native",
    images_above_regions=True,
    texts="baked",
    texts_above_regions=True,
    dynamic_slots=False,
    screen_streams=True,
    integer_users=True,
    max_outputs=20,
    output_schemes=("rtc", "rtmp", "rtmps"),
    on_air=frozenset({"regions", "bindings", "encoding"}),
    encoding=EncodingCapabilities(fps=FPS, bitrate_kbps=BITRATE, codecs=("h264", "vp8", "h265")),
    queries_per_second={"Acquire": 10, "Create": 10, "Query": 10, "Update": 10, "Delete": 10},
    max_task_seconds=86_400,
    notes=(
        "The output is at most 1920 × 1080 (portrait: 1080 × 1920).",
        "Regions and overlays have at least 120 × 120 pixels. Smaller overlays are padded with transparent pixels.",
        "Texts, and pictures that need opacity, corners or a crop, are drawn into PNG overlays.",
        "Canvas, overlays and placeholders cannot change while the task runs.",
        "The mix is published to a channel as its own user, or to one or more RTMP URLs, never both.",
        "User IDs are whole numbers. A shared screen is a separate user.",
        "RTC tokens are valid for 24 hours. What happens to a longer task is not documented.",
        "The limit of 10 calls per second is shared by the whole account.",
    ),
)
