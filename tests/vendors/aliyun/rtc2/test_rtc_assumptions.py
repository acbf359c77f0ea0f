"""What Aliyun RTC's documents leave open: each setting of the app changes the plan, and the picture that is promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps.layout_document.document import Canvas, Image, LayoutDocument, Picture, Region, Source, Text
from apps.vendors.aliyun.rtc2.mpu.adapter import AliyunRtcMpuAdapter
from apps.vendors.aliyun.rtc2.record.adapter import AliyunRtcRecordAdapter
from apps.vendors.fields import check_fields
from apps.vendors.plan import Plan
from apps.vendors.types import AppSpec, Binding, TaskSpec
from tests.vendors.painter import FakePainter

RELAY, RECORDING = AliyunRtcMpuAdapter(), AliyunRtcRecordAdapter()
ANNA = Region(id="a", x=640, y=0, width=640, height=720, source=Source("anna"))
NAME = Text(id="n", x=640, y=360, width=320, height=40, text="Anna", size=40, attached_to="a")
URL = "asset:" + "a" * 64


def task(*objects: Any, settings: Mapping[str, Any] | None = None, **more: Any) -> TaskSpec:
    app = AppSpec("9qb1test", {"record_template_id": "t", **(settings or {})})
    assert check_fields(RELAY.app_settings + RECORDING.app_settings, app.settings, "") == []
    return replace(
        TaskSpec(
            app=app,
            document=LayoutDocument(Canvas(1280, 720), objects),
            room="room",
            task_id="t",
            bindings={"anna": Binding("anna")},
            output={"push_urls": ["rtmp://push.example.com/live/1"]},
        ),
        **more,
    )


def relayed(spec: TaskSpec) -> tuple[Mapping[str, str], Plan]:
    plan = RELAY.plan_start(spec, FakePainter())
    return plan.requests[-1].query, plan


def codes(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.findings if finding.code not in ("billing_default", "text_font")]


def test_what_is_inside_a_region_is_measured_from_it_or_from_the_canvas() -> None:
    query, _ = relayed(task(ANNA, NAME))
    assert (query["UserPanes.1.Texts.1.X"], query["UserPanes.1.Texts.1.Y"]) == ("0.0", "0.5")
    query, _ = relayed(task(ANNA, NAME, settings={"rtc_inside_measured": "canvas"}))
    assert (query["UserPanes.1.Texts.1.X"], query["UserPanes.1.Texts.1.Y"]) == ("0.5", "0.5")
    logo = Image(id="i", x=960, y=0, width=320, height=360, url=URL, fit="stretch", attached_to="a")
    query, _ = relayed(task(ANNA, logo, settings={"rtc_inside_measured": "canvas"}))
    assert [query[f"UserPanes.1.Images.1.{name}"] for name in ("X", "Y", "Width", "Height")] == [
        "0.75", "0.0", "0.25", "0.5",
    ]  # fmt: skip


def test_letters_are_as_large_as_the_account_draws_them() -> None:
    assert relayed(task(ANNA, NAME))[0]["UserPanes.1.Texts.1.FontSize"] == "40"
    spec = task(ANNA, NAME, settings={"rtc_letter_scale": 0.5})
    assert relayed(spec)[0]["UserPanes.1.Texts.1.FontSize"] == "20"
    assert RECORDING.plan_start(spec, FakePainter()).requests[-1].query["UserPanes.1.Texts.1.FontSize"] == "20"


def test_names_without_styles_where_the_account_refuses_them() -> None:
    name = replace(NAME, background="#00000080", opacity=0.5)
    query, plan = relayed(task(ANNA, name, options={"text_outline": 2}))
    styles = {"Alpha", "Box", "BoxColor", "BoxBorderWidth", "BorderWidth", "BorderColor"}
    assert {f"UserPanes.1.Texts.1.{style}" for style in styles} <= query.keys()
    assert "text_outline" in codes(plan)
    query, plan = relayed(
        task(
            ANNA,
            name,
            settings={"rtc_text_styles": False},
            options={"text_outline": 2, "clock": True, "clock_box": True},
        )
    )
    assert not [one for one in query if one.rpartition(".")[2] in styles]
    assert "text_plain" in codes(plan)
    assert plan.drawn is not None
    assert [item.opacity for item in plan.drawn.objects if item.id == "n"] == [1.0]


def test_depths_of_regions_and_pictures_on_one_scale_or_apart() -> None:
    over = Region(id="b", x=700, y=100, width=200, height=200, source=Source("bo"))
    title = Text(id="t", x=690, y=90, width=300, height=60, text="Live")
    people = {"anna": Binding("anna"), "bo": Binding("bo")}
    query, plan = relayed(task(ANNA, title, over, bindings=people))
    assert query["Watermarks.1.ZOrder"] == "1"
    assert {"between_regions"} <= set(codes(plan))
    query, plan = relayed(task(ANNA, title, over, bindings=people, settings={"rtc_z_scale": "apart"}))
    assert query["Watermarks.1.ZOrder"] == "0"
    told = next(finding for finding in plan.findings if finding.object_id == "t" and finding.level == "changed")
    assert told.code == "above_all_regions"
    assert plan.drawn is not None
    assert [item.id for item in plan.drawn.objects if not item.id.endswith("bars")][-1] == "t"


def test_deep_stacks_are_told_from_the_level_the_account_knows() -> None:
    stack = [replace(ANNA, id=f"r{at}", x=600 - at, source=Source(f"s{at}")) for at in range(4)]
    _, plan = relayed(task(*stack))
    assert codes(plan).count("region_deep") == 1
    _, plan = relayed(task(*stack, settings={"rtc_z_levels": 9}))
    assert "region_deep" not in codes(plan)


def test_bars_are_drawn_in_the_color_the_account_has() -> None:
    region = replace(ANNA, fit="contain")
    spec = task(region, document=LayoutDocument(Canvas(1280, 720, "#102030"), (region,)))

    def color(plan: Plan) -> Any:
        assert plan.drawn is not None
        return next(item.background for item in plan.drawn.objects if isinstance(item, Text))

    assert color(relayed(spec)[1]) == "#102030"
    black = replace(spec, app=replace(spec.app, settings={"rtc_bars": "black"}))
    assert color(relayed(black)[1]) == "#000000"


def test_a_running_task_may_be_told_another_resolution_or_keeps_its_own() -> None:
    for adapter in (RELAY, RECORDING):
        start = adapter.plan_start(task(ANNA, encoding={"fps": 30}), FakePainter())
        running = start.requests[-1].query["MediaEncode"]
        wish = {"encoding": {"width": 1920, "height": 1080}, "previous": start.carry}
        told = adapter.plan_update(task(ANNA, **wish), FakePainter())
        assert told.requests[-1].query["MediaEncode"] != running
        kept = adapter.plan_update(task(ANNA, **wish, settings={"rtc_encoding_on_air": False}), FakePainter())
        assert kept.requests[-1].query["MediaEncode"] == running
        assert ("changed", "encoding_kept_on_air") in [(finding.level, finding.code) for finding in kept.findings]


def test_lists_are_as_long_as_the_account_takes_them() -> None:
    users = ",".join(f"u{at}" for at in range(20))
    assert relayed(task(ANNA, options={"muted_users": users}))[1].errors == ()
    _, plan = relayed(task(ANNA, options={"muted_users": users}, settings={"rtc_listed_users": 16}))
    assert [error.code for error in plan.errors] == ["list_too_long"]


# --- what the picture shows -------------------------------------------------------------------------------------------


def test_the_placeholder_of_an_open_region_lies_beneath_it() -> None:
    open_seat = replace(ANNA, source=Source("guest"), placeholder=Picture(URL, "cover"))
    painter = FakePainter({URL: (640, 720)})
    plan = RELAY.plan_start(task(open_seat), painter)
    query = plan.requests[-1].query
    assert query["Backgrounds.1.Url"]
    assert not [one for one in query if one.startswith("UserPanes")]
    told = [
        (finding.level, finding.object_id, finding.field)
        for finding in plan.findings
        if finding.code == "open_placeholder"
    ]
    assert told == [("note", "a", "placeholder")]
    assert {finding.object_id for finding in plan.findings} <= {None, "a"}
    assert plan.drawn is not None
    assert [type(item).__name__ for item in plan.drawn.objects][:1] == ["Image"]


def test_the_clock_is_part_of_the_promised_picture() -> None:
    options = {
        "clock": True,
        "clock_x": 0.5,
        "clock_y": 0.25,
        "clock_size": 30,
        "clock_box": True,
        "clock_opacity": 0.5,
    }
    _, plan = relayed(task(ANNA, options=options))
    assert plan.drawn is not None
    box, face = plan.drawn.objects[-2:]
    assert isinstance(face, Text) and isinstance(box, Text)
    assert (face.x, face.y, face.size, face.opacity) == (640, 180, 30, 0.5)
    assert (box.text, box.background) == ("", "#000000")
    assert "clock_shown" in codes(plan)


def test_a_names_place_is_that_of_the_point_the_account_measures() -> None:
    """40 px letters in a region of 640 × 720 at (640, 0), over its middle."""

    def place(anchor: str, scale: float = 1.0) -> tuple[float, float]:
        settings = {"rtc_text_anchor": anchor, "rtc_letter_scale": scale}
        query, _ = relayed(task(ANNA, NAME, settings=settings))
        return float(query["UserPanes.1.Texts.1.X"]), float(query["UserPanes.1.Texts.1.Y"])

    assert place("top_left") == (0, 0.5)
    left, base = place("baseline")
    assert (left, 0.56 < base < 0.57) == (0, True)
    across, middle = place("center")
    assert 0.06 < across < 0.08  # half of four Latin letters
    assert 0.5 < middle < base
    assert place("baseline", 0.5) == (left, base)  # half the number, letters as large


def test_the_clock_is_measured_by_the_same_point() -> None:
    def clock(anchor: str) -> tuple[float, float]:
        options = {"clock": True, "clock_x": 0.5, "clock_y": 0.5, "clock_size": 36}
        query, _ = relayed(task(ANNA, settings={"rtc_text_anchor": anchor}, options=options))
        return float(query["ClockWidgets.1.X"]), float(query["ClockWidgets.1.Y"])

    assert clock("top_left") == (0.5, 0.5)
    assert clock("baseline")[0] == 0.5 < clock("baseline")[1]
    assert all(one > 0.5 for one in clock("center"))


def test_the_largest_open_region_is_the_main_one_where_that_is_wished() -> None:
    seats = [
        Region(id=f"r{n}", x=n * 300, y=0, width=200 + n * 50, height=300, source=Source(f"s{n}")) for n in range(3)
    ]
    people = {"s2": Binding("anna")}

    def main(adapter: AliyunRtcMpuAdapter | AliyunRtcRecordAdapter, **more: Any) -> list[str]:
        plan = adapter.plan_start(task(*seats, **more), FakePainter())
        told = [finding.object_id for finding in plan.findings if finding.code == "main_region"]
        query = plan.requests[0].query
        marked = [n for n in range(3) if query[f"Panes.{n + 1}.MajorPane"] == "1"]
        assert len(marked) == len(told)
        return [str(one) for one in told]

    wished = {"rtc_main_region": "largest_open"}
    for adapter in (RELAY, RECORDING):
        assert main(adapter, bindings=people) == []
        assert main(adapter, bindings=people, settings=wished) == ["r1"]
        assert main(adapter, bindings={f"s{n}": Binding(f"u{n}") for n in range(3)}, settings=wished) == []


def test_a_list_of_one_kind_limits_that_kind_alone_or_leaves_out_the_others() -> None:
    bob = replace(ANNA, id="b", x=0, source=Source("bob"))
    strict = {"rtc_lists": "all"}

    def lists(*regions: Region, settings: Mapping[str, Any] | None = None, adapter: Any = RELAY) -> dict[str, str]:
        query = adapter.plan_start(task(*regions, settings=settings), FakePainter()).requests[-1].query
        return {name: value for name, value in query.items() if "ubSpec" in name}

    heard = {"SubSpecAudioUsers.1": "allStream"}
    anna = {**heard, "SubSpecCameraUsers.1": "anna"}
    seen = {"SubSpecCameraUsers.1": "allStream", "SubSpecShareScreenUsers.1": "allStream"}
    for adapter in (RELAY, RECORDING):
        assert lists(ANNA, adapter=adapter) == {**anna, "UnsubSpecShareScreenUsers.1": "allStream"}
        assert lists(ANNA, settings=strict, adapter=adapter) == anna
        assert lists(ANNA, bob, adapter=adapter) == heard
        assert lists(ANNA, bob, settings=strict, adapter=adapter) == {**heard, **seen}


def test_long_calls_travel_in_the_url_or_in_the_body() -> None:
    for adapter in (RELAY, RECORDING):
        spec = task(ANNA, NAME)
        formed = task(ANNA, NAME, settings={"rtc_parameters": "form"})
        plans = [
            (adapter.plan_start(one, FakePainter()), adapter.plan_update(one, FakePainter())) for one in (spec, formed)
        ]
        for said, moved in zip(*plans, strict=True):
            for request, other in zip(said.requests, moved.requests, strict=True):
                assert request.body is None and not request.form
                assert other.form and set(other.query) <= {"AppId", "ChannelId", "TaskId"}
                assert {**other.query, **other.body} == request.query
        old = {"rtc_parameters": "form", "signature": "v1"}
        start = adapter.plan_start(task(ANNA, settings=old), FakePainter()).requests[-1]
        assert {"Action", "Version", "Format"} <= set(start.query)
