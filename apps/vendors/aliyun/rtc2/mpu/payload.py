"""A task as the parameters of Start- and UpdateMPUTask, with everything that is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from apps.core.types import Json
from apps.layout_document.document import Canvas, Image, LayoutDocument, LayoutObject, Region, Text
from apps.vendors.aliyun.rtc2 import assumptions, media, mixing, people, texts
from apps.vendors.aliyun.rtc2.crop import CROP_MODES
from apps.vendors.aliyun.rtc2.drawn import boxed, pane_objects
from apps.vendors.aliyun.rtc2.encoding import MOST_VOICES, chosen_media
from apps.vendors.aliyun.rtc2.layouts import PLACEHOLDER, SYSTEM_PANES, Pane, content_key, main_of, panes_of
from apps.vendors.aliyun.rtc2.mixing import MIX, SINGLE, SOUND
from apps.vendors.aliyun.rtc2.mpu.fields import FIXED_ON_AIR, options_of
from apps.vendors.aliyun.rtc2.mpu.overlays import Overlays, plan_overlays
from apps.vendors.aliyun.rtc2.mpu.phrases import say
from apps.vendors.aliyun.rtc2.panes import Inside, drawn, lost, seats, user_panes
from apps.vendors.aliyun.rtc2.phrases import say as say_shared
from apps.vendors.aliyun.wire.values import color_integer, r6
from apps.vendors.background_bake import can_be_baked
from apps.vendors.frame import Frame
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding
from apps.vendors.types import TaskSpec

MIXED, UNMIXED = 1, 0  # MixMode
SOUND_ENCODE, SOUND_PROFILE = 0, "Mixed_Audio"
DEFAULT_PROFILE = "16IN_1080P"  # what a mixed relay without a profile counts as, by a page of 2021
PLAIN: dict[str, Json] = {"opacity": 1.0, "corner_radius": 0, "source_crop": None, "placeholder": None}
CLOCK_FONT = 1  # Alibaba PuHuiTi
CLOCK_FACE, CLOCK_WIDTH = "2025-01-01 12:00", 9.6  # an example, and about how wide it is, in sizes


@dataclass(frozen=True, slots=True)
class Composition:
    """`parameters` are what Start and Update have in common, unflattened and without AppId and TaskId; `layout` is the
    stored layout they name."""

    parameters: dict[str, Json]
    findings: list[Finding]
    options: dict[str, Json]
    layout: list[dict[str, Json]] = field(default_factory=list)
    layout_key: str = ""
    audio_mix_count: int = MOST_VOICES
    profile: str = ""
    drawn: LayoutDocument | None = None  # None: there is no picture


def compose(spec: TaskSpec, painter: Painter) -> Composition:
    """Raises `Invalid` when options or encoding are out of their ranges."""
    options = options_of(spec)
    findings = list(people.identities(spec))
    if options["mode"] == SINGLE:
        return _single(spec, options, findings)
    if options["mode"] == SOUND:
        return _sound(spec, options, findings)
    return _mixed(spec, painter, options, findings)


# --- the layout, mixed ------------------------------------------------------------------------------------------------


def _mixed(spec: TaskSpec, painter: Painter, options: Mapping[str, Json], findings: list[Finding]) -> Composition:
    document, canvas = spec.document, spec.document.canvas
    taken = assumptions.of_app(spec.app)
    chosen, more = chosen_media(spec)
    findings += more
    findings += [say("hidden", item.id, "hidden") for item in document.objects if item.hidden]
    shown, more = drawn(_without_invisible(document))
    findings += more
    if not shown:
        findings.append(say("no_regions"))
    inside, more = seats(spec, panes_of(shown, canvas, [0] * len(shown)))  # how deep, only the overlays tell
    findings += [
        say("open_placeholder", field.object_id, field.field) if field.code == "placeholder_needs_person" else field
        for field in more
    ]
    findings += _invisible(document, everybody_bound=len(inside) == len(shown))
    free, more = _seat_or_free(document, inside)
    findings += more
    with_open, open_placeholders = _open_placeholders(document, shown, inside)
    # Height decides: a canvas squeezed into another shape is painted unsqueezed, and squeezed with everything else.
    scale = chosen.height / canvas.height
    frame = Frame(canvas, max(2, round(canvas.width * scale)), chosen.height)
    output = Frame(canvas, chosen.width, chosen.height)
    below = [*free, *open_placeholders.values()]
    overlays = plan_overlays(with_open, shown, below, frame, painter, spec.variables, taken)
    findings += [finding for finding in overlays.findings if finding.object_id not in open_placeholders]
    panes = panes_of(shown, canvas, overlays.levels)
    for pane in panes:
        if pane.region.id in inside:
            inside[pane.region.id].pane = pane
    fit = mixing.wished_fit(options, panes)
    findings += lost(panes, document, fit, taken.z_levels, free)

    def draw(text: Text, words: str, pane: Pane, depth: int) -> tuple[dict[str, Json], list[Finding]]:
        return _text(text, words, pane, depth, scale, options, spec)

    entries, more = user_panes(spec, inside, panes, painter, draw)
    findings += more
    if options["portrait_segmentation"]:
        findings.append(say("portrait_by_invitation", None, "options.portrait_segmentation"))
        for entry in entries:
            entry["SegmentType"] = 1 if entry["SourceType"] == people.SOURCE_TYPES["camera"] else 0
    voices = int(options["audio_mix_count"])
    if len(panes) > voices:
        findings.append(say_shared("few_voices", limit=voices, regions=len(panes)))
    main = main_of(panes, inside) if taken.main_region else None
    if main is not None:
        findings.append(say_shared("main_region", main.region.id))
    layout = [pane.parameters(canvas, main=pane is main) for pane in panes]
    key = content_key(spec.app.vendor_app_id, voices, layout)
    others = mixing.more_layouts(options, len(layout), findings)
    counts = [len(layout), *(SYSTEM_PANES.get(other, 0) for other in others), 1]
    profile = _profile(spec, media.smallest_profile(max(counts), chosen), findings)
    parameters = {
        "MixMode": MIXED,
        "MediaEncode": chosen.id,
        "BackgroundColor": color_integer(canvas.color),
        "CropMode": CROP_MODES[fit],
        "LayoutIds": [spec.known.get(key, f"{{{PLACEHOLDER}}}"), *others] if layout else [],
        **mixing.subscriptions(spec, panes, options, findings),
        "UserPanes": entries,
        "Backgrounds": overlays.backgrounds,
        "Watermarks": overlays.watermarks,
        "ClockWidgets": [_clock(options, overlays.top, output, taken)] if options["clock"] else [],
    }
    bar_color = "#000000" if taken.black_bars else canvas.color
    seen = pane_objects(panes, inside, fit, bar_color, output, painter, spec.variables, styled=taken.text_styles)
    picture = _drawn(document, output, overlays, seen, painter)
    if options["clock"]:
        findings.append(say("clock_shown", None, "options.clock"))
        picture = replace(picture, objects=(*picture.objects, *_drawn_clock(options, output, taken)))
    return Composition(parameters, findings, dict(options), layout, key, voices, profile, picture)


def _drawn(
    document: LayoutDocument,
    output: Frame,
    overlays: Overlays,
    seen: Sequence[tuple[int, LayoutObject]],
    painter: Painter,
) -> LayoutDocument:
    """The backgrounds, then everything by its depth, watermarks above panes of the same."""
    canvas = output.canvas
    image = canvas.image
    if image is not None and not can_be_baked(image.url, painter):
        image = replace(image, fit="stretch")
    marks = [(depth, output.resized([overlay]).objects[0]) for depth, overlay in overlays.above]
    stack = [mark for _, mark in sorted([*seen, *marks], key=lambda each: each[0])]
    ground = output.resized(overlays.ground).objects
    return LayoutDocument(Canvas(output.width, output.height, canvas.color, image), (*ground, *stack))


def _without_invisible(document: LayoutDocument) -> LayoutDocument:
    """Aliyun has no opacity of people: a region that nobody should see gets no pane."""
    kept = tuple(item for item in document.objects if not (isinstance(item, Region) and item.opacity == 0))
    return LayoutDocument(document.canvas, kept)


def _invisible(document: LayoutDocument, *, everybody_bound: bool) -> Iterator[Finding]:
    for region in document.regions:
        if region.opacity == 0:
            yield say("region_invisible" if everybody_bound else "region_invisible_open", region.id, "")


def _seat_or_free(document: LayoutDocument, inside: Mapping[str, Inside]) -> tuple[list[Image | Text], list[Finding]]:
    """What belongs to a bound person goes into their pane; the rest lies free on the canvas."""
    free: list[Image | Text] = []
    findings: list[Finding] = []
    for item in document.visible:
        if isinstance(item, Region):
            continue
        if item.attached_to in inside:
            inside[str(item.attached_to)].items.append(item)
            continue
        free.append(item)
        if item.attached_to is not None:
            findings.append(say("attached_alone", item.id, "attached_to"))
    return free, findings


def _open_placeholders(
    document: LayoutDocument, shown: Sequence[Region], inside: Mapping[str, Inside]
) -> tuple[LayoutDocument, dict[str, Image]]:
    """Placeholders of regions without a bound person, as pictures right beneath them, by their ids: Aliyun knows none
    without a person. And the document with them in it."""
    known = {pane.id for pane in shown}
    taken = {item.id for item in document.objects}
    found: dict[str, Image] = {}
    objects: list[LayoutObject] = []
    for item in document.objects:
        if isinstance(item, Region) and item.id in known and item.id not in inside and item.placeholder is not None:
            name = f"placeholder-{len(found)}"
            while name in taken:
                name += "-"
            found[name] = Image(
                id=name, x=item.x, y=item.y, width=item.width, height=item.height, fit=item.placeholder.fit,
                url=item.placeholder.url,
            )  # fmt: skip
            objects.append(found[name])
        objects.append(item)
    return LayoutDocument(document.canvas, tuple(objects)), found


def _text(
    text: Text,
    words: str,
    pane: Pane,
    depth: int,
    scale: float,
    options: Mapping[str, Json],
    spec: TaskSpec,
) -> tuple[dict[str, Json], list[Finding]]:
    """A text in Aliyun's own letters, which a relay can outline, box and make translucent."""
    parameters, findings = texts.in_pane(text, words, pane, depth, scale, spec)
    if not assumptions.of_app(spec.app).text_styles:
        plain = text.opacity == 1 and texts.alpha(text.color) == 255 and not options["text_outline"]
        if not plain or (text.background is not None and texts.alpha(text.background)):
            findings.append(say("text_plain", text.id, "background"))
        return parameters, findings
    alpha = text.opacity * texts.alpha(text.color) / 255
    parameters["Alpha"] = r6(float(alpha))
    if options["text_outline"]:
        parameters["BorderWidth"] = options["text_outline"]
        parameters["BorderColor"] = color_integer(options["text_outline_color"])
        findings.append(say("text_outline", text.id, "", width=options["text_outline"]))
    if text.background is not None and texts.alpha(text.background):
        parameters |= {"Box": True, "BoxColor": color_integer(text.background), "BoxBorderWidth": texts.BOX_BORDER}
        findings.append(say("text_box", text.id, "background"))
        if abs(text.opacity * texts.alpha(text.background) / 255 - alpha) > 0.005:
            findings.append(say("text_box_alpha", text.id, "background", percent=round(alpha * 100)))
    return parameters, findings


