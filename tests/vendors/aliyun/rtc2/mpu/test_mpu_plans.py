"""From a layout to a relay: what is drawn where, how deep, and what is said about the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from apps.core.errors import Invalid
from apps.layout_document.document import Canvas, Image, LayoutDocument, Picture, Region, SourceCrop, Text
from apps.vendors.types import Binding
from tests.vendors.aliyun.cases import found
from tests.vendors.aliyun.conftest import PaperPainter
from tests.vendors.aliyun.relay_tasks import ADAPTER, PUSH_URL, codes, panes, query, region, relay, rows, start, update

ASSET = "asset:" + "ab" * 32
EVERYWHERE = {"X": "0.0", "Y": "0.0", "Width": "1.0", "Height": "1.0"}


def text(name: str, x: int, y: int, width: int, height: int, **more: Any) -> Text:
    return Text(id=name, x=x, y=y, width=width, height=height, **{"text": name, **more})


def image(name: str, x: int, y: int, width: int, height: int, **more: Any) -> Image:
    return Image(id=name, x=x, y=y, width=width, height=height, **{"url": ASSET, **more})


# --- backgrounds and watermarks ---------------------------------------------------------------------------------------


def test_what_lies_beneath_regions_is_painted_into_the_background() -> None:
    painter = PaperPainter({ASSET: (400, 300)})
    low = text("low", 0, 0, 400, 60)
    host = region("host", 0, 0, 1280, 720)
    canvas = Canvas(1280, 720, "#112233", Picture(ASSET, "cover"))
    plan = start(relay(low, host, canvas=canvas), painter)
    (background,) = rows(plan, "Backgrounds")
    assert background == {"Url": "<PUBLIC_URL>/a/baked1.png", "Display": "1", **EVERYWHERE, "ZOrder": "0"}
    (baked,) = painter.baked
    assert baked == LayoutDocument(canvas, (low,))
    assert not rows(plan, "Watermarks")
    assert found(plan, "low")["in_background"].level == "note"
    assert query(plan)["BackgroundColor"] == str(0x11 + 0x22 * 256 + 0x33 * 65536)


def test_what_lies_above_is_a_watermark_at_its_depth() -> None:
    painter = PaperPainter({ASSET: (200, 100)})
    plan = start(
        relay(
            region("host", 0, 0, 1280, 720),
            text("title", 40, 640, 720, 56, opacity=0.5),
            image("exact", 1080, 0, 200, 100, opacity=0.9),
            region("over", 0, 600, 400, 120),
            image("stack", 100, 650, 80, 40),
        ),
        painter,
    )
    assert [pane["ZOrder"] for pane in panes(plan)] == ["0", "2"]
    title, exact, stack = rows(plan, "Watermarks")
    assert title == {
        "Url": "<PUBLIC_URL>/a/baked1.png", "Display": "1", "Alpha": "0.5", "X": "0.03125", "Y": "0.888889",
        "Width": "0.5625", "Height": "0.077778", "ZOrder": "1",
    }  # fmt: skip
    assert (painter.baked[0].canvas.width, painter.baked[0].objects[0].opacity) == (720, 1.0)
    assert (exact["Url"], exact["Alpha"], exact["ZOrder"]) == (f"<PUBLIC_URL>/a/{'ab' * 32}.png", "0.9", "1")
    assert stack["ZOrder"] == "3"
    assert codes(plan, "title") == {"text_painted", "between_regions"}
    assert codes(plan, "exact") == set()
    assert codes(plan, "stack") == {"overlay_deep"}


def test_side_by_side_stays_on_the_lowest_level() -> None:
    plan = start(relay(region("a", 0, 0, 600, 720), text("free", 700, 0, 300, 40), region("b", 700, 100, 500, 600)))
    assert [one["ZOrder"] for one in (*panes(plan), *rows(plan, "Watermarks"))] == ["0", "0", "0"]
    assert not rows(plan, "Backgrounds")


def test_a_low_thing_follows_what_must_be_in_the_background() -> None:
    """Free of regions itself, but beneath something that lies beneath one."""
    first, second = text("first", 0, 0, 300, 40), text("second", 200, 0, 300, 40)
    painter = PaperPainter()
    plan = start(relay(first, second, region("host", 400, 0, 600, 400)), painter)
    assert [item.id for item in painter.baked[0].objects] == ["first", "second"]
    assert not rows(plan, "Watermarks")


def test_pictures_nobody_has_the_bytes_of_are_backgrounds_of_their_own() -> None:
    web = image("web", 0, 0, 640, 360, url="https://e.com/a.png", opacity=0.5)
    under, above = text("under", 0, 0, 300, 40), text("above", 0, 100, 300, 40)
    painter = PaperPainter()
    plan = start(relay(under, web, above, region("host", 0, 0, 1280, 720)), painter)
    backgrounds = rows(plan, "Backgrounds")
    assert [background["ZOrder"] for background in backgrounds] == ["0", "1", "2"]
    assert backgrounds[1]["Url"] == "https://e.com/a.png"
    assert panes(plan)[0]["ZOrder"] == "2"
    assert codes(plan, "web") == {"background_of_its_own", "picture_stretched", "picture_opaque"}


@pytest.mark.parametrize(
    ("size", "fit", "code", "as_it_is"),
    [
        ((1280, 720), "cover", "", True),
        ((640, 480), "stretch", "", True),
        ((640, 480), "contain", "background_prepared", False),
        ((0, 0), "stretch", "", True),
        ((0, 0), "cover", "background_stretched", True),
    ],
)
def test_the_canvas_picture(size: tuple[int, int], fit: Any, code: str, as_it_is: bool) -> None:
    url = ASSET if size[0] else "https://e.com/back.png"
    painter = PaperPainter({ASSET: size})
    plan = start(relay(region("a", 0, 0, 9, 9), canvas=Canvas(1280, 720, "#000000", Picture(url, fit))), painter)
    assert {code for code in codes(plan) if code.startswith("background")} == ({code} if code else set())
    assert bool(painter.baked) != as_it_is
    assert len(rows(plan, "Backgrounds")) == 1


def test_what_does_not_appear_is_named() -> None:
    plan = start(
        relay(
            region("a", 0, 0, 1280, 720), text("away", 1280, 0, 9, 9), text("empty", 0, 0, 9, 9, text="{{none}}"),
            replace(text("hidden", 0, 0, 9, 9), hidden=True), variables={"none": " "},
        )
    )  # fmt: skip
    assert found(plan, "away")["overlay_outside"].level == "dropped"
    assert found(plan, "empty")["text_empty"].level == "dropped"
    assert found(plan, "hidden")["hidden"].level == "note"
    assert not rows(plan, "Watermarks")


def test_a_larger_output_gets_larger_pictures() -> None:
    painter = PaperPainter({ASSET: (10, 10)})
    task = relay(
        region("a", 0, 0, 1280, 720), text("t", 320, 180, 640, 360, size=40), image("i", 0, 0, 100, 50),
        encoding={"width": 1920, "height": 1080},
    )  # fmt: skip
    plan = start(task, painter)
    title, picture = painter.baked
    assert (title.canvas.width, title.canvas.height, title.objects[0].size) == (960, 540, 60)
    assert (picture.canvas.width, picture.canvas.height) == (150, 75)
    assert {name: rows(plan, "Watermarks")[0][name] for name in EVERYWHERE} == {
        "X": "0.25", "Y": "0.25", "Width": "0.5", "Height": "0.5",
    }  # fmt: skip


# --- inside panes -----------------------------------------------------------------------------------------------------


def test_what_belongs_to_a_bound_person_is_drawn_in_their_pane() -> None:
    painter = PaperPainter({ASSET: (64, 36)})
    host = region("host", 640, 0, 640, 360)
    name = text(
        "name", 704, 36, 300, 40, attached_to="host", color="#FF000080", background="#00FF0080", align="center",
        opacity=0.5,
    )  # fmt: skip
    badge = image("badge", 640, 0, 64, 36, attached_to="host")
    plan = start(relay(host, name, badge, bound=("host",), options={"text_outline": 2}), painter)
    pane = rows(plan, "UserPanes")[0]
    assert {key.rpartition(".")[2]: value for key, value in pane.items() if key.startswith("Texts.1")} == {
        "Text": "name", "X": "0.1", "Y": "0.1", "FontType": "1", "FontSize": "32", "FontColor": "255", "ZOrder": "1",
        "Alpha": "0.25098", "Box": "true", "BoxColor": str(255 * 256), "BoxBorderWidth": "4",
        "BorderWidth": "2", "BorderColor": "0",
    }  # fmt: skip
    assert (pane["Images.1.Width"], pane["Images.1.Display"]) == ("0.1", "1")
    assert codes(plan, "name") == {"text_font", "text_align", "text_box", "text_outline"}
    assert not rows(plan, "Watermarks")


def test_letters_and_box_share_one_alpha() -> None:
    name = text("name", 0, 0, 300, 40, attached_to="host", background="#00000080")
    plan = start(relay(region("host", 0, 0, 640, 360), name, bound=("host",)))
    assert found(plan, "name")["text_box_alpha"].params == {"percent": 100}


def test_what_belongs_to_nobody_bound_is_drawn_on_the_canvas() -> None:
    plan = start(relay(region("host", 0, 0, 640, 360), text("name", 0, 0, 300, 40, attached_to="host")))
    assert len(rows(plan, "Watermarks")) == 1
    assert codes(plan, "name") == {"attached_alone", "text_painted"}
    assert not rows(plan, "UserPanes")


def test_what_regions_cannot_be() -> None:
    odd = region(
        "odd", -10, 0, 640, 720, opacity=0.5, corner_radius=8, source_crop=SourceCrop(0, 0, 0.5, 1), fit="stretch"
    )
    plan = start(relay(odd, region("away", 1300, 0, 9, 9), region("ghost", 0, 0, 9, 9, opacity=0.0)))
    assert codes(plan, "odd") == {
        "region_clipped", "region_opaque", "region_square", "source_crop_ignored", "fit_stretch", "next_joiner",
    }  # fmt: skip
    assert found(plan, "away")["region_outside"].level == "dropped"
    assert found(plan, "ghost")["region_invisible_open"].level == "changed"
    assert len(panes(plan)) == 1


def test_an_invisible_person_is_heard_and_not_seen() -> None:
    task = relay(
        region("host", 0, 0, 640, 720), region("voice", 0, 0, 640, 720, opacity=0.0), bound=("host", "voice"),
        options={"heard": "shown"},
    )  # fmt: skip
    plan = start(task)
    assert found(plan, "voice")["region_invisible"].level == "note"
    assert {name: value for name, value in query(plan).items() if name.startswith("SubSpec")} == {
        "SubSpecAudioUsers.1": "host", "SubSpecAudioUsers.2": "voice", "SubSpecCameraUsers.1": "host",
    }  # fmt: skip


# --- the task ---------------------------------------------------------------------------------------------------------


def test_what_stops_a_relay() -> None:
    many = [region(f"r{n}", n * 10, 0, 10, 10, slot="x") for n in range(17)]
    plan = start(relay(*many, room="a room", task_id="t" * 56, output={}, bindings={"x": Binding("学生")}))
    assert {error.code for error in plan.errors} == {
        "room_unusable", "task_id_unusable", "too_many_regions", "user_unusable", "no_push_url",
    }  # fmt: skip
    assert {error.code for error in start(relay()).errors} == {"no_regions"}
    assert {error.code for error in start(relay(options={"mode": "single"})).errors} == {"single_needs_person"}


@pytest.mark.parametrize(
    ("output", "code"),
    [
        ({"push_urls": ["https://a/b"]}, "bad_push_url"),
        ({"push_urls": [PUSH_URL, PUSH_URL]}, "one_push_url"),
        ({"push_urls": [PUSH_URL], "record": {}}, "output_unknown"),
    ],
)
def test_one_push_url(output: dict[str, Any], code: str) -> None:
    assert code in codes(start(relay(region("a", 0, 0, 9, 9), output=output)))


def test_low_latency_output_goes_without_a_url() -> None:
    plan = start(relay(region("a", 0, 0, 9, 9), output={}, options={"task_type": 1}))
    assert plan.errors == ()
    assert "StreamURL" not in query(plan)
    assert (query(plan)["TaskType"], "low_latency_output" in codes(plan)) == ("1", True)


@pytest.mark.parametrize(
    ("options", "pointer"),
    [
        ({"mode": "video"}, "/options/mode"),
        ({"clock_size": 73}, "/options/clock_size"),
        ({"clock_x": 1.5}, "/options/clock_x"),
        ({"audio_mix_count": 7}, "/options/audio_mix_count"),
        ({"more_layouts": "1;2"}, "/options/more_layouts"),
        ({"muted_users": "a b"}, "/options/muted_users"),
        ({"clock_color": "red"}, "/options/clock_color"),
        ({"vad_interval": 0}, "/options/vad_interval"),
    ],
)
def test_options_out_of_range_are_refused(options: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as caught:
        start(relay(region("a", 0, 0, 9, 9), options=options))
    assert [problem.pointer for problem in caught.value.problems] == [pointer]


def test_two_layouts_of_as_many_panes_are_refused_before_aliyun_does() -> None:
    plan = start(relay(region("a", 0, 0, 640, 720), region("b", 640, 0, 640, 720), options={"more_layouts": "1,2,77"}))
    assert [error.params["layout"] for error in plan.errors] == [2]


def test_the_billing_profile_is_sent_where_the_account_needs_it() -> None:
    objects = (region("a", 0, 0, 640, 720), region("b", 640, 0, 640, 720))
    assert "TaskProfile" not in query(start(relay(*objects)))
    asked = start(relay(*objects, settings={"relay_profile": "smallest"}, options={"more_layouts": "11"}))
    assert query(asked)["TaskProfile"] == "9IN_720P"
    sound = start(relay(settings={"relay_profile": "smallest"}, options={"mode": "sound"}))
    assert query(sound)["TaskProfile"] == "Mixed_Audio"


def test_every_object_is_named_where_there_is_no_picture() -> None:
    task = relay(region("a", 0, 0, 640, 720), text("t", 0, 0, 9, 9), encoding={"fps": 30}, bound=("a",))
    for mode, mine in (("sound", {"sound_only"}), ("single", {"single_shown"})):
        plan = start(replace(task, options={"mode": mode}))
        assert codes(plan, "a") == mine
        assert {finding.level for finding in plan.findings if finding.object_id == "t"} == {"dropped"}
        assert "encoding_ignored" in codes(plan)


def test_v1_signs_the_same_plan() -> None:
    for request in start(relay(region("a", 0, 0, 9, 9), settings={"signature": "v1"})).requests:
        assert (request.query["Action"], request.query["Format"]) == (request.name, "JSON")


# --- on air -----------------------------------------------------------------------------------------------------------


def test_an_update_sends_everything_again_but_what_is_fixed() -> None:
    task = relay(region("a", 0, 0, 640, 720), bound=("a",), options={"clock": True})
    carry = json.loads(json.dumps(start(task).carry))
    other = relay(
        region("a", 0, 0, 1280, 720), bound=("a",), previous=carry, encoding={"fps": 30},
        options={"clock": True, "speaker_sei": True}, output={"push_urls": ["rtmp://else.example.com/live/1"]},
    )  # fmt: skip
    plan = update(other)
    missing = {"ChannelId", "StreamURL", "TaskType", "PayloadType"}
    assert not missing & set(query(plan))
    assert set(query(start(other))) - set(query(plan)) == missing
    assert {"option_fixed_on_air", "output_fixed_on_air", "encoding_on_air"} <= codes(plan)
    assert plan.carry["fixed"]["speaker_sei"] is False
    assert ADAPTER.plan_stop(replace(other, previous=plan.carry)).carry == plan.carry


def test_a_list_that_becomes_empty_shows_nothing_whether_aliyun_replaces_or_patches() -> None:
    full = relay(
        region("a", 0, 0, 1280, 720), text("t", 0, 0, 300, 40), bound=("a",), options={"clock": True},
        canvas=Canvas(1280, 720, "#000000", Picture("https://e.com/b.png", "stretch")),
    )  # fmt: skip
    carry = json.loads(json.dumps(start(full).carry))
    bare = relay(region("a", 0, 0, 1280, 720), previous=carry)
    for _ in range(2):
        plan = update(bare)
        assert [one["Display"] for one in (*rows(plan, "Backgrounds"), *rows(plan, "Watermarks"))] == ["0", "0"]
        assert [row["Alpha"] for row in rows(plan, "ClockWidgets")] == ["0.0"]
        assert ("seats_on_air" in codes(plan)) == bool(bare.previous and bare.previous["seats"])
        bare = replace(bare, previous=json.loads(json.dumps(plan.carry)))
    assert not rows(start(replace(bare, previous=None)), "Watermarks")


def test_a_stored_layout_that_is_known_is_named_and_relied_on() -> None:
    task = relay(region("a", 0, 0, 640, 720))
    layout, first = start(task).requests
    ((key, _),) = layout.remember.items()
    assert (first.query["LayoutIds.1"], first.uses) == ("{layoutId}", {})
    for plan in (start(replace(task, known={key: "1234"})), update(replace(task, known={key: "1234"}))):
        (request,) = plan.requests
        assert (request.query["LayoutIds.1"], request.uses) == ("1234", {key: "1234"})


def test_what_is_drawn_is_said() -> None:
    task = relay(
        region("host", 0, 0, 1280, 720, fit="contain"), text("name", 0, 0, 300, 40, attached_to="host", background="#000000"),
        text("title", 0, 600, 300, 40), bound=("host",), canvas=Canvas(1280, 720, "#112233"),
    )  # fmt: skip
    drawn = start(task).drawn
    assert drawn is not None
    assert [item.id for item in drawn.objects] == ["host-bars", "host", "name-box", "name", "title"]
    assert isinstance(drawn.objects[1], Region)
    assert start(replace(task, options={"mode": "sound"})).drawn is None
    single = start(replace(task, options={"mode": "single"})).drawn
    assert single is not None
    assert [item.id for item in single.objects] == ["host"]


def test_placeholders_of_open_regions_are_told_apart_however_long_their_names() -> None:
    place = Picture("https://e.com/a.png", "stretch")
    pair = [region(f"{'r' * 60}{x}", x, 0, 640, 360, placeholder=place) for x in (0, 640)]
    drawn = start(relay(*pair)).drawn
    assert drawn is not None
    assert len({item.id for item in drawn.objects}) == len(drawn.objects)
