"""What mixed push can do, version 2023-11-01 (docs 6348/1188218, 1188217, 1167930)."""

from __future__ import annotations

from apps.vendors.capabilities import Capabilities, EncodingCapabilities, Range

MAX_PANES = {"2023-11-01": 30, "2020-12-01": 17}

CAPABILITIES = Capabilities(
    canvas_minimum=(2, 2),
    canvas_maximum=(1920, 1920),
    canvas_even=True,
    max_panes=MAX_PANES["2023-11-01"],
    overhang=frozenset({"image", "text"}),
    fits=("cover", "contain", "stretch"),
    fit_per_region=True,
    opacity=True,
    corner_radius=True,
    source_crop=True,
    placeholder=True,
    background_color=True,
    background_image=True,
    images="baked",
    images_above_regions=False,
    texts="baked",
    texts_above_regions=False,
    dynamic_slots=False,
    screen_streams=True,
    max_outputs=1,
    output_schemes=("rtmp",),
    on_air=frozenset({"regions", "bindings", "background", "images", "texts", "encoding"}),
    encoding=EncodingCapabilities(
        fps=Range(1, 60, 15),
        bitrate_kbps=Range(0, 10_000, 0, "kbps"),
        gop_seconds=Range(1, 5, 4, "s"),
        audio_bitrate_kbps=Range(32, 192, None, "kbps"),
        audio_sample_rates=(32_000, 44_100, 48_000),
        audio_channels=(1, 2),
        codecs=("h264",),
    ),
    queries_per_second={
        "StartPushMixedStreamToCDN": 150,
        "UpdatePushMixedStreamToCDN": 150,
        "StopPushStreamToCDN": 150,
        "GetPushMixedStreamToCDNTask": 60,
    },
    notes=(
        "Regions are always above texts and pictures, which become part of the background.",
        "A task ends when nobody publishes for max_idle_time seconds.",
        "The status can be requested for 72 hours after the start.",
        "API version 2020-12-01: at most 17 regions, a bitrate of at least 1 kbps.",
    ),
)
