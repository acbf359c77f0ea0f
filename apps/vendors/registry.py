"""Product slug → adapter, imported on first use. A new product is a folder and a line here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Literal

from apps.core.errors import Invalid, Problem
from apps.vendors.adapter import VendorAdapter
from apps.vendors.fields import Field

PRODUCTS: dict[str, str] = {
    "volcengine-push": "apps.vendors.volcengine.push.adapter:VolcenginePushAdapter",
    "aliyun-rtc-mpu": "apps.vendors.aliyun.rtc2.mpu.adapter:AliyunRtcMpuAdapter",
    "aliyun-rtc-record": "apps.vendors.aliyun.rtc2.record.adapter:AliyunRtcRecordAdapter",
    "aliyun-live-mpu": "apps.vendors.aliyun.live.adapter:AliyunLiveMpuAdapter",
    "agora-transcoder": "apps.vendors.agora.transcoder.adapter:AgoraTranscoderAdapter",
}


def products() -> tuple[str, ...]:
    """Every product slug, in the order they are shown."""
    return tuple(PRODUCTS)


@cache
def adapter(slug: str) -> VendorAdapter:
    """The one, stateless adapter of a product. Raises `Invalid` for a slug nobody knows."""
    path = PRODUCTS.get(slug)
    if path is None:
        known = ", ".join(PRODUCTS)
        problem = Problem("/product", "unknown_product", f"There is no product “{slug}”. Known: {known}.")
        raise Invalid("Unknown product.", problems=[problem])
    module, _, name = path.partition(":")
    made = getattr(import_module(module), name)()
    assert isinstance(made, VendorAdapter), path
    assert made.slug == slug, path
    return made


def vendors() -> dict[str, tuple[str, ...]]:
    """Vendor → its product slugs."""
    found: dict[str, tuple[str, ...]] = {}
    for slug in PRODUCTS:
        vendor = adapter(slug).vendor
        found[vendor] = (*found.get(vendor, ()), slug)
    return found


def vendor_fields(vendor: str, which: Literal["key_fields", "secret_fields", "app_settings"]) -> tuple[Field, ...]:
    """The fields of all products of a vendor, each name once: a credential and an app serve every product."""
    fields: dict[str, Field] = {}
    for slug in vendors()[vendor]:
        for field in getattr(adapter(slug), which):
            fields.setdefault(field.name, field)
    return tuple(fields.values())


def advice(product: VendorAdapter, code: str) -> str:
    """What an adapter advises for a vendor's code or its beginning up to a dot, in English; "" if nothing."""
    known = [name for name in product.advice if code == name or code.startswith(f"{name}.")]
    return product.advice[max(known, key=len)] if known else ""
