"""Agora Cloud Recording: `layoutConfig` of a start or updateLayout request (composite recording, custom layout).

Shares of the canvas, six decimals; `render_mode` 0 crops to fill, 1 fits. No z-order: the list is the paint order.
"""

from __future__ import annotations

from collections.abc import Mapping

from apps.core.types import Json
from apps.layout_document.document import Fit
from apps.vendors.importing.foreign.reading import NOT_UNDERSTOOD, USUAL_SIZE, Reading, one_of
from apps.vendors.importing.payload import list_at, no_layout, number_at, object_at, room_of, unread, whole_at, word_of
from apps.vendors.types import Imported

FITS: dict[int, Fit] = {0: "cover", 1: "contain"}
CONFIG = {"width", "height", "mixedVideoLayout", "backgroundColor", "backgroundImage", "layoutConfig"}
PANE = ("uid", "x_axis", "y_axis", "width", "height", "alpha", "render_mode")
REQUEST = {"cname", "uid", "clientRequest"}


def knows(value: Mapping[str, Json]) -> bool:
    request = value.get("clientRequest")
    inner = request if isinstance(request, Mapping) else value
    return bool({"recordingConfig", "transcodingConfig", "layoutConfig", "mixedVideoLayout"} & inner.keys()) or (
        isinstance(request, Mapping)
        and bool({"storageConfig", "recordingFileConfig", "extensionServiceConfig", "streamSubscribe"} & request.keys())
    )


def read(value: Mapping[str, Json]) -> Imported:
    """Raises `Invalid` for a preset layout, which has no positions."""
    config, where = _config(value)
    panes = list_at(config, "layoutConfig", where)
    if not panes:
        raise no_layout(f"{where}/layoutConfig", "no_positions", NOT_UNDERSTOOD)
    size = {name: config.get(name) for name in ("width", "height")}
    known_size = None not in size.values()
    width, height = (whole_at(config, "width", where), whole_at(config, "height", where)) if known_size else USUAL_SIZE
    reading = Reading(width, height)
    if not known_size:
        reading.problems.append(unread(f"{where}/width", "size_unknown", NOT_UNDERSTOOD))
    reading.skip(config, CONFIG, where)
    if where:
        around = object_at(value, "clientRequest", "") if "clientRequest" in value else value
        reading.skip(value, REQUEST | {"recordingConfig", "transcodingConfig"}, "")
        if around is not value:
            reading.skip(around, {"recordingConfig", *CONFIG}, "/clientRequest")
    if color := config.get("backgroundColor"):
        reading.canvas["color"] = color
    if image := reading.url(config.get("backgroundImage"), f"{where}/backgroundImage"):
        reading.canvas["image"] = {"url": image, "fit": "cover"}
    for at, pane in enumerate(panes):
        here = f"{where}/layoutConfig/{at}"
        reading.skip(pane, PANE, here)
        left, top = number_at(pane, "x_axis", here, 0) * width, number_at(pane, "y_axis", here, 0) * height
        box = (left, top, number_at(pane, "width", here) * width, number_at(pane, "height", here) * height)
        fit = one_of(pane.get("render_mode"), FITS, f"{here}/render_mode", reading.problems, 0)
        opacity = reading.opacity(pane.get("alpha"), f"{here}/alpha")
        reading.region(word_of(pane.get("uid")), box, here, fit=fit, opacity=opacity)
    return reading.made(room_of(value.get("cname")))


def _config(value: Mapping[str, Json]) -> tuple[Mapping[str, Json], str]:
    """The object that holds `layoutConfig`, and its pointer."""
    config, where = value, ""
    for name in ("clientRequest", "recordingConfig", "transcodingConfig"):
        inner = config.get(name)
        if isinstance(inner, Mapping):
            config, where = inner, f"{where}/{name}"
    return config, where
