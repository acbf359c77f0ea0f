"""Tasks over REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apps.tasks.models import Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"room": ""}, "/room"),
        ({"room": "中文"}, "/room"),
        ({"product": "nobody-mix"}, "/product"),
        ({"product": "aliyun-rtc-record"}, "/product"),
        ({"layout": "0190aaaa-0000-7000-8000-000000000000"}, "/layout"),
        ({"app": "x"}, "/app"),
        ({"bindings": {"host": "anna"}}, "/bindings/host"),
        ({"bindings": {"host": {"user_id": 7}}}, "/bindings/host/user_id"),
        ({"bindings": []}, "/bindings"),
        ({"variables": {"title": 1}}, "/variables/title"),
        ({"output": {"push_urls": ["http://x/y"]}}, "/output/push_urls/0"),
        ({"output": {"push_urls": ["rtmp://push.example.com/live/***"]}}, "/output/push_urls/0"),
        ({"output": {"push_urls": []}}, "/output/push_urls"),
        ({"output": {"record": {}}}, "/output"),
        ({"encoding": {"fps": 0}}, "/encoding/fps"),
        ({"encoding": {"codec": "divx"}}, "/encoding/codec"),
        ({"encoding": {"colour": 1}}, "/encoding/colour"),
        ({"options": {"max_idle_time": "long"}}, "/options/max_idle_time"),
        ({"options": {"nonsense": 1}}, "/options/nonsense"),
        ({"version": 9}, "/version"),
    ],
)
def test_what_is_wrong_is_named(
    api: Callable[..., Any], body: dict[str, Any], jobs: None, change: dict[str, Any], pointer: str
) -> None:
    answer = api("producer").post("/api/v1/tasks/", {**body, **change})
    assert answer.status_code == 400, answer.content
    assert pointer in [problem["pointer"] for problem in answer.json()["problems"]]
    assert Task.objects.count() == 0


def test_who_may_what(api: Callable[..., Any], body: dict[str, Any], jobs: None) -> None:
    assert api("viewer").post("/api/v1/tasks/", body).status_code == 403
    made = api("producer").post("/api/v1/tasks/", body).data
    where = f"/api/v1/tasks/{made['id']}/"
    assert api("viewer").get(where).status_code == 200
    assert api("outsider").get(where).status_code == 404
    assert api("anonymous").get(where).status_code == 401
    assert api("viewer").post(f"{where}start/").status_code == 403
    assert api("outsider").post(f"{where}start/").status_code == 404


def test_a_draft_changes_and_goes_a_started_task_does_not(api: Callable[..., Any], body: Any, jobs: None) -> None:
    producer = api("producer")
    made = producer.post("/api/v1/tasks/", body).data
    where = f"/api/v1/tasks/{made['id']}/"
    assert producer.patch(where, {"room": "hall"}).data["room"] == "hall"
    assert producer.post(f"{where}stop/").status_code == 409
    assert producer.post(f"{where}start/").data["state"] == "scheduled"
    assert producer.patch(where, {"room": "x"}).status_code == 409
    assert producer.post(f"{where}start/").status_code == 409
    assert producer.delete(where).status_code == 409
    other = producer.post("/api/v1/tasks/", body).data
    assert producer.delete(f"/api/v1/tasks/{other['id']}/").status_code == 204
    kinds = [result["kind"] for result in producer.get(f"{where}events/").data["results"]]
    assert kinds == ["note", "note", "wish", "state"]


def test_the_list_is_filtered(api: Callable[..., Any], body: Any, jobs: None) -> None:
    producer = api("producer")
    for room in ("one", "two"):
        producer.post("/api/v1/tasks/", {**body, "room": room})
    rooms = [result["room"] for result in producer.get("/api/v1/tasks/").data["results"]]
    assert rooms == ["two", "one"]
    assert len(producer.get("/api/v1/tasks/", {"q": "tw"}).data["results"]) == 1
    assert len(producer.get("/api/v1/tasks/", {"state": "running"}).data["results"]) == 0
    assert producer.get("/api/v1/tasks/", {"state": "nonsense"}).status_code == 400


@pytest.mark.parametrize("product", ["volcengine-push", "aliyun-rtc-record"])
def test_a_layout_is_planned_without_a_task(api: Callable[..., Any], layout: Any, product: str) -> None:
    answer = api("viewer").post(f"/api/v1/layouts/{layout.pk}/export/", {"product": product})
    assert answer.status_code == 200, answer.content
    assert answer.data["requests"]
    assert Task.objects.count() == 0


def test_letters_that_no_font_has_are_found_after_variables_are_filled(
    api: Callable[..., Any], layout: Any, body: Any
) -> None:
    layout.document["objects"].append(
        {"kind": "text", "id": "name", "x": 0, "y": 0, "width": 300, "height": 40, "text": "{{guest}}"}
    )
    layout.save()
    asked = {"product": "agora-transcoder", "variables": {"guest": "Abebe ሀ"}}
    answer = api("viewer").post(f"/api/v1/layouts/{layout.pk}/export/", asked, format="json")
    assert answer.status_code == 200, answer.content
    found = [finding for finding in answer.data["findings"] if finding["code"] == "missing_glyphs"]
    assert [(finding["object_id"], finding["message"]) for finding in found] == [
        ("name", "The fonts have no glyph for ሀ. A box is drawn instead.")
    ]
