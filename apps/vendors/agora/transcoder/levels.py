"""Which `zOrder` each picture gets, at a start and around what cannot move on air; and a place with its level."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from apps.vendors.agora.transcoder.capabilities import HIGHEST, LOWEST_PERSON
from apps.vendors.agora.transcoder.layers import Mark, Seat
from apps.vendors.agora.transcoder.phrases import say
from apps.vendors.frame import Box
from apps.vendors.plan import Finding


def levels(paint: Sequence[Seat | Mark]) -> list[int]:
    """zOrder for each, back to front, all different: what equal ones do is not documented.

    Overlays below all people take 0 and 1, those above all of them the highest: that leaves room for people who come
    while the task runs, when overlays cannot move any more.
    """
    seats = [at for at, layer in enumerate(paint) if isinstance(layer, Seat)]
    first, last = (seats[0], seats[-1]) if seats else (len(paint), len(paint))
    found: list[int] = []
    level = LOWEST_PERSON
    for at, _ in enumerate(paint):
        if at < min(first, LOWEST_PERSON):
            found.append(at)
        elif at > last:
            found.append(HIGHEST - (len(paint) - 1 - at))
        else:
            found.append(level)
            level += 1
    return found


def levels_on_air(
    paint: Sequence[Seat | Mark], fixed: Callable[[Mark], int | None], findings: list[Finding]
) -> list[int | None]:
    """zOrder for each seat around overlays that keep theirs; None for an overlay that is not there."""
    found: list[int | None] = []
    level = LOWEST_PERSON
    for at, layer in enumerate(paint):
        if isinstance(layer, Mark):
            kept = fixed(layer)
            found.append(kept)
            if kept is not None:
                level = max(level, kept + 1)
            continue
        above = [z for other in paint[at:] if isinstance(other, Mark) and (z := fixed(other)) is not None]
        if level > HIGHEST or (above and level >= min(above)):
            findings.append(say("order_fixed_on_air", layer.region.id))
        found.append(min(level, HIGHEST))
        level += 1
    return found


def region_of(box: Box, level: int) -> dict[str, int]:
    return {"x": box.left, "y": box.top, "width": box.width, "height": box.height, "zOrder": level}
