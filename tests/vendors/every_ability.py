"""Every field of `Capabilities` with another value than a base: what shows abilities must show each of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from apps.vendors.capabilities import Capabilities, EncodingCapabilities, Range

SPAN = Range(10, 50, 20)
BASE = Capabilities(
    images="native",
    texts="native",
    images_above_regions=True,
    texts_above_regions=True,
    encoding=EncodingCapabilities(fps=SPAN, bitrate_kbps=SPAN, gop_seconds=SPAN, audio_bitrate_kbps=SPAN),
    notes=("A note.",),
)
"""All of its members can be seen at once: none hides another."""
WORDS = {"on_air": "regions", "overhang": "region", "fits": "stretch", "images": "baked", "texts": "baked",
         "output_schemes": "rtmp", "codecs": "vp8", "notes": "Another note."}  # fmt: skip


def changes(value: Any = BASE, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(names of the fields on the way to a leaf, `value` with another one there). `unit` is how a number is read."""
    for field in dataclasses.fields(value):
        here, old = (*path, field.name), getattr(value, field.name)
        if field.name == "unit":
            continue
        if dataclasses.is_dataclass(old) and not isinstance(old, type):
            for inner, new in changes(old, here):
                yield inner, dataclasses.replace(value, **{field.name: new})
        if not isinstance(old, EncodingCapabilities):
            yield here, dataclasses.replace(value, **{field.name: other(field.name, old)})


def other(name: str, old: Any) -> Any:
    """A value of the field that is not this one. Raises `TypeError` for a kind of field that is new here."""
    if isinstance(old, bool):
        return not old
    if isinstance(old, Range):
        return None
    if old is None or isinstance(old, int | float):
        return 7 if old is None else old + 2
    if isinstance(old, str):
        return WORDS[name]
    if isinstance(old, frozenset):
        return old ^ {WORDS[name]}
    if isinstance(old, Mapping):
        return {**old, "CallOfTheWild": 3}
    if name in ("canvas_minimum", "canvas_maximum", "region_minimum"):
        return tuple(side + 2 for side in old)
    if name == "canvas_sizes":
        return ((642, 362),)
    if name in ("audio_sample_rates", "audio_channels"):
        return (*old, 3)
    if isinstance(old, tuple):
        return tuple(one for one in old if one != WORDS[name]) if WORDS[name] in old else (*old, WORDS[name])
    raise TypeError(f"{name}: {old!r}")
