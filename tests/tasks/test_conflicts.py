"""Other tasks on the same push URL, channel user or recorded room: named when planned and started, with a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.credentials.models import App, Credential
from apps.tasks.models import Task
from tests.tasks.conftest import DOCUMENT

pytestmark = pytest.mark.django_db(transaction=True)
URL = "rtmp://push.example.com/live/key-1"


@pytest.fixture
def apps(team: Any) -> dict[str, App]:
    keys = {
        "volcengine": {"access_key_id": "AKLTtest", "secret_access_key": "c2VjcmV0"},
        "aliyun": {"access_key_id": "AKtest", "access_key_secret": "c2VjcmV0"},
        "agora": {"customer_id": "c", "customer_secret": "s"},
    }
    ids = {"volcengine": "0123456789abcdef01234567", "aliyun": "9qb1test", "agora": "0" * 32}
    return {
        vendor: App.objects.create(
            team=team,
            credential=Credential.objects.create(team=team, name=vendor, vendor=vendor, keys=values),
            name=vendor,
            vendor_app_id=ids[vendor],
            settings={"record_template_id": "1"} if vendor == "aliyun" else {},
        )
        for vendor, values in keys.items()
    }


@pytest.fixture
def other(team: Any, apps: dict[str, App]) -> Callable[..., Task]:
    def make(vendor: str, product: str, output: Any, **columns: Any) -> Task:
        values = {"room": "lobby", "state": "running", "desired": "running", "name": "Evening show"} | columns
        return Task.objects.create(
            team=team, app=apps[vendor], product=product, document=DOCUMENT, output=output, **values
        )

    return make


def planned(
    api: Any, layout: Any, apps: dict[str, App], vendor: str, product: str, output: Any, room: str = "r"
) -> Any:
    body = {"product": product, "app": str(apps[vendor].pk), "room": room, "output": output}
    response = api("producer").post(f"/api/v1/layouts/{layout.pk}/export/", body, format="json")
    assert response.status_code == 200, response.content
    return {finding["code"]: finding for finding in response.json()["findings"] if "task" in finding}


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "rtmps://push.example.com/live/key-1",
        "rtmp://PUSH.example.com:1935/live/key-1",
        "rtmp://push.example.com/live/key-1?auth_key=1-0-0-abc",
        "rtmp://push.example.com/live/key-1/",
    ],
)
def test_the_same_push_url_is_named_however_it_is_written(
    api: Any, layout: Any, apps: dict[str, App], other: Callable[..., Task], url: str
) -> None:
    task = other("aliyun", "aliyun-live-mpu", {"push_urls": ["rtmp://else.example.com/a/b", url]})
    findings = planned(api, layout, apps, "volcengine", "volcengine-push", {"push_urls": [URL]})
    assert findings["same_push_url"]["task"] == str(task.pk)
    assert findings["same_push_url"]["level"] == "changed"
    assert "Evening show" in findings["same_push_url"]["message"]
    assert "key-1" not in str(findings), "the stream key stays hidden"


@pytest.mark.parametrize(
    "url",
    ["rtmp://push.example.com/live/key-2", "rtmp://push2.example.com/live/key-1", "rtmp://push.example.com/key-1"],
)
def test_another_push_url_is_no_conflict(
    api: Any, layout: Any, apps: dict[str, App], other: Callable[..., Task], url: str
) -> None:
    other("volcengine", "volcengine-push", {"push_urls": [url]})
    assert planned(api, layout, apps, "volcengine", "volcengine-push", {"push_urls": [URL]}) == {}


@pytest.mark.parametrize(("state", "named"), [("scheduled", True), ("starting", True), ("stopping", True),
                                              ("draft", False), ("stopped", False), ("failed", False)])  # fmt: skip
def test_only_tasks_on_air_or_scheduled_count(
    api: Any, layout: Any, apps: dict[str, App], other: Callable[..., Task], state: str, named: bool
) -> None:
    other("volcengine", "volcengine-push", {"push_urls": [URL]}, state=state)
    assert bool(planned(api, layout, apps, "volcengine", "volcengine-push", {"push_urls": [URL]})) is named


def test_the_same_user_in_a_channel_is_named(
    api: Any, layout: Any, apps: dict[str, App], other: Callable[..., Task]
) -> None:
    other("agora", "agora-transcoder", {"rtc": {"channel": "mix", "uid": 7}})
    same = {"rtc": {"channel": "mix", "uid": 7}}
    assert set(planned(api, layout, apps, "agora", "agora-transcoder", same)) == {"same_output_user"}
    for different in ({"channel": "mix", "uid": 8}, {"channel": "other", "uid": 7}):
        assert planned(api, layout, apps, "agora", "agora-transcoder", {"rtc": different}) == {}


def test_a_room_recorded_twice_is_named(
    api: Any, layout: Any, apps: dict[str, App], other: Callable[..., Task]
) -> None:
    other("aliyun", "aliyun-rtc-record", {"record": {}}, room="studio")
    plan = {"vendor": "aliyun", "product": "aliyun-rtc-record", "output": {"record": {}}}
    assert set(planned(api, layout, apps, **plan, room="studio")) == {"same_recording"}
    assert planned(api, layout, apps, **plan, room="lobby") == {}


def test_another_team_is_not_told(api: Any, layout: Any, apps: dict[str, App], other: Callable[..., Task]) -> None:
    from apps.accounts.models import Team

    task = other("volcengine", "volcengine-push", {"push_urls": [URL]})
    Task.objects.filter(pk=task.pk).update(team=Team.objects.exclude(pk=task.team_id).get())
    assert planned(api, layout, apps, "volcengine", "volcengine-push", {"push_urls": [URL]}) == {}


def test_the_start_page_links_to_the_other_task_and_the_start_keeps_it_in_the_ledger(
    layout: Any, apps: dict[str, App], other: Callable[..., Task], sign_in: Callable[[str], Client]
) -> None:
    task = other("volcengine", "volcengine-push", {"push_urls": [URL]})
    form = {
        "target": f"{apps['volcengine'].pk}/volcengine-push",
        "layout": str(layout.pk),
        "room": "studio",
        "push_url": URL,
        "slot:host": "anna",
    }
    producer = sign_in("producer")
    page = producer.post("/tasks/new/plan/", form).content.decode()
    assert f'href="/tasks/{task.pk}/"' in page
    assert "disabled" not in page.partition('data-testid="start"')[0].rpartition("<button")[2], "it can be meant"
    assert producer.post("/tasks/new/", form).status_code == 302
    started = Task.objects.exclude(pk=task.pk).get()
    findings = started.events.get(code="start").data["findings"]
    assert [(finding["code"], finding["task"]) for finding in findings if "task" in finding] == [
        ("same_push_url", str(task.pk))
    ]
    timeline = producer.get(f"/tasks/{started.pk}/").content.decode()
    assert f'href="/tasks/{task.pk}/"' in timeline


def test_a_refused_start_leaves_no_draft(layout: Any, apps: dict[str, App], sign_in: Callable[[str], Client]) -> None:
    form = {"target": f"{apps['volcengine'].pk}/volcengine-push", "layout": str(layout.pk), "room": "studio",
            "push_url": "no-url"}  # fmt: skip
    page = sign_in("producer").post("/tasks/new/", form)
    assert page.status_code == 200
    assert not Task.objects.exists()
