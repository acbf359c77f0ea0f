"""What the plans of cloud transcoding say, member by member."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.layout_document.document import Canvas, Image, Picture, Source, Text
from apps.vendors.fields import check_fields
from apps.vendors.plan import Plan
from apps.vendors.types import AppSpec, Binding
from tests.vendors.agora.cases import ADAPTER, APP_ID, found, region, spec, start, transcoder, update
from tests.vendors.painter import FakePainter

LOGO = "https://example.com/logo.png"
GUEST = {"id": "r2", "x": 640, "source": Source("guest")}


def text(**changes: Any) -> Text:
    given = {"id": "t1", "x": 40, "y": 500, "width": 720, "height": 160, "text": "直播", **changes}
    return Text(**given)


def image(**changes: Any) -> Image:
    given = {"id": "i1", "x": 900, "y": 20, "width": 200, "height": 200, "url": LOGO, **changes}
    return Image(**given)


def test_a_start_acquires_and_creates() -> None:
    plan = start(region(), region(**GUEST))
    acquire, create = plan.requests
    base = f"https://api.sd-rtn.com/v1/projects/{APP_ID}/rtsc/cloud-transcoder"
    assert (acquire.method, acquire.url, dict(acquire.query)) == ("POST", f"{base}/builderTokens", {})
    assert (create.method, create.url) == ("POST", f"{base}/tasks")
    assert dict(create.query) == {"builderToken": "{builderToken}"}
    assert acquire.gives == {"builderToken": "/tokenName"}
    assert (acquire.starts, create.starts) == (False, True)
    assert acquire.body == {"instanceId": "qb_task_1", **create.body}
    assert create.body["services"]["cloudTranscoder"]["serviceType"] == "cloudTranscoderV2"
    source = {"rtcChannel": "room-1001", "rtcToken": "{inputToken}"}
    assert transcoder(plan) == {
        "idleTimeout": 300,
        "audioInputs": [{"rtc": {**source, "rtcUid": 123}}, {"rtc": {**source, "rtcUid": 456}}],
        "videoInputs": [
            {"rtc": {**source, "rtcUid": 123}, "region": {"x": 0, "y": 0, "width": 640, "height": 360, "zOrder": 2}},
            {"rtc": {**source, "rtcUid": 456}, "region": {"x": 640, "y": 0, "width": 640, "height": 360, "zOrder": 3}},
        ],
        "canvas": {"width": 1280, "height": 720, "color": 0},
        "outputs": [
            {
                "rtc": {"rtcChannel": "mixed", "rtcUid": 1000, "rtcToken": "{outputToken}"},
                "audioOption": {"profileType": "AUDIO_PROFILE_DEFAULT"},
                "videoOption": {"fps": 15, "codec": "H264", "bitrate": 2260, "width": 1280, "height": 720},
            }
        ],
    }
    assert plan.findings == ()


def test_an_older_edition_acquires_by_the_instance_alone() -> None:
    plan = start(app=AppSpec(APP_ID, {"acquire_with_services": False}))
    assert plan.requests[0].body == {"instanceId": "qb_task_1"}


@pytest.mark.parametrize(
    ("settings", "host"),
    [
        ({}, "api.sd-rtn.com"),
        ({"domain": "agora.io"}, "api.agora.io"),
        ({"area": "api-eu-west-1"}, "api-eu-west-1.sd-rtn.com"),
        ({"area": "nowhere", "domain": "evil.example"}, "api.sd-rtn.com"),
    ],
)
def test_the_host_is_the_settings(settings: dict[str, str], host: str) -> None:
    for plan in (start(app=AppSpec(APP_ID, settings)), ADAPTER.plan_test(AppSpec(APP_ID, settings))):
        assert all(request.url.startswith(f"https://{host}/v1/") for request in plan.requests)


@pytest.mark.parametrize(
    ("output", "codes"),
    [
        ({}, ["no_output"]),
        ({"rtc": {"channel": "mixed"}}, ["bad_output_uid"]),
        ({"rtc": {"channel": "mixed", "uid": 0}}, ["bad_output_uid"]),
        ({"rtc": {"channel": "房间", "uid": 7}}, ["bad_output_channel"]),
        ({"rtc": {"channel": "room-1001", "uid": 123}}, ["output_uid_taken"]),
        ({"rtc": {"channel": "elsewhere", "uid": 123}}, []),
        ({"rtc": {"channel": "room-1001", "uid": "1000"}}, []),
        ({"rtc": {"channel": "mixed", "uid": 1}, "push_urls": ["rtmp://a.example/b/c"]}, ["output_one_kind"]),
        ({"push_urls": ["http://a.example/b"]}, ["bad_push_url"]),
        ({"push_urls": ["rtmp://a.example/b/c", "rtmps://a.example/b/d"]}, []),
        ({"record": {}, "push_urls": ["rtmp://a.example/b/c"]}, ["output_unknown"]),
    ],
)
def test_where_it_goes(output: dict[str, Any], codes: list[str]) -> None:
    assert [finding.code for finding in start(output=output, bindings={"host": Binding("123")}).findings] == codes


def test_several_push_urls_share_one_quality() -> None:
    urls = ["rtmp://a.example/b/c", "rtmp://a.example/b/d"]
    outputs = transcoder(start(output={"push_urls": urls}))["outputs"]
    assert [output["streamUrl"] for output in outputs] == urls
    assert outputs[0]["videoOption"] == outputs[1]["videoOption"]
    one = start(output={"push_urls": urls}, app=AppSpec(APP_ID, {"several_push_urls": False}))
    assert [each["streamUrl"] for each in transcoder(one)["outputs"]] == urls[:1]
    assert found(one) == [("dropped", "one_push_url", None)]


@pytest.mark.parametrize(
    ("encoding", "option", "codes"),
    [
        ({}, {"fps": 15, "bitrate": 2260, "codec": "H264"}, []),
        ({"fps": 30}, {"fps": 30, "bitrate": 3390}, []),
        ({"fps": 60}, {"fps": 30}, ["out_of_range"]),
        ({"bitrate_kbps": 20_000}, {"bitrate": 10_000}, ["out_of_range"]),
        ({"bitrate_kbps": 0}, {"bitrate": 1}, ["out_of_range"]),
        ({"codec": "vp8"}, {"codec": "VP8"}, []),
        ({"codec": "h265"}, {"codec": "H264"}, ["h265_in_channels"]),
        ({"codec": "av1"}, {"codec": "H264"}, ["codec"]),
        ({"width": 640}, {"width": 640, "height": 360, "bitrate": 800}, ["scaled"]),
        ({"width": 640, "height": 640}, {"width": 640, "height": 640}, ["canvas_shape_changed"]),
        ({"width": 4000}, {"width": 1920, "height": 1080}, ["size_limited"]),
        ({"audio_bitrate_kbps": 64}, {"fps": 15}, ["encoding_unknown"]),
    ],
)
def test_how_it_is_encoded(encoding: dict[str, Any], option: dict[str, Any], codes: list[str]) -> None:
    plan = start(encoding=encoding)
    made = transcoder(plan)["outputs"][0]["videoOption"]
    assert {name: made[name] for name in option} == option
    assert [finding.code for finding in plan.findings] == codes
    canvas = transcoder(plan)["canvas"]
    assert (canvas["width"], canvas["height"]) == (made["width"], made["height"])


def test_rtmp_gets_h264() -> None:
    plan = start(output={"push_urls": ["rtmp://a.example/b/c"]}, encoding={"codec": "vp8"})
    assert transcoder(plan)["outputs"][0]["videoOption"]["codec"] == "H264"
    assert found(plan) == [("changed", "codec_for_push", None)]


@pytest.mark.parametrize(
    ("canvas", "size"),
    [((1080, 1920), (1080, 1920)), ((3840, 2160), (1920, 1080)), ((3840, 200), (1920, 120)), ((121, 121), (120, 120))],
)
def test_the_output_is_one_the_service_mixes(canvas: tuple[int, int], size: tuple[int, int]) -> None:
    made = transcoder(start(region(width=121, height=121), canvas=Canvas(*canvas)))["canvas"]
    assert (made["width"], made["height"]) == size


def test_options() -> None:
    options = {
        "idle_timeout": 60,
        "audio_profile": "AUDIO_PROFILE_MUSIC_HIGH_QUALITY_STEREO",
        "audio_from": "channel",
        "low_bitrate_high_quality": True,
    }
    body = transcoder(start(options=options))
    assert body["idleTimeout"] == 60
    assert [input_["rtc"]["rtcUid"] for input_ in body["audioInputs"]] == [0]
    assert body["outputs"][0]["audioOption"] == {"profileType": "AUDIO_PROFILE_MUSIC_HIGH_QUALITY_STEREO"}
    assert body["outputs"][0]["videoOption"]["lowBitrateHighQuality"] is True


def test_sound_alone() -> None:
    plan = start(region(), text(), options={"mode": "audio_only", "idle_timeout": 180}, encoding={"fps": 30})
    body = transcoder(plan)
    assert "videoInputs" not in body and "waterMarks" not in body and "videoOption" not in body["outputs"][0]
    assert body["canvas"] == {"width": 1280, "height": 720, "color": 0}
    assert found(plan) == [
        ("dropped", "encoding_relayed", None),
        ("dropped", "no_picture", "r1"),
        ("dropped", "no_picture", "t1"),
    ]


@pytest.mark.parametrize(
    ("output", "word"),
    [
        ({"push_urls": ["rtmp://a.example/b/c"]}, "heterogeneous-single"),
        ({"rtc": {"channel": "m", "uid": 9}}, "single"),
    ],
)
def test_one_stream_is_passed_on(output: dict[str, Any], word: str) -> None:
    plan = start(region(), region(**GUEST), output=output, options={"mode": "relay"})
    body = transcoder(plan)
    assert body["streamProcessMode"] == word
    assert [input_["rtc"]["rtcUid"] for input_ in body["videoInputs"]] == [456]
    assert "region" not in body["videoInputs"][0] and "canvas" not in body
    assert body["outputs"][0]["videoOption"] == {"mode": "RAW"}
    assert found(plan) == [("changed", "relayed_whole", "r2"), ("dropped", "relayed", "r1")]


def test_levels_leave_room_between_people_and_what_lies_above_them() -> None:
    plan = start(
        text(id="t0"), region(), text(), region(**GUEST), image(), text(id="t2"), painter=FakePainter({LOGO: (9, 9)})
    )
    body = transcoder(plan)
    assert [input_["region"]["zOrder"] for input_ in body["videoInputs"]] == [2, 4]
    assert [mark["region"]["zOrder"] for mark in body["waterMarks"]] == [0, 3, 99, 100]


def test_the_name_of_the_overlays_is_a_setting() -> None:
    body = transcoder(start(region(), image(), app=AppSpec(APP_ID, {"watermarks_word": "watermarks"})))
    assert "waterMarks" not in body
    assert body["watermarks"] == [
        {"imageUrl": LOGO, "fillMode": "FIT", "region": {"x": 900, "y": 20, "width": 200, "height": 200, "zOrder": 100}}
    ]


# --- on air -----------------------------------------------------------------------------------------------------------


def test_an_update_sends_everything_again_with_the_next_number() -> None:
    before = start(region(), text())
    after = update(before, region(x=640), region(id="r2", source=Source("guest")), text())
    (request,) = after.requests
    assert (request.method, request.name) == ("PATCH", "Update")
    assert request.url.endswith("/rtsc/cloud-transcoder/tasks/{taskId}")
    assert dict(request.query) == {
        "builderToken": "{builderToken}",
        "sequenceId": "1",
        "updateMask": "services.cloudTranscoder.config",
    }
    old, new = transcoder(before), transcoder(after)
    assert set(old) == set(new)
    assert [new[name] for name in ("canvas", "waterMarks", "idleTimeout")] == [
        old[name] for name in ("canvas", "waterMarks", "idleTimeout")
    ]
    assert [(input_["rtc"]["rtcUid"], input_["region"]["x"]) for input_ in new["videoInputs"]] == [(123, 640), (456, 0)]
    assert after.spends == {"sequence": 1}
    again = update(after, region())
    assert again.requests[0].query["sequenceId"] == "2"
    assert [finding.level for finding in after.findings] == ["note"]  # the text is the same picture


def codes(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.findings if finding.level != "note"]


def test_what_cannot_change_on_air_is_said_and_stays() -> None:
    before = start(region(placeholder=Picture("https://example.com/a.png")), image())
    after = update(
        before,
        region(placeholder=Picture("https://example.com/b.png")),
        image(x=0),
        canvas=Canvas(1280, 720, "#FF0000"),
        output={"rtc": {"channel": "other", "uid": 7}},
        options={"idle_timeout": 10, "mode": "audio_only"},
    )
    assert codes(after) == [
        "option_fixed_on_air",
        "option_fixed_on_air",
        "output_fixed_on_air",
        "canvas_fixed_on_air",
        "placeholder_fixed_on_air",
        "overlay_fixed_on_air",
        "overlay_stays_on_air",
    ]
    assert transcoder(after) == transcoder(before)


def test_a_person_who_comes_brings_a_placeholder() -> None:
    before = start(region())
    guest = region(**GUEST, placeholder=Picture("https://example.com/b.png"))
    after = update(before, region(), guest)
    assert codes(after) == []
    assert transcoder(after)["videoInputs"][1]["placeholderImageUrl"] == "https://example.com/b.png"


def test_the_size_stays_on_air() -> None:
    before = start(region())
    after = update(before, region(width=960, height=540), canvas=Canvas(1920, 1080))
    assert codes(after) == ["size_fixed_on_air"]
    assert transcoder(after)["videoInputs"][0]["region"]["width"] == 640


def test_a_person_who_comes_between_overlays_is_said_to_lie_elsewhere() -> None:
    before = start(region(), text(), region(**GUEST))
    assert transcoder(before)["waterMarks"][0]["region"]["zOrder"] == 3
    after = update(before, region(), region(id="r3", y=360, source=Source("9")), text(), region(**GUEST))
    zs = [input_["region"]["zOrder"] for input_ in transcoder(after)["videoInputs"]]
    assert zs == [2, 3, 4]
    assert codes(after) == ["order_fixed_on_air"]


def test_an_update_of_which_nothing_is_known_says_all_it_can() -> None:
    plan = ADAPTER.plan_update(spec(region()), FakePainter())
    assert plan.requests[0].query["sequenceId"] == "1"
    assert not plan.errors


def test_stop_and_query_are_by_the_vendors_own_names() -> None:
    for plan, method in ((ADAPTER.plan_stop(spec()), "DELETE"), (ADAPTER.plan_query(spec()), "GET")):
        (request,) = plan.requests
        assert (request.method, dict(request.query)) == (method, {"builderToken": "{builderToken}"})
        assert request.url.endswith("/tasks/{taskId}")
        assert request.body is None


def test_what_is_carried_holds_no_secret() -> None:
    plan = start(region(), text())
    assert "Token" not in json.dumps(plan.carry).replace('"rtcToken": "{outputToken}"', "")


# --- what the documents leave open ------------------------------------------------------------------------------------


def test_h265_is_pushed_where_the_app_allows_it() -> None:
    push = {"output": {"push_urls": ["rtmp://a.example/b/c"]}, "encoding": {"codec": "h265"}}
    allowed = AppSpec(APP_ID, {"push_h265": True})
    for plan, codec, codes in (
        (start(**push), "H264", ["h265_of_the_app"]),
        (start(**push, app=allowed), "H265", []),
        (start(encoding={"codec": "h265"}, app=allowed), "H264", ["h265_in_channels"]),
    ):
        assert transcoder(plan)["outputs"][0]["videoOption"]["codec"] == codec
        assert [finding.code for finding in plan.findings] == codes


def test_the_codec_of_the_start_stays_unless_the_app_lets_it_change() -> None:
    begun = start(region(), encoding={"codec": "vp8"})
    wish = {"encoding": {"codec": "h264"}}
    kept = update(begun, region(), **wish)
    assert transcoder(kept)["outputs"][0]["videoOption"]["codec"] == "VP8"
    assert found(kept) == [("dropped", "codec_fixed_on_air", None)]
    changed = update(begun, region(), **wish, app=AppSpec(APP_ID, {"codec_on_air": True}))
    assert transcoder(changed)["outputs"][0]["videoOption"]["codec"] == "H264"
    assert found(changed) == []
    assert found(update(begun, region(), encoding={"codec": "vp8"})) == []


def test_regions_lie_on_even_pixels_unless_the_app_says_otherwise() -> None:
    odd = region(x=101, y=33, width=301, height=201)
    place = transcoder(start(odd))["videoInputs"][0]["region"]
    assert {name: place[name] % 2 for name in ("x", "y", "width", "height")} == dict.fromkeys(
        place.keys() - {"zOrder"}, 0
    )
    exact = start(odd, app=AppSpec(APP_ID, {"even_edges": False}))
    place = transcoder(exact)["videoInputs"][0]["region"]
    assert [place[name] for name in ("x", "y", "width", "height")] == [101, 33, 301, 201]
    assert found(exact) == []


def test_other_hosts_are_the_vendors_own_in_the_order_of_the_settings() -> None:
    named = (
        "api.agora.io , api-us-west-1.sd-rtn.com,api.sd-rtn.com, api.agora.io,evil.example,api.agora.io.evil.example"
    )
    plan = start(app=AppSpec(APP_ID, {"fallback_hosts": named}))
    for request in plan.requests:
        assert request.also_at == ("https://api.agora.io", "https://api-us-west-1.sd-rtn.com")
    assert start().requests[0].also_at == ()
    settings = {"fallback_hosts": "api.agora.io, api-us-west-1.agora.io"}
    assert check_fields(ADAPTER.app_settings, settings, "") == []
    for wrong in ("evil.example", "api.agora.io.evil.example", "https://api.agora.io", "api.agora.io,"):
        assert check_fields(ADAPTER.app_settings, {"fallback_hosts": wrong}, ""), wrong
