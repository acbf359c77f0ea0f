"""What is to be seen, as plain values: a canvas and its layers, back to front. An emulator makes one from its payload.

Lengths are canvas pixels with the origin top-left and may be fractions; shares are 0..1; colors are `#RRGGBB` or, for
text and its background, also `#RRGGBBAA`. Paths are absolute: a job has a working directory of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, get_args

Stream = Literal["camera", "screen"]
Kind = Literal["person", "picture", "text", "empty"]
Fit = Literal["cover", "contain", "stretch"]
Align = Literal["left", "center", "right"]
Fractions = tuple[float, float, float, float]  # x, y, width, height as shares of the source


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the room. `width` and `height` give the shape of what they send; `audible` is their microphone."""

    user_id: str
    name: str
    stream: Stream = "camera"
    color: str = "#3366AA"
    publishing: bool = True
    width: int = 1280
    height: int = 720
    audible: bool = True


@dataclass(frozen=True, slots=True)
class Layer:
    """One thing on the canvas.

    - `person`: their stream; when they do not publish (or are missing) the picture at `placeholder_path`, else nothing.
    - `picture`: the file at `path`; a file that cannot be read draws nothing.
    - `text`: `text` at `size` px; a width or height of 0 means "as large as the text" and its `padding`.
    - `empty`: a pane without anybody: its `placeholder_path`, else a plain area of `bars`, else nothing.

    `bars` is the color beside a picture that is fitted with `contain`; None lets what lies beneath show.
    """

    kind: Kind
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    fit: Fit = "cover"
    opacity: float = 1.0
    corner_radius: float = 0
    bars: str | None = None
    person: Person | None = None
    crop: Fractions | None = None
    path: str | None = None
    placeholder_path: str | None = None
    placeholder_fit: Fit | None = None  # None: the fit of the layer
    text: str = ""
    size: float = 32
    font_color: str = "#FFFFFF"
    text_background: str | None = None
    align: Align = "left"
    bold: bool = False
    padding: float = 0  # between the letters and the edge of their background, where the text has no box of its own
    outline: float = 0
    outline_color: str = "#000000"


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole picture. `layers` are in paint order. `voices` are people who are heard and not seen."""

    width: int
    height: int
    fps: float = 15
    color: str = "#000000"
    background: Layer | None = None
    layers: tuple[Layer, ...] = ()
    audio: bool = True
    voices: tuple[Person, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """A value that `json.dumps` takes and `from_json` reads back to an equal scene."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Scene:
        """The scene of `to_json`. Raises ValueError for anything that is not one."""
        if not isinstance(value, Mapping):
            raise ValueError("a scene is a JSON object")
        known = _known(cls, value)
        if not (_number(known.get("width")) > 0 and _number(known.get("height")) > 0):
            raise ValueError("a scene needs a width and a height above 0")
        background = known.get("background")
        known["background"] = None if background is None else _layer(background)
        known["layers"] = tuple(_layer(layer) for layer in known.get("layers") or ())
        known["voices"] = tuple(_person(person) for person in known.get("voices") or ())
        return cls(**known)

    def people(self) -> tuple[Person, ...]:
        """Everybody who is heard, once each, in paint order, those who are not seen last."""
        seen = (layer.person for layer in self.layers if layer.kind == "person" and layer.person)
        return tuple({person.user_id: person for person in (*seen, *self.voices) if person.audible}.values())

    def scaled_to(self, width: int, height: int) -> Scene:
        """The same scene on a canvas of another size; every layer is scaled with it."""
        if (width, height) == (self.width, self.height):
            return self
        sx, sy = width / self.width, height / self.height
        background = self.background and _scaled(self.background, sx, sy)
        layers = tuple(_scaled(layer, sx, sy) for layer in self.layers)
        return replace(self, width=width, height=height, background=background, layers=layers)


def _scaled(layer: Layer, sx: float, sy: float) -> Layer:
    return replace(
        layer,
        x=layer.x * sx,
        y=layer.y * sy,
        width=layer.width * sx,
        height=layer.height * sy,
        corner_radius=layer.corner_radius * min(sx, sy),
        size=layer.size * min(sx, sy),
        padding=layer.padding * min(sx, sy),
        outline=layer.outline * min(sx, sy),
    )


def _layer(value: Any) -> Layer:
    known = _known(Layer, value)
    if known.get("kind") not in get_args(Kind):
        raise ValueError(f"unknown kind of layer: {known.get('kind')!r}")
    if known.get("fit", "cover") not in get_args(Fit):
        raise ValueError(f"unknown fit: {known['fit']!r}")
    for name in ("x", "y", "width", "height", "opacity", "corner_radius", "size", "padding", "outline"):
        if name in known:
            _number(known[name])
    person, crop = known.get("person"), known.get("crop")
    known["person"] = None if person is None else _person(person)
    known["crop"] = None if crop is None else _fractions(crop)
    return Layer(**known)


def _person(value: Any) -> Person:
    known = _known(Person, value)
    if "user_id" not in known or "name" not in known:
        raise ValueError("a person needs a user_id and a name")
    return Person(**known)


def _fractions(value: Any) -> Fractions:
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise ValueError("a crop is x, y, width, height")
    x, y, width, height = (_number(part) for part in value)
    return x, y, width, height


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError(f"not a number: {value!r}")
    return value


def _known(cls: type[Any], value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"a {cls.__name__.lower()} is a JSON object")
    names = {field.name for field in fields(cls)}
    if unknown := set(value) - names:
        raise ValueError(f"a {cls.__name__.lower()} has no {', '.join(sorted(unknown))}")
    return dict(value)
