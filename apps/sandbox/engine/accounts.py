"""Who is known to the sandbox: demo keys, demo apps, demo record templates. None of these opens anything real."""

from __future__ import annotations

from apps.sandbox.engine import config

VOLCENGINE = "volcengine"
ALIYUN = "aliyun"
AGORA = "agora"

DEMO_KEYS: dict[str, dict[str, str]] = {
    VOLCENGINE: {"SANDBOXvolcengineKey0001": "sandbox-volcengine-secret-0001"},
    ALIYUN: {"SANDBOXaliyunKey0001": "sandbox-aliyun-secret-0001"},
    AGORA: {"SANDBOXagoraCustomer0001": "sandbox-agora-secret-0001"},
}
DEMO_APPS: dict[str, tuple[str, ...]] = {
    VOLCENGINE: ("65f0a1b2c3d4e5f6a7b8c9d0",),
    ALIYUN: ("9qb1test",),
    AGORA: ("a9b8c7d6e5f40312233445566778899a",),
}
DEMO_CERTIFICATES = {"a9b8c7d6e5f40312233445566778899a": "5a4d6e0b1c2f3e4d9a8b7c6d5e4f3021"}  # Agora app → certificate
NEVER_AN_APP: dict[str, tuple[str, ...]] = {  # well-formed and always unknown, to rehearse a mistyped AppId
    VOLCENGINE: ("0" * 24,),
    ALIYUN: ("nosuchapp",),
    AGORA: ("0" * 32,),
}
DEMO_RECORD_TEMPLATE = "sandbox1"
DEMO_CALLBACK_SECRET = "sandbox-callback-secret-0001"  # noqa: S105 - a demo value, printed in the documentation


def secret_of(vendor: str, access_key_id: str) -> str | None:
    """The secret of an access key, or None when nobody has that key."""
    return {**DEMO_KEYS.get(vendor, {}), **config.keys().get(vendor, {})}.get(access_key_id)


def certificate_of(app_id: str) -> str:
    """The App Certificate of an Agora project, "" where it has none: then nobody asks for RTC tokens."""
    return {**DEMO_CERTIFICATES, **config.certificates()}.get(app_id, "")
