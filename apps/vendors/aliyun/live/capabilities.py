"""What mixing by ApsaraVideo Live can express, as data."""

from __future__ import annotations

from apps.vendors.capabilities import Capabilities, EncodingCapabilities, Range

LARGEST_SIDE = 1920
MOST_FRAMES = 60  # between key frames

CAPABILITIES = Capabilities(
    canvas_minimum=(2, 2),
    canvas_maximum=(LARGEST_SIDE, LARGEST_SIDE),
    canvas_even=True,
    max_panes=16,
    overhang=frozenset({"image", "text"}),
    fits=("cover", "contain"),
    fit_per_region=True,
    placeholder=True,
    background_color=True,
    background_image=True,
    images="baked",
    texts="baked",
    dynamic_slots=True,
    max_outputs=20,
    output_schemes=("rtmp",),
    on_air=frozenset({"regions", "bindings", "background", "images", "texts"}),
    encoding=EncodingCapabilities(
        fps=Range(1, 60, 25, "fps"),
        bitrate_kbps=Range(1, 10_000, 2000, "kbps"),
        gop_seconds=Range(1 / 60, 60, 2, "s"),
        audio_bitrate_kbps=Range(8, 500, 128, "kbps"),
        audio_sample_rates=(8000, 16_000, 32_000, 44_100, 48_000),
        audio_channels=(1, 2),
        codecs=("h264", "h265"),
    ),
    queries_per_second={
        "StartLiveMPUTask": 500,
        "UpdateLiveMPUTask": 500,
        "StopLiveMPUTask": 500,
        "GetMPUTaskStatus": 10,
        "ListRtcMPUTaskDetail": 50,
        "SetLiveMpuTaskSei": 50,  # not published: that of its neighbors
        "ListRtcMPUEventSubRecord": 50,
        "DescribeRtcMPUEventSub": 50,
        "CreateRtcMPUEventSub": 50,
        "UpdateRtcMPUEventSub": 50,
    },
    notes=(
        "Regions are always above texts and pictures, which become part of the background, as does its color.",
        "The parts of a region without video are black: bars beside a picture, and the place of an absent person.",
        "Open slots take the next people in join order, but only if no region of the layout has an assigned person.",
        "A task starts only when somebody is in the room. Until then the start is retried.",
        "Several URLs are served by one task. Key frames are at most 60 frames apart.",
        "No maximum number of regions is published. 16 is the default and can be changed in the app settings.",
        "Instead of the layout: audio only, or a single unchanged stream.",
    ),
)