def _drawn_clock(options: Mapping[str, Json], output: Frame, taken: assumptions.Assumptions) -> Iterator[Text]:
    """An example of the clock where it will run, above the box behind it."""
    size = int(options["clock_size"])
    face = Text(
        id="clock",
        x=round(options["clock_x"] * output.width),
        y=round(options["clock_y"] * output.height),
        width=round(size * CLOCK_WIDTH),
        height=round(size * texts.LINE),
        text=CLOCK_FACE,
        size=size,
        color=str(options["clock_color"]),
        opacity=float(options["clock_opacity"]) if taken.text_styles else 1.0,
    )
    if options["clock_box"] and taken.text_styles:
        yield boxed(replace(face, id="clock-box"), str(options["clock_box_color"]))
    yield face


def _clock(options: Mapping[str, Json], depth: int, output: Frame, taken: assumptions.Assumptions) -> dict[str, Json]:
    right, below = texts.anchor(taken, CLOCK_FACE, float(options["clock_size"]))
    clock: dict[str, Json] = {
        "X": r6(min(1.0, options["clock_x"] + right / output.width)),
        "Y": r6(min(1.0, options["clock_y"] + below / output.height)),
        "FontType": CLOCK_FONT,
        "FontSize": options["clock_size"],
        "FontColor": color_integer(options["clock_color"]),
        "ZOrder": depth,
    }
    if not taken.text_styles:
        return clock
    clock["Alpha"] = r6(float(options["clock_opacity"]))
    if options["clock_box"]:
        box_color = color_integer(options["clock_box_color"])
        clock |= {"Box": True, "BoxColor": box_color, "BoxBorderWidth": texts.BOX_BORDER}
    return clock


