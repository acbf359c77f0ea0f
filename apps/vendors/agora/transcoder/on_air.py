"""An update while the task runs: the whole body again, with what cannot change kept as it was at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from apps.core.types import Json
from apps.layout_document.document import Canvas, LayoutDocument
from apps.vendors.agora.transcoder import options, payload
from apps.vendors.agora.transcoder.layers import Layers, Mark
from apps.vendors.agora.transcoder.levels import levels_on_air, region_of
from apps.vendors.agora.transcoder.phrases import say
from apps.vendors.frame import Frame
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding
from apps.vendors.types import TaskSpec


def fixed(transcoder: Mapping[str, Json], mode: str, marks_word: str) -> dict[str, Json]:
    """What a plan carries on of a start: all that the vendor lets nobody change, without tokens."""
    return {
        "mode": mode,
        "marks_word": marks_word,
        "idle_timeout": transcoder["idleTimeout"],
        "canvas": transcoder.get("canvas"),
        "marks": list(transcoder.get(marks_word, [])),
        "placeholders": {
            str(input_["rtc"]["rtcUid"]): input_.get("placeholderImageUrl", "")
            for input_ in transcoder.get("videoInputs", [])
        },
        "destinations": [destination(output) for output in transcoder["outputs"]],
        "codec": next((codec_of(output) for output in transcoder["outputs"]), ""),
    }


def codec_of(output: Mapping[str, Json]) -> str:
    """ "" for an output without a picture of its own."""
    return str((output.get("videoOption") or {}).get("codec") or "")


def destination(output: Mapping[str, Json]) -> dict[str, Json]:
    return {name: output[name] for name in ("rtc", "streamUrl") if name in output}


def known(previous: Mapping[str, Json] | None) -> dict[str, Json] | None:
    """The carried members, if they are whole; None for a task about which nothing is known."""
    found = (previous or {}).get("fixed")
    if not isinstance(found, Mapping) or not isinstance(found.get("destinations"), list):
        return None
    return dict(found)


def running_size(kept: Mapping[str, Json]) -> tuple[int, int] | None:
    canvas = kept.get("canvas")
    if not isinstance(canvas, Mapping):
        return None
    width, height = canvas.get("width"), canvas.get("height")
    return (width, height) if isinstance(width, int) and isinstance(height, int) else None


def keep_options(spec: TaskSpec, kept: Mapping[str, Json], findings: list[Finding]) -> None:
    for name, now, then in (
        ("mode", options.mode(spec.options), kept["mode"]),
        ("idle_timeout", options.idle_timeout(spec.options), kept["idle_timeout"]),
    ):
        if now != then:
            findings.append(say("option_fixed_on_air", None, f"options.{name}", option=name))


def keep_codec(
    spec: TaskSpec, outputs: list[dict[str, Json]], kept: Mapping[str, Json], findings: list[Finding]
) -> list[dict[str, Json]]:
    """The outputs with the codec they were started with, unless the app lets it change."""
    codec = kept.get("codec")
    others = any(codec_of(output) not in ("", codec) for output in outputs)
    if not codec or not others or spec.app.settings.get("codec_on_air") is True:
        return outputs
    findings.append(say("codec_fixed_on_air", None, "encoding.codec", codec=codec))
    return [{**output, "videoOption": {**output["videoOption"], "codec": codec}} for output in outputs]


def keep_destinations(spec: TaskSpec, kept: Mapping[str, Json], findings: list[Finding]) -> list[dict[str, Json]]:
    wished = payload.plan_destinations(spec, []) if spec.output else kept["destinations"]
    if wished != kept["destinations"]:
        findings.append(say("output_fixed_on_air", None, "output"))
    return [dict(destination) for destination in kept["destinations"]]


def plan_mix(
    spec: TaskSpec,
    painter: Painter,
    frame: Frame,
    outputs: list[dict[str, Json]],
    kept: Mapping[str, Json],
    findings: list[Finding],
) -> tuple[dict[str, Json], LayoutDocument]:
    """People and their places are new; canvas, overlays and placeholders are those of the start. Also how it comes out,
    as far as the document tells: overlays that are no longer in it are not shown there."""
    fresh, planned, drawn = payload.plan_mix(spec, painter, frame, outputs, findings)
    if fresh["canvas"] != kept["canvas"]:
        findings.append(say("canvas_fixed_on_air", None, "canvas"))
    overlays = [dict(mark) for mark in kept["marks"]]
    zs = levels_on_air(planned.paint, lambda mark: _level(mark, overlays), findings)
    inputs = payload.video_inputs(spec, planned, [z or 0 for z in zs])
    for input_, seat in zip(inputs, planned.seats, strict=True):
        _keep_placeholder(input_, kept["placeholders"], seat.region.id, findings)
    _say_overlays(planned, overlays, findings)
    transcoder = {**fresh, "idleTimeout": kept["idle_timeout"], "canvas": kept["canvas"], "videoInputs": inputs}
    transcoder.pop(options.marks_word(spec.app), None)
    if overlays:
        transcoder[kept["marks_word"]] = overlays
    if fresh["canvas"] != kept["canvas"]:
        background = kept["canvas"]
        drawn = replace(drawn, canvas=Canvas(background["width"], background["height"], f"#{background['color']:06X}"))
    gone = {id(layer) for layer, z in zip(planned.paint, zs, strict=True) if z is None}
    visible = (each for layer in planned.paint if id(layer) not in gone for each in layer.drawn)
    return transcoder, replace(drawn, objects=tuple(visible))


def plan_sound(
    spec: TaskSpec,
    painter: Painter,
    frame: Frame,
    outputs: list[dict[str, Json]],
    kept: Mapping[str, Json],
    findings: list[Finding],
) -> dict[str, Json]:
    fresh = payload.plan_sound(spec, painter, frame, outputs, findings)
    if fresh["canvas"] != kept["canvas"]:
        findings.append(say("canvas_fixed_on_air", None, "canvas"))
    return {**fresh, "idleTimeout": kept["idle_timeout"], "canvas": kept["canvas"]}


def _level(mark: Mark, overlays: list[dict[str, Json]]) -> int | None:
    """The level of the running overlay that looks like this one."""
    for overlay in overlays:
        same_place = region_of(mark.box, overlay["region"]["zOrder"]) == overlay["region"]
        if same_place and (overlay["imageUrl"], overlay.get("fillMode")) == (mark.url, mark.fit):
            return int(overlay["region"]["zOrder"])
    return None


def _say_overlays(planned: Layers, overlays: list[dict[str, Json]], findings: list[Finding]) -> None:
    matched = set()
    for mark in planned.marks:
        level = _level(mark, overlays)
        if level is None:
            findings.extend(say("overlay_fixed_on_air", item.id) for item in mark.objects)
        else:
            matched.add(level)
    if any(overlay["region"]["zOrder"] not in matched for overlay in overlays):
        findings.append(say("overlay_stays_on_air", None, "objects"))


def _keep_placeholder(
    layer: dict[str, Json], placeholders: Mapping[str, str], region_id: str, findings: list[Finding]
) -> None:
    """A person who was there keeps the placeholder; one who comes brings theirs."""
    uid = str(layer["rtc"]["rtcUid"])
    if uid not in placeholders or placeholders[uid] == layer.get("placeholderImageUrl", ""):
        return
    findings.append(say("placeholder_fixed_on_air", region_id, "placeholder"))
    layer.pop("placeholderImageUrl", None)
    if placeholders[uid]:
        layer["placeholderImageUrl"] = placeholders[uid]
