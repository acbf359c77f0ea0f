"""What an Aliyun RTC recording can express, as data."""

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
    overhang=frozenset({"image", "text"}),
    fits=("cover", "contain"),
    fit_per_region=False,
    placeholder=True,
    background_color=False,
    background_image=False,
    images="attached",
    texts="attached",
    texts_above_regions=True,
    images_above_regions=True,
    dynamic_slots=True,
    max_outputs=0,
    on_air=frozenset({"regions", "bindings", "images", "texts"}),
    encoding=EncodingCapabilities(
        fps=Range(min(_FPS), max(_FPS), 25, "fps"),
        bitrate_kbps=Range(min(_KBPS), max(_KBPS), None, "kbps"),
        codecs=(),
    ),
    queries_per_second={
        "CreateMPULayout": 10,
        "DescribeMPULayoutInfoList": 10,
        "DescribeRecordTemplates": 100,
        "StartRecordTask": 500,
        "UpdateRecordTask": 100,
        "StopRecordTask": 66,  # 4,000 a minute
        "DescribeRecordFiles": 10,
        "DescribeApps": 3,  # 200 a minute by the older page
    },
    notes=(
        "Canvas size, frame rate and bitrate are set together, from a table of 27.",
        "Background color and picture, free pictures, file formats and storage are set in the record template.",
        "One fit for all regions. Pictures and texts are drawn only in the region of an assigned person.",
        "There is no status operation. The state comes from Quadbox's own calls, the files from callbacks and DescribeRecordFiles.",
        "Only apps of generation 2 (AliRTC 1.x and 2.x). New ones cannot be created since 2024-04-10.",
    ),
)
