"""A task as the parameters of Start- and UpdateRecordTask, with everything that is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from apps.core.errors import Invalid, Problem
from apps.layout_document.document import Canvas
from apps.vendors.aliyun import media, people
from apps.vendors.aliyun.crop import CROP_MODES, common_fit
from apps.vendors.aliyun.layouts import PLACEHOLDER, content_key
from apps.vendors.aliyun.media import MediaEncode
from apps.vendors.aliyun.record import panes as regions
from apps.vendors.aliyun.record.phrases import say
from apps.vendors.contract import Painter, TaskSpec
from apps.vendors.plan import Finding

Json: TypeAlias = Any

MOST_VOICES = 6
TEMPLATE = "record_template_id"


@dataclass(frozen=True, slots=True)
class Composition:
    """`parameters` are unflattened and complete but for MixMode; `layout` is the stored layout they name."""

    parameters: dict[str, Json]
    layout: list[dict[str, Json]]
    layout_key: str
    audio_mix_count: int
    carry: dict[str, Json]
    findings: tuple[Finding, ...]


def compose(spec: TaskSpec, painter: Painter) -> Composition:
    """Raises `Invalid` when the encoding is not made of positive numbers."""
    canvas = spec.document.canvas
    findings = [*identities(spec), *_output(spec.output), *_background(canvas)]
    chosen, more = _media(spec)
    findings += more
    panes, more = regions.drawn(spec.document)
    findings += more
    fit = common_fit(panes)
    findings += regions.lost(panes, spec.document, fit)
    entries, more = regions.user_panes(spec, panes, painter, chosen.height / canvas.height)
    findings += more
    voices = _voices(spec)
    if len(panes) > voices:
        findings.append(say("few_voices", limit=voices, regions=len(panes)))
    profile = media.smallest_profile(max(len(panes), 1), chosen)
    findings.append(say("billing_profile", None, "encoding", profile=profile))
    layout = [one.parameters(canvas) for one in panes]
    key = content_key(spec.app.vendor_app_id, voices, layout)
    template = template_of(spec)
    parameters = {
        "AppId": spec.app.vendor_app_id,
        "ChannelId": spec.room,
        "TaskId": spec.task_id,
        "TemplateId": template or None,
        "TaskProfile": profile,
        "MediaEncode": chosen.id,
        "LayoutIds": [spec.known.get(key, f"{{{PLACEHOLDER}}}")] if layout else [],
        "CropMode": CROP_MODES[fit],
        **people.subscriptions(panes, spec.bindings),
        "UserPanes": entries,
    }
    carry = {"template_id": template, "media_encode": chosen.id, "task_profile": profile, "layout_key": key}
    return Composition(parameters, layout, key, voices, carry, tuple(findings))


def template_of(spec: TaskSpec) -> str:
    """A running recording keeps the template it was started with; before that the task's choice, then the app's."""
    running = (spec.previous or {}).get("template_id")
    return str(running or spec.options.get(TEMPLATE) or spec.app.settings.get(TEMPLATE) or "").strip()


def identities(spec: TaskSpec) -> Iterator[Finding]:
    """What would make Aliyun refuse the call before it looks at the picture."""
    if not people.ID.fullmatch(spec.app.vendor_app_id):
        yield say("app_id_unusable", None, "app", value=spec.app.vendor_app_id)
    if not people.ID.fullmatch(spec.room):
        yield say("room_unusable", None, "room", value=spec.room)
    if not people.TASK_ID.fullmatch(spec.task_id):
        yield say("task_id_unusable", None, "task_id", value=spec.task_id)
    if not template_of(spec):
        yield say("template_missing", None, TEMPLATE)


def on_air(spec: TaskSpec, composition: Composition) -> Iterator[Finding]:
    """What an update of a running recording leaves open."""
    before = spec.previous or {}
    if before.get("media_encode", composition.carry["media_encode"]) != composition.carry["media_encode"]:
        yield say("encoding_on_air", None, "encoding")
    wished = str(spec.options.get(TEMPLATE) or spec.app.settings.get(TEMPLATE) or "").strip()
    if before.get("template_id") and wished and wished != before["template_id"]:
        yield say("template_on_air", None, TEMPLATE, template=before["template_id"])


def _output(output: Mapping[str, Json]) -> Iterator[Finding]:
    for name, wanted in output.items():
        if name != "record":
            if wanted:
                yield say("output_not_recording", None, "output", output=name)
        elif isinstance(wanted, Mapping):
            for key, value in wanted.items():
                if value not in (None, "", [], {}):
                    yield say("storage_from_template", None, f"output.record.{key}", name=key)


def _background(canvas: Canvas) -> Iterator[Finding]:
    if canvas.color[:7].upper() == "#000000":
        yield say("canvas_black_from_template", None, "canvas.color")
    else:
        yield say("canvas_color_from_template", None, "canvas.color", color=canvas.color)
    if canvas.image is not None:
        yield say("canvas_image_from_template", None, "canvas.image")


def _media(spec: TaskSpec) -> tuple[MediaEncode, list[Finding]]:
    canvas, wish = spec.document.canvas, spec.encoding
    width = int(_positive(wish, "width") or canvas.width)
    height = int(_positive(wish, "height") or canvas.height)
    fps, kbps = _positive(wish, "fps"), _positive(wish, "bitrate_kbps")
    chosen = media.choose(width, height, fps, kbps)
    size = {"width": chosen.width, "height": chosen.height}
    findings: list[Finding] = []
    to = {"to_width": chosen.width, "to_height": chosen.height}
    if chosen.width * canvas.height != chosen.height * canvas.width:
        shape = {"width": canvas.width, "height": canvas.height}
        findings.append(say("canvas_shape_changed", None, "canvas.width", **shape, **to))
    elif (chosen.width, chosen.height) != (width, height):
        findings.append(say("canvas_size_changed", None, "canvas.width", width=width, height=height, **to))
    if fps and fps != chosen.fps:
        findings.append(say("fps_changed", None, "encoding.fps", to=chosen.fps, wanted=fps, **size))
    if kbps and kbps != chosen.kbps:
        findings.append(say("bitrate_changed", None, "encoding.bitrate_kbps", to=chosen.kbps, wanted=kbps, **size))
    codec = wish.get("codec")
    if codec and str(codec).lower().replace(".", "") not in ("h264", "avc"):
        findings.append(say("codec_changed", None, "encoding.codec", wanted=codec))
    expressed = {"width", "height", "fps", "bitrate_kbps", "codec"}
    for name, value in wish.items():
        if name not in expressed and value is not None:
            findings.append(say("encoding_ignored", None, f"encoding.{name}", name=name))
    return chosen, findings


def _positive(wish: Mapping[str, Json], name: str) -> float | None:
    value = wish.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1e9:
        problem = Problem(f"/encoding/{name}", "not_positive", f"“{name}” must be a positive number.")
        raise Invalid("The encoding cannot be used.", problems=[problem])
    return value


def _voices(spec: TaskSpec) -> int:
    """AudioMixCount, 0 to 6."""
    value = spec.options.get("audio_mix_count")
    if value is None:
        return MOST_VOICES
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_VOICES:
        problem = Problem("/options/audio_mix_count", "out_of_range", "From 0 to 6 people can be heard at once.")
        raise Invalid("The options cannot be used.", problems=[problem])
    return value
