"""What all products of Aliyun have in common, whatever their API: keys and signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import httpx2

from apps.vendors.adapter import VendorAdapter
from apps.vendors.aliyun import fields
from apps.vendors.aliyun.advice import ADVICE
from apps.vendors.aliyun.wire import rpc, sdk
from apps.vendors.aliyun.wire.auth import Acs3Auth, RpcV1Auth
from apps.vendors.fields import Field
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import AppSpec, Clock, SignaturePreview


class AliyunAdapter(VendorAdapter):
    vendor: ClassVar[str] = "aliyun"
    sample_app_id: ClassVar[str] = "abcd1234"
    key_fields: ClassVar[tuple[Field, ...]] = fields.KEYS
    secret_fields: ClassVar[tuple[Field, ...]] = fields.SECRETS
    advice: ClassVar[Mapping[str, str]] = ADVICE

    def auth(self, keys: Mapping[str, str], app: AppSpec | None, clock: Clock) -> httpx2.Auth:
        scheme = RpcV1Auth if signing(app) == rpc.V1 else Acs3Auth
        return scheme(
            keys.get("access_key_id", ""),
            keys.get("access_key_secret", ""),
            clock,
            security_token=keys.get("security_token", ""),
        )

    def preview_signature(self, request: PlannedRequest, app: AppSpec) -> SignaturePreview:
        return sdk.shown(request)

    def sdk_call(self, request: PlannedRequest, app: AppSpec) -> str:
        return sdk.call(request)


def signing(app: AppSpec | None) -> str:
    """The app's signature scheme; ACS3 unless V1 was asked for."""
    return rpc.V1 if app is not None and app.settings.get("signature") == rpc.V1 else rpc.ACS3
