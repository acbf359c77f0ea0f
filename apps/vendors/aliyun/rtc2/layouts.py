"""Stored MPU layouts: Aliyun keeps pane rectangles apart from tasks, which only name a LayoutId.

A layout is known again by its content, so that the same picture is stored once (the layout operations allow only
10 calls a second, and deleting a layout in use kills the task that uses it).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Sequence
from dataclasses import dataclass

from apps.core.types import Json
from apps.layout_document.document import Canvas, Region
from apps.vendors.aliyun.rtc2.system_layouts import SYSTEM_LAYOUTS
from apps.vendors.aliyun.wire.rpc import rpc
from apps.vendors.aliyun.wire.values import flatten, r6
from apps.vendors.frame import Box, box_of
from apps.vendors.plan import PlannedRequest

MOST_PANES = 16
LEVELS = 3  # ZOrder 0 to 2 in the vendor's own editor; no range is published for the API
PLACEHOLDER = "layoutId"
KIND = "aliyun-rtc-layout:"  # how the content keys of layouts begin
SYSTEM_PANES = {identifier: len(panes) for identifier, panes in SYSTEM_LAYOUTS.items()}  # id → how many


def shares_of(box: Box, whole: Box) -> dict[str, float]:
    """A box as fractions of another. Edges are rounded, not sizes: neighbors share an edge, no sum exceeds 1."""
    left, right = r6((box.left - whole.left) / whole.width), r6((box.right - whole.left) / whole.width)
    top, bottom = r6((box.top - whole.top) / whole.height), r6((box.bottom - whole.top) / whole.height)
    return {"X": left, "Y": top, "Width": r6(right - left), "Height": r6(bottom - top)}


@dataclass(frozen=True, slots=True)
class Pane:
    """A region as a pane: `where` is clipped to the canvas, `depth` is its ZOrder."""

    number: int
    region: Region
    where: Box
    depth: int

    def parameters(self, canvas: Canvas, *, main: bool = False) -> dict[str, Json]:
        return {
            "PaneId": self.number,
            # Perhaps follows the active speaker, which no layout document asks for: only where the app's settings do.
            "MajorPane": int(main),
            **shares_of(self.where, Box(0, 0, canvas.width, canvas.height)),
            "ZOrder": self.depth,
        }


def depths(boxes: Sequence[Box]) -> list[int]:
    """For boxes in paint order: how long the longest chain of objects is that each overlaps and lies above.

    Side by side stays 0, so that few of the three levels are used.
    """
    found: list[int] = []
    for place, box in enumerate(boxes):
        under = [found[lower] for lower in range(place) if boxes[lower].overlaps(box)]
        found.append(max(under, default=-1) + 1)
    return found


def panes_of(regions: Sequence[Region], canvas: Canvas, levels: Sequence[int] | None = None) -> tuple[Pane, ...]:
    """Regions (in paint order, each meeting the canvas, at most 16) as panes, numbered top-left to bottom-right.

    `levels` are their depths where other things lie between them; else the regions' own count.
    """
    whole = Box(0, 0, canvas.width, canvas.height)
    boxes = [box_of(region).meet(whole) for region in regions]
    levels = depths(boxes) if levels is None else levels
    order = sorted(range(len(regions)), key=lambda place: (boxes[place].top, boxes[place].left, place))
    return tuple(Pane(number, regions[place], boxes[place], levels[place]) for number, place in enumerate(order))


def main_of(panes: Sequence[Pane], bound: Container[str]) -> Pane | None:
    """The largest pane that has no person of its own, the first of several. `bound` are region ids."""
    free = [pane for pane in panes if pane.region.id not in bound]
    return max(free, key=lambda item: (item.where.width * item.where.height, -item.number), default=None)


def name_of(key: str) -> str:
    """What a layout of this content is called at Aliyun, to be found again by."""
    return f"quadbox-{key.rpartition(':')[2][:16]}"


def content_key(app_id: str, audio_mix_count: int, panes: Sequence[dict[str, Json]]) -> str:
    """The same for the same panes as they are sent, in the same app."""
    content = [app_id, audio_mix_count, flatten({"Panes": list(panes)})]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return f"{KIND}{hashlib.sha256(text.encode()).hexdigest()}"


def create_layout(
    app_id: str,
    audio_mix_count: int,
    panes: Sequence[dict[str, Json]],
    *,
    signing: str,
    key: str,
    in_form: bool = False,
) -> PlannedRequest:
    """`CreateMPULayout`; its answer fills `{layoutId}`. Repeating it leaves a duplicate behind, nothing worse."""
    parameters = {
        "AppId": app_id,
        "Name": name_of(key),
        "AudioMixCount": audio_mix_count,
        "Panes": list(panes),
    }
    return rpc(
        "CreateMPULayout",
        parameters,
        signing=signing,
        gives={PLACEHOLDER: "/LayoutId"},
        remember={key: PLACEHOLDER},
        in_form=in_form,
    )
