"""A team with an app, and a factory of recordings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.test import Client

from tests.tasks.conftest import DOCUMENT

BUCKET = "https://show.oss-cn-shanghai.aliyuncs.com/record/9qb1test"


def at(text: str) -> dt.datetime:
    """`2026-03-01 10:00` in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.fixture
def app(team: Any) -> Any:
    return make_app(team)


def make_app(team: Any, name: str = "Aliyun", **endpoints: str) -> Any:
    from apps.credentials.models import App, Credential

    keys = {"access_key_id": "AK0123456789", "access_key_secret": "c2VjcmV0LXNlY3JldA"}
    credential = Credential.objects.create(team=team, name=name, vendor="aliyun", keys=keys, endpoints=endpoints)
    return App.objects.create(team=team, credential=credential, name=name, vendor_app_id="9qb1test")


@pytest.fixture
def record(team: Any, app: Any) -> Callable[..., Any]:
    """`record(name="…", began="2026-03-01 10:00", seconds=60, room="…", files=("…/a.m3u8",), …)` makes a recording;
    `files=None` makes one of HLS, `()` none."""
    from apps.archive.models import Recording, RecordingFile
    from apps.tasks.models import Task

    number = count()

    def create(**values: Any) -> Any:
        n = next(number)
        owner = values.pop("team", team)
        task = Task.objects.create(
            team=owner,
            app=values.pop("app", app),
            product=values.pop("product", "aliyun-rtc-record"),
            layout=values.pop("layout", None),
            room=values.pop("room", "lobby"),
            document=DOCUMENT,
            bindings={"host": {"user_id": "anna"}},
            name=values.get("name", f"Take {n}"),
            state="stopped",
        )
        began, seconds = values.pop("began", None), values.pop("seconds", 60.0)
        files = values.pop("files", None)
        begins = at(began) if began else None
        if begins:
            values |= {"started_at": begins, "recorded_at": begins}
        values = {"name": f"Take {n}", "duration": seconds} | values
        row = Recording.objects.create(team=owner, task=task, **values)
        for url in (f"{BUCKET}/{n}/index.m3u8",) if files is None else files:
            RecordingFile.objects.create(
                recording=row,
                url=url,
                format=url.partition("?")[0].rpartition(".")[2],
                duration=seconds,
                started_at=begins,
            )
        return row

    return create


@pytest.fixture
def browser(people: dict[str, Any], media: Any, redis_server: str) -> Callable[[str], Client]:
    def opened(role: str) -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened
