"""What the start page says will happen, while the form is being filled in."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from apps.credentials.models import App, Credential
from apps.layouts.models import LayoutTemplate

CAPTION = "Drawn with sample people: no person is assigned yet."
PUSH = {"room": "lobby", "push_url": "rtmp://push.example.com/live/key"}


@pytest.fixture
def producer(people: dict[str, Any], media: Any, redis_server: str) -> Client:
    client = Client()
    client.force_login(people["producer"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def agora(team: Any) -> str:
    """What the form calls Agora's product with an app of the team."""
    keys = {"customer_id": "c" * 32, "customer_secret": "s" * 32}
    credential = Credential.objects.create(team=team, name="A", vendor="agora", keys=keys)
    app = App.objects.create(team=team, credential=credential, name="A app", vendor_app_id="a" * 32)
    return f"{app.pk}/agora-transcoder"


@pytest.fixture
def volcengine(app: App) -> str:
    return f"{app.pk}/volcengine-push"


def preview(browser: Client, target: str, layout: Any, **typed: str) -> Any:
    answer = browser.post("/tasks/new/plan/", {"target": target, "layout": str(layout.pk), **typed})
    assert answer.status_code == 200
    return answer


def colors(answer: Any) -> int:
    """How many colors the picture has: an empty canvas has one."""
    content = base64.b64decode(answer.context["preview"]["picture"].partition(",")[2])
    with Image.open(io.BytesIO(content)) as picture:
        return len(picture.convert("RGB").getcolors(1 << 20) or [])


def levels(answer: Any) -> dict[str, list[str]]:
    return {
        finding.level: [line.message for line in finding.lines] for finding in answer.context["preview"]["findings"]
    }


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_with_nobody_seated_sample_people_are_drawn(producer: Client, volcengine: str, layout: Any) -> None:
    empty = preview(producer, volcengine, layout, **PUSH)
    assert CAPTION in text(empty)
    assert colors(empty) > 10, "somebody is drawn"
    assert any("No person is assigned" in sentence for sentence in levels(empty)["dropped"]), (
        "the findings are those of the form"
    )
    assert empty.context["preview"]["plan"]["requests"][0]["body"]["TargetStreams"]["StreamList"] == []
    seated = preview(producer, volcengine, layout, **PUSH, **{"slot:host": "anna"})
    assert CAPTION not in text(seated)
    assert colors(seated) > 10


def test_people_of_another_layout_sit_nowhere(producer: Client, volcengine: str, layout: Any) -> None:
    assert CAPTION in text(preview(producer, volcengine, layout, **PUSH, **{"slot:guest": "anna"}))


def test_a_layout_without_seats_has_no_sample_people(producer: Client, volcengine: str, layout: Any) -> None:
    board = LayoutTemplate.objects.create(
        team=layout.team, name="Board", document={**layout.document, "objects": []}
    )  # fmt: skip
    empty = preview(producer, volcengine, board, **PUSH)
    assert CAPTION not in text(empty)
    assert colors(empty) == 1


def test_the_caption_is_said_in_the_readers_language(producer: Client, volcengine: str, layout: Any) -> None:
    producer.cookies["django_language"] = "zh-hans"
    assert "示例人物" in text(preview(producer, volcengine, layout, **PUSH))


def test_before_anything_is_typed_nothing_is_called_an_error(producer: Client, agora: str, layout: Any) -> None:
    opened = producer.get("/tasks/new/")
    assert agora in text(opened)
    assert "error" not in levels(opened)
    assert len(levels(opened)["missing"]) == 4, "room, channel, user id and a person"
    assert "Missing fields" in text(opened)
    assert "qb-finding-error" not in text(opened)
    assert 'aria-describedby="why-not"' in text(opened), "and it cannot be started"
    assert levels(preview(producer, agora, layout)) == levels(opened)


def test_what_was_typed_wrong_is_an_error_and_the_rest_still_missing(producer: Client, agora: str, layout: Any) -> None:
    said = levels(preview(producer, agora, layout, room="lobby", rtc_channel="mix", rtc_uid="0"))
    assert [sentence.split(":")[0] for sentence in said["error"]] == ["The output needs its own user ID"]
    assert said["missing"] == ["No region can be shown. At least one needs a person."]


def test_what_is_missing_is_why_it_cannot_start(producer: Client, agora: str, layout: Any) -> None:
    typed = {"room": "lobby", "rtc_channel": "mix", "slot:host": "12"}
    assert preview(producer, agora, layout, **typed).context["preview"]["reason"] == (
        "Fill in the missing fields first."
    )
    whole = preview(producer, agora, layout, **typed, rtc_uid="7").context["preview"]
    assert whole["ready"]
    assert not {finding.level for finding in whole["findings"]} & {"error", "missing"}


def test_after_a_refused_start_what_is_missing_is_an_error(producer: Client, agora: str, layout: Any) -> None:
    refused = producer.post("/tasks/new/", {"target": agora, "layout": str(layout.pk)})
    assert 'name="tried"' in text(refused)
    for answer in (refused, preview(producer, agora, layout, tried="1")):
        assert "missing" not in levels(answer)
        assert len(levels(answer)["error"]) == 3
