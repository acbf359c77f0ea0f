"""From a layout to Aliyun's calls: the requests, and what is said about everything they cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from apps.core.errors import Invalid
from apps.layout_document.document import Canvas, Image, LayoutDocument, Picture, Region, SourceCrop, Text
from apps.vendors.aliyun.rtc2.record.adapter import AliyunRtcRecordAdapter
from apps.vendors.fields import check_fields
from apps.vendors.plan import Plan
from apps.vendors.types import Binding, TaskSpec
from tests.vendors.aliyun.cases import found
from tests.vendors.aliyun.conftest import PaperPainter

Make = Callable[..., Any]


def levels(plan: Any) -> dict[str, str]:
    return {finding.code: finding.level for finding in plan.findings}


def test_the_vendors_start_example(
    adapter: AliyunRtcRecordAdapter, lesson: TaskSpec, painter: PaperPainter, sample: Make
) -> None:
    wanted = sample("StartRecordTask")["request"]["wire_query"]
    layout, start = adapter.plan_start(lesson, painter).requests
    assert (layout.name, start.name, start.method, start.starts) == ("CreateMPULayout", "StartRecordTask", "POST", True)
    assert start.url == "https://rtc.aliyuncs.com/"
    # Ours differs from the example by what it lets us choose: profile, layout, and a text's place to the pixel.
    ours = dict(start.query) | {"LayoutIds.1": "4"}
    assert {name for name in wanted.keys() | ours.keys() if wanted.get(name) != ours.get(name)} == {
        "TaskProfile", "UserPanes.1.Texts.1.X", "UserPanes.1.Texts.1.Y",
    }  # fmt: skip
    assert ours["TaskProfile"] == "2IN_720P"
    assert (ours["UserPanes.1.Texts.1.X"], ours["UserPanes.1.Texts.1.Y"]) == ("0.020313", "0.919444")


def test_the_vendors_update_and_stop_examples(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter, sample: Make
) -> None:
    left, right = region("teacher", 0, 0, 640, 720), region("student-1", 640, 0, 640, 720)
    task = spec(left, right, bound=("teacher", "student-1"))
    (key,) = adapter.plan_update(task, painter).requests[0].remember
    plan = adapter.plan_update(replace(task, known={key: "13"}), painter)
    (update,) = plan.requests
    wanted = sample("UpdateRecordTask")["request"]["wire_query"]
    cameras = {"SubSpecCameraUsers.1": "teacher", "SubSpecCameraUsers.2": "student-1"}
    cameras |= {"UnsubSpecShareScreenUsers.1": "allStream"}  # nobody's screen takes the place of somebody absent
    assert dict(update.query) == wanted | {"TaskProfile": "2IN_720P"} | cameras
    stop = adapter.plan_stop(task).requests[0]
    assert dict(stop.query) == sample("StopRecordTask")["request"]["wire_query"]
    query = adapter.plan_query(task).requests[0]
    assert (query.name, query.query["TaskIds.1"], query.read_only) == ("DescribeRecordFiles", "qb-rec-0001", True)


def test_a_layout_is_stored_once(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter
) -> None:
    task = spec(region("a", 0, 0, 427, 720), region("b", 427, 0, 853, 720))
    layout, start = adapter.plan_start(task, painter).requests
    assert dict(layout.query) == {
        "AppId": "9qb1test", "AudioMixCount": "6", "Name": layout.query["Name"],
        "Panes.1.PaneId": "0", "Panes.1.MajorPane": "0", "Panes.1.ZOrder": "0",
        "Panes.1.X": "0.0", "Panes.1.Y": "0.0", "Panes.1.Width": "0.333594", "Panes.1.Height": "1.0",
        "Panes.2.PaneId": "1", "Panes.2.MajorPane": "0", "Panes.2.ZOrder": "0",
        "Panes.2.X": "0.333594", "Panes.2.Y": "0.0", "Panes.2.Width": "0.666406", "Panes.2.Height": "1.0",
    }  # fmt: skip
    assert layout.gives == {"layoutId": "/LayoutId"}
    assert start.query["LayoutIds.1"] == "{layoutId}"
    ((key, name),) = layout.remember.items()
    assert name == "layoutId"
    (again,) = adapter.plan_start(replace(task, known={key: "1234"}), painter).requests
    assert again.query["LayoutIds.1"] == "1234"

    def key_of(other: TaskSpec) -> str:
        return next(iter(adapter.plan_start(other, painter).requests[0].remember))

    assert key_of(replace(task, bindings={"a": Binding("x")}, room="other")) == key
    assert key_of(replace(task, app=replace(task.app, vendor_app_id="other"))) != key
    assert key_of(replace(task, options={"audio_mix_count": 3})) != key
    assert key_of(spec(region("a", 0, 0, 428, 720), region("b", 428, 0, 852, 720))) != key


def test_depth_counts_overlaps_not_objects(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter
) -> None:
    stack = [region(f"r{n}", 100 * n, 100 * n, 300, 300) for n in range(4)]
    plan = adapter.plan_start(spec(region("far", 900, 0, 100, 100), *stack), painter)
    query = plan.requests[0].query
    assert [query[f"Panes.{n}.ZOrder"] for n in range(1, 6)] == ["0", "0", "1", "2", "3"]
    assert found(plan, "r3")["region_deep"].level == "note"
    assert "region_deep" not in found(plan, "r2")


@pytest.mark.parametrize(
    ("size", "encoding", "media", "profile", "codes"),
    [
        ((1280, 720), {}, "20", "1IN_720P", set()),
        ((1280, 720), {"fps": 30, "bitrate_kbps": 3000}, "28", "1IN_720P", {"bitrate_changed"}),
        ((1280, 720), {"fps": 15}, "40", "1IN_720P", set()),
        ((1280, 720), {"fps": 60, "codec": "H265", "gop": 2}, "27", "1IN_720P",
         {"fps_changed", "codec_changed", "encoding_ignored"}),
        ((1280, 720), {"width": 1920, "height": 1080}, "30", "1IN_1080P", set()),
        ((360, 640), {"fps": 15, "codec": "h264"}, "53", "1IN_360P", set()),
        ((1000, 750), {}, "34", "1IN_1080P", {"canvas_size_changed"}),
        ((3840, 2160), {}, "30", "1IN_1080P", {"canvas_size_changed"}),
        ((1080, 1080), {}, "33", "1IN_1080P", {"canvas_shape_changed"}),
        ((750, 780), {}, "24", "1IN_1080P", set()),
    ],
)  # fmt: skip
def test_the_picture_comes_from_a_table(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter,
    size: tuple[int, int], encoding: dict[str, Any], media: str, profile: str, codes: set[str],
) -> None:  # fmt: skip
    plan = adapter.plan_start(spec(region("a", 0, 0, *size), canvas=Canvas(*size), encoding=encoding), painter)
    query = plan.requests[-1].query
    if "canvas_shape_changed" not in codes:
        assert (query["MediaEncode"], query["TaskProfile"]) == (media, profile)
    assert set(found(plan)) - {"canvas_black_from_template", "billing_profile"} == codes


@pytest.mark.parametrize("fps", ["fast", 0, -1, True, float("nan")])
def test_nonsense_is_refused(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter, fps: Any
) -> None:
    with pytest.raises(Invalid) as caught:
        adapter.plan_start(spec(region("a", 0, 0, 9, 9), encoding={"fps": fps}), painter)
    assert caught.value.problems[0].pointer == "/encoding/fps"


@pytest.mark.parametrize(
    ("fits", "mode", "changed"),
    [
        ([("cover", "camera", 640), ("contain", "camera", 320)], "1", {1}),
        ([("cover", "camera", 640), ("contain", "screen", 320)], "2", {0}),
        ([("contain", "camera", 640), ("cover", "camera", 320)], "2", {1}),
        ([("cover", "camera", 640), ("stretch", "camera", 320)], "1", {1}),
        ([("stretch", "camera", 640)], "2", {0}),
    ],
)
def test_one_fit_for_all(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter,
    fits: list[tuple[str, str, int]], mode: str, changed: set[int],
) -> None:  # fmt: skip
    regions = [region(str(n), 640 * n, 0, w, 720, fit=fit, stream=s) for n, (fit, s, w) in enumerate(fits)]
    plan = adapter.plan_start(spec(*regions), painter)
    assert plan.requests[-1].query["CropMode"] == mode
    told = {int(finding.object_id or 0) for finding in plan.findings if finding.code in ("fit_common", "fit_stretch")}
    assert told == changed


def test_only_the_bound_are_seen_where_every_region_is_bound(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter
) -> None:
    regions = (region("a", 0, 0, 640, 720), region("b", 640, 0, 640, 720, stream="screen"))
    full = adapter.plan_start(spec(*regions, bound=("a", "b")), painter).requests[-1].query
    assert (full["SubSpecCameraUsers.1"], full["SubSpecShareScreenUsers.1"]) == ("a", "b")
    plan = adapter.plan_start(spec(*regions, bound=("a",)), painter)
    half = plan.requests[-1].query
    assert {name for name in half if "SubSpec" in name or "Unsub" in name} == {"SubSpecAudioUsers.1"}
    assert "UserPanes.2.PaneId" not in half
    assert found(plan, "b")["next_joiner_any_stream"].level == "changed"


def test_what_regions_cannot_be(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter
) -> None:
    odd = region(
        "odd", -10, 0, 640, 720, opacity=0.5, corner_radius=8, source_crop=SourceCrop(0, 0, 0.5, 1),
        placeholder=Picture("asset:off"), fit="contain",
    )  # fmt: skip
    away = region("away", 2000, 0, 10, 10)
    hidden = replace(away, id="hidden", hidden=True)
    plan = adapter.plan_start(spec(odd, away, hidden, canvas=Canvas(1280, 720, "#101820", Picture("asset:b"))), painter)
    assert set(found(plan, "odd")) == {
        "region_clipped", "region_opaque", "region_square", "source_crop_ignored", "placeholder_needs_person",
        "next_joiner", "fit_bars",
    }  # fmt: skip
    assert found(plan, "away")["region_outside"].level == "dropped"
    assert not found(plan, "hidden")
    assert found(plan)["canvas_color_from_template"].level == "changed"
    assert found(plan)["canvas_image_from_template"].level == "dropped"


def test_what_stops_a_recording(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter
) -> None:
    many = [region(f"r{n}", n * 10, 0, 10, 10, slot="x") for n in range(17)]
    plan = adapter.plan_start(
        spec(*many, settings={}, room="a room", task_id="t" * 56, output={"push_urls": ["rtmp://x"]},
             bindings={"x": Binding("学生")}),
        painter,
    )  # fmt: skip
    errors = {error.code for error in plan.errors}
    assert errors == {
        "template_missing", "room_unusable", "task_id_unusable", "output_not_recording", "too_many_regions",
        "user_unusable",
    }  # fmt: skip
    assert found(plan, "r16")["too_many_regions"]
    assert "Panes.16.X" in plan.requests[0].query
    assert "Panes.17.X" not in plan.requests[0].query
    assert levels(adapter.plan_start(spec(), painter))["no_regions"] == "error"


def test_pictures(adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter) -> None:
    painter.sizes = {"asset:logo": (200, 100), "asset:off": (400, 300)}
    host = region("host", 0, 0, 640, 720, placeholder=Picture("asset:off", "cover"))
    square = Image(id="square", x=600, y=0, width=100, height=100, url="asset:logo", attached_to="host", opacity=0.5)
    exact = Image(id="exact", x=0, y=0, width=100, height=50, url="asset:logo", attached_to="host")
    web = Image(id="web", x=0, y=90, width=64, height=72, url="https://e.com/a.png", attached_to="host")
    free = Image(id="free", x=0, y=0, width=64, height=72, url="asset:logo")
    lost = Image(id="lost", x=900, y=0, width=64, height=72, url="asset:logo", attached_to="host")
    plan = adapter.plan_start(spec(host, square, exact, web, free, lost, bound=("host",)), painter)
    query = plan.requests[-1].query
    images = "UserPanes.1.Images."
    assert [query[f"{images}{n}.Display"] for n in range(1, 5)] == ["2", "1", "1", "1"]
    assert f"{images}5.Url" not in query
    place = [query[f"{images}2.{name}"] for name in ("X", "Y", "Width", "Height")]
    assert place == ["0.9375", "0.0", "0.0625", "0.138889"]
    assert query[f"{images}3.Url"] == "<PUBLIC_URL>/a/logo.png"
    behind, clipped = painter.baked
    assert (behind.canvas.width, behind.canvas.height, behind.objects[0].id) == (640, 720, "host")
    assert (clipped.canvas.width, clipped.canvas.height) == (40, 100)
    assert (clipped.objects[0].x, clipped.objects[0].width) == (0, 100)
    assert set(found(plan, "square")) == {"picture_prepared", "picture_clipped"}
    assert not found(plan, "exact")
    assert set(found(plan, "web")) == {"picture_stretched"}
    assert (found(plan, "free")["picture_free"].level, found(plan, "lost")["picture_outside"].level) == (
        "dropped", "dropped",
    )  # fmt: skip


def test_texts(adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter) -> None:
    host, guest = region("host", 0, 0, 640, 720), region("guest", 640, 0, 640, 720)
    free = Text(
        id="free", x=64, y=72, width=200, height=90, text="{{a}}\n{{b}}", size=80, weight=600, color="#FF000080",
        background="#00000080", align="center", opacity=0.5,
    )  # fmt: skip
    across = Text(id="across", x=600, y=0, width=100, height=40, text="x")
    open_seat = Text(id="open", x=700, y=0, width=100, height=40, text="x", attached_to="guest")
    empty = Text(id="empty", x=0, y=0, width=100, height=40, text="{{a}}", attached_to="host")
    moved = Text(id="moved", x=-64, y=0, width=100, height=40, text="x", attached_to="host")
    plan = adapter.plan_start(
        spec(host, guest, free, across, open_seat, empty, moved, bound=("host",), variables={"a": ""}), painter
    )
    query = plan.requests[-1].query
    assert {name.rpartition(".")[2]: one for name, one in query.items() if ".Texts.1." in name} == {
        "Text": "{{b}}", "X": "0.1", "Y": "0.1", "FontType": "5", "FontSize": "72", "FontColor": "255", "ZOrder": "1",
    }  # fmt: skip
    assert set(found(plan, "free")) == {
        "text_into_region", "text_size", "text_font", "text_weight", "text_align", "text_one_line", "text_background",
        "text_opaque", "variable_missing",
    }  # fmt: skip
    assert [found(plan, one)["text_dropped"].level for one in ("across", "open")] == ["dropped", "dropped"]
    assert found(plan, "empty")["text_empty"].level == "dropped"
    assert "text_moved" in found(plan, "moved")
    assert query["UserPanes.1.Texts.2.X"] == "0.0"


def test_letters_grow_with_the_picture(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter
) -> None:
    text = Text(id="t", x=0, y=0, width=300, height=40, text="x", size=32, attached_to="a")
    task = spec(region("a", 0, 0, 1280, 720), text, bound=("a",), encoding={"width": 1920, "height": 1080})
    assert adapter.plan_start(task, painter).requests[-1].query["UserPanes.1.Texts.1.FontSize"] == "48"


def test_what_is_drawn_inside_a_region_keeps_its_order_or_says_so(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter
) -> None:
    below = Text(id="below", x=0, y=0, width=300, height=40, text="x", attached_to="host")
    above = Text(id="above", x=400, y=300, width=300, height=40, text="x", attached_to="host")
    host, over = region("host", 0, 0, 1280, 720), region("over", 500, 200, 300, 300)
    plan = adapter.plan_start(spec(below, host, over, above, bound=("host", "over")), painter)
    assert found(plan, "below")["above_region"].level == "changed"
    assert found(plan, "above")["covered_by_region"].level == "changed"


def test_on_air_the_recording_keeps_its_template(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter
) -> None:
    task = spec(region("a", 0, 0, 1280, 720))
    carry = adapter.plan_start(task, painter).carry
    other = replace(
        task, previous=carry, app=replace(task.app, settings={"record_template_id": "new"}), encoding={"fps": 30}
    )
    plan = adapter.plan_update(other, painter)
    assert plan.requests[-1].query["TemplateId"] == "76dasgb1"
    assert "MixMode" not in plan.requests[-1].query
    assert {"template_on_air", "encoding_on_air"} <= set(found(plan))
    assert adapter.plan_stop(other).carry == carry


def test_v1_carries_the_operation_in_the_query(
    adapter: AliyunRtcRecordAdapter, spec: Make, region: Make, painter: PaperPainter
) -> None:
    task = spec(region("a", 0, 0, 9, 9), settings={"record_template_id": "t", "signature": "v1"})
    for request in adapter.plan_start(task, painter).requests:
        assert (request.query["Action"], request.query["Version"], request.query["Format"]) == (
            request.name, "2018-01-11", "JSON",
        )  # fmt: skip
        assert "x-acs-action" not in request.headers
    assert type(adapter.auth({}, task.app, lambda: None)).__name__ == "RpcV1Auth"  # type: ignore[arg-type,return-value]
    assert type(adapter.auth({}, None, lambda: None)).__name__ == "Acs3Auth"  # type: ignore[arg-type,return-value]


def test_documents_are_only_read(adapter: AliyunRtcRecordAdapter, lesson: TaskSpec, painter: PaperPainter) -> None:
    assert adapter.plan_start(lesson, painter) == adapter.plan_start(lesson, painter)
    assert isinstance(lesson.document, LayoutDocument)
    assert isinstance(lesson.document.objects[0], Region)


# --- options ----------------------------------------------------------------------------------------------------------


def recorded(adapter: AliyunRtcRecordAdapter, lesson: TaskSpec, **options: Any) -> tuple[Mapping[str, str], Plan]:
    assert check_fields(adapter.task_options, options, "") == []
    plan = adapter.plan_start(replace(lesson, options=options), PaperPainter())
    return plan.requests[-1].query, plan


def test_one_persons_stream_is_recorded_as_it_is(adapter: AliyunRtcRecordAdapter, lesson: TaskSpec) -> None:
    query, plan = recorded(adapter, lesson, mode="single", single_stream=1)
    person = next(iter(lesson.bindings.values())).user_id
    assert [request.name for request in plan.requests] == ["StartRecordTask"], "no layout is stored for it"
    assert (query["MixMode"], query["StreamType"], query["SubSpecUsers.1"]) == ("0", "1", person)
    assert not [one for one in query if one.startswith(("LayoutIds", "UserPanes", "MediaEncode", "TaskProfile"))]
    assert plan.drawn is None
    again = adapter.plan_update(replace(lesson, options={"mode": "mix"}, previous=plan.carry), PaperPainter())
    assert [error.code for error in again.errors] == ["single_on_air"]


def test_sound_alone_is_recorded(adapter: AliyunRtcRecordAdapter, lesson: TaskSpec) -> None:
    query, plan = recorded(adapter, lesson, mode="sound", muted_users="spy")
    assert (query["MixMode"], query["MediaEncode"], query["TaskProfile"]) == ("1", "0", "Mixed_Audio")
    assert query["UnsubSpecAudioUsers.1"] == "spy"
    named = {finding.object_id for finding in plan.findings if finding.level == "dropped"}
    assert {one.id for one in lesson.document.visible} <= named


def test_who_is_heard_the_fit_and_further_layouts_can_be_chosen(
    adapter: AliyunRtcRecordAdapter, lesson: TaskSpec
) -> None:
    query, plan = recorded(adapter, lesson, muted_users="spy, ghost", crop_mode=2, more_layouts="11")
    assert [query["UnsubSpecAudioUsers.1"], query["UnsubSpecAudioUsers.2"]] == ["spy", "ghost"]
    assert query["CropMode"] == "2"
    assert query["LayoutIds.2"] == "11"
    assert query["TaskProfile"].startswith("9IN_"), "the largest of the layouts decides"
    assert "layout_by_count" in {finding.code for finding in plan.findings}
