"""A team's own presets: saved from a layout, or brought as a file."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import Team
from apps.core.errors import Conflict, Invalid, Problem
from apps.core.json_text import unstorable
from apps.layout_document.places import SHAPES
from apps.layouts.models import LayoutPreset
from apps.live.broadcast import tell_team

MOST_PRESETS, MOST_PLACES = 200, 100  # of a team; in a shape
LONGEST_NAME = 60
FIRST, LAST = -1, 2  # where a place may begin, in canvases
LARGEST = 2
SMALLEST = 0.0005  # of a side: a pixel of the smallest canvas is larger
STREAMS = ("camera", "screen")
NUMBERS = ("x", "y", "width", "height")


@transaction.atomic
def create_preset(*, team: Team, user: Any, name: str, shapes: Any) -> LayoutPreset:
    Team.objects.select_for_update().get(pk=team.pk)
    if LayoutPreset.objects.filter(team=team).count() >= MOST_PRESETS:
        raise Conflict(_("A team can have at most %(n)s presets. Delete one first.") % {"n": MOST_PRESETS})
    made = LayoutPreset.objects.create(team=team, name=named(name), shapes=checked(shapes), created_by=user)
    tell_changed(made)
    return made


@transaction.atomic
def change_preset(preset: LayoutPreset, *, name: str | None = None, shapes: Any = None) -> LayoutPreset:
    if name is not None:
        preset.name = named(name)
    if shapes is not None:
        preset.shapes = checked(shapes)
    preset.save()
    tell_changed(preset)
    return preset


@transaction.atomic
def delete_preset(preset: LayoutPreset) -> None:
    """Layouts that were made with it stay as they are."""
    tell_changed(preset)
    preset.delete()


def tell_changed(preset: LayoutPreset) -> None:
    tell_team(preset.team_id, {"kind": "preset.changed", "preset_id": str(preset.pk)})


def named(name: str) -> str:
    """Raises `Invalid` with the pointer /name."""
    word = " ".join(name.split())
    problems = unstorable(word, "/name")
    if not 1 <= len(word) <= LONGEST_NAME:
        message = _("A name has 1 to %(n)s characters.") % {"n": LONGEST_NAME}
        problems.append(Problem("/name", "invalid", message))
    if problems:
        raise Invalid(_("The request is not valid."), problems=problems)
    return word


def checked(shapes: Any) -> dict[str, list[dict[str, Any]]]:
    """With nothing left out. Raises `Invalid` with pointers below /shapes."""
    if found := list(faults(shapes, "/shapes"))[:100]:
        raise Invalid(_("The request is not valid."), problems=found)
    return {shape: [{"stream": "camera", **place} for place in shapes[shape]] for shape in SHAPES if shape in shapes}


def faults(shapes: Any, at: str) -> Iterator[Problem]:
    if not isinstance(shapes, dict) or not shapes or not set(shapes) <= set(SHAPES):
        yield Problem(at, "invalid", _("A preset has positions for a wide, a tall or a square canvas."))
        return
    for shape, places in shapes.items():
        where = f"{at}/{shape}"
        if not isinstance(places, list) or not 1 <= len(places) <= MOST_PLACES:
            yield Problem(where, "invalid", _("Expected 1 to %(n)s positions.") % {"n": MOST_PLACES})
            continue
        for index, place in enumerate(places):
            yield from wrong_place(place, f"{where}/{index}")


def wrong_place(place: Any, at: str) -> Iterator[Problem]:
    if not isinstance(place, dict) or not set(NUMBERS) <= set(place) <= {*NUMBERS, "stream"}:
        yield Problem(at, "invalid", _("A position has x, y, width and height, and optionally a stream."))
        return
    if place.get("stream", "camera") not in STREAMS:
        yield Problem(f"{at}/stream", "not_allowed", _("A stream is camera or screen."))
    for name in NUMBERS:
        value = place[name]
        least, most = (FIRST, LAST) if name in ("x", "y") else (SMALLEST, LARGEST)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            yield Problem(f"{at}/{name}", "wrong_type", _("Expected a number."))
        elif not least <= value <= most:
            message = _("Expected a fraction of the canvas from %(least)s to %(most)s.")
            yield Problem(f"{at}/{name}", "out_of_range", message % {"least": least, "most": most})
