"""What a payload says of its task beside the layout: the encoding, the options and where it goes, in our words. What we
have no words for is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.core import json_pointer
from apps.core.errors import Problem
from apps.core.types import Json
from apps.vendors.capabilities import EncodingCapabilities
from apps.vendors.fields import Field, check_fields
from apps.vendors.importing.payload import is_number, push_to, unread


@dataclass(slots=True)
class TaskSettings:
    """`fields` and `ranges` are the product's own; what they do not allow is told and not taken."""

    fields: Iterable[Field]
    ranges: EncodingCapabilities
    problems: list[Problem]
    encoding: dict[str, Json] = field(default_factory=dict)
    options: dict[str, Json] = field(default_factory=dict)
    urls: list[str] = field(default_factory=list)

    def option(self, name: str, value: Json, pointer: str) -> None:
        """An option, unless it is as it would be without being said."""
        (known,) = (field for field in self.fields if field.name == name)
        value = plain(value) if known.type in ("integer", "number") else value
        if value in (None, "") or (value == known.default and isinstance(value, bool) == (known.type == "boolean")):
            return
        if check_fields((known,), {name: value}, ""):
            self.problems.append(unread(pointer, "unknown_word"))
        else:
            self.options[name] = value

    def encode(self, name: str, value: Json, pointer: str) -> None:
        """One word of an encoding: a number in the product's range, or one of its choices."""
        value = plain(value)
        if value is None or value == "":
            return
        span = getattr(self.ranges, name, None)
        choices = {"audio_sample_rate": self.ranges.audio_sample_rates, "audio_channels": self.ranges.audio_channels,
                   "codec": self.ranges.codecs}.get(name)  # fmt: skip
        if choices is None:
            fits = is_number(value) and span is not None and span.minimum <= value <= span.maximum
        else:
            fits = not isinstance(value, bool) and value in choices
        if fits:
            self.encoding[name] = value
        else:
            self.problems.append(unread(pointer, "unknown_word"))

    def push(self, value: Json, pointer: str) -> None:
        """An address the stream goes to."""
        if value in (None, ""):
            return
        found = push_to(value)
        self.urls += found.get("push_urls", [])
        if not found:
            self.problems.append(unread(pointer, "push_address"))

    def beside(self, value: Mapping[str, Json], known: Iterable[str], where: str, settings: Iterable[str] = ()) -> None:
        """Names the members that are options we have no word for; `settings` are those that an app has here."""
        words, of_the_app = set(known), set(settings)
        self.problems += [
            unread(json_pointer.join(where, name), "app_setting" if name in of_the_app else "task_option")
            for name in value
            if name not in words
        ]

    def usual(self, value: Mapping[str, Json], said: Mapping[str, Json], where: str) -> None:
        """Names those members that are not as they would be without being said."""
        for name, usual in said.items():
            if name in value and value[name] not in (None, usual):
                self.problems.append(unread(json_pointer.join(where, name), "task_option"))

    @property
    def output(self) -> dict[str, Json]:
        """Of a task that pushes; nothing where no address was taken."""
        return {"push_urls": self.urls} if self.urls else {}

    def taken(self) -> dict[str, Any]:
        """The members of an `Imported` of these names."""
        return {"encoding": self.encoding, "options": self.options, "not_understood": tuple(self.problems)}


def plain(value: Json) -> Json:
    """A number that was written as text, or as 2.0, as a number; anything else as it is."""
    if isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            return value
        value = number if abs(number) < 1e15 else value
    return int(value) if isinstance(value, float) and value.is_integer() else value
