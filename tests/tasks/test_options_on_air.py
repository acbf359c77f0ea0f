"""The options of a running task, changed on its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.tasks.engine import worker
from apps.tasks.models import Task
from apps.vendors import registry
from tests.tasks.conftest import Cloud


@pytest.fixture
def producer(people: dict[str, Any]) -> Client:
    client = Client()
    client.force_login(people["producer"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def running(started: Task, cloud: Cloud) -> Task:
    worker.carry_out(started.pk)
    Task.objects.filter(pk=started.pk).update(state="running")
    started.refresh_from_db()
    return started


def tab(client: Client, task: Task) -> str:
    return client.get(f"/tasks/{task.pk}/?tab=layout").content.decode()


def change(client: Client, task: Task, **options: str) -> Any:
    return client.post(f"/tasks/{task.pk}/options/", {f"opt:{name}": value for name, value in options.items()})


def test_the_form_has_every_option_of_the_product_as_it_is_wished(producer: Client, running: Task) -> None:
    Task.objects.filter(pk=running.pk).update(options={"max_idle_time": 300, "sei_volumes": True})
    page = tab(producer, running)
    for field in registry.adapter(running.product).task_options:
        assert f'name="opt:{field.name}"' in page
    assert 'name="opt:max_idle_time" value="300"' in page
    assert '<option value="true" selected>' in page


def test_a_changed_option_goes_to_the_cloud_and_the_layout_stays(
    producer: Client, running: Task, layout: Any, cloud: Cloud
) -> None:
    type(layout).objects.filter(pk=layout.pk).update(version=2, document={**layout.document, "objects": []})
    Task.objects.filter(pk=running.pk).update(options={"playback_url": "https://h/a.m3u8", "muted_users": "anna"})
    assert change(producer, running, sei_extra_info="Round 2", muted_users="").status_code == 302
    worker.carry_out(running.pk)
    running.refresh_from_db()
    assert running.options == {"playback_url": "https://h/a.m3u8", "sei_extra_info": "Round 2"}
    assert running.document["objects"], "what is on air, not what was saved since"
    assert cloud.count("Update") == 1
    wish = running.events.filter(kind="wish").order_by("-id").first()
    assert wish is not None
    assert wish.data["options"] == ["muted_users", "sei_extra_info"]


@pytest.mark.parametrize(
    ("language", "options", "field", "said"),
    [
        ("en", {"max_idle_time": "300"}, "max_idle_time", "cannot change while the task runs. It stays 180"),
        ("en", {"max_idle_time": "1"}, "max_idle_time", "must be at least 10"),
        ("en", {"muted_users": "a b"}, "muted_users", "contains characters that are not allowed"),
        ("zh-hans", {"max_idle_time": "1"}, "max_idle_time", "不能小于 10"),
    ],
)
def test_what_is_refused_is_named_at_its_field_and_nothing_is_sent(
    producer: Client, running: Task, cloud: Cloud, language: str, options: dict[str, str], field: str, said: str
) -> None:
    producer.cookies["django_language"] = language
    answer = change(producer, running, sei_extra_info="Round 2", **options)
    assert answer.status_code == 200
    page = answer.content.decode()
    at_field = page.partition(f'data-error-for="opt:{field}">')[2].partition("</p>")[0]
    assert said in at_field
    assert f'name="opt:{field}" value="{options[field]}"' in page, "what was typed stays"
    assert 'id="options" open' in page
    assert len(list(answer.context["messages"])) == 1, "and said at the head of the page"
    assert 'name="opt:sei_extra_info" value="Round 2"' in page
    running.refresh_from_db()
    assert running.options == {}
    worker.carry_out(running.pk)
    assert cloud.count("Update") == 0


def test_nothing_changed_is_nothing_sent(producer: Client, running: Task, cloud: Cloud) -> None:
    wishes = running.events.filter(kind="wish").count()
    assert change(producer, running, max_idle_time="", muted_users="").status_code == 302
    assert running.events.filter(kind="wish").count() == wishes
    assert producer.get(f"/tasks/{running.pk}/options/")["Location"] == f"/tasks/{running.pk}/?tab=layout"


def test_a_task_whose_layout_is_gone_can_still_take_options(
    producer: Client, running: Task, layout: Any, cloud: Cloud
) -> None:
    layout.delete()
    assert change(producer, running, sei_extra_info="Round 2").status_code == 302
    running.refresh_from_db()
    assert running.options == {"sei_extra_info": "Round 2"}


def test_who_may_only_watch_sees_no_form(people: dict[str, Any], running: Task) -> None:
    client = Client()
    client.force_login(people["viewer"], backend="django.contrib.auth.backends.ModelBackend")
    assert 'name="opt:' not in tab(client, running)
    assert change(client, running, sei_extra_info="x").status_code == 403


def test_what_does_not_run_has_no_form(producer: Client, api: Callable[..., Any], body: dict[str, Any]) -> None:
    made = api("producer").post("/api/v1/tasks/", body).data
    assert 'name="opt:' not in producer.get(f"/tasks/{made['id']}/?tab=layout").content.decode()
