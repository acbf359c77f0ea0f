"""`{{ field.help|translated }}`: a text of a pure package, in the reader's language."""

from __future__ import annotations

from django import template

from apps.core.translate import translate

register = template.Library()


@register.filter
def translated(text: object) -> str:
    return translate(str(text)) if text is not None else ""
