"""Settings and options of this product: the forms and their checks are made from them."""

from __future__ import annotations

from apps.core.errors import Invalid
from apps.core.types import Json
from apps.vendors.aliyun.fields import SIGNATURE
from apps.vendors.aliyun.rtc2 import assumptions, mixing
from apps.vendors.aliyun.rtc2.encoding import VOICES
from apps.vendors.fields import Field, check_fields
from apps.vendors.types import TaskSpec

TEMPLATE_PATTERN = r"[A-Za-z0-9_-]{1,64}"

APP_SETTINGS = (
    Field(
        "record_template_id",
        "string",
        "Record template",
        "ID of the template created in Aliyun's console. It sets the OSS bucket, file formats, split length, background and callback URL. Enter this app's callback URL there as HttpCallbackUrl.",
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
        "A different template for this task.",
        pattern=TEMPLATE_PATTERN,
        listed=True,
    ),
    Field(
        "mode",
        "choice",
        "Content to record",
        "The stream is recorded unchanged, without the layout: the first region with a person. It cannot change while the task records.",
        default=mixing.MIX,
        choices=(
            (mixing.MIX, "The layout, mixed"),
            (mixing.SOUND, "Audio only, mixed"),
            (mixing.SINGLE, "A single stream"),
        ),
    ),
    Field(
        "single_stream",
        "choice",
        "Streams of that person",
        "Only for a single stream.",
        default=0,
        choices=((0, "Video and audio"), (1, "Audio only")),
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