def _profile(spec: TaskSpec, fitting: str, findings: list[Finding]) -> str:
    if spec.app.settings.get("relay_profile") == "smallest":
        findings.append(say("billing_profile", None, "encoding", profile=fitting))
        return fitting
    findings.append(say("billing_default", None, "encoding", profile=DEFAULT_PROFILE))
    return ""


# --- instead of the layout --------------------------------------------------------------------------------------------


def _sound(spec: TaskSpec, options: Mapping[str, Json], findings: list[Finding]) -> Composition:
    """MediaEncode 0 with no layout and no panes."""
    findings += [say("sound_only", item.id) for item in spec.document.visible]
    findings += [say("hidden", item.id, "hidden") for item in spec.document.objects if item.hidden]
    findings.append(say("sound_canvas", None, "canvas"))
    findings += _encoding_ignored(spec)
    lists = mixing.subscriptions(spec, (), options, findings)
    profile = _profile(spec, SOUND_PROFILE, findings)
    parameters = {"MixMode": MIXED, "MediaEncode": SOUND_ENCODE, **lists}
    return Composition(parameters, findings, dict(options), profile=profile)


def _single(spec: TaskSpec, options: Mapping[str, Json], findings: list[Finding]) -> Composition:
    """MixMode 0: only StreamType, SourceType and SubSpecUsers count."""
    chosen = next((region for region in spec.document.regions if people.user_of(region, spec.bindings)), None)
    user = people.user_of(chosen, spec.bindings) if chosen else ""
    if chosen is None:
        findings.append(say("single_needs_person"))
    elif not people.ID.fullmatch(user):
        findings.append(say_shared("user_unusable", chosen.id, "source", value=user))
    for layout_item in spec.document.visible:
        code = "single_shown" if layout_item is chosen else "single_only"
        findings.append(say(code, layout_item.id, "", user=user or "?"))
    findings += [say("hidden", item.id, "hidden") for item in spec.document.objects if item.hidden]
    findings.append(say("single_canvas", None, "canvas"))
    findings += _encoding_ignored(spec)
    parameters = {
        "MixMode": UNMIXED,
        "StreamType": options["single_stream"],
        "SourceType": people.SOURCE_TYPES[chosen.source.stream if chosen else "camera"],
        "SubSpecUsers": [user] if user else [],
    }
    whole = Canvas(1280, 720)  # its size is the stream's own
    shown = replace(chosen, x=0, y=0, width=1280, height=720, fit="contain", **PLAIN) if chosen else None
    picture = LayoutDocument(whole, (shown,) if shown else ())
    return Composition(parameters, findings, dict(options), drawn=picture if options["single_stream"] != 1 else None)


