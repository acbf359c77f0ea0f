"""Payloads of services without an adapter: named as what they are, positions read where there are any."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.errors import Invalid
from apps.layout_document.document import LayoutDocument
from apps.vendors import registry
from apps.vendors.importing.foreign import kinds
from apps.vendors.types import Imported
from tests.vendors import documented


def imported(payload: Any) -> Imported:
    made = kinds.read(payload)
    assert made is not None
    assert made.not_understood[0].code == "foreign_read"
    return made


def boxes(document: LayoutDocument) -> list[tuple[int, int, int, int]]:
    return [(item.x, item.y, item.width, item.height) for item in document.objects]


def codes(made: Imported) -> set[tuple[str, str]]:
    return {(problem.pointer, problem.code) for problem in made.not_understood}


# --- Agora Cloud Recording ----------------------------------------------------------------------------------------
def test_agora_recording_positions_are_read() -> None:
    made = imported(documented.sample("agora", "recording-start.json")["request"]["body"])
    config = documented.sample("agora", "recording-start.json")["request"]["body"]["clientRequest"]["recordingConfig"][
        "transcodingConfig"
    ]
    assert (made.document.canvas.width, made.document.canvas.height) == (config["width"], config["height"])
    assert len(made.document.regions) == len(config["layoutConfig"])
    first = config["layoutConfig"][0]
    assert boxes(made.document)[0][2] == round(first["width"] * config["width"])


def test_agora_recording_omitted_coordinates_are_zero() -> None:
    config = {"width": 640, "height": 360, "layoutConfig": [{"uid": "7", "width": 0.5, "height": 1, "render_mode": 1}]}
    (region,) = imported({"transcodingConfig": config}).document.regions
    assert (region.x, region.y, region.width, region.height, region.fit) == (0, 0, 320, 360, "contain")


def test_agora_recording_with_a_preset_layout_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        kinds.read({"cname": "room", "uid": "1", "clientRequest": {"recordingConfig": {"channelType": 1}}})
    assert "Agora Cloud Recording" in caught.value.problems[0].message
    assert {problem.code for problem in caught.value.problems} == {"foreign_kind", "no_positions"}


# --- Tencent TRTC -------------------------------------------------------------------------------------------------
RELAY_PANE = {"LocationX": 640, "ImageWidth": 640, "ImageHeight": 720, "ZOrder": 2, "RenderMode": 1}


def test_trtc_relay_positions_are_read() -> None:
    user = {"UserMediaStream": {"UserInfo": {"UserId": "anna", "RoomId": "r"}, "StreamType": 1}}
    made = imported({
        "SdkAppId": 1400000000,
        "RoomId": "lesson",
        "AudioParams": {},
        "VideoParams": {
            "VideoEncode": {"Width": 1280, "Height": 720, "Fps": 25},
            "LayoutParams": {"MixLayoutMode": 4, "MixLayoutList": [{**RELAY_PANE, **user}, {"ImageWidth": 640, "ImageHeight": 720, "CustomCrop": {}}]},
        },
    })  # fmt: skip
    assert boxes(made.document) == [(0, 0, 640, 720), (640, 0, 640, 720)]
    above = made.document.regions[1]
    assert (made.bindings[above.source.slot].user_id, above.source.stream, above.fit) == ("anna", "screen", "contain")
    assert made.room == "lesson"
    where = "/VideoParams/LayoutParams/MixLayoutList/1/CustomCrop"
    assert {("/AudioParams", "not_in_a_layout"), (where, "not_in_a_layout")} <= codes(made)


def test_trtc_preset_layout_config_is_read() -> None:
    pane = {**RELAY_PANE, "UserId": "bob", "StreamType": 0}
    params = {"VideoWidth": 1280, "VideoHeight": 720}
    made = imported(
        {"SdkAppId": 1, "EncodeParams": params, "LayoutParams": {"Template": 5, "PresetLayoutConfig": [pane]}}
    )
    assert boxes(made.document) == [(640, 0, 640, 720)]
    assert [binding.user_id for binding in made.bindings.values()] == ["bob"]


def test_trtc_recording_positions_are_read() -> None:
    pane = {"Top": 90, "Left": 0, "Width": 320, "Height": 180, "UserId": "eve", "Alpha": 51, "RenderMode": 0}
    made = imported({
        "SdkAppId": 1,
        "MixTranscodeParams": {"VideoParams": {"Width": 640, "Height": 360}},
        "MixLayoutParams": {"MixLayoutMode": 4, "MixLayoutList": [pane], "BackGroundColor": "#000000"},
    })  # fmt: skip
    (region,) = made.document.regions
    assert (region.y, region.fit, region.opacity) == (90, "stretch", 0.8)
    assert ("/MixLayoutParams/BackGroundColor", "not_in_a_layout") in codes(made)


# --- OBS Studio ---------------------------------------------------------------------------------------------------
def item(name: str, **members: Any) -> dict[str, Any]:
    return {"name": name, "pos": {"x": 0, "y": 0}, "scale": {"x": 1, "y": 1}, "align": 5, "bounds_type": 0,
            "bounds": {"x": 0, "y": 0}, "visible": True, "locked": False, "rot": 0, **members}  # fmt: skip


def collection(*items: dict[str, Any], **members: Any) -> dict[str, Any]:
    scene = {"id": "scene", "name": "Main", "settings": {"items": list(items)}}
    sources = [
        {"id": "dshow_input", "name": "Camera", "settings": {}},
        {"id": "monitor_capture", "name": "Screen", "settings": {}},
        {
            "id": "text_gdiplus_v3",
            "name": "Title",
            "settings": {"text": "News", "font": {"size": 50}, "color": 4278190335},
        },
        {"id": "image_source", "name": "Logo", "settings": {"file": "C:/logo.png"}},
        {"id": "wasapi_input_capture", "name": "Mic", "settings": {}},
        {"id": "scene", "name": "Break", "settings": {"items": []}},
        scene,
    ]
    return {"current_scene": "Main", "scene_order": [{"name": "Main"}], "sources": sources, **members}


def test_obs_scene_items_are_read() -> None:
    made = imported(
        collection(
            item("Screen", bounds_type=2, bounds={"x": 1280, "y": 720}),
            item(
                "Camera", pos={"x": 1280, "y": 720}, align=10, bounds_type=3, bounds={"x": 320, "y": 180}, locked=True
            ),
            item("Title", pos={"x": 40, "y": 40}, scale={"x": 2, "y": 2}, rot=10),
            item("Logo"),
            item("Mic"),
            resolution={"x": 1280, "y": 720},
        )
    )
    screen, camera = made.document.regions
    assert (made.document.canvas.width, made.document.canvas.height) == (1280, 720)
    assert (screen.width, screen.height, screen.fit, screen.source.stream) == (1280, 720, "contain", "screen")
    assert (camera.x, camera.y, camera.fit, camera.locked, camera.name) == (960, 540, "cover", True, "Camera")
    (title,) = (text for text in made.document.objects if text.kind == "text")
    assert (title.text, title.size, title.color) == ("News", 100, "#FF0000")
    where = "/sources/6/settings/items"
    assert {
        ("/sources/5", "other_scene"),
        (f"{where}/2", "rotation"),
        (f"{where}/3", "local_file"),
        (f"{where}/4", "sound"),
    } <= codes(made)


def test_obs_sizes_that_are_not_in_the_payload_are_named() -> None:
    made = imported(collection(item("Camera", scale={"x": 0.25, "y": 0.25})))
    assert boxes(made.document) == [(0, 0, 480, 270)]
    assert {("", "canvas_unknown"), ("/sources/6/settings/items/0", "source_size")} <= codes(made)


def test_obs_websocket_scene_items_are_read() -> None:
    transform = {
        "positionX": 100,
        "positionY": 50,
        "width": 640,
        "height": 360,
        "boundsType": "OBS_BOUNDS_NONE",
        "alignment": 5,
    }
    items = [
        {"sourceName": "Cam", "inputKind": "v4l2_input", "sceneItemTransform": transform, "sceneItemEnabled": False}
    ]
    (region,) = imported({"responseData": {"sceneItems": items}}).document.objects
    assert (region.x, region.y, region.width, region.height, region.hidden) == (100, 50, 640, 360, True)


# --- Open WebRTC Toolkit ------------------------------------------------------------------------------------------
def test_owt_regions_are_read() -> None:
    def region(number: int, left: Any, width: Any) -> dict[str, Any]:
        area = {"left": left, "top": 0, "width": width, "height": 1}
        return {"id": str(number), "shape": "rectangle", "area": area}

    third = {"numerator": 1, "denominator": 4}
    layouts = [{"region": [region(1, 0, 1)]}, {"region": [region(1, 0, "1/4"), region(2, third, 0.75)]}]
    made = imported({"video": {"layout": {"templates": {"custom": layouts}}}})
    assert boxes(made.document) == [(0, 0, 320, 720), (320, 0, 960, 720)]
    assert {("", "size_unknown"), ("/video/layout/templates/custom/0/region", "other_layout")} <= codes(made)


# --- what has no coordinates --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("payload", "name"),
    [
        ({"room_name": "r", "layout": "speaker", "file_outputs": [{}]}, "LiveKit Egress"),
        ({"roomName": "r", "template": {"layout": "grid"}, "outputs": [{"file": {}}]}, "LiveKit Egress"),
        ({"egress_id": "EG_1", "layout": "grid"}, "LiveKit Egress"),
        ({"sessionId": "s", "outputMode": "composed", "layout": {"type": "bestFit"}}, "OpenTok (Vonage Video)"),
        ({"type": "custom", "stylesheet": "stream {left: 0}"}, "OpenTok (Vonage Video)"),
        ({"SdkAppId": 1, "RoomId": "r", "MixLayoutParams": {"MixLayoutMode": 3}}, "Tencent TRTC"),
        ({"sources": [], "current_scene": "Main"}, "OBS Studio"),
    ],
)
def test_a_payload_without_coordinates_is_named(payload: Any, name: str) -> None:
    with pytest.raises(Invalid) as caught:
        kinds.read(payload)
    first = caught.value.problems[0]
    assert (first.pointer, first.code) == ("", "foreign_kind")
    assert name in first.message


@pytest.mark.parametrize("payload", [None, 7, "x", [], {}, {"canvas": {}, "objects": []}, {"layout": "x"}, [[[]]]])
def test_anything_else_is_of_no_kind(payload: Any) -> None:
    assert kinds.read(payload) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["1/0", "bestFit"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
SEEDS: list[Any] = [
    {"transcodingConfig": {"width": 640, "height": 360, "layoutConfig": [{"uid": "7", "width": 0.5, "height": 1}]}},
    {"clientRequest": {"recordingConfig": {"layoutConfig": [{"width": 1, "height": 1}]}}},
    {"VideoParams": {"VideoEncode": {"Width": 9, "Height": 9}, "LayoutParams": {"MixLayoutList": [RELAY_PANE]}}},
    {"MixLayoutList": [RELAY_PANE]},
    collection(item("Camera"), item("Title")),
    {"responseData": {"sceneItems": [{"sceneItemTransform": {"positionX": 1}}]}},
    [{"region": [{"shape": "rectangle", "area": {"left": 0, "width": "1/2", "height": 1}}]}],
    {"layout": {"type": "bestFit"}},
]


def places_in(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for name, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield (*way, name)
        yield from places_in(inner, (*way, name))


def first_code(payload: Any) -> str | None:
    """The code of what the import reports first; None for a payload of no kind."""
    try:
        made = kinds.read(payload)
    except Invalid as error:
        return error.problems[0].code
    return made and made.not_understood[0].code


@settings(max_examples=300, deadline=None)
@given(seed=st.sampled_from(SEEDS), wrong=JSON, data=st.data())
def test_wrong_values_are_refused_or_named(seed: Any, wrong: Any, data: st.DataObject) -> None:
    payload = deepcopy(seed)
    *way, last = data.draw(st.sampled_from(list(places_in(payload))))
    holder = payload
    for name in way:
        holder = holder[name]
    holder[last] = wrong
    assert first_code(payload) in (None, "foreign_kind", "foreign_read")


def test_requests_of_our_products_are_not_foreign() -> None:
    ours = [
        documented.sample("agora", "transcoder-create.json")["request"]["body"],
        documented.sample("volcengine", "start_push_mixed_stream_to_cdn.json")["request"]["body"],
        documented.sample("aliyun", "rtc_StartMPUTask.json")["request"]["parameters"],
        documented.sample("aliyun", "live_StartLiveMPUTask.json")["request"]["parameters"],
    ]
    for payload in ours:
        assert kinds.kind_of(payload) is None
        assert any(registry.adapter(slug).knows_payload(payload) for slug in registry.products())
