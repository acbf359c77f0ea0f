"""The vendor's own SDK drives a relay at the emulator over HTTP: start, ask, change, stop, and every answer read."""

from __future__ import annotations

import pytest

from apps.sandbox.engine import runtime
from tests.sandbox.aliyun.call import KEY, SECRET
from tests.sandbox.aliyun.rtc2.record.test_record import APP
from tests.sandbox.conftest import eventually

client_module = pytest.importorskip("alibabacloud_rtc20180111.client")


def test_official_sdk(served: str, sandbox: runtime.Runtime) -> None:
    from alibabacloud_rtc20180111 import models
    from alibabacloud_tea_openapi import models as openapi

    config = openapi.Config(access_key_id=KEY, access_key_secret=SECRET, endpoint=served, protocol="http")
    sdk = client_module.Client(config)
    panes = [
        models.CreateMPULayoutRequestPanes(pane_id=n, major_pane=0, x=n / 2, y=0.0, width=0.5, height=1.0, zorder=0)
        for n in (0, 1)
    ]
    layout = sdk.create_mpulayout(
        models.CreateMPULayoutRequest(app_id=APP, audio_mix_count=6, name="一", panes=panes)
    ).body.layout_id
    texts = [
        models.StartMPUTaskRequestUserPanesTexts(
            text="老师 · a+b*c", x=0.1, y=0.1, font_size=30, box=True, alpha=0.5, box_color=255
        )
    ]
    seat = models.StartMPUTaskRequestUserPanes(pane_id=0, user_id="teacher", source_type="camera", texts=texts)
    mark = models.StartMPUTaskRequestWatermarks(
        url="http://127.0.0.1/logo.png", display=1, alpha=0.6, x=0.8, y=0.0, width=0.2, height=0.1, zorder=1
    )
    started = sdk.start_mputask(
        models.StartMPUTaskRequest(
            app_id=APP, channel_id="room-9", task_id="sdk-1", stream_url="rtmp://push.example.com/live/1?k=a%2Bb",
            media_encode=20, mix_mode=1, layout_ids=[layout], crop_mode=1, user_panes=[seat], watermarks=[mark],
            enhanced_param=models.StartMPUTaskRequestEnhancedParam(enable_portrait_segmentation=True),
        )
    )  # fmt: skip
    assert started.body.request_id

    def status() -> int:
        answer = sdk.get_mputask_status(models.GetMPUTaskStatusRequest(app_id=APP, task_id="sdk-1"))
        return int(answer.body.status)

    eventually(lambda: status() == 1)
    (task,) = sandbox.store.state["tasks"].values()
    assert task["request"]["EnablePortraitSegmentation"]
    assert task["request"]["UserPanes"][0]["Texts"][0]["Box"] is True
    assert task["request"]["StreamURL"].endswith("k=a%2Bb")
    again = sdk.start_mputask(
        models.StartMPUTaskRequest(
            app_id=APP, channel_id="room-9", task_id="sdk-1", stream_url="rtmp://push.example.com/live/2",
            media_encode=20, layout_ids=[layout],
        )
    )  # fmt: skip
    assert again.status_code == 200  # TaskExisted comes with HTTP 200: the SDK does not look at the code
    changed = models.UpdateMPUTaskRequest(app_id=APP, task_id="sdk-1", layout_ids=[13], media_encode=20, crop_mode=2)
    assert sdk.update_mputask(changed).body.request_id
    (task,) = sandbox.store.state["tasks"].values()
    assert (task["request"]["LayoutIds"], task["request"]["Watermarks"]) == ([13], [])
    assert sdk.stop_mputask(models.StopMPUTaskRequest(app_id=APP, task_id="sdk-1")).body.request_id
    assert status() == 3
    with pytest.raises(Exception, match=r"InvalidTask\.NotFound"):
        sdk.stop_mputask(models.StopMPUTaskRequest(app_id=APP, task_id="sdk-1"))
