"""What stands in a plan where nobody has said anything yet: an app, people, a way out. Every cloud takes them."""

from __future__ import annotations

from typing import Any

from apps.layout_document.document import LayoutDocument
from apps.vendors.adapter import VendorAdapter
from apps.vendors.types import AppSpec, Binding

OUTPUTS: dict[str, dict[str, Any]] = {
    "push": {"push_urls": ["rtmp://push.example.com/live/key"]},
    "rtc": {"rtc": {"channel": "out", "uid": 1}},
    "record": {"record": {}},
}
FIRST_PERSON = 1001  # a number in digits: Agora knows no other names


def sample_app(adapter: VendorAdapter) -> AppSpec:
    return AppSpec(adapter.sample_app_id)


def sample_output(adapter: VendorAdapter) -> dict[str, Any]:
    return dict(OUTPUTS[adapter.output_kind])


def sample_people(document: LayoutDocument) -> dict[str, Binding]:
    """Somebody for every slot of the visible regions."""
    slots = dict.fromkeys(region.source.slot for region in document.regions)
    return {slot: Binding(str(FIRST_PERSON + number)) for number, slot in enumerate(slots)}
