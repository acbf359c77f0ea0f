"""What a product can express, as data: the matrix page, the editor's limits and the vendor READMEs are made from it.

Lengths are output pixels, bitrates kbps, times seconds. What a document really becomes is said by the findings
of its plan; these are the rules of thumb known before there is a document.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from apps.core.types import Json

Support: TypeAlias = Literal["native", "baked", "attached", "none"]
"""How an object reaches the picture: in the product's own words; painted by us into a picture it does take;
only inside the pane of a region (`attached_to`); not at all."""


@dataclass(frozen=True, slots=True)
class Range:
    """A number from `minimum` to `maximum`, both included. `default` is what the product takes when nothing is said
    (None: it decides itself)."""

    minimum: float
    maximum: float
    default: float | None = None
    unit: str = ""

    def clamp(self, value: float) -> float:
        return min(max(value, self.minimum), self.maximum)


@dataclass(frozen=True, slots=True)
class EncodingCapabilities:
    """Our `encoding` words. A None range cannot be chosen; an empty `codecs` means the product offers no choice."""

    fps: Range | None = None
    bitrate_kbps: Range | None = None
    gop_seconds: Range | None = None
    audio_bitrate_kbps: Range | None = None
    audio_sample_rates: tuple[int, ...] = ()
    audio_channels: tuple[int, ...] = ()
    codecs: tuple[str, ...] = ("h264",)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """One product's abilities. `canvas_sizes` empty: any size in the range; else only these (width, height)."""

    canvas_minimum: tuple[int, int] = (2, 2)
    canvas_maximum: tuple[int, int] = (1920, 1920)
    canvas_even: bool = True
    canvas_sizes: tuple[tuple[int, int], ...] = ()
    max_panes: int = 17
    region_minimum: tuple[int, int] = (2, 2)
    regions_even: bool = False
    """Whether the edges of regions lie on even pixels: odd ones are moved by one."""
    overhang: frozenset[str] = frozenset()
    """Kinds of objects that may reach over the edge of the canvas and are cut there; others are moved or changed."""
    fits: tuple[str, ...] = ("cover", "contain", "stretch")
    fit_per_region: bool = True
    opacity: bool = False
    corner_radius: bool = False
    source_crop: bool = False
    placeholder: bool = False
    background_color: bool = True
    background_image: bool = True
    images: Support = "none"
    images_above_regions: bool = False
    max_images: int | None = None
    texts: Support = "none"
    texts_above_regions: bool = False
    max_texts: int | None = None
    dynamic_slots: bool = False
    screen_streams: bool = True
    integer_users: bool = False
    max_outputs: int = 1
    output_schemes: tuple[str, ...] = ()
    on_air: frozenset[str] = frozenset()
    """What may change while the task runs: of `regions`, `bindings`, `background`, `images`, `texts`, `canvas_size`,
    `encoding`, `output`."""
    encoding: EncodingCapabilities = field(default_factory=EncodingCapabilities)
    queries_per_second: Mapping[str, int] = field(default_factory=dict)
    """The vendor's budget by operation name: what a lane may use."""
    max_task_seconds: int | None = None
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """Plain JSON values: sets sorted, tuples as lists."""
        value = _plain(self)
        assert isinstance(value, dict)
        return value


def _plain(value: Any) -> Json:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, (tuple, list)):
        return [_plain(element) for element in value]
    if isinstance(value, Mapping):
        return {key: _plain(member) for key, member in value.items()}
    return value
