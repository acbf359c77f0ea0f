"""Parameters of relays, recordings and stored layouts become a layout again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Invalid
from apps.layout_document.document import (
    Canvas,
    Image,
    LayoutDocument,
    LayoutObject,
    Picture,
    Region,
    Source,
    Text,
)
from apps.layout_document.parse import parse
from apps.layout_document.serialize import to_json
from apps.vendors.aliyun.rtc2.importing import knows, read
from apps.vendors.aliyun.rtc2.record.adapter import AliyunRtcRecordAdapter
from apps.vendors.frame import box_of
from apps.vendors.plan import Plan
from apps.vendors.types import Binding, Imported
from tests.vendors.aliyun.conftest import PaperPainter
from tests.vendors.aliyun.relay_tasks import ADAPTER, relay, start

Sample = Callable[[str], dict[str, Any]]
RECORDER = AliyunRtcRecordAdapter()
PANE = {"PaneId": 0, "X": 0, "Y": 0, "Width": 1, "Height": 1}


@st.composite
def expressible(draw: st.DrawFn, *, free: bool = True) -> LayoutDocument:
    """What a relay says in its own words: all people fitted alike, pictures by their address, names in panes."""
    width, height = draw(st.sampled_from([(1280, 720), (720, 1280), (640, 360)]))
    fit = draw(st.sampled_from(["cover", "contain"]))

    def inside(x: int, y: int, wide: int, high: int) -> dict[str, int]:
        left, top = draw(st.integers(0, wide - 2)), draw(st.integers(0, high - 2))
        size = {"width": draw(st.integers(1, wide - left - 1)), "height": draw(st.integers(1, high - top - 1))}
        return {"x": x + left, "y": y + top, **size}

    objects: list[LayoutObject] = []
    for number in range(draw(st.integers(1, 6))):
        source = Source(f"u{number}", draw(st.sampled_from(["camera", "screen"])))
        region = Region(
            id=f"r{number}", name=f"u{number}", **inside(0, 0, width, height), fit=fit, source=source,
            placeholder=draw(st.none() | st.just(Picture("https://h/off.png", "stretch"))),
        )  # fmt: skip
        objects.append(region)
        if region.width > 9 and region.height > 9 and draw(st.booleans()):
            where = (region.x, region.y, region.width, region.height)
            belongs = draw(st.sampled_from(["image", "text"]))
            if belongs == "image":
                url = "https://h/badge.png"
                objects.append(
                    Image(id=f"b{number}", **inside(*where), url=url, fit="stretch", attached_to=region.id)
                )  # fmt: skip
            else:
                objects.append(
                    Text(
                        id=f"t{number}", **inside(*where), text="老师 A", size=draw(st.integers(8, 72)),
                        weight=draw(st.sampled_from([400, 700])), opacity=draw(st.sampled_from([0.5, 1.0])),
                        color=f"#{draw(st.integers(0, 0xFFFFFF)):06X}", attached_to=region.id,
                        background=draw(st.none() | st.just("#102030")),
                    )
                )  # fmt: skip
    for number in range(draw(st.integers(0, 3)) if free else 0):
        above = draw(st.sampled_from([0, len(objects)]))
        url, opacity = f"https://h/{number}.png", draw(st.sampled_from([0.25, 1.0])) if above else 1.0
        where = inside(0, 0, width, height)
        objects.insert(above, Image(id=f"i{number}", **where, url=url, fit="stretch", opacity=opacity))
    image = draw(st.none() | st.just(Picture("https://h/bg.jpg", "stretch"))) if free else None
    color = f"#{draw(st.integers(0, 0xFFFFFF)):06X}" if free else "#000000"
    return LayoutDocument(Canvas(width, height, color, image), tuple(objects))


def paste(plan: Plan) -> list[dict[str, str]]:
    """The queries of a plan's requests, as they travel."""
    return [dict(request.query) for request in plan.requests]


