"""Keys, settings and options of this product: the forms and their checks are made from them."""

from __future__ import annotations

from apps.vendors.aliyun.rpc import ACS3, V1
from apps.vendors.contract import Field

KEYS = (
    Field(
        "access_key_id",
        "string",
        "AccessKey ID",
        "Of a RAM user that is allowed the rtc actions of this product.",
        pattern=r"[A-Za-z0-9._-]{1,128}",
        required=True,
    ),
    Field("access_key_secret", "string", "AccessKey secret", required=True),
    Field("security_token", "string", "Security token", "Only for temporary (STS) keys."),
)

SECRETS = (
    Field(
        "callback_secret", "string", "Callback secret", "Not used by recordings: Aliyun RTC does not sign callbacks."
    ),
)

TEMPLATE_PATTERN = r"[A-Za-z0-9_-]{1,64}"

APP_SETTINGS = (
    Field(
        "record_template_id",
        "string",
        "Record template",
        "Id of the template made in Aliyun's console. It holds the OSS bucket, file formats, split length, background"
        " and the callback URL: enter this app's callback URL there as HttpCallbackUrl.",
        pattern=TEMPLATE_PATTERN,
    ),
    Field(
        "signature",
        "choice",
        "Request signature",
        "ACS3 is current; some private gateways know only V1.",
        default=ACS3,
        choices=((ACS3, "ACS3-HMAC-SHA256"), (V1, "RPC V1 (HMAC-SHA1)")),
    ),
)

TASK_OPTIONS = (
    Field(
        "record_template_id",
        "string",
        "Record template",
        "Another template than the app's, for this task.",
        pattern=TEMPLATE_PATTERN,
    ),
    Field(
        "audio_mix_count",
        "integer",
        "People heard at once",
        "How many voices are mixed at most.",
        default=6,
        minimum=0,
        maximum=6,
    ),
)
