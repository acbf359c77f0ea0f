"""A task as the parameters of Start- and UpdateLiveMPUTask, with everything that is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from apps.core.types import Json
from apps.layout_document.document import LayoutDocument
from apps.vendors.aliyun.live import encode
from apps.vendors.aliyun.live.capabilities import CAPABILITIES, LARGEST_SIDE
from apps.vendors.aliyun.live.fields import AUDIO, MIX, SINGLE
from apps.vendors.aliyun.live.people import AUDIO as VOICE
from apps.vendors.aliyun.live.people import ORIGINAL, VIDEO, plan_people, subscriptions
from apps.vendors.aliyun.live.phrases import say
from apps.vendors.aliyun.live.pictures import LONGEST_URL, plan_background
from apps.vendors.aliyun.rtc2 import people as ids
from apps.vendors.aliyun.rtc2.people import SOURCE_TYPES, user_of
from apps.vendors.background_bake import hidden_findings
from apps.vendors.outputs import digest, is_rtmp
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding
from apps.vendors.sizing import plain_color, plan_frame
from apps.vendors.types import TaskSpec

LONGEST_SEI = 4096  # characters

SINGLE_STREAM, MIXED = "0", "1"  # MixMode


@dataclass(frozen=True, slots=True)
class Composition:
    """`parameters` are complete, objects still objects; `carry` is what the next plan needs to know; `drawn` is the
    picture that comes out, None where there is no layout."""

    parameters: dict[str, Json]
    carry: dict[str, Json]
    findings: tuple[Finding, ...]
    drawn: LayoutDocument | None = None


def compose(spec: TaskSpec, painter: Painter, *, starting: bool) -> Composition:
    """The full set of parameters: an update that leaves something out is not documented."""
    findings = list(identities(spec))
    previous: Mapping[str, Json] = {} if starting else spec.previous or {}
    mode = str(spec.options.get("mode") or MIX)
    urls = push_urls(spec, findings)
    outputs = sorted(digest(url) for url in urls)
    if previous.get("outputs", outputs) != outputs:
        findings.append(say("urls_fixed_on_air", None, "output.push_urls"))
    carry: dict[str, Json] = {**previous, "outputs": outputs}
    parameters: dict[str, Json] = {
        "AppId": spec.app.vendor_app_id,
        "ChannelId": spec.room,
        "TaskId": spec.task_id,
        "MixMode": SINGLE_STREAM if mode == SINGLE else MIXED,
        **destinations(urls, str(spec.app.settings.get("ali_cdn_hosts") or "")),
    }
    drawn = None
    if mode == SINGLE:
        parameters["SingleSubParams"] = single(spec, findings)
    else:
        running = dict(previous.get("encode") or {})
        made = sound(spec, findings) if mode == AUDIO else mixed(spec, painter, running, findings)
        carry |= made.carry
        drawn = made.drawn
        parameters["TranscodeParams"] = made.parameters
    sei = encode.plan_sei(spec.options, starting=starting)
    if sei and mode != MIX:
        findings.append(say("sei_unused", None, "options.sei_text"))
    elif sei:
        parameters["SeiParams"] = sei
    if spec.options.get("sei_now"):
        if len(encode.custom_sei(str(spec.options["sei_now"]))) > LONGEST_SEI:
            findings.append(say("sei_too_long", None, "options.sei_now", most=LONGEST_SEI))
        elif starting:
            findings.append(say("sei_waits", None, "options.sei_now"))
    # A message is sent once: one that was there at the start, or was sent, waits to become another.
    carry["sei_now"] = "" if starting else str(spec.options.get("sei_now") or "")
    fixed = once(spec)
    if starting:
        parameters |= {name: value for name, value in fixed.items() if name != "PayloadType"}
        carry["fixed"] = fixed
    else:
        findings += stays(fixed, previous.get("fixed"))
    return Composition(parameters, carry, tuple(findings), drawn)


def message(spec: TaskSpec) -> str:
    """The one-off message that a change on air brings, "" for none."""
    wished = str(spec.options.get("sei_now") or "")
    found = encode.custom_sei(wished)
    new = bool(wished) and wished != (spec.previous or {}).get("sei_now")
    return found if new and len(found) <= LONGEST_SEI else ""


def identities(spec: TaskSpec) -> Iterator[Finding]:
    """What would make Aliyun refuse the call before it looks at the picture."""
    if not ids.ID.fullmatch(spec.app.vendor_app_id):
        yield say("app_id_unusable", None, "app", value=spec.app.vendor_app_id)
    if not ids.ID.fullmatch(spec.room):
        yield say("room_unusable", None, "room", value=spec.room)
    if not ids.TASK_ID.fullmatch(spec.task_id):
        yield say("task_id_unusable", None, "task_id", value=spec.task_id)


def push_urls(spec: TaskSpec, findings: list[Finding]) -> list[str]:
    """Where the stream goes, each URL once."""
    for name in sorted(set(spec.output) - {"push_urls"}):
        findings.append(say("output_unknown", None, f"output.{name}", name=name))
    urls: list[str] = []
    for place, push_url in enumerate(spec.output.get("push_urls") or []):
        url = str(push_url)
        if url in urls:
            findings.append(say("push_url_twice", None, f"output.push_urls.{place}"))
            continue
        if not is_rtmp(url) or len(url) > LONGEST_URL:
            findings.append(say("bad_push_url", None, f"output.push_urls.{place}"))
        urls.append(url)
    if not urls:
        findings.append(say("no_push_url", None, "output.push_urls"))
    most = int(spec.app.settings.get("live_most_urls") or CAPABILITIES.max_outputs)
    if len(urls) > most:
        findings.append(say("too_many_urls", None, "output.push_urls", most=most))
    if len(urls) > 1:
        findings.append(say("several_outputs", None, "output.push_urls", count=len(urls)))
    return urls


def destinations(urls: list[str], ali_hosts: str) -> dict[str, Json]:
    """`StreamURL` for one, `MultiStreamURL` for several: never both."""
    if len(urls) <= 1:
        return {"StreamURL": urls[0] if urls else None}
    own = {host.strip().lower() for host in ali_hosts.split(",") if host.strip()}
    return {"MultiStreamURL": [{"URL": url, "IsAliCdn": _host(url) in own} for url in urls]}


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def other_rooms(text: str) -> dict[str, str]:
    """`anna=studio-2, bo=studio-3` → user → room."""
    pairs = (part.partition("=") for part in text.split(","))
    return {user.strip(): room.strip() for user, equals, room in pairs if equals}


def mixed(spec: TaskSpec, painter: Painter, running: Mapping[str, str], findings: list[Finding]) -> Composition:
    """`TranscodeParams` of a layout. `running` are the EncodeParams a running task was started with: they stay."""
    document = spec.document
    frame = plan_frame(spec, findings, maximum=LARGEST_SIDE)
    findings += hidden_findings(document)
    findings += encode.unused(spec.encoding, (*encode.SOUND, *encode.PICTURE))
    color = plain_color(document.canvas.color, findings)
    people = plan_people(
        document,
        spec.bindings,
        other_rooms(str(spec.options.get("other_rooms") or "")),
        frame,
        painter,
        color,
        int(spec.app.settings.get("live_most_panes") or CAPABILITIES.max_panes),
        findings,
    )
    background, drawn = plan_background(document, people.drawn, spec.variables, frame, color, painter, findings)
    profile = str(spec.options.get("video_profile") or "")
    wished = {
        "AudioOnly": "false",
        **encode.plan_sound(spec.encoding, findings),
        **encode.plan_picture(spec.encoding, profile, frame, findings),
    }
    if "VideoWidth" in running and spec.app.settings.get("live_encoding_on_air") is not True:
        findings += encode.kept_on_air(wished, running)
        wished = dict(running)
    parameters: dict[str, Json] = {"EncodeParams": wished, "Layout": {"UserPanes": people.panes}}
    if background:
        parameters["Background"] = background
    if people.subscribed:
        parameters["UserInfos"] = [*people.subscribed, *also_heard(spec, people.subscribed)]
    drawn = replace(drawn, objects=(*drawn.objects, *people.picture))
    return Composition(parameters, {"canvas": [frame.width, frame.height], "encode": wished}, (), drawn)


def sound(spec: TaskSpec, findings: list[Finding]) -> Composition:
    """`TranscodeParams` without a picture. Bound people are heard; with an open slot everybody is."""
    findings += [say("sound_only", item.id) for item in spec.document.visible if item.kind != "region"]
    findings += hidden_findings(spec.document)
    findings.append(say("canvas_unused", None, "canvas"))
    findings += encode.unused(spec.encoding, encode.SOUND)
    regions = spec.document.regions
    findings += [say("sound_only", region.id) for region in regions]
    wished = {"AudioOnly": "true", **encode.plan_sound(spec.encoding, findings)}
    parameters: dict[str, Json] = {"EncodeParams": wished}
    if regions and all(user_of(region, spec.bindings) for region in regions):
        rooms = other_rooms(str(spec.options.get("other_rooms") or ""))
        heard = subscriptions((), regions, spec.bindings, rooms)
        parameters["UserInfos"] = [*heard, *also_heard(spec, heard)]
    return Composition(parameters, {}, ())


def also_heard(spec: TaskSpec, known: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """The voices of people without a region."""
    rooms = other_rooms(str(spec.options.get("other_rooms") or ""))
    there = {user_id["UserId"] for user_id in known}
    named = dict.fromkeys(
        user_id.strip() for user_id in str(spec.options.get("also_heard") or "").split(",") if user_id.strip()
    )
    return [
        {"UserId": user, "StreamType": VOICE, **({"ChannelId": rooms[user]} if user in rooms else {})}
        for user in named
        if user not in there
    ]


def single(spec: TaskSpec, findings: list[Finding]) -> dict[str, str]:
    """`SingleSubParams`: the first person of the layout, as they send it."""
    findings += hidden_findings(spec.document)
    findings.append(say("canvas_unused", None, "canvas"))
    findings += encode.unused(spec.encoding, ())
    chosen = next((region for region in spec.document.regions if user_of(region, spec.bindings)), None)
    findings += [say("single_leaves_out", item.id) for item in spec.document.visible if item != chosen]
    if chosen is None:
        findings.append(say("single_needs_person", None, "bindings"))
        return {}
    findings.append(say("single_as_it_is", chosen.id))
    user = user_of(chosen, spec.bindings)
    kind = str(spec.options.get("single_stream") or ORIGINAL)
    if kind == VOICE or (chosen.source.stream == "camera" and kind in (ORIGINAL, VIDEO)):
        return {"UserId": user, "StreamType": kind}
    findings.append(say("single_screen_silent", chosen.id, "source"))
    return {"UserId": user, "StreamType": VIDEO, "SourceType": SOURCE_TYPES["screen"]}


def once(spec: TaskSpec) -> dict[str, str]:
    """What only a start can say, as it is wished; what is left open is left out."""
    wishes = {
        "Region": spec.app.settings.get("live_region"),
        "MaxIdleTime": spec.options.get("max_idle_time") or 60,
        "PayloadType": spec.options.get("sei_payload_type"),
    }
    return {name: str(value) for name, value in wishes.items() if value}


OPTIONS = {"Region": "live_region", "MaxIdleTime": "max_idle_time", "PayloadType": "sei_payload_type"}


def stays(wished: Mapping[str, str], running: Json) -> Iterator[Finding]:
    """What is wished otherwise than it was started."""
    if not isinstance(running, Mapping):
        return
    for name, option in OPTIONS.items():
        if wished.get(name, "") != running.get(name, ""):
            field = f"options.{option}" if name != "Region" else f"app.settings.{option}"
            yield say("option_fixed_on_air", None, field, option=option, value=running.get(name) or "as it was")
