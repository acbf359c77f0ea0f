"""Who is known to the sandbox: demo keys, demo apps, demo record templates. None of these opens anything real."""

from __future__ import annotations

from apps.sandbox.engine import config

VOLCENGINE = "volcengine"
ALIYUN = "aliyun"

DEMO_KEYS: dict[str, dict[str, str]] = {
    VOLCENGINE: {"SANDBOXvolcengineKey0001": "sandbox-volcengine-secret-0001"},
    ALIYUN: {"SANDBOXaliyunKey0001": "sandbox-aliyun-secret-0001"},
}
DEMO_APPS: dict[str, tuple[str, ...]] = {
    VOLCENGINE: ("65f0a1b2c3d4e5f6a7b8c9d0",),
    ALIYUN: ("9qb1test",),
}
NEVER_AN_APP: dict[str, tuple[str, ...]] = {  # well-formed and always unknown, to rehearse a mistyped AppId
    VOLCENGINE: ("0" * 24,),
    ALIYUN: ("nosuchapp",),
}
DEMO_RECORD_TEMPLATE = "sandbox1"
DEMO_CALLBACK_SECRET = "sandbox-callback-secret-0001"  # noqa: S105 - a demo value, printed in the documentation


def secret_of(vendor: str, access_key_id: str) -> str | None:
    """The secret of an access key, or None when nobody has that key."""
    return {**DEMO_KEYS.get(vendor, {}), **config.keys().get(vendor, {})}.get(access_key_id)
