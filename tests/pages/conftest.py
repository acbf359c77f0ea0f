"""A team with one row of everything, and browsers signed in as its people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.tasks.conftest import cloud, jobs  # noqa: F401


@pytest.fixture
def browser(people: dict[str, Any], media: Path, redis_server: str) -> Callable[[str], Client]:
    """`browser("viewer")` is signed in as that person; `browser("anonymous")` is not. A crash is raised, not a 500."""

    def opened(role: str) -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened


@pytest.fixture
def rows(team: Any, people: dict[str, Any], media: Path, jobs: None) -> dict[str, Any]:  # noqa: F811
    """The rows of the team by the names that paths hold; `spare_…` ones are used by nothing, so they can go."""
    from apps.accounts.models import ApiToken, Membership
    from apps.archive.models import Policy, Recording, RecordingFile, ShareLink
    from apps.credentials.models import App, Credential
    from apps.layouts.models import Asset, LayoutPreset
    from apps.layouts.services import create_layout
    from apps.tasks.models import Task, TaskEvent
    from tests.tasks.conftest import DOCUMENT

    keys = {"access_key_id": "AK0123456789", "secret_access_key": "c2VjcmV0LXNlY3JldA"}
    closed = {"volcengine-push": "http://127.0.0.1:9/"}
    credential, spare = (
        Credential.objects.create(team=team, name=name, vendor="volcengine", keys=keys, endpoints=closed)
        for name in ("Keys", "Spare keys")
    )
    app, spare_app = (
        App.objects.create(team=team, credential=credential, name=name, vendor_app_id="0" * 24)
        for name in ("App", "Spare app")
    )
    layout = create_layout(team=team, user=None, name="Layout", document=DOCUMENT)
    output = {"push_urls": ["rtmp://push.example.com/live/one"]}
    task, done = (
        Task.objects.create(
            team=team, app=app, product="volcengine-push", layout=layout, document=DOCUMENT, room="lobby", name=name,
            bindings={"host": {"user_id": "anna"}}, output=output, state=state,
        )
        for name, state in (("Draft", "draft"), ("Done", "stopped"))
    )  # fmt: skip
    TaskEvent.objects.create(task=done, kind="state", code="state_changed", data={"to": "stopped"})
    poster = media / "posters" / "one.jpg"
    poster.parent.mkdir(parents=True)
    poster.write_bytes(b"a picture")
    recording = Recording.objects.create(
        team=team, task=done, name="Take one", duration=75.4, poster="posters/one.jpg", poster_source="frame"
    )
    old = Task.objects.create(team=team, app=app, product="volcengine-push", document=DOCUMENT, room="old", name="Old")
    removed = Recording.objects.create(team=team, task=old, name="Old take", removed_at=timezone.now())
    places = [{"x": 0, "y": 0, "width": 1, "height": 1}]
    preset = LayoutPreset.objects.create(team=team, name="Ours", shapes={"wide": places})
    policy = Policy.objects.create(team=team, days=3650)
    RecordingFile.objects.create(recording=recording, url="https://example.com/one.mp4", format="mp4", duration=75.4)
    link = ShareLink.objects.create(recording=recording, expires_at=timezone.now() + dt.timedelta(days=1))
    asset = Asset.objects.create(team=team, sha256="0" * 64, format="png", width=1, height=1, bytes=1)
    ApiToken.issue(user=people["admin"], team=team, name="Playout")
    return {
        "token": ApiToken.objects.get(user=people["admin"], team=team),
        "credential": credential, "spare": spare, "app": app, "spare_app": spare_app, "layout": layout, "task": task,
        "done": done, "recording": recording, "link": link, "asset": asset, "removed_recording": removed, "policy": policy,
        "preset": preset,
        "membership": Membership.objects.get(team=team, user=people["viewer"]),
    }  # fmt: skip


@pytest.fixture
def names(rows: dict[str, Any]) -> dict[str, str]:
    from auditlog.models import LogEntry

    from apps.accounts.models import Team

    ids = {name: str(row.pk) for name, row in rows.items()}
    entry = LogEntry.objects.get_for_object(rows["credential"]).first()
    others = str(Team.objects.get(name="Others").pk)
    return {**ids, "other_team": others, "key": rows["link"].key, "entry": str(entry.pk) if entry else "0"}