def bare(document: LayoutDocument) -> list[Any]:
    """The objects without what the vendor has no words for: ids, a text's own box, the order of what lies apart."""
    names = {region.id: (region.name, region.x, region.y, region.width, region.height) for region in document.regions}
    found = []
    for one in document.objects:
        if isinstance(one, Text):
            one = replace(one, width=1, height=1)
        owner = names.get(getattr(one, "attached_to", None) or "")
        change = {"attached_to": None} if not isinstance(one, Region) else {}
        found.append((owner, replace(one, id="x", **change)))
    return sorted(found, key=repr)


def overlapping(document: LayoutDocument) -> set[Any]:
    """Pairs of free things that overlap, the lower first."""
    stack = [item for item in document.objects if not getattr(item, "attached_to", None)]
    boxes = [box_of(one) for one in stack]
    plain = [repr(replace(one, id="x")) for one in stack]
    return {
        (plain[low], plain[up]) for up in range(len(stack)) for low in range(up) if boxes[low].overlaps(boxes[up])
    }  # fmt: skip


@given(expressible())
def test_what_was_planned_comes_back(document: LayoutDocument) -> None:
    bindings = {region.source.slot: Binding(region.source.slot) for region in document.regions}
    plan = start(relay(document=document, bindings=bindings))
    assert not plan.errors
    for payload in (paste(plan), {name: value for query in paste(plan) for name, value in query.items()}):
        back = read(payload)
        assert back.document.canvas == document.canvas
        assert bare(back.document) == bare(document)
        assert overlapping(back.document) == overlapping(document)
        assert (back.bindings, back.not_understood) == (bindings, ())
        assert parse(to_json(back.document)) == back.document


@given(expressible(free=False))
def test_a_recording_comes_back(document: LayoutDocument) -> None:
    plain = tuple(
        replace(item, background=None, opacity=1.0) if isinstance(item, Text) else item for item in document.objects
    )
    document = replace(document, objects=plain)
    bindings = {region.source.slot: Binding(region.source.slot) for region in document.regions}
    spec = relay(document=document, bindings=bindings, output={}, settings={"record_template_id": "tpl"})
    plan = RECORDER.plan_start(spec, PaperPainter())
    assert not plan.errors
    back = RECORDER.read_payload(paste(plan))
    assert (back.document.canvas, bare(back.document)) == (document.canvas, bare(document))
    assert (back.bindings, back.not_understood) == (bindings, ())


@given(expressible())
def test_what_came_back_is_planned_as_before(document: LayoutDocument) -> None:
    bindings = {region.source.slot: Binding(region.source.slot) for region in document.regions}
    first = start(relay(document=document, bindings=bindings))
    again = start(relay(document=read(paste(first)).document, bindings=bindings))

    def rows(plan: Plan) -> list[Any]:  # a list's numbering is free among those that lie apart
        last = {name: value for name, value in plan.requests[-1].query.items() if "Pane" not in name}
        return sorted((name.rpartition(".")[2], value) for name, value in last.items())

    assert rows(again) == rows(first)


def test_the_vendors_layout(sample: Sample) -> None:
    request = sample("CreateMPULayout")["request"]
    answer = sample("DescribeMPULayoutInfoList")
    for payload in (request["parameters"], request["wire_query"], answer["response"]["body"],
                    answer["alternative_response_body"]):  # fmt: skip
        back = read(payload)
        assert [(region.x, region.y, region.width, region.height) for region in back.document.regions] == [
            (0, 0, 960, 720), (960, 0, 320, 180), (960, 180, 320, 180),
        ]  # fmt: skip
        assert [region.source.slot for region in back.document.regions] == ["guest-1", "guest-2", "guest-3"]
        assert back.bindings == {}
        assert "size_assumed" in {one.code for one in back.not_understood}
        assert "major_pane" in {one.code for one in back.not_understood}


def told(made: Imported) -> set[tuple[str, str]]:
    return {(one.pointer, one.code) for one in made.not_understood}


