"""Clients leave out members that are 0: a pane without x and y lies in the top left corner."""

from __future__ import annotations

from typing import Any

import pytest

from apps.vendors.registry import adapter

USER = {"rtcChannel": "room", "rtcUid": 1001}
PAYLOADS: dict[str, Any] = {
    "agora-transcoder": {
        "canvas": {"width": 1280, "height": 720},
        "videoInputs": [{"rtc": USER, "region": {"width": 640, "height": 360}}],
    },
    "aliyun-rtc-mpu": {"MediaEncode": "30", "Panes": [{"PaneId": 0, "Width": 0.5, "Height": 0.5}]},
    "aliyun-rtc-record": {"MediaEncode": "30", "Panes": [{"PaneId": 0, "Width": 0.5, "Height": 0.5}]},
    "aliyun-live-mpu": {
        "TranscodeParams": {
            "EncodeParams": {"VideoWidth": 1280, "VideoHeight": 720},
            "Layout": {"UserPanes": [{"Width": 0.5, "Height": 0.5, "UserInfo": {"UserId": "anna"}}]},
        }
    },
    "volcengine-push": {
        "Layout": {
            "LayoutMode": 2,
            "CustomLayout": {
                "Canvas": {"Width": 1280, "Height": 720},
                "Regions": [{"StreamIndex": 0, "WidthProportion": 0.5, "HeightProportion": 0.5}],
            },
        },
        "TargetStreams": {"StreamList": [{"Index": 0, "UserId": "anna"}]},
    },
}


@pytest.mark.parametrize("product", PAYLOADS)
def test_omitted_coordinates_are_zero(product: str) -> None:
    document = adapter(product).read_payload(PAYLOADS[product]).document
    (region,) = document.regions
    assert (region.x, region.y) == (0, 0)
    assert (region.width * 2, region.height * 2) == (document.canvas.width, document.canvas.height)
