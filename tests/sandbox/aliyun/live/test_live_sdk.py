"""The vendor's own SDK drives the emulator of ApsaraVideo Live over HTTP."""

from __future__ import annotations

import time

import pytest

from tests.sandbox.aliyun.call import KEY, SECRET
from tests.sandbox.aliyun.live.test_live import APP, PUSH

client_module = pytest.importorskip("alibabacloud_live20161101.client")


def test_official_sdk(served: str, receiver: object) -> None:
    from alibabacloud_live20161101 import models
    from alibabacloud_tea_openapi import models as openapi
    from alibabacloud_tea_openapi import utils_models
    from darabonba.runtime import RuntimeOptions

    config = openapi.Config(access_key_id=KEY, access_key_secret=SECRET, endpoint=served, protocol="http")
    sdk = client_module.Client(config)
    start = "StartLiveMPUTaskRequest"

    def made(name: str, **fields: object) -> object:
        return getattr(models, f"{start}{name}")(**fields)

    panes = [
        made(
            "TranscodeParamsLayoutUserPanes",
            x="0.0",
            y="0.0",
            width="1.0",
            height="1.0",
            zorder="0",
            render_mode="1",
            user_info=made("TranscodeParamsLayoutUserPanesUserInfo", user_id="老师", source_type="camera"),
        )
    ]
    encode = made(
        "TranscodeParamsEncodeParams",
        audio_bitrate="128", audio_channels="2", audio_sample_rate="48000", video_bitrate="2000", video_framerate="25",
        video_gop="50", video_width="1280", video_height="720",
    )  # fmt: skip
    transcode = made(
        "TranscodeParams",
        encode_params=encode,
        layout=made("TranscodeParamsLayout", user_panes=panes),
        user_infos=[made("TranscodeParamsUserInfos", user_id="老师", stream_type="0")],
    )
    subscribed = sdk.create_rtc_mpuevent_sub(
        models.CreateRtcMPUEventSubRequest(app_id=APP, callback_url="https://quadbox.example.com/hook")
    )
    assert subscribed.body.sub_id.startswith("Sub-")
    assert sdk.start_live_mputask(
        models.StartLiveMPUTaskRequest(
            app_id=APP, channel_id="room-9", task_id="sdk-1", mix_mode="1", stream_url=PUSH, max_idle_time="60",
            transcode_params=transcode,
        )
    ).body.request_id  # fmt: skip
    found = sdk.list_rtc_mputask_detail(models.ListRtcMPUTaskDetailRequest(app_id=APP, task_id="sdk-1")).body
    (task,) = found.mputasks
    assert (task.task_id, task.stream_url, task.max_idle_time) == ("sdk-1", PUSH, "60")
    assert task.transcode_params.layout.user_panes[0].user_info.user_id == "老师"
    # The state has no class in the SDK any more: it is called by its name.
    call = utils_models.Params(
        action="GetMPUTaskStatus", version="2016-11-01", protocol="HTTP", pathname="/", method="POST", auth_type="AK",
        style="RPC", req_body_type="formData", body_type="json",
    )  # fmt: skip
    asked = utils_models.OpenApiRequest(query={"AppId": APP, "TaskId": "sdk-1"})
    time.sleep(0.5)
    assert sdk.call_api(call, asked, RuntimeOptions())["body"]["Status"] == 1
    update = models.UpdateLiveMPUTaskRequest().from_map(
        {
            "AppId": APP, "ChannelId": "room-9", "TaskId": "sdk-1", "MixMode": "0", "StreamURL": PUSH,
            "SingleSubParams": {"UserId": "老师", "StreamType": "0"},
        }
    )  # fmt: skip
    assert sdk.update_live_mputask(update).status_code == 200
    sei = models.SetLiveMpuTaskSeiRequest(app_id=APP, task_id="sdk-1", custom_sei='{"scene":"quiz"}')
    assert sdk.set_live_mpu_task_sei(sei).status_code == 200
    info = sdk.describe_rtc_mpuevent_sub(models.DescribeRtcMPUEventSubRequest(app_id=APP)).body.sub_info
    assert info.sub_id == subscribed.body.sub_id
    assert sdk.stop_live_mputask(models.StopLiveMPUTaskRequest(app_id=APP, task_id="sdk-1")).status_code == 200
    with pytest.raises(Exception, match="InvalidParam"):
        sdk.stop_live_mputask(models.StopLiveMPUTaskRequest(app_id=APP, task_id="sdk-1"))
