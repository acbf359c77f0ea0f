"""Settings and options of this product: the forms and their checks are made from them."""

from __future__ import annotations

from apps.core.errors import Invalid
from apps.core.types import Json
from apps.vendors.aliyun import assumptions, mixing
from apps.vendors.aliyun.encoding import VOICES
from apps.vendors.aliyun.fields import SIGNATURE
from apps.vendors.contract import Field, TaskSpec
from apps.vendors.fields import check_fields

TEMPLATE_PATTERN = r"[A-Za-z0-9_-]{1,64}"

APP_SETTINGS = (
    Field(
        "record_template_id",
        "string",
        "Record template",
        "Id of the template made in Aliyun's console. It holds the OSS bucket, file formats, split length, background"
        " and the callback URL: enter this app's callback URL there as HttpCallbackUrl.",
        pattern=TEMPLATE_PATTERN,
        listed=True,
    ),
    SIGNATURE,
    *assumptions.SETTINGS,
)

TASK_OPTIONS = (
    Field(
        "record_template_id",
        "string",
        "Record template",
        "Another template than the app's, for this task.",
        pattern=TEMPLATE_PATTERN,
        listed=True,
    ),
    Field(
        "mode",
        "choice",
        "What is recorded",
        "One person's stream is recorded as it is, without the layout: the first region that has a person. It cannot"
        " change while it is recorded.",
        default=mixing.MIX,
        choices=(
            (mixing.MIX, "The layout, mixed"),
            (mixing.SOUND, "Sound only, mixed"),
            (mixing.SINGLE, "One person's stream"),
        ),
    ),
    Field(
        "single_stream",
        "choice",
        "Of one person's stream",
        "Only where one person's stream is recorded.",
        default=0,
        choices=((0, "Picture and sound"), (1, "Sound only")),
    ),
    VOICES,
    *mixing.OPTIONS,
)
_DEFAULTS = {option.name: option.default for option in TASK_OPTIONS}


def options_of(spec: TaskSpec) -> dict[str, Json]:
    """Every option with its value or its default. Raises `Invalid` for values out of range."""
    if problems := check_fields(TASK_OPTIONS, spec.options, "/options"):
        raise Invalid("The options cannot be used.", problems=problems)
    return {
        name: default if spec.options.get(name) in (None, "") else spec.options[name]
        for name, default in _DEFAULTS.items()
    }
