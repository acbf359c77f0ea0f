"""A database of version 0.1 after the migrations of today: nothing is lost, and every event reads as before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.old_database import migrate_to_current, old_database

pytestmark = pytest.mark.django_db(transaction=True)


def event(kind: str, title: str, /, **data: Any) -> dict[str, Any]:
    return {"task_id": "", "kind": kind, "title": title, "data": data, "vendor_request_id": "", "actor_id": None}


# Events of 0.1 that its example data does not have → the code and the sentence they must get.
EVENTS = [
    (event("wish", "Apply layout", version=2, wish=2), "apply_layout", "Change on air requested"),
    (event("wish", "Start at a set time", wish=1), "scheduled_start", "Scheduled start requested"),
    (
        event("note", "Found at the vendor: not started again", state="running"),
        "adopted",
        "Already exists at the vendor: not started again",
    ),
    (
        event("note", "News of another run (qb_2), ignored", run="qb_2", sentence="News of another run ({run}), ignored"),
        "other_run_ignored",
        "Report about another run (qb_2), ignored",
    ),
    (event("note", "It no longer runs at the cloud.", by="poll"), "ended_at_vendor", "It is no longer running at the cloud."),
    (
        event("note", "The recording left the archive by its policy; the cloud's own files were not touched", files=1),
        "recording_removed",
        "The recording was removed from the archive by its retention policy. The cloud's own files were not deleted.",
    ),
    (
        event("error", "It runs at the cloud, though it ended here.", seen="running"),
        "runs_after_end",
        "The task ended here but is still running at the cloud.",
    ),
    (
        event("error", "poll: No answer.", doing="poll", kind="VendorUnreachable", detail="No answer."),
        "operation_failed",
        "Status request: No answer.",
    ),
    (
        event(
            "error",
            "start: an internal error; it is tried again.",
            doing="start",
            sentence="{doing}: an internal error; it is tried again.",
        ),
        "internal_error",
        "Starting: an internal error. It will be retried.",
    ),
    (event("note", "A sentence nobody knows any more"), "other", "A sentence nobody knows any more"),
]  # fmt: skip


def test_an_old_database_keeps_its_tasks_and_their_ledger(redis_server: str) -> None:
    import json

    from django.utils import translation

    from apps.archive.models import Recording
    from apps.tasks.labels import event_label
    from apps.tasks.models import Task, TaskEvent
    from tests.old_database import FIXTURES

    rows = json.loads((FIXTURES / "version-0.1.json").read_text())["rows"]
    task_id = rows["tasks.Task"][0]["id"]
    first_id = max(row["id"] for row in rows["tasks.TaskEvent"]) + 1
    extra = [
        {**row, "id": first_id + number, "task_id": task_id, "at": "2026-11-01T00:00:00+00:00"}
        for number, (row, _code, _label) in enumerate(EVENTS)
    ]
    with old_database("0.1", {"tasks.TaskEvent": extra}):
        migrate_to_current()
        assert TaskEvent.objects.count() == len(rows["tasks.TaskEvent"]) + len(EVENTS)
        for row in rows["tasks.Task"]:
            task = Task.objects.get(pk=row["id"])
            assert (task.generation, task.observed_generation) == (row["wish"], row["done_wish"])
            assert (task.plan_state, task.handles) == (row["carry"], row["handles"])
            assert task.document == row["document"]
        with translation.override("en"):
            for number, (_row, code, label) in enumerate(EVENTS):
                migrated = TaskEvent.objects.get(pk=first_id + number)
                assert (migrated.code, event_label(migrated)) == (code, label)
            for row in rows["tasks.TaskEvent"]:
                migrated = TaskEvent.objects.get(pk=row["id"])
                assert migrated.code != "other", row
                assert event_label(migrated)
        requests = TaskEvent.objects.filter(kind="request", data__starts=True)
        assert all("generation" in request.data for request in requests)
        assert Recording.objects.get().files.count() == 1


def test_the_pages_of_an_old_task_open(redis_server: str, media: Any) -> None:
    from django.test import Client

    from apps.accounts.models import User
    from apps.tasks.models import Task

    with old_database("0.1"):
        migrate_to_current()
        client = Client()
        client.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
        for task in Task.objects.all():
            for tab in ("timeline", "layout", "people", "requests", "recordings"):
                assert client.get(f"/tasks/{task.pk}/?tab={tab}").status_code == 200
            assert client.get(f"/api/v1/tasks/{task.pk}/bundle/").status_code == 200
        assert client.get("/").status_code == 200
        assert client.get("/recordings/").status_code == 200