def _encoding_ignored(spec: TaskSpec) -> Iterator[Finding]:
    for name, value in spec.encoding.items():
        if value is not None:
            yield say_shared("encoding_ignored", None, f"encoding.{name}", name=name)


# --- what only a start carries, and what an update leaves open --------------------------------------------------------


def start_only(options: Mapping[str, Json]) -> tuple[dict[str, Json], dict[str, Json]]:
    """The parameters that only StartMPUTask has: of the query, and of the form body."""
    query = {
        "TaskType": options["task_type"],
        "PayloadType": int(options["speaker_sei"]),
        "ReportVad": int(options["report_vad"]) or None,
        "VadInterval": options["vad_interval"],
        "RtpExtInfo": int(options["rtp_extensions"]) or None,
        "TimeStampRef": options["time_stamp_ref"],
    }
    form = {"EnhancedParam": {"EnablePortraitSegmentation": True}} if options["portrait_segmentation"] else {}
    return query, form


def carry_of(made: Composition, output: str) -> dict[str, Json]:
    """What the next update must know. `covers` holds one entry of every list that could later have to be emptied."""
    return {
        "mode": made.options["mode"],
        "media_encode": made.parameters.get("MediaEncode"),
        "layout_key": made.layout_key,
        "output": output,
        "fixed": {name: made.options[name] for name in FIXED_ON_AIR},
        "covers": {name: made.parameters[name][0] for name in REMOVABLE if made.parameters.get(name)},
        "seats": bool(made.parameters.get("UserPanes")),
    }


REMOVABLE: dict[str, dict[str, Json]] = {
    "Backgrounds": {"Display": 0},
    "Watermarks": {"Display": 0},
    "ClockWidgets": {"Alpha": 0.0},
}


def emptied(made: Composition, previous: Mapping[str, Json]) -> dict[str, Json]:
    """Lists that were sent before and are empty now, as one entry that shows nothing.

    An empty list cannot be written, and whether a list that is left out goes or stays is not documented.
    """
    covers = previous.get("covers")
    before: Mapping[str, Json] = covers if isinstance(covers, Mapping) else {}
    return {
        name: [{**before[name], **nothing}]
        for name, nothing in REMOVABLE.items()
        if isinstance(before.get(name), Mapping) and not made.parameters.get(name) and made.options["mode"] == MIX
    }


def on_air(made: Composition, previous: Mapping[str, Json]) -> Iterator[Finding]:
    """What an update of a running relay leaves open, or cannot do."""
    fixed = previous.get("fixed")
    for name, value in (fixed if isinstance(fixed, Mapping) else {}).items():
        if name in FIXED_ON_AIR and value != made.options[name]:
            yield say("option_fixed_on_air", None, f"options.{name}", option=name)
    if previous.get("mode", made.options["mode"]) != made.options["mode"]:
        yield say("mode_on_air", None, "options.mode")
    encode = made.parameters.get("MediaEncode")
    if previous.get("media_encode", encode) != encode:
        yield say_shared("encoding_on_air", None, "encoding")
    if previous.get("seats") and not made.parameters.get("UserPanes"):
        yield say("seats_on_air", None, "bindings")
