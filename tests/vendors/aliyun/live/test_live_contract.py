"""The cases every adapter passes."""

from __future__ import annotations

from typing import ClassVar

from apps.vendors.adapter import VendorAdapter
from apps.vendors.aliyun.live.adapter import AliyunLiveMpuAdapter
from apps.vendors.types import AppSpec
from tests.vendors.aliyun.live_tasks import APP, PUSH
from tests.vendors.contract import AdapterContract


class TestAliyunLiveMpu(AdapterContract):
    adapter_class: ClassVar[type[VendorAdapter]] = AliyunLiveMpuAdapter
    app: ClassVar[AppSpec] = AppSpec(APP)
    output: ClassVar[dict[str, object]] = {"push_urls": [PUSH]}

    def test_its_ids_fit_aliyun(self, adapter: VendorAdapter) -> None:
        assert len(adapter.vendor_task_id("0196f7a2-7b1c-7d5e-8f00-0123456789ab", 9999)) <= 55
