"""The cases every adapter passes."""

from __future__ import annotations

from typing import ClassVar

from apps.vendors.adapter import VendorAdapter
from apps.vendors.aliyun.rtc2.mpu.adapter import AliyunRtcMpuAdapter
from apps.vendors.aliyun.rtc2.record.adapter import AliyunRtcRecordAdapter
from apps.vendors.types import AppSpec
from tests.vendors.contract import AdapterContract


class TestAliyunRtcRecord(AdapterContract):
    adapter_class: ClassVar[type[VendorAdapter]] = AliyunRtcRecordAdapter
    app: ClassVar[AppSpec] = AppSpec("9qb1test", {"record_template_id": "76dasgb1"})
    output: ClassVar[dict[str, object]] = {"record": {}}

    def test_its_ids_fit_aliyun(self, adapter: VendorAdapter) -> None:
        assert len(adapter.vendor_task_id("0196f7a2-7b1c-7d5e-8f00-0123456789ab", 9999)) <= 55


class TestAliyunRtcMpu(AdapterContract):
    adapter_class: ClassVar[type[VendorAdapter]] = AliyunRtcMpuAdapter
    app: ClassVar[AppSpec] = AppSpec("9qb1test")
    output: ClassVar[dict[str, object]] = {"push_urls": ["rtmp://push.example.com/live/room-1001?auth_key=1-0-0-a"]}

    def test_its_ids_fit_aliyun(self, adapter: VendorAdapter) -> None:
        assert len(adapter.vendor_task_id("0196f7a2-7b1c-7d5e-8f00-0123456789ab", 9999)) <= 55
