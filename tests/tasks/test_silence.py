"""A cloud that does not return the status of a task: trouble after three polls, with its reason, until it answers again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from django.test import Client
from django.utils import timezone

from apps.tasks import trouble
from apps.tasks.engine import polling, worker
from apps.tasks.models import Task
from tests.tasks.conftest import Cloud, error

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def on_air(started: Task, cloud: Cloud) -> Task:
    worker.carry_out(started.pk)
    poll(started)
    assert started.state == "running"
    return started


def poll(task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(next_poll_at=timezone.now())
    polling.poll_due()
    task.refresh_from_db()


def over_rest(api: Callable[..., Any], task: Task) -> Any:
    return api("viewer").get(f"/api/v1/tasks/{task.pk}/").json()["trouble"]


def unreachable(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectError("refused", request=request)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (unreachable, "could not be reached"),
        (error(401, "SignatureDoesNotMatch"), ""),
        (httpx2.Response(200, content=b"<html>gateway</html>"), "not a response of the Volcengine API"),
    ],
    ids=["unreachable", "rejected keys", "unreadable"],
)
def test_three_polls_without_a_status_are_trouble_everywhere(
    on_air: Task, cloud: Cloud, api: Callable[..., Any], sign_in: Callable[[str], Client], answer: Any, reason: str
) -> None:
    cloud.always("GetPushMixedStreamToCDNTask", answer)
    for _ in range(2):
        poll(on_air)
    assert over_rest(api, on_air) is None
    poll(on_air)
    shown = over_rest(api, on_air)
    assert shown["code"] == "no_answer"
    assert "3 times in a row" in shown["detail"]
    assert reason in shown["detail"]
    assert shown["since"]
    assert shown["credential"] == str(on_air.app.credential_id)
    sentence = "The cloud has not returned the status 3 times in a row."
    assert sentence in sign_in("viewer").get("/").content.decode(), "the card of the control room"
    assert sentence in sign_in("viewer").get("/?state=trouble").content.decode(), "and its filter"
    assert sentence in sign_in("viewer").get(f"/tasks/{on_air.pk}/").content.decode(), "the page of the task"
    assert Task.objects.filter(trouble.unanswered()).count() == 1, "the health page"
    assert on_air.events.filter(code="operation_failed").count() == 1, "one event for one reason"


def test_the_next_status_ends_the_trouble(on_air: Task, cloud: Cloud, api: Callable[..., Any]) -> None:
    cloud.always("GetPushMixedStreamToCDNTask", unreachable)
    for _ in range(4):
        poll(on_air)
    assert over_rest(api, on_air)["code"] == "no_answer"
    cloud.always("GetPushMixedStreamToCDNTask", None)
    poll(on_air)
    assert over_rest(api, on_air) is None
    assert (on_air.poll_failures, on_air.poll_error) == (0, None)


def test_another_reason_is_another_event(on_air: Task, cloud: Cloud) -> None:
    for answer in (unreachable, unreachable, error(500, "InternalError"), unreachable):
        cloud.always("GetPushMixedStreamToCDNTask", answer)
        poll(on_air)
    assert on_air.events.filter(code="operation_failed").count() == 3


def test_a_proof_that_grows_old_is_trouble(on_air: Task, api: Callable[..., Any]) -> None:
    Task.objects.filter(pk=on_air.pk).update(proven_at=timezone.now() - trouble.PROOF_OVERDUE * 2)
    assert over_rest(api, on_air)["code"] == "proof_overdue"


def test_the_run_id_of_the_cloud_is_in_rest_and_on_the_page(
    on_air: Task, api: Callable[..., Any], sign_in: Callable[[str], Client]
) -> None:
    Task.objects.filter(pk=on_air.pk).update(vendor_run_id="run-4711")
    assert api("viewer").get(f"/api/v1/tasks/{on_air.pk}/").json()["vendor_run_id"] == "run-4711"
    assert "run-4711" in sign_in("viewer").get(f"/tasks/{on_air.pk}/").content.decode()
