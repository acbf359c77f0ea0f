"""What the readers of foreign payloads share: regions from boxes, and the document made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from apps.core.errors import Problem
from apps.core.types import Json, JsonObject
from apps.layout_document.document import Fit
from apps.vendors.importing.payload import Pictures, Seats, layout_of, unknown_members, unread
from apps.vendors.types import Imported

NOT_UNDERSTOOD = {
    "no_positions": "This has no positions for a layout: only custom layouts with coordinates can be imported.",
    "size_unknown": "The size of the picture is not in this payload. 1280 × 720 was used.",
    "opacity": "This must be a number from 0 to 1. The region was made opaque.",
}
USUAL_SIZE = (1280, 720)  # pixels


@dataclass(slots=True)
class Reading:
    """A layout in the making. Coordinates are canvas pixels; `depth` orders objects, equal ones in their order."""

    width: int
    height: int
    problems: list[Problem] = field(default_factory=list)
    seats: Seats = field(default_factory=Seats)
    canvas: dict[str, Json] = field(default_factory=dict)
    _objects: list[tuple[float, str, dict[str, Json]]] = field(default_factory=list)

    def url(self, value: Json, pointer: str) -> str:
        return Pictures(self.problems).url(value, pointer)

    def skip(self, value: Mapping[str, Json], known: Iterable[str], pointer: str) -> None:
        """Names the members that are not read."""
        self.problems += unknown_members(value, known, pointer)

    def region(
        self,
        person: str,
        box: tuple[float, float, float, float],
        pointer: str,
        *,
        name: str = "",
        stream: str = "camera",
        fit: Fit = "cover",
        depth: float = 0,
        **members: Json,
    ) -> None:
        """`box` is left, top, width, height. Edges are rounded, so that regions that touch still do."""
        number = len(self._objects) + 1
        slot = self.seats.slot(person, number)
        region: JsonObject = {
            "kind": "region",
            "id": f"r{number}",
            "name": (name or person)[:80],
            **place(box),
            "fit": fit,
        }
        region |= {"source": {"slot": slot, "stream": stream}, **members}
        self._objects.append((depth, pointer, region))

    def image(
        self, url: str, box: tuple[float, float, float, float], pointer: str, *, depth: float = 0, **members: Json
    ) -> None:
        number = len(self._objects) + 1
        image: JsonObject = {"kind": "image", "id": f"i{number}", **place(box), "fit": "stretch", "url": url, **members}
        self._objects.append((depth, pointer, image))

    def text(
        self, text: str, box: tuple[float, float, float, float], pointer: str, *, depth: float = 0, **members: Json
    ) -> None:
        number = len(self._objects) + 1
        self._objects.append(
            (depth, pointer, {"kind": "text", "id": f"t{number}", **place(box), "text": text[:1000], **members})
        )

    def opacity(self, value: Json, pointer: str) -> float:
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1):
            return 1 if value is None else value
        self.problems.append(unread(pointer, "opacity", NOT_UNDERSTOOD))
        return 1

    def made(self, room: str = "") -> Imported:
        """Raises `Invalid` when the numbers make no layout."""
        ordered = sorted(self._objects, key=lambda entry: entry[0])
        canvas = {"width": self.width, "height": self.height, **self.canvas}
        objects = [value for _depth, _pointer, value in ordered]
        places = {f"/objects/{at}": pointer for at, (_depth, pointer, _value) in enumerate(ordered)}
        document = layout_of({"schema": "quadbox.layout/1", "canvas": canvas, "objects": objects}, {"": "", **places})
        return Imported(document, self.seats.bindings, tuple(self.problems), room=room)


def place(box: tuple[float, float, float, float]) -> dict[str, int]:
    left, top, width, height = box
    x, y = round(left), round(top)
    return {"x": x, "y": y, "width": max(1, round(left + width) - x), "height": max(1, round(top + height) - y)}


def one_of(value: Json, words: Mapping[int, Fit], pointer: str, problems: list[Problem], default: int) -> Fit:
    """Our word for a number of theirs; that of the default where we know none."""
    number = default if value is None else value
    if isinstance(number, int) and not isinstance(number, bool) and number in words:
        return words[number]
    problems.append(unread(pointer, "unknown_word"))
    return words[default]
