"""What an Aliyun RTC relay can express, as data."""

from __future__ import annotations

from apps.vendors.aliyun.rtc2.layouts import MOST_PANES
from apps.vendors.aliyun.rtc2.media import MEDIA_ENCODES, SIZES
from apps.vendors.capabilities import Capabilities, EncodingCapabilities, Range

_FPS = [encode.fps for encode in MEDIA_ENCODES]
_KBPS = [encode.kbps for encode in MEDIA_ENCODES]

CAPABILITIES = Capabilities(
    canvas_minimum=(min(width for width, _ in SIZES), min(height for _, height in SIZES)),
    canvas_maximum=(max(width for width, _ in SIZES), max(height for _, height in SIZES)),
    canvas_sizes=SIZES,
    max_panes=MOST_PANES,
    overhang=frozenset({"text"}),
    fits=("cover", "contain"),
    fit_per_region=False,
    placeholder=True,
    background_color=True,
    background_image=True,
    images="native",
    images_above_regions=True,
    texts="native",
    texts_above_regions=True,
    dynamic_slots=True,
    max_outputs=1,
    output_schemes=("rtmp",),
    on_air=frozenset({"regions", "bindings", "background", "images", "texts", "canvas_size", "encoding"}),
    encoding=EncodingCapabilities(
        fps=Range(min(_FPS), max(_FPS), 25, "fps"),
        bitrate_kbps=Range(min(_KBPS), max(_KBPS), None, "kbps"),
        codecs=(),
    ),
    queries_per_second={
        "CreateMPULayout": 10,
        "DescribeMPULayoutInfoList": 10,
        "StartMPUTask": 500,
        "UpdateMPUTask": 66,  # 4,000 a minute
        "StopMPUTask": 500,
        "GetMPUTaskStatus": 66,  # 4,000 a minute
        "CreateEventSubscribe": 16,  # 1,000 a minute
        "DeleteEventSubscribe": 16,
        "DescribeApps": 3,  # 200 a minute by the older page
    },
    notes=(
        "Canvas size, frame rate and bitrate are set together, from a table of 27.",
        "One fit for all regions. An absent person is replaced by the next stream in join order.",
        "Pictures and texts of an assigned person are drawn in their region, with Aliyun's font. Other ones are watermarks or part of the background, drawn by Quadbox.",
        "A relay waits up to 30 days for somebody to join the room. It ends 30 s to 2 min after the last person left.",
        "A push URL can be used by one task, and again 10 s after it stopped. For several URLs, start a task for each.",
        "Only apps of generation 2 (AliRTC 1.x and 2.x). New ones cannot be created since 2024-04-10.",
    ),
)
