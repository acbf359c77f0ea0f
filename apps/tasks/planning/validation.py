"""What a task's own fields must be, before any product is asked. Pointers are into the task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from apps.core import json_pointer
from apps.core.errors import Invalid, Problem
from apps.credentials.models import App
from apps.tasks.inputs import PlanRequest
from apps.tasks.models import Task
from apps.vendors.fields import Field
from apps.vendors.registry import adapter

ROOM = re.compile(r"[A-Za-z0-9_@.\- !#$%&()+:;<=>?\[\]^{}|~,]{1,128}")  # the union of what the clouds allow
ENCODING = {"width": (16, 3840), "height": (16, 3840), "fps": (1, 60), "bitrate_kbps": (1, 50_000)}
CODECS = ("h264", "h265", "bytevc1")
MORE_ENCODING = {"gop_seconds", "audio_bitrate_kbps", "audio_sample_rate", "audio_channels"}
MAX_SLOTS, MAX_TEXT_LENGTH = 100, 1000


def check_fields(task: Task) -> None:
    """Raises `Invalid` with every problem."""
    problems = list(find(task))
    if problems:
        raise Invalid(_("This task is not valid."), problems=problems)


def find(task: Task) -> Iterator[Problem]:
    product = adapter(task.product)
    if task.app.team_id != task.team_id:
        yield Problem("/app", "does_not_exist", _("There is no such app."))
    elif task.app.vendor != product.vendor:
        yield Problem("/product", "other_vendor", other_vendor(task.app))
    if task.layout is not None and task.layout.team_id != task.team_id:
        yield Problem("/layout", "does_not_exist", _("There is no such layout."))
    if not ROOM.fullmatch(task.room):
        yield Problem("/room", "invalid", _("A room ID has 1 to 128 characters: letters, digits and _ @ . -."))
    yield from find_bindings(task.bindings)
    yield from find_variables(task.variables)
    yield from find_output(task.output, product.output_kind)
    yield from find_encoding(task.encoding)
    yield from find_options(task.options, product.task_options)


def find_bindings(bindings: Any) -> Iterator[Problem]:
    if not isinstance(bindings, Mapping):
        yield Problem("/bindings", "invalid", _('Expected an object like {"host": {"user_id": "123"}}.'))
        return
    if len(bindings) > MAX_SLOTS:
        yield Problem("/bindings", "too_many", _("At most %(n)s slots.") % {"n": MAX_SLOTS})
        return
    for slot, binding in bindings.items():
        where = json_pointer.join("/bindings", slot)
        if not isinstance(binding, Mapping) or set(binding) != {"user_id"}:
            yield Problem(where, "invalid", _('Expected {"user_id": "…"}.'))
        elif not isinstance(binding["user_id"], str) or not 0 < len(binding["user_id"]) <= 128:
            yield Problem(f"{where}/user_id", "invalid", _("Expected a text of 1 to 128 characters."))


def find_variables(variables: Any) -> Iterator[Problem]:
    if not isinstance(variables, Mapping):
        yield Problem("/variables", "invalid", _("Expected an object with text values."))
        return
    for name, text in variables.items():
        if not isinstance(text, str) or len(text) > MAX_TEXT_LENGTH:
            where = json_pointer.join("/variables", name)
            yield Problem(where, "invalid", _("Expected a text of at most %(n)s characters.") % {"n": MAX_TEXT_LENGTH})


def find_output(output: Any, kind: str) -> Iterator[Problem]:
    wanted = {"push": "push_urls", "rtc": "rtc", "record": "record"}[kind]
    if not isinstance(output, Mapping) or (set(output) - {wanted}):
        yield Problem("/output", "invalid", _('This product expects {"%(name)s": …}.') % {"name": wanted})
        return
    value = output.get(wanted)
    if kind == "push":
        if not isinstance(value, list) or not value:
            yield Problem("/output/push_urls", "required", _("Enter a push URL."))
            return
        for index, url in enumerate(value):
            if not is_push_url(url):
                yield Problem(f"/output/push_urls/{index}", "invalid", _("Expected a URL like rtmp://host/app/key."))
    elif value is not None and not isinstance(value, Mapping):
        yield Problem(f"/output/{wanted}", "invalid", _("Expected an object."))


def is_push_url(url: Any) -> bool:
    if not isinstance(url, str) or len(url) > 2000 or any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
        # "***" is how a URL is shown whose stream key is masked: sent back by mistake it would push nowhere.
        return parts.scheme in ("rtmp", "rtmps", "srt") and bool(parts.hostname) and "***" not in url
    except ValueError:
        return False


def find_encoding(encoding: Any) -> Iterator[Problem]:
    if not isinstance(encoding, Mapping):
        yield Problem("/encoding", "invalid", _("Expected an object."))
        return
    for name, value in encoding.items():
        where = json_pointer.join("/encoding", name)
        if name == "codec":
            if value not in CODECS:
                yield Problem(where, "invalid_choice", expected_one_of(CODECS))
        elif name in ENCODING:
            low, high = ENCODING[name]
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                yield Problem(
                    where,
                    "out_of_range",
                    _("Expected a whole number from %(low)s to %(high)s.") % {"low": low, "high": high},
                )
        elif name in MORE_ENCODING:
            if isinstance(value, bool) or not isinstance(value, int | float):
                yield Problem(where, "invalid", _("Expected a number."))
        else:
            yield Problem(where, "unknown", _("There is no such setting."))


def find_options(options: Any, fields: tuple[Field, ...]) -> Iterator[Problem]:
    if not isinstance(options, Mapping):
        yield Problem("/options", "invalid", _("Expected an object."))
        return
    known = {field.name: field for field in fields}
    for name, value in options.items():
        if name == "playback_url":  # ours: where the team's CDN shows the picture
            continue
        where = json_pointer.join("/options", name)
        field = known.get(name)
        if field is None:
            yield Problem(where, "unknown", _("This product has no such option."))
        elif message := value_problem(field, value):
            yield Problem(where, "invalid", message)


def value_problem(field: Field, value: Any) -> str:
    """What is wrong with a value for this field, "" if nothing."""
    if field.type == "boolean":
        return "" if isinstance(value, bool) else _("Expected true or false.")
    if field.type == "choice":
        choices = [choice for choice, _label in field.choices]
        return "" if value in choices else expected_one_of(choices)
    if field.type == "string":
        if not isinstance(value, str) or len(value) > 10_000:
            return _("Expected a text.")
        return (
            ""
            if not field.pattern or re.fullmatch(field.pattern, value)
            else _("Expected the form %(pattern)s.") % {"pattern": field.pattern}
        )
    if isinstance(value, bool) or not isinstance(value, int if field.type == "integer" else int | float):
        return _("Expected a whole number.") if field.type == "integer" else _("Expected a number.")
    if (field.minimum is not None and value < field.minimum) or (field.maximum is not None and value > field.maximum):
        return expected_range(field)
    return ""


def expected_range(field: Field) -> str:
    if field.maximum is None:
        return _("Expected at least %(low)s.") % {"low": f"{field.minimum:g}"}
    if field.minimum is None:
        return _("Expected at most %(high)s.") % {"high": f"{field.maximum:g}"}
    return _("Expected %(low)s to %(high)s.") % {"low": f"{field.minimum:g}", "high": f"{field.maximum:g}"}


def expected_one_of(choices: Iterable[Any]) -> str:
    return _("Expected one of %(choices)s.") % {"choices": ", ".join(map(str, choices))}


def other_vendor(app: App) -> str:
    return _("The app “%(app)s” belongs to %(vendor)s.") % {"app": app.name, "vendor": app.vendor}


def loose_problems(request: PlanRequest) -> list[Problem]:
    """What is wrong with a plan without a task, where everything may be missing."""
    product = adapter(request.product)
    problems = [
        *find_bindings(request.bindings or {}),
        *find_variables(request.variables or {}),
        *find_encoding(request.encoding or {}),
    ]
    if request.output and request.output != {"push_urls": []}:  # the form before a URL is entered
        problems += find_output(request.output, product.output_kind)
    if request.options:
        problems += find_options(request.options, product.task_options)
    if request.app is not None and request.app.vendor != product.vendor:
        problems.append(Problem("/product", "other_vendor", other_vendor(request.app)))
    if request.room and not ROOM.fullmatch(request.room):
        problems.append(
            Problem("/room", "invalid", _("A room ID has 1 to 128 characters: letters, digits and _ @ . -."))
        )
    return problems


def check_plan_request(request: PlanRequest) -> None:
    """Raises `Invalid`."""
    if problems := loose_problems(request):
        raise Invalid(_("The plan could not be created."), problems=problems)