def test_the_vendors_relay(sample: Sample) -> None:
    request = sample("StartMPUTask")["request"]
    made = read(request["parameters"])
    assert made.document == read(request["wire_query"]).document
    assert [(item.kind, item.x, item.y, item.width, item.height) for item in made.document.objects] == [
        ("region", 0, 0, 1280, 720),
        ("text", 26, 662, 277, 46),
        ("region", 970, 545, 302, 170),
        ("image", 1088, 14, 154, 58),
    ]
    assert made.document.canvas == Canvas(
        1280, 720, "#112233", Picture("https://img.example.com/bg-1280x720.jpg", "stretch")
    )
    assert made.bindings == {"teacher": Binding("teacher")}
    assert told(made) == {("/ClockWidgets", "task_option"), ("/UserPanes/0/Texts/0/BorderWidth", "task_option")}
    assert ("/UserPanes.1.Texts.1.BorderWidth", "task_option") in told(read(request["wire_query"]))


@pytest.mark.parametrize("name", ["UpdateMPUTask", "StartRecordTask"])
def test_other_calls_of_the_vendor(sample: Sample, name: str) -> None:
    made = read(sample(name)["request"]["wire_query"])
    assert len(made.document.regions) == 2
    assert told(made) == set()


@pytest.mark.parametrize(
    ("variant", "pointer"), [(0, "/MixMode"), (1, "/MediaEncode"), (2, None)]
)  # fmt: skip
def test_variants_of_the_vendors_relay(sample: Sample, variant: int, pointer: str | None) -> None:
    query = sample("StartMPUTask")["request_variants"][variant]["wire_query"]
    if pointer is None:
        made = read(query)
        assert told(made) == {(f"/LayoutIds.{number}", "other_layouts") for number in (2, 3, 4)}
        return
    with pytest.raises(Invalid) as caught:
        read(query)
    assert caught.value.problems[0].pointer == pointer


def test_the_older_pages_example() -> None:
    """Its MediaEncode 2 is in no table."""
    made = read({
        "AppId": "appID", "ChannelId": "channelId", "TaskId": "unique-task-ID", "TaskProfile": "4IN_1080P",
        "MediaEncode": 2, "BackgroundColor": 0, "LayoutIds": [2, 3], "StreamURL": "rtmp://url/app/stream",
    })  # fmt: skip
    assert len(made.document.regions) == 2
    assert told(made) == {("/MediaEncode", "encode_unknown"), ("/LayoutIds/1", "other_layouts")}


def test_the_panes_of_a_task_are_given_beside(sample: Sample) -> None:
    task = {**sample("StartMPUTask")["request"]["wire_query"], "LayoutIds.1": "1234"}
    with pytest.raises(Invalid) as caught:
        read(task)
    assert [(problem.pointer, problem.code) for problem in caught.value.problems] == [
        ("/LayoutIds.1", "layout_elsewhere")
    ]
    stored = sample("DescribeMPULayoutInfoList")["response"]["body"]
    created = sample("CreateMPULayout")["request"]["wire_query"]
    for beside in (stored, created):
        made = read([task, beside])
        assert [region.width for region in made.document.regions] == [960, 320, 320]
        assert made.document.regions[2].source.slot == "guest-3"
        assert made.bindings == {"teacher": Binding("teacher")}
    assert ("/1/Panes.1.MajorPane", "major_pane") in told(read([task, created]))
    plan = {"requests": [{"name": "x", "query": task}, {"name": "y", "query": created}]}
    assert ("/requests/1/query/Panes.1.MajorPane", "major_pane") in told(read(plan))


def test_what_has_no_place_in_a_layout_is_named() -> None:
    made = read({
        "Panes": [{**PANE, "Border": 1}], "MediaEncode": 20, "CropMode": 7, "SubSpecAudioUsers": ["anna"],
        "UserPanes": [
            {"PaneId": 0, "UserId": "anna", "SourceType": "hologram", "SegmentType": 1,
             "Images": [{"Url": "ftp://h/a.png", "X": 0, "Y": 0, "Width": 1, "Height": 1, "Display": 2}],
             "Texts": [{"Text": "a", "X": 0, "Y": 0, "FontType": 0, "FontSize": 4}]},
            {"PaneId": 3, "UserId": "bo"},
        ],
        "Backgrounds": [{"Url": "https://h/a.png?Expires=1&OSSAccessKeyId=a&Signature=canary", "X": 0, "Y": 0,
                         "Width": 1, "Height": 1}],
    })  # fmt: skip
    assert told(made) == {
        ("/Panes/0/Border", "not_in_a_layout"), ("/CropMode", "unknown_word"),
        ("/UserPanes/0/SourceType", "unknown_word"), ("/UserPanes/0/SegmentType", "task_option"),
        ("/UserPanes/0/Images/0/Url", "picture_address"), ("/UserPanes/0/Texts/0/FontType", "font"),
        ("/UserPanes/0/Texts/0/FontSize", "small_letters"), ("/UserPanes/1/PaneId", "no_pane"),
        ("/Backgrounds/0/Url", "picture_secret"), ("/SubSpecAudioUsers", "task_option"),
    }  # fmt: skip
    assert "canary" not in repr(made)


