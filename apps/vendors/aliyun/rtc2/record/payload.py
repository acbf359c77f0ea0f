"""A task as the parameters of Start- and UpdateRecordTask, with everything that is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apps.core.types import Json
from apps.layout_document.document import Canvas, LayoutDocument
from apps.vendors.aliyun.rtc2 import assumptions, media, mixing, people
from apps.vendors.aliyun.rtc2.crop import CROP_MODES
from apps.vendors.aliyun.rtc2.drawn import pane_objects
from apps.vendors.aliyun.rtc2.encoding import chosen_media, voices
from apps.vendors.aliyun.rtc2.layouts import PLACEHOLDER, SYSTEM_PANES, content_key, main_of, panes_of
from apps.vendors.aliyun.rtc2.mixing import MIX, SINGLE, SOUND
from apps.vendors.aliyun.rtc2.panes import drawn, lost
from apps.vendors.aliyun.rtc2.phrases import say as say_shared
from apps.vendors.aliyun.rtc2.record.fields import options_of
from apps.vendors.aliyun.rtc2.record.panes import user_panes
from apps.vendors.aliyun.rtc2.record.phrases import say
from apps.vendors.frame import Frame
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding
from apps.vendors.types import TaskSpec

TEMPLATE = "record_template_id"
SOUND_ENCODE, SOUND_PROFILE = 0, "Mixed_Audio"
BLACK = "#000000"  # the background of a template that says nothing else


@dataclass(frozen=True, slots=True)
class Composition:
    """`parameters` are unflattened and complete but for MixMode; `layout` is the stored layout they name."""

    parameters: dict[str, Json]
    layout: list[dict[str, Json]]
    layout_key: str
    audio_mix_count: int
    carry: dict[str, Json]
    findings: tuple[Finding, ...]
    drawn: LayoutDocument | None  # None: there is no picture of ours


def compose(spec: TaskSpec, painter: Painter) -> Composition:
    """Raises `Invalid` when the encoding is not made of positive numbers."""
    canvas, options = spec.document.canvas, options_of(spec)
    findings = [*identities(spec), *_output(spec.output)]
    if options["mode"] != MIX:
        return _without_layout(spec, options, findings)
    findings += _background(canvas)
    chosen, more = chosen_media(spec)
    findings += more
    shown, more = drawn(spec.document)
    findings += more
    if not shown:
        findings.append(say("no_regions"))
    panes = panes_of(shown, canvas)
    fit = mixing.wished_fit(options, panes)
    taken = assumptions.of_app(spec.app)
    findings += lost(panes, spec.document, fit, taken.z_levels)
    entries, more, inside = user_panes(spec, panes, painter, chosen.height / canvas.height)
    findings += more
    most = voices(spec)
    if len(panes) > most:
        findings.append(say_shared("few_voices", limit=most, regions=len(panes)))
    main = main_of(panes, inside) if taken.main_region else None
    if main is not None:
        findings.append(say_shared("main_region", main.region.id))
    layout = [pane.parameters(canvas, main=pane is main) for pane in panes]
    others = mixing.more_layouts(options, len(layout), findings)
    counts = [len(panes), *(SYSTEM_PANES.get(other, 0) for other in others), 1]
    profile = media.smallest_profile(max(counts), chosen)
    findings.append(say("billing_profile", None, "encoding", profile=profile))
    key = content_key(spec.app.vendor_app_id, most, layout)
    template = template_of(spec)
    parameters = {
        **_task(spec),
        "TaskProfile": profile,
        "MediaEncode": chosen.id,
        "LayoutIds": [spec.known.get(key, f"{{{PLACEHOLDER}}}"), *others] if layout else [],
        "CropMode": CROP_MODES[fit],
        **mixing.subscriptions(spec, panes, options, findings),
        "UserPanes": entries,
    }
    carry = {
        "template_id": template,
        "media_encode": chosen.id,
        "task_profile": profile,
        "layout_key": key,
        "mode": MIX,
    }
    frame = Frame(canvas, chosen.width, chosen.height)
    objects = pane_objects(panes, inside, fit, BLACK, frame, painter, spec.variables)
    picture = LayoutDocument(Canvas(chosen.width, chosen.height, BLACK), tuple(item for _depth, item in objects))
    return Composition(parameters, layout, key, most, carry, tuple(findings), picture)


def _without_layout(spec: TaskSpec, options: Mapping[str, Json], findings: list[Finding]) -> Composition:
    """Sound alone, or one person's stream as it is."""
    mode = str(options["mode"])
    parameters = _task(spec)
    shown = None
    if mode == SOUND:
        parameters |= {"MediaEncode": SOUND_ENCODE, "TaskProfile": SOUND_PROFILE}
        parameters |= mixing.subscriptions(spec, (), options, findings)
    else:
        shown = next((region for region in spec.document.regions if people.user_of(region, spec.bindings)), None)
        user = people.user_of(shown, spec.bindings) if shown else ""
        if shown is None:
            findings.append(say("single_needs_person"))
        elif not people.ID.fullmatch(user):
            findings.append(say_shared("user_unusable", shown.id, "source", value=user))
        parameters |= {
            "StreamType": options["single_stream"],
            "SourceType": people.SOURCE_TYPES[shown.source.stream if shown else "camera"],
            "SubSpecUsers": [user] if user else [],
        }
    for item in spec.document.visible:
        findings.append(say("recorded_as_it_is" if item is shown else "not_recorded", item.id))
    findings.append(say("no_picture_of_ours", None, "canvas"))
    for name, value in spec.encoding.items():
        if value is not None:
            findings.append(say_shared("encoding_ignored", None, f"encoding.{name}", name=name))
    carry = {"template_id": template_of(spec), "media_encode": parameters.get("MediaEncode"), "mode": mode}
    return Composition(parameters, [], "", voices(spec), carry, tuple(findings), None)


def _task(spec: TaskSpec) -> dict[str, Json]:
    return {
        "AppId": spec.app.vendor_app_id,
        "ChannelId": spec.room,
        "TaskId": spec.task_id,
        "TemplateId": template_of(spec) or None,
    }


def template_of(spec: TaskSpec) -> str:
    """A running recording keeps the template it was started with; before that the task's choice, then the app's."""
    running = (spec.previous or {}).get("template_id")
    return str(running or spec.options.get(TEMPLATE) or spec.app.settings.get(TEMPLATE) or "").strip()


def identities(spec: TaskSpec) -> Iterator[Finding]:
    """What would make Aliyun refuse the call before it looks at the picture."""
    yield from people.identities(spec)
    if not template_of(spec):
        yield say("template_missing", None, TEMPLATE)


def on_air(spec: TaskSpec, composition: Composition) -> Iterator[Finding]:
    """What an update of a running recording leaves open."""
    before = spec.previous or {}
    running = before.get("mode", composition.carry["mode"])
    if running == SINGLE:
        yield say("single_on_air", None, "options.mode")
    elif running != composition.carry["mode"]:
        yield say("mode_on_air", None, "options.mode")
    if before.get("media_encode", composition.carry["media_encode"]) != composition.carry["media_encode"]:
        yield say_shared("encoding_on_air", None, "encoding")
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
