"""`{{ field.help|spoken }}`: a text of a pure package, in the reader's language."""

from __future__ import annotations

from django import template

from apps.core.spoken import speak

register = template.Library()


@register.filter
def spoken(text: object) -> str:
    return speak(str(text)) if text is not None else ""