def test_an_open_pane_never_takes_a_persons_slot() -> None:
    panes = [{**PANE, "PaneId": 0}, {**PANE, "PaneId": 1}, {**PANE, "PaneId": 2}]
    users = [{"PaneId": 1, "UserId": "guest-1"}, {"PaneId": 2, "UserId": "老师"}]
    made = read({"Panes": panes, "UserPanes": users})
    slots = [region.source.slot for region in made.document.regions]
    assert len(set(slots)) == 3
    assert {slot: binding.user_id for slot, binding in made.bindings.items()} == {slots[1]: "guest-1", slots[2]: "老师"}


@pytest.mark.parametrize(
    ("payload", "pointer"),
    [
        ("text", ""),
        ({}, ""),
        ([], ""),
        ([7], ""),
        ({"Panes": 7}, "/Panes"),
        ({"Panes": [7]}, "/Panes/0"),
        ({"Panes": [{**PANE, "X": "left"}]}, "/Panes/0/X"),
        ({"Panes": [{**PANE, "X": float("nan")}]}, "/Panes/0/X"),
        ({"Panes": [{**PANE, "Width": 1e300}]}, "/Panes/0/Width"),
        ({"Panes": [{**PANE, "Width": 10**400}]}, "/Panes/0/Width"),
        ({"Panes": [{**PANE, "Y": 1.5}]}, "/Panes/0/Y"),
        ({"Panes.1.X": "0", "Panes.1.Y": "x"}, "/Panes.1.Y"),
        ({"Panes": [PANE], "MediaEncode": "large"}, "/MediaEncode"),
        ({"Panes": [PANE], "BackgroundColor": -1}, "/BackgroundColor"),
        ({"Panes": [PANE], "Watermarks": [{"Url": "https://h/a.png"}]}, "/Watermarks/0/Width"),
        ({"Panes": [PANE], "UserPanes": [{"PaneId": "first"}]}, "/UserPanes/0/PaneId"),
        ({"Panes": [PANE], "UserPanes": [{"PaneId": 0, "Texts": [{"Text": "a" * 1001, "X": 0, "Y": 0}]}]},
         "/UserPanes/0/Texts/0"),
        ({"LayoutIds": 7}, "/LayoutIds"),
        ({"LayoutIds": [99]}, "/LayoutIds/0"),
        ({"Layouts": [{"LayoutId": 5}]}, "/Layouts/0/Panes"),
        ({"Panes": [PANE] * 101}, "/Panes"),
    ],
)  # fmt: skip
def test_what_holds_no_layout_is_refused(payload: Any, pointer: str) -> None:
    with pytest.raises(Invalid) as caught:
        read(payload)
    assert caught.value.problems[0].pointer == pointer


def test_each_product_knows_its_own() -> None:
    task, recording = {"LayoutIds.1": "4"}, {"LayoutIds.1": "4", "TemplateId": "t"}
    assert [ADAPTER.knows_payload(one) for one in (task, recording, {}, None, [], "a", 7)] == [True, *[False] * 6]
    assert [RECORDER.knows_payload(one) for one in (task, recording)] == [False, True]
    assert knows([json.loads("{}"), {"Panes": []}], recorded=False)


def test_a_signature_plays_no_part(sample: Sample) -> None:
    query = sample("StartMPUTask")["request"]["wire_query"]
    signed = {**query, "AccessKeyId": "a", "Signature": "b", "SignatureNonce": "c", "Timestamp": "d", "Action": "e"}
    assert read(signed) == read(query)
