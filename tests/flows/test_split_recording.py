"""A recording that its template splits: what is finished is in the archive while the rest is still being recorded."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.archive.models import Recording
from apps.callbacks import jobs as callback_jobs
from apps.credentials.models import App
from apps.layouts.models import LayoutTemplate
from apps.sandbox.engine import runtime
from tests.flows.test_story_rest import make, no_broker, server, worker_until  # noqa: F401
from tests.sandbox.aliyun.call import acs3
from tests.sandbox.aliyun.rtc2.record.test_record_files import TEMPLATE
from tests.tasks.conftest import DOCUMENT

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_split_recording_arrives_part_by_part_while_it_runs(api: Any, team: Any, make: Callable[[str], App]) -> None:  # noqa: F811
    app, producer = make("aliyun"), api("producer")
    where = api("admin").get(f"/api/v1/apps/{app.pk}/").data["callback_urls"]["aliyun-rtc-record"]
    hooked = {**TEMPLATE, "AppId": app.vendor_app_id, "HttpCallbackUrl": where}
    template = acs3(Client(), "AddRecordTemplate", hooked).json()["TemplateId"]
    layout = LayoutTemplate.objects.create(team=team, name="One", document=DOCUMENT)
    body = {
        "app": str(app.pk), "product": "aliyun-rtc-record", "layout": str(layout.pk), "room": "lobby",
        "bindings": {"host": {"user_id": "anna"}}, "output": {"record": {}},
        "options": {"record_template_id": template},
    }  # fmt: skip
    made = producer.post("/api/v1/tasks/", body)
    assert made.status_code == 201, made.content
    producer.post(f"/api/v1/tasks/{made.data['id']}/start/")
    task = worker_until(made.data["id"], "running")
    emulator = runtime.current()

    def files(wanted: int) -> list[Any]:
        until = time.monotonic() + 20
        while True:
            callback_jobs.apply_waiting()
            found = [file for row in Recording.objects.filter(task=task) for file in row.files.order_by("id")]
            if len(found) >= wanted:
                return found
            assert time.monotonic() < until, found
            time.sleep(0.05)

    def record(seconds: float) -> None:
        for step in (1.0, seconds):
            emulator.advance(step)

    record(1801)
    assert {file.format for file in files(3)} == {"m3u8", "mp4", "flv"}
    task.refresh_from_db()
    assert (task.state, task.ended_at) == ("running", None), "a finished part is not the end"
    record(300)
    assert producer.post(f"/api/v1/tasks/{task.pk}/stop/").status_code == 202
    worker_until(task.pk, "stopping", "stopped")
    assert len(files(6)) == 6
    worker_until(task.pk, "stopped")
    recording = Recording.objects.get(task=task)
    assert recording.duration == pytest.approx(2100, abs=10), "formats run side by side, parts one after the other"
