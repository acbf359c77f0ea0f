"""Reads a Create body back: the layout it draws, who sits where, and what a layout document has no words for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from apps.core.errors import Invalid, Problem
from apps.layout_document.document import LayoutDocument
from apps.layout_document.parse import parse
from apps.vendors.agora.api import uid_of
from apps.vendors.agora.transcoder.options import MARKS_WORDS
from apps.vendors.contract import Binding

Json: TypeAlias = Any

FITS = {"FILL": "cover", "FIT": "contain"}
WHERE = "/services/cloudTranscoder/config/transcoder"
# Understood, but of the task and not of its layout: options, output, people who are heard.
OF_THE_TASK = {"idleTimeout", "audioInputs", "outputs"}
MEMBERS = OF_THE_TASK | {"videoInputs", "canvas", *MARKS_WORDS}


class Imported(NamedTuple):
    """`bindings`: slot → person; a slot is called like its person. `not_understood` names the members that could not be
    taken over, each with its pointer into the body."""

    document: LayoutDocument
    bindings: dict[str, Binding]
    not_understood: list[Problem]


def read(body: Json) -> Imported:
    """The layout of a Create body, or of its `services`, or of the transcoder alone. Objects come back to front.

    Raises `Invalid` when there is no transcoder with a canvas, or its numbers make no layout.
    """
    transcoder, where = _transcoder(body)
    unread = [_unread(f"{where}/{name}") for name in transcoder if name not in MEMBERS]
    bindings: dict[str, Binding] = {}
    levels: list[tuple[int, dict[str, Json]]] = []
    for at, one in _listed(transcoder, "videoInputs", where):
        here = f"{where}/videoInputs/{at}"
        uid = uid_of((one.get("rtc") or {}).get("rtcUid")) if isinstance(one.get("rtc"), Mapping) else None
        if uid is None:
            unread.append(Problem(here, "no_person", "Only a person of a channel can sit in a region."))
            continue
        unread += [_unread(f"{here}/{name}") for name in one if name not in ("rtc", "region", "placeholderImageUrl")]
        bindings[str(uid)] = Binding(str(uid))
        region = {"kind": "region", "id": f"r{at + 1}", "name": str(uid), "source": {"slot": str(uid)}}
        if one.get("placeholderImageUrl"):
            region["placeholder"] = {"url": one["placeholderImageUrl"]}
        levels.append(_placed(region, one.get("region"), f"{here}/region"))
    for word in MARKS_WORDS:
        for at, one in _listed(transcoder, word, where):
            here = f"{where}/{word}/{at}"
            unread += [_unread(f"{here}/{name}") for name in one if name not in ("imageUrl", "fillMode", "region")]
            fit = FITS.get(one.get("fillMode", "FILL"), "cover")
            image = {"kind": "image", "id": f"i{at + 1}", "url": one.get("imageUrl"), "fit": fit}
            levels.append(_placed(image, one.get("region"), f"{here}/region"))
    unread += _heard_only(transcoder, bindings, where)
    objects = [one for _, one in sorted(levels, key=lambda level: level[0])]  # stable: equal levels in their order
    document = {"schema": "quadbox.layout/1", "canvas": _canvas(transcoder, where, unread), "objects": objects}
    return Imported(parse(document), bindings, unread)


def _transcoder(body: Json) -> tuple[Mapping[str, Json], str]:
    at, steps = body, WHERE.split("/")[1:]
    for number in range(len(steps) + 1):  # whatever of the wrapping is there
        inner, where = at, "/".join(steps[number:])
        for step in steps[number:]:
            inner = inner.get(step) if isinstance(inner, Mapping) else None
        if isinstance(inner, Mapping) and (isinstance(inner.get("canvas"), Mapping) or number < len(steps)):
            return inner, f"/{where}" if where else ""
    raise _invalid("", "There is no services.cloudTranscoder.config.transcoder here.")


def _listed(transcoder: Mapping[str, Json], name: str, where: str) -> Iterator[tuple[int, Mapping[str, Json]]]:
    listed = transcoder.get(name) or []
    if not isinstance(listed, list):
        raise _invalid(f"{where}/{name}", "This must be a list.")
    for at, one in enumerate(listed):
        if not isinstance(one, Mapping):
            raise _invalid(f"{where}/{name}/{at}", "This must be an object.")
        yield at, one


def _placed(one: dict[str, Json], box: Json, where: str) -> tuple[int, dict[str, Json]]:
    if not isinstance(box, Mapping):
        raise _invalid(where, "A rectangle is needed: x, y, width, height, zOrder.")
    for name in ("x", "y", "width", "height"):
        one[name] = _whole(box.get(name), f"{where}/{name}")
    return _whole(box.get("zOrder", 0), f"{where}/zOrder"), one


def _canvas(transcoder: Mapping[str, Json], where: str, unread: list[Problem]) -> dict[str, Json]:
    canvas = transcoder.get("canvas")
    if not isinstance(canvas, Mapping):
        raise _invalid(f"{where}/canvas", "A canvas is needed: a relayed stream has no layout.")
    known = ("width", "height", "color", "backgroundImage", "fillMode")
    unread += [_unread(f"{where}/canvas/{name}") for name in canvas if name not in known]
    color = canvas.get("color", 0)
    number = int(color) if isinstance(color, str) and color.isascii() and color.isdigit() else color  # 2022: a text
    number = _whole(number, f"{where}/canvas/color")
    if not 0 <= number <= 0xFFFFFF:
        raise _invalid(f"{where}/canvas/color", "A color is a number from 0 to 16777215.")
    found: dict[str, Json] = {
        "width": _whole(canvas.get("width"), f"{where}/canvas/width"),
        "height": _whole(canvas.get("height"), f"{where}/canvas/height"),
        "color": f"#{number:06X}",
    }
    if canvas.get("backgroundImage"):
        fit = FITS.get(canvas.get("fillMode", "FILL"), "cover")
        found["image"] = {"url": canvas["backgroundImage"], "fit": fit}
    return found


def _heard_only(transcoder: Mapping[str, Json], bindings: Mapping[str, Binding], where: str) -> list[Problem]:
    """People whose sound is mixed and who have no region: a layout shows those it hears."""
    found = []
    for at, one in _listed(transcoder, "audioInputs", where):
        rtc = one.get("rtc")
        uid = uid_of(rtc.get("rtcUid")) if isinstance(rtc, Mapping) else None
        if uid is None or str(uid) not in bindings:
            message = "This sound has no region: say it in the options of the task, or add a region."
            found.append(Problem(f"{where}/audioInputs/{at}", "heard_only", message))
    return found


def _whole(value: Json, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _invalid(where, "This must be a whole number.")
    return value


def _unread(pointer: str) -> Problem:
    return Problem(pointer, "not_in_a_layout", "A layout has no words for this.")


def _invalid(pointer: str, message: str) -> Invalid:
    return Invalid("This is no Create body.", problems=[Problem(pointer, "invalid", message)])
