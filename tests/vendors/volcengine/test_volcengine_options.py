"""Options and settings of a push: what they become, in both versions, at the start and on air."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from apps.layout_document.document import Canvas, Image, LayoutDocument, Region, Source, Text
from apps.vendors.callback import CallbackRequest
from apps.vendors.fields import check_fields
from apps.vendors.plan import Plan
from apps.vendors.types import AppSpec, Binding, TaskSpec
from apps.vendors.volcengine.push.adapter import VolcenginePushAdapter
from tests.vendors.painter import FakePainter

ADAPTER = VolcenginePushAdapter()
REGIONS = (
    Region(id="a", x=0, y=0, width=640, height=720, source=Source("anna")),
    Region(id="b", x=640, y=0, width=640, height=720, source=Source("bo")),
)


def task(options: Mapping[str, Any] | None = None, settings: Mapping[str, Any] | None = None, **more: Any) -> TaskSpec:
    spec = TaskSpec(
        app=AppSpec("65f0a1b2c3d4e5f6a7b8c9d0", settings or {}),
        document=LayoutDocument(Canvas(1280, 720), REGIONS),
        room="room",
        task_id="t",
        bindings={"anna": Binding("anna"), "bo": Binding("bo")},
        output={"push_urls": ["rtmp://push.example.com/live/1"]},
        options=options or {},
    )
    assert check_fields(ADAPTER.task_options, spec.options, "") == []
    assert check_fields(ADAPTER.app_settings, spec.app.settings, "") == []
    return replace(spec, **more)


def started(spec: TaskSpec) -> tuple[Any, Plan]:
    plan = ADAPTER.plan_start(spec, FakePainter())
    return plan.requests[0].body, plan


def updated(spec: TaskSpec, before: Plan) -> tuple[Any, Plan]:
    plan = ADAPTER.plan_update(replace(spec, previous=json.loads(json.dumps(dict(before.carry)))), FakePainter())
    return plan.requests[0].body, plan


SEI = {
    "sei_volumes": True, "sei_pass_on": False, "sei_content": 1, "sei_payload_type": 5, "sei_uuid": "ab" * 16,
    "volume_on_every_frame": True, "volume_interval": 0.5, "sei_extra_info": "hi",
}  # fmt: skip


def test_every_sei_option_is_sent() -> None:
    body, plan = started(task(SEI))
    assert body["Control"]["SEIConfig"] == {
        "AddVolumeValue": True, "PassthroughRTCSEIMessage": False, "SEIContentMode": 1, "SEIPayLoadType": 5,
        "SEIPayloadUUID": "ab" * 16, "VolumeIndicationMode": True, "VolumeIndicationInterval": 0.5,
        "UserConfigExtraInfo": "hi",
    }  # fmt: skip
    assert plan.findings == ()


def test_payload_type_5_needs_its_uuid() -> None:
    _, plan = started(task({"sei_payload_type": 5}))
    assert [error.code for error in plan.errors] == ["sei_uuid_missing"]


def test_the_old_version_has_flat_volumes_and_says_what_it_lacks() -> None:
    body, plan = started(task({**SEI, "talk_volume": 80}, {"api_version": "2020-12-01"}))
    control = body["Control"]
    assert "SEIConfig" not in control
    assert (control["TalkVolume"], control["VolumeIndicationMode"], control["VolumeIndicationInterval"]) == (
        80,
        True,
        1,
    )
    lost = {finding.field for finding in plan.findings if finding.level in ("dropped", "changed")}
    assert lost == {f"options.{name}" for name in SEI if name != "volume_on_every_frame"}
    _, plan = started(task({"talk_volume": 80}))
    assert [finding.code for finding in plan.findings] == ["option_of_other_version"]


def test_people_who_are_not_heard_are_seen() -> None:
    body, plan = started(task({"muted_users": "bo"}))
    kinds = [region["MediaType"] for region in body["Layout"]["CustomLayout"]["Regions"]]
    assert kinds == [0, 2]
    assert plan.findings == ()


def test_somebody_invisible_and_not_heard_takes_no_part() -> None:
    regions = (REGIONS[0], replace(REGIONS[1], opacity=0))
    spec = task({"muted_users": "bo"}, document=LayoutDocument(Canvas(1280, 720), regions))
    body, plan = started(spec)
    assert [one["UserId"] for one in body["TargetStreams"]["StreamList"]] == ["anna"]
    assert [(finding.level, finding.code) for finding in plan.findings] == [("dropped", "muted_and_invisible")]


def test_sound_of_those_in_the_layout_can_change_on_air() -> None:
    spec = task({"mode": "sound", "muted_users": "bo"}, encoding={"fps": 30, "audio_channels": 1})
    body, plan = started(spec)
    assert body["Control"]["MediaType"] == 1
    assert [one["UserId"] for one in body["TargetStreams"]["StreamList"]] == ["anna"]
    assert [region["MediaType"] for region in body["Layout"]["CustomLayout"]["Regions"]] == [1]
    assert body["Encode"]["AudioChannels"] == 1
    assert "VideoFps" not in body["Encode"] or body["Encode"]["VideoFps"] != 30
    assert plan.drawn is None
    assert {finding.code for finding in plan.findings} >= {"sound_only", "encoding_of_picture"}
    again, on_air = updated(replace(spec, options={"mode": "mix"}), plan)
    assert [region["MediaType"] for region in again["Layout"]["CustomLayout"]["Regions"]] == [1, 1]
    assert "options.mode" in {finding.field for finding in on_air.findings if finding.level == "dropped"}


def test_sound_of_the_room_leaves_out_and_cannot_change() -> None:
    body, plan = started(task({"mode": "room", "muted_users": "spy, ghost"}))
    assert "TargetStreams" not in body and "Layout" not in body
    assert [one["UserId"] for one in body["ExcludeStreams"]["StreamList"]] == ["spy", "ghost"]
    _, on_air = updated(task({"mode": "room"}), plan)
    assert [error.code for error in on_air.errors] == ["room_fixed_on_air"]


def test_spatial_sound() -> None:
    options = {
        "spatial_audio": True, "spatial_people": "anna=-50,0,0; bo=50,0,-10", "spatial_listener": "0,1,0",
        "spatial_axes": "1,0,0;0,1,0;0,0,1",
    }  # fmt: skip
    body, plan = started(task(options))
    assert body["Control"]["SpatialConfig"] == {
        "EnableSpatialRender": True,
        "AudienceSpatialPosition": [0, 1, 0],
        "AudienceSpatialOrientation": {"Forward": [1, 0, 0], "Right": [0, 1, 0], "Up": [0, 0, 1]},
    }
    where = [region["SpatialPosition"] for region in body["Layout"]["CustomLayout"]["Regions"]]
    assert where == [[-50, 0, 0], [50, 0, -10]]
    again, _ = updated(task(options), plan)
    assert again["Control"]["SpatialConfig"] == body["Control"]["SpatialConfig"], "left out it would be switched off"


def test_the_sound_coding_stays_on_air_and_v2_has_two_channels() -> None:
    body, plan = started(task({"audio_profile": 2}, encoding={"audio_channels": 1}))
    assert (body["Encode"]["AudioProfile"], body["Encode"]["AudioChannels"]) == (2, 2)
    assert [finding.code for finding in plan.findings] == ["two_channels"]
    again, on_air = updated(task({"audio_profile": 0}), plan)
    assert again["Encode"]["AudioProfile"] == 2
    assert [finding.field for finding in on_air.findings] == ["options.audio_profile"]


def test_rtmps_only_where_the_app_says_so() -> None:
    output = {"push_urls": ["rtmps://push.example.com/live/1"]}
    assert [error.code for error in started(task(output=output))[1].errors] == ["bad_push_url"]
    body, plan = started(task(settings={"allow_rtmps": True}, output=output))
    assert plan.errors == ()
    assert body["PushURL"].startswith("rtmps://")


# --- only what changed ------------------------------------------------------------------------------------------------

CHANGES = {"update_sends": "changed"}


def test_a_change_sends_only_itself() -> None:
    spec = task(settings=CHANGES)
    _, plan = started(spec)
    red = replace(spec, document=replace(spec.document, canvas=Canvas(1280, 720, "#FF0000")))
    body, on_air = updated(red, plan)
    assert (body["IsUpdatePartialParam"], body["SequenceNumber"]) == (True, 2)
    assert body["Layout"] == {"LayoutMode": 2, "CustomLayout": {"Canvas": {"Background": "#FF0000"}}}
    assert not {"TargetStreams", "Encode", "Control"} & body.keys()
    faster, _ = updated(replace(red, encoding={"fps": 30}), on_air)
    assert faster["Encode"] == {"VideoFps": 30}
    assert faster["Layout"] == {"LayoutMode": 2}


def test_streams_and_regions_go_together_and_whole() -> None:
    spec = task(settings=CHANGES)
    _, plan = started(spec)
    body, _ = updated(replace(spec, bindings={**spec.bindings, "bo": Binding("cy")}), plan)
    assert [one["UserId"] for one in body["TargetStreams"]["StreamList"]] == ["anna", "cy"]
    assert len(body["Layout"]["CustomLayout"]["Regions"]) == 2


def test_what_has_to_go_needs_the_whole() -> None:
    spec = task({"sei_extra_info": "now"}, CHANGES)
    _, plan = started(spec)
    body, _ = updated(replace(spec, options={}), plan)
    assert body["IsUpdatePartialParam"] is False
    assert body["Encode"] == started(spec)[0]["Encode"]


def test_after_a_try_of_unknown_outcome_the_whole_goes() -> None:
    spec = task(settings=CHANGES)
    _, plan = started(spec)
    _, first = updated(replace(spec, encoding={"fps": 30}), plan)
    remembered = {**plan.carry, **first.spends}
    again = ADAPTER.plan_update(replace(spec, encoding={"fps": 30}, previous=remembered), FakePainter())
    body = again.requests[0].body
    assert (body["IsUpdatePartialParam"], body["SequenceNumber"]) == (False, 3)


# --- pictures above people --------------------------------------------------------------------------------------------


def test_a_title_above_people_takes_a_seat_where_the_app_allows_it() -> None:
    title = Text(id="t", x=100, y=600, width=300, height=60, text="Live")
    corner = Image(id="i", x=0, y=0, width=64, height=64, url="asset:" + "a" * 64)
    document = LayoutDocument(Canvas(1280, 720), (REGIONS[0], title, REGIONS[1], corner))
    _, without = started(task(document=document))
    assert {finding.code for finding in without.findings} == {"hidden_by_regions"}
    body, plan = started(task(settings={"overlay_seats": True}, document=document))
    users = [one["UserId"] for one in body["TargetStreams"]["StreamList"]]
    assert users == ["anna", "nobody-2", "bo", "nobody-4"]
    regions = body["Layout"]["CustomLayout"]["Regions"]
    assert [region["ZOrder"] for region in regions] == [0, 1, 2, 3]
    assert (regions[1]["LocationX"], regions[1]["Width"], regions[1]["Height"]) == (100, 300, 60)
    assert regions[1]["AlternateImage"]
    assert [(finding.object_id, finding.level) for finding in plan.findings] == [("t", "note"), ("i", "note")]
    assert plan.drawn is not None
    assert [item.id for item in plan.drawn.objects] == ["a", "t", "b", "i"]


def test_people_come_before_pictures_where_seats_are_few() -> None:
    narrow = [Region(id=f"r{at}", x=at * 40, y=0, width=40, height=720, source=Source(f"s{at}")) for at in range(16)]
    titles = [Text(id=f"t{at}", x=0, y=at * 40, width=400, height=40, text="x") for at in range(3)]
    spec = task(
        settings={"overlay_seats": True, "api_version": "2020-12-01"},
        document=LayoutDocument(Canvas(1280, 720), (*narrow, *titles)),
        bindings={f"s{at}": Binding(f"u{at}") for at in range(16)},
    )
    body, plan = started(spec)
    assert len(body["TargetStreams"]["StreamList"]) == 17
    seats = [finding.object_id for finding in plan.findings if finding.code == "overlay_seat"]
    assert seats == ["t0"]


@pytest.mark.parametrize(("hours", "age", "stale"), [(24, 25, True), (24, 23, False), (0, 900, False)])
def test_an_old_callback_is_not_taken(hours: int, age: int, stale: bool) -> None:
    now = dt.datetime(2025, 11, 20, 12, tzinfo=dt.UTC)
    sent = (now - dt.timedelta(hours=age)).strftime("%Y-%m-%dT%H:%M:%S.123456789Z")
    request = CallbackRequest({}, json.dumps({"EventType": "TranscodeStarted", "EventTime": sent}).encode())
    app = AppSpec("a", {"callback_max_age_hours": hours})
    assert ADAPTER.callback_is_stale(request, app, now) is stale


def test_a_circle_stays_one_whatever_floats_add() -> None:
    """0.035 × 1800 is a little more than 63, and a radius of more than half a side is ignored by the vendor."""
    region = Region(id="a", x=0, y=0, width=126, height=126, corner_radius=63, source=Source("anna"))
    body, _ = started(task(document=LayoutDocument(Canvas(1800, 200), (region,))))
    assert 62.99 < body["Layout"]["CustomLayout"]["Regions"][0]["CornerRadius"] * 1800 <= 63
