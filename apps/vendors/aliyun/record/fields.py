"""Settings and options of this product: the forms and their checks are made from them."""

from __future__ import annotations

from apps.vendors.aliyun.encoding import VOICES
from apps.vendors.aliyun.fields import SIGNATURE
from apps.vendors.contract import Field

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
    SIGNATURE,
)

TASK_OPTIONS = (
    Field(
        "record_template_id",
        "string",
        "Record template",
        "Another template than the app's, for this task.",
        pattern=TEMPLATE_PATTERN,
    ),
    VOICES,
)
