"""What is drawn and heard, from the payload alone."""

from __future__ import annotations

from typing import Any

from django.test import Client

from apps.sandbox.agora import scene as scenes
from apps.sandbox.engine.mixer import compose, people
from apps.sandbox.engine.ports import Runtime
from tests.sandbox.agora.call import (
    OPEN_APP,
    seat,
    source,
    start,
    transcoder,
)


def drawn(sandbox: Runtime) -> Any:
    (task,) = sandbox.store.state["tasks"].values()
    return scenes.scene(sandbox, task)


def test_people_are_cropped_into_their_regions_by_level(client: Client, sandbox: Runtime, control: Any) -> None:
    start(client, transcoder(videoInputs=[seat(1, 0, 9), seat(2, 320, 4)]))
    made = drawn(sandbox)
    assert (made.width, made.height, made.color, made.fps) == (640, 360, "#102030", 15)
    assert [(layer.person.user_id, layer.x, layer.fit) for layer in made.layers] == [
        ("2", 320, "cover"),
        ("1", 0, "cover"),
    ]
    assert {person.user_id for person in made.people()} == {"1", "2"}


def test_the_picture_shows_each_person_in_their_place(client: Client, sandbox: Runtime) -> None:
    start(client)
    picture = compose.picture(drawn(sandbox), 1.0)
    assert picture.size == (640, 360)
    for user_id, x in (("1", 20), ("2", 340)):
        red, green, blue = picture.getpixel((x, 200))[:3]
        assert f"#{red:02X}{green:02X}{blue:02X}" == people.color_of(user_id)


def test_overlays_and_placeholders_lie_on_their_levels(client: Client, sandbox: Runtime, control: Any) -> None:
    control("people", vendor="agora", app_id=OPEN_APP, room="room", users=[{"user_id": 1}])
    region = seat(1, 0)["region"]
    marks = [{"imageUrl": f"https://a/{z}.png", "region": {**region, "zOrder": z}} for z in (100, 0, 1, 3)]
    start(client, transcoder(waterMarks=marks, videoInputs=[seat(1, 0, 2), seat(2, 320, 50)]))
    kinds = [layer.kind if layer.kind == "picture" else layer.person.user_id for layer in drawn(sandbox).layers]
    assert kinds == ["picture", "picture", "2", "1", "picture", "picture"]


def test_who_is_mixed_is_heard(client: Client, sandbox: Runtime) -> None:
    start(client, transcoder(audioInputs=[source(2)]))
    assert [person.user_id for person in drawn(sandbox).people()] == ["2"]


def test_a_whole_channel_is_heard(client: Client, sandbox: Runtime) -> None:
    start(client, transcoder(audioInputs=[source(0)]))
    assert {person.user_id for person in drawn(sandbox).people()} == {"1", "2", "90001", "90002"}


def test_a_shared_screen_is_a_user(client: Client, sandbox: Runtime, control: Any) -> None:
    users = [{"user_id": 1}, {"user_id": 2, "camera": False, "screen": True}]
    control("people", vendor="agora", app_id=OPEN_APP, room="room", users=users)
    start(client)
    assert [layer.person.stream for layer in drawn(sandbox).layers] == ["camera", "screen"]


def test_sound_alone_has_no_picture(client: Client, sandbox: Runtime) -> None:
    start(client, transcoder(videoInputs=None, outputs=[source(1000, "mixed")]))
    assert drawn(sandbox) is None


def test_a_relayed_stream_is_the_persons_own(client: Client, sandbox: Runtime) -> None:
    body = transcoder(
        streamProcessMode="single", audioInputs=[source(1)], videoInputs=[source(1)], canvas=None,
        outputs=[{**source(1000, "mixed"), "videoOption": {"mode": "RAW"}}],
    )  # fmt: skip
    start(client, body)
    made = drawn(sandbox)
    assert [(layer.person.user_id, layer.width) for layer in made.layers] == [("1", 1280)]
