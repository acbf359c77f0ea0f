"""Secrets known by their value: wherever one stands in a text, in whatever words, it is hidden.

Names and forms ("Signature=…", the last part of a push URL) are known to `vendors.redaction`; a cloud that repeats a
key in a free sentence is only caught by the value itself.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from urllib.parse import quote, quote_plus

from apps.core.types import Json

HIDDEN = "***"
MIN_LENGTH = 6  # characters; a shorter value would blot out ordinary words
MAX_REMEMBERED = 2_000  # values that this process keeps in mind for its log


class SecretValues:
    """Values to hide, also where they are percent-encoded or escaped as JSON does."""

    def __init__(self, values: Iterable[Json]) -> None:
        forms = {
            form for value in values for text in texts_in(value) if len(text) >= MIN_LENGTH for form in forms_of(text)
        }
        # The longest first: one secret may be part of another.
        self.forms = sorted(forms, key=lambda form: (-len(form), form))

    def hide(self, text: str) -> str:
        for form in self.forms:
            if form in text:
                text = text.replace(form, HIDDEN)
        return text

    def hide_all(self, value: Json) -> Json:
        """The same JSON value, hidden at every depth, in names too."""
        if not self.forms:
            return value
        if isinstance(value, str):
            return self.hide(value)
        if isinstance(value, Mapping):
            return {self.hide(str(name)): self.hide_all(inner) for name, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.hide_all(item) for item in value]
        return value


def texts_in(value: Json) -> Iterable[str]:
    """Every text in a JSON value, names left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts_in(item)


def forms_of(text: str) -> set[str]:
    return {text, quote(text, safe=""), quote(text, safe="~"), quote_plus(text), json.dumps(text)[1:-1]}


class _RememberedSecrets:
    """The secrets this process has read or written lately: what it never held, it cannot let slip."""

    def __init__(self) -> None:
        self.values: OrderedDict[str, None] = OrderedDict()
        self.hidden_by: SecretValues | None = None
        self.lock = threading.Lock()

    def remember(self, value: Json) -> None:
        new = [text for text in texts_in(value) if len(text) >= MIN_LENGTH]
        with self.lock:
            for text in new:
                if text not in self.values:
                    self.values[text] = None
                    self.hidden_by = None
                self.values.move_to_end(text)
            while len(self.values) > MAX_REMEMBERED:
                self.values.popitem(last=False)
                self.hidden_by = None

    def secrets(self) -> SecretValues:
        with self.lock:
            if self.hidden_by is None:
                self.hidden_by = SecretValues(list(self.values))
            return self.hidden_by


_remembered = _RememberedSecrets()
remember = _remembered.remember


def hide_remembered(value: Json) -> Json:
    """The value without any secret that this process has in mind: for log lines, whose writers know of no task."""
    return _remembered.secrets().hide_all(value)
