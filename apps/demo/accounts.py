"""The accounts of the example data. The keys work in the sandbox only."""

from __future__ import annotations

from typing import Any

ACCOUNTS: dict[str, dict[str, Any]] = {
    "volcengine": {
        "name": "Volcengine sandbox",
        "keys": {"access_key_id": "SANDBOXvolcengineKey0001", "secret_access_key": "sandbox-volcengine-secret-0001"},
        "endpoints": {"volcengine-push": "/sandbox/volcengine/"},
        "app_id": "65f0a1b2c3d4e5f6a7b8c9d0",
        "secrets": {"callback_secret": "sandbox-callback-secret-0001"},
        "settings": {},
    },
    "aliyun": {
        "name": "Aliyun sandbox",
        "keys": {"access_key_id": "SANDBOXaliyunKey0001", "access_key_secret": "sandbox-aliyun-secret-0001"},
        "endpoints": {
            "aliyun-rtc-record": "/sandbox/aliyun/rtc/",
            "aliyun-rtc-mpu": "/sandbox/aliyun/rtc/",
            "aliyun-live-mpu": "/sandbox/aliyun/live/",
        },
        "app_id": "9qb1test",
        "secrets": {},
        "settings": {"record_template_id": "sandbox1"},
    },
    "agora": {
        "name": "Agora sandbox",
        "keys": {"customer_id": "SANDBOXagoraCustomer0001", "customer_secret": "sandbox-agora-secret-0001"},
        "endpoints": {"agora-transcoder": "/sandbox/agora/"},
        "app_id": "a9b8c7d6e5f40312233445566778899a",
        "secrets": {
            "app_certificate": "5a4d6e0b1c2f3e4d9a8b7c6d5e4f3021",
            "callback_secret": "sandbox-callback-secret-0001",
        },
        "settings": {},
    },
}
