"""The words people file layouts under."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from apps.core.errors import Invalid, Problem
from apps.core.json_text import unstorable

MAX_TAGS, MAX_LENGTH = 10, 30


def validate_tags(tags: Iterable[str]) -> list[str]:
    """Trimmed, each once whatever its case, in the order given. Raises `Invalid` with pointers below /tags."""
    by_case: dict[str, str] = {}
    problems: list[Problem] = []
    for index, tag in enumerate(tags):
        word = " ".join(tag.split())
        if not 1 <= len(word) <= MAX_LENGTH or "," in word:
            message = _("A tag has 1 to %(n)s characters and no commas.") % {"n": MAX_LENGTH}
            problems.append(Problem(f"/tags/{index}", "invalid", message))
        problems += unstorable(word, f"/tags/{index}")
        by_case.setdefault(word.casefold(), word)
    if len(by_case) > MAX_TAGS:
        problems.append(Problem("/tags", "too_many", _("A layout can have at most %(n)s tags.") % {"n": MAX_TAGS}))
    if problems:
        raise Invalid(_("The request is not valid."), problems=problems)
    return list(by_case.values())
