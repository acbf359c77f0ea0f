"""The control room: groups, filters, reasons of trouble, and two hundred tasks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.tasks.conftest import DOCUMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(team: Any) -> Any:
    from apps.credentials.models import App, Credential

    keys = Credential.objects.create(team=team, name="Keys", vendor="volcengine", keys={})
    return App.objects.create(team=team, credential=keys, name="App", vendor_app_id="0" * 24)


@pytest.fixture
def task(app: Any) -> Callable[..., Any]:
    from apps.tasks.models import Task

    def create(name: str, state: str, **more: Any) -> Any:
        values = {"product": "volcengine-push", "document": DOCUMENT, "room": "lobby", **more}
        return Task.objects.create(team=app.team, app=app, name=name, state=state, **values)

    return create


def counts(text: str) -> list[int]:
    sentence = re.search(r'class="qb-sentence".*?</p>', text, re.DOTALL)
    assert sentence
    return [int(figure) for figure in re.findall(r"<strong[^>]*>(\d+)</strong>", sentence.group())]


def keys(text: str, kind: str) -> list[str]:
    return re.findall(rf'data-key="{kind}-([^"]+)"', text)


def test_control_room_groups_and_filters(browser: Callable[[str], Any], task: Callable[..., Any]) -> None:
    live, starting, stopping = task("Live", "running"), task("Soon", "starting"), task("Going", "stopping")
    lost = task("Lost one", "lost", ended_at=timezone.now())
    done, draft = task("Done", "stopped"), task("Idea", "draft")
    client = browser("viewer")
    text = client.get("/").content.decode()
    assert counts(text) == [1, 2, 1]
    assert keys(text, "task") == [str(row.pk) for row in (live, starting, stopping)]  # what is on air comes first
    assert keys(text, "trouble") == [str(lost.pk)]
    assert keys(text, "past") == [str(row.pk) for row in (draft, done, lost)]
    expected = {
        "running": ([live], [], []),
        "starting": ([starting, stopping], [], []),
        "trouble": ([], [lost], []),
        "stopped": ([], [], [done]),
        "draft": ([], [], [draft]),
    }
    for state, groups in expected.items():
        text = client.get(f"/?state={state}").content.decode()
        listed = [set(keys(text, kind)) for kind in ("task", "trouble", "past")]
        assert listed == [{str(key.pk) for key in group} for group in groups], state
        assert counts(text) == [1, 2, 1]  # the sentence counts all, whatever is shown


def test_trouble_card_shows_the_reason(browser: Callable[[str], Any], task: Callable[..., Any]) -> None:
    task("A", "failed", ended_at=timezone.now(), error={"detail": "The stream key is <wrong>."})
    task("B", "lost", ended_at=timezone.now())
    task("C", "running", degraded=True)
    task("D", "running", desired="stopped", tries=4)
    task("E", "failed", ended_at=timezone.now() - dt.timedelta(days=2), error={"detail": "Long ago"})
    text = browser("producer").get("/?state=trouble").content.decode()
    assert counts(text) == [2, 0, 4]
    for reason in (
        "The stream key is &lt;wrong&gt;.",
        "The cloud no longer knows this task.",
        "The cloud reports that the task is unstable.",
        "The task was asked to stop. The cloud has not confirmed it after 4 attempts.",
    ):
        assert reason in text
    assert "Long ago" not in text
    assert "/tasks/new/?again=" in text
    assert "/tasks/new/?again=" not in browser("viewer").get("/?state=trouble").content.decode()


def test_search_and_product_filter_cards_and_list(browser: Callable[[str], Any], task: Callable[..., Any]) -> None:
    first, other = task("Evening news", "running"), task("Sports", "running")
    old = task("Morning news", "stopped", product="aliyun-rtc-record")
    client = browser("viewer")
    text = client.get("/?q=NEWS").content.decode()
    assert keys(text, "task") == [str(first.pk)]
    assert keys(text, "past") == [str(old.pk)]
    text = client.get("/?product=aliyun-rtc-record").content.decode()
    assert (keys(text, "task"), keys(text, "past")) == ([], [str(old.pk)])
    assert str(other.pk) in client.get("/?product=nonsense").content.decode()
    assert "No matching tasks" in client.get("/?q=nothing-like-it").content.decode()


def steps(text: str) -> dict[str, bool]:
    """Step → whether it is done."""
    steps = re.findall(r'<li class="card( is-done)?" data-step="([^"]*)">', text)
    return {name: bool(done) for done, name in steps}


def test_empty_control_room_shows_the_first_steps_and_ticks_them(
    browser: Callable[[str], Any], team: Any, app: Any
) -> None:
    from apps.archive.models import Recording
    from apps.layouts.models import LayoutTemplate
    from apps.tasks.models import Task

    Task.objects.all().delete()
    LayoutTemplate.objects.all().delete()
    text = browser("admin").get("/").content.decode()
    assert steps(text) == {"draw": False, "connect": True, "start": False, "watch": False}
    assert [f'href="{url}"' in text for url in ("/layouts/", "/settings/apps/", "/tasks/new/")] == [True] * 3
    LayoutTemplate.objects.create(team=team, name="One", document=DOCUMENT)
    task = Task.objects.create(
        team=team, app=app, product="aliyun-rtc-record", document=DOCUMENT, room="r", state="stopped",
        started_at=timezone.now(), ended_at=timezone.now(),
    )  # fmt: skip
    assert steps(browser("admin").get("/").content.decode()) == {
        "draw": True, "connect": True, "start": True, "watch": False,
    }  # fmt: skip
    Recording.objects.create(team=team, task=task, name="Take")
    assert steps(browser("admin").get("/").content.decode()) == {}, "all done: no checklist"
    Recording.objects.all().delete()
    viewer = browser("viewer").get("/").content.decode()
    assert 'href="/tasks/new/"' not in viewer


def test_control_room_queries_do_not_grow_with_tasks(
    browser: Callable[[str], Any], task: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    from apps.tasks.models import TaskEvent

    client = browser("viewer")
    client.get("/")
    for number in range(200):
        row = task(f"Show {number:03}", "running", started_at=timezone.now())
        TaskEvent.objects.create(task=row, kind="state", code="state_changed", data={"to": "running"})
    with django_assert_max_num_queries(16):
        text = client.get("/").content.decode()
    assert len(keys(text, "task")) == 200
    assert counts(text) == [200, 0, 0]


def test_control_room_hides_tasks_of_another_team(browser: Callable[[str], Any], task: Callable[..., Any]) -> None:
    row = task("Ours alone", "running")
    text = browser("outsider").get("/").content.decode()
    assert counts(text) == [0, 0, 0]
    assert "Ours alone" not in text
    assert str(row.pk) not in text


def test_control_room_hides_actions_from_viewers(browser: Callable[[str], Any], task: Callable[..., Any]) -> None:
    row = task("Live", "running", desired="running")
    stop = f"/tasks/{row.pk}/stop/"
    assert stop in browser("producer").get("/").content.decode()
    assert stop not in browser("viewer").get("/").content.decode()
