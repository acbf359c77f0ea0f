"""The vendor's own SDK drives the emulator over HTTP."""

from __future__ import annotations

import pytest

from tests.sandbox.aliyun.call import KEY, SECRET
from tests.sandbox.aliyun.rtc2.record.test_record import APP

client_module = pytest.importorskip("alibabacloud_rtc20180111.client")


def test_official_sdk(served: str) -> None:
    from alibabacloud_rtc20180111 import models
    from alibabacloud_tea_openapi import models as openapi

    config = openapi.Config(access_key_id=KEY, access_key_secret=SECRET, endpoint=served, protocol="http")
    sdk = client_module.Client(config)
    panes = [models.CreateMPULayoutRequestPanes(pane_id=0, major_pane=1, x=0.0, y=0.0, width=1.0, height=1.0, zorder=0)]
    layout = sdk.create_mpulayout(
        models.CreateMPULayoutRequest(app_id=APP, audio_mix_count=6, name="一", panes=panes)
    ).body
    assert layout.layout_id > 0
    user_panes = [
        models.StartRecordTaskRequestUserPanes(
            pane_id=0,
            user_id="teacher",
            source_type="camera",
            texts=[models.StartRecordTaskRequestUserPanesTexts(text="老师 · a+b*c", x=0.1, y=0.1, font_size=30)],
        )
    ]
    started = sdk.start_record_task(
        models.StartRecordTaskRequest(
            app_id=APP, channel_id="room-9", task_id="sdk-1", template_id="sandbox1", layout_ids=[layout.layout_id],
            media_encode=20, task_profile="4IN_720P", crop_mode=1, user_panes=user_panes,
        )
    )  # fmt: skip
    assert started.body.request_id
    users = sdk.describe_channel_users(models.DescribeChannelUsersRequest(app_id=APP, channel_id="room-9")).body
    assert users.is_channel_exist
    assert users.user_list[0] == "teacher"
    assert sdk.describe_apps(models.DescribeAppsRequest(app_id=APP)).body.app_list.app[0].version == "2.0"
    found = sdk.describe_mpulayout_info_list(models.DescribeMPULayoutInfoListRequest(app_id=APP)).body
    assert found.layouts.layout[0].panes.panes[0].width == 1.0
    assert sdk.stop_record_task(models.StopRecordTaskRequest(app_id=APP, task_id="sdk-1")).status_code == 200
    files = sdk.describe_record_files(models.DescribeRecordFilesRequest(app_id=APP)).body
    assert files.total_num == 0 or files.record_files[0].task_id == "sdk-1"
    with pytest.raises(Exception, match=r"InvalidTask\.NotFound"):
        sdk.stop_record_task(models.StopRecordTaskRequest(app_id=APP, task_id="sdk-1"))
