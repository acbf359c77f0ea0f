"""A team's own presets: saved from a layout, or uploaded as a file."""

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
from apps.live.broadcast import send_to_team

MAX_PRESETS, MAX_PLACES = 200, 100  # of a team; in a shape
MAX_NAME = 60
MIN_POSITION, MAX_POSITION = -1, 2  # where a place may begin, in canvases
MAX_SIDE = 2
MIN_SIDE = 0.0005  # of a side: a pixel of the smallest canvas is larger
STREAMS = ("camera", "screen")
NUMBERS = ("x", "y", "width", "height")


@transaction.atomic
def create_preset(*, team: Team, user: Any, name: str, shapes: Any) -> LayoutPreset:
    Team.objects.select_for_update().get(pk=team.pk)
    if LayoutPreset.objects.filter(team=team).count() >= MAX_PRESETS:
        raise Conflict(_("A team can have at most %(n)s presets. Delete one first.") % {"n": MAX_PRESETS})
    preset = LayoutPreset.objects.create(
        team=team, name=validate_name(name), shapes=validate_shapes(shapes), created_by=user
    )
    broadcast_changed(preset)
    return preset


@transaction.atomic
def change_preset(preset: LayoutPreset, *, name: str | None = None, shapes: Any = None) -> LayoutPreset:
    if name is not None:
        preset.name = validate_name(name)
    if shapes is not None:
        preset.shapes = validate_shapes(shapes)
    preset.save()
    broadcast_changed(preset)
    return preset


@transaction.atomic
def delete_preset(preset: LayoutPreset) -> None:
    """Layouts that were made with it stay as they are."""
    broadcast_changed(preset)
    preset.delete()


def broadcast_changed(preset: LayoutPreset) -> None:
    send_to_team(preset.team_id, {"kind": "preset.changed", "preset_id": str(preset.pk)})


def validate_name(name: str) -> str:
    """Raises `Invalid` with the pointer /name."""
    word = " ".join(name.split())
    problems = unstorable(word, "/name")
    if not 1 <= len(word) <= MAX_NAME:
        message = _("A name has 1 to %(n)s characters.") % {"n": MAX_NAME}
        problems.append(Problem("/name", "invalid", message))
    if problems:
        raise Invalid(_("The request is not valid."), problems=problems)
    return word


def validate_shapes(shapes: Any) -> dict[str, list[dict[str, Any]]]:
    """With nothing left out. Raises `Invalid` with pointers below /shapes."""
    if problems := list(shape_problems(shapes, "/shapes"))[:100]:
        raise Invalid(_("The request is not valid."), problems=problems)
    return {shape: [{"stream": "camera", **place} for place in shapes[shape]] for shape in SHAPES if shape in shapes}


def shape_problems(shapes: Any, pointer: str) -> Iterator[Problem]:
    if not isinstance(shapes, dict) or not shapes or not set(shapes) <= set(SHAPES):
        yield Problem(pointer, "invalid", _("A preset has positions for a wide, a tall or a square canvas."))
        return
    for shape, places in shapes.items():
        where = f"{pointer}/{shape}"
        if not isinstance(places, list) or not 1 <= len(places) <= MAX_PLACES:
            yield Problem(where, "invalid", _("Expected 1 to %(n)s positions.") % {"n": MAX_PLACES})
            continue
        for index, place in enumerate(places):
            yield from place_problems(place, f"{where}/{index}")


def place_problems(place: Any, pointer: str) -> Iterator[Problem]:
    if not isinstance(place, dict) or not set(NUMBERS) <= set(place) <= {*NUMBERS, "stream"}:
        yield Problem(pointer, "invalid", _("A position has x, y, width and height, and optionally a stream."))
        return
    if place.get("stream", "camera") not in STREAMS:
        yield Problem(f"{pointer}/stream", "not_allowed", _("A stream is camera or screen."))
    for name in NUMBERS:
        value = place[name]
        low, high = (MIN_POSITION, MAX_POSITION) if name in ("x", "y") else (MIN_SIDE, MAX_SIDE)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            yield Problem(f"{pointer}/{name}", "wrong_type", _("Expected a number."))
        elif not low <= value <= high:
            message = _("Expected a fraction of the canvas from %(least)s to %(most)s.")
            yield Problem(f"{pointer}/{name}", "out_of_range", message % {"least": low, "most": high})
