"""`{{name}}` in texts, filled from a task's variables. A name is 1 to 64 characters, none a space or a brace."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Space is written out: what `\s` means differs between Python and JavaScript.
VARIABLE = re.compile(r"\{\{[ \t]*([^\s{}]{1,64})[ \t]*\}\}")


def names(text: str) -> tuple[str, ...]:
    """The variables a text asks for, each once, in order of appearance."""
    return tuple(dict.fromkeys(VARIABLE.findall(text)))


def missing(text: str, variables: Mapping[str, str]) -> tuple[str, ...]:
    """The variables a text asks for and nobody gave."""
    return tuple(name for name in names(text) if name not in variables)


def fill(text: str, variables: Mapping[str, str]) -> str:
    """The text with its variables put in, once: a value's own braces stay as they are. What is `missing` stays
    visible as `{{name}}`, so that it is noticed before it is on air."""
    return VARIABLE.sub(lambda found: variables.get(found[1], found[0]), text)
