"""Keys, secrets and settings that all RTC products of Aliyun ask for."""

from __future__ import annotations

from apps.vendors.aliyun.wire.rpc import ACS3, V1
from apps.vendors.fields import Field

KEYS = (
    Field(
        "access_key_id",
        "string",
        "AccessKey ID",
        "Of a RAM user with permission for the actions of the products you use: rtc: for Aliyun RTC, live: for ApsaraVideo Live.",
        pattern=r"[A-Za-z0-9._-]{1,128}",
        required=True,
    ),
    Field(
        "access_key_secret",
        "string",
        "AccessKey secret",
        "Shown once, when you create the key in Aliyun's console.",
        required=True,
    ),
    Field("security_token", "string", "Security token", "Only for temporary (STS) keys."),
)

SECRETS = (
    Field(
        "callback_secret",
        "string",
        "Callback secret",
        "Leave empty: these Aliyun products do not sign their callbacks.",
    ),
)

SIGNATURE = Field(
    "signature",
    "choice",
    "Request signature",
    "ACS3 is the current version. Some private gateways only support V1.",
    default=ACS3,
    choices=((ACS3, "ACS3-HMAC-SHA256"), (V1, "RPC V1 (HMAC-SHA1)")),
)
