"""Times for people: relative in words, the exact one on hover in the person's zone (TeamMiddleware activates it).

The words are those that static/src/behaviors/ages.ts ticks on with, so nothing moves when the page comes alive.
"""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag
def ago(moment: dt.datetime | None, limit: int | None = None) -> SafeString:
    """`<time>` that says how long ago; amber once older than `limit` seconds. Nothing for None."""
    if moment is None:
        return mark_safe("")
    stale = limit is not None and (timezone.now() - moment).total_seconds() > limit
    attributes = format_html(' data-age-limit="{}"', limit) if limit is not None else ""
    return format_html(
        '<time data-age{} class="tabular{}" datetime="{}" title="{}">{}</time>',
        attributes,
        " is-stale" if stale else "",
        iso(moment),
        exact(moment),
        age_in_words(moment),
    )


@register.simple_tag
def uptime(since: dt.datetime | None) -> SafeString:
    """`<time>` that counts up from a moment, as "1:02:03". Nothing for None."""
    if since is None:
        return mark_safe("")
    text = clock((timezone.now() - since).total_seconds())
    return format_html(
        '<time data-uptime class="tabular" datetime="{}" title="{}">{}</time>', iso(since), exact(since), text
    )


@register.filter
def exact(moment: dt.datetime | None) -> str:
    """The moment in the person's zone, to the second, with the zone's name."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S %Z") if moment else ""


def iso(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def age_in_words(moment: dt.datetime) -> str:
    seconds = max(0, int((timezone.now() - moment).total_seconds()))
    if seconds < 60:
        return _("%(n)s sec. ago") % {"n": seconds}
    if seconds < 3600:
        return _("%(n)s min. ago") % {"n": seconds // 60}
    if seconds < 86400:
        return _("%(n)s hr. ago") % {"n": seconds // 3600}
    days = seconds // 86400
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}


def clock(seconds: float) -> str:
    """75.4 → "1:15"; 3675 → "1:01:15"."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
