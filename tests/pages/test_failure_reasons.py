"""Reasons of failures are translated; the message of the cloud is shown unchanged."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from apps.core.errors import VendorError
from apps.vendors import registry
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import Reply
from tests.tasks.conftest import DOCUMENT

pytestmark = pytest.mark.django_db

# product, operation, HTTP, the cloud's answer → our sentence, the cloud's, what to do
REFUSALS: list[tuple[str, str, int, dict[str, Any], tuple[str, str, str]]] = [
    (
        "aliyun-rtc-mpu", "StartMPUTask", 404, {"RequestId": "r-1", "Code": "Service.NoApp", "Message": "No such app"},
        ("阿里云没有这个 AppId。", "“No such app”", "请核对应用设置中的 AppId"),
    ),
    (
        "aliyun-live-mpu", "StartLiveMPUTask", 403, {"RequestId": "r-1", "Code": "Forbidden", "Message": "Not allowed"},
        ("不允许这个密钥调用 StartLiveMPUTask（live:StartLiveMPUTask）。", "“Not allowed”", "（rtc: 或 live:）"),
    ),
    ("agora-transcoder", "Create", 401, {"message": "Unauthorized"}, ("", "Create: Unauthorized", "请检查客户 ID")),
    (
        "volcengine-push", "StartPushMixedStreamToCDN", 403,
        {"ResponseMetadata": {"RequestId": "r-1", "Error": {"Code": "InvalidTimestamp", "Message": "Too old"}}},
        ("", "InvalidTimestamp: Too old", "NTP"),
    ),
]  # fmt: skip


def refusal(product: str, operation: str, status: int, body: dict[str, Any]) -> VendorError:
    service = {"aliyun-live-mpu": "live"}.get(product, "rtc")
    request = PlannedRequest(operation, "POST", f"https://{service}.example.com/", body={}, starts=True)
    with pytest.raises(VendorError) as caught:
        registry.adapter(product).read_reply(request, Reply(status, {}, json.dumps(body).encode(), body))
    return caught.value


@pytest.fixture
def task_of(team: Any) -> Callable[..., Any]:
    from apps.credentials.models import App, Credential
    from apps.tasks.models import Task

    def made(product: str, **values: Any) -> Any:
        keys = Credential.objects.create(team=team, name="Keys", vendor=registry.adapter(product).vendor, keys={})
        app = App.objects.create(team=team, credential=keys, name="App", vendor_app_id="0" * 24)
        return Task.objects.create(team=team, app=app, product=product, document=DOCUMENT, room="lobby", **values)

    return made


@pytest.fixture
def reader(browser: Callable[[str], Any]) -> Any:
    client = browser("producer")
    client.cookies["django_language"] = "zh-hans"
    return client


@pytest.mark.parametrize(
    ("product", "operation", "status", "body", "message"), REFUSALS, ids=lambda case: str(case)[:20]
)
def test_refusal_is_shown_with_its_reason_and_advice(
    reader: Any, task_of: Any, product: str, operation: str, status: int, body: Any, message: tuple[str, ...]
) -> None:
    from apps.tasks.engine import ledger

    error = refusal(product, operation, status, body)
    task = task_of(product, state="failed", end_reason="rejected")
    ledger.write_error(task, "start", error)
    task.error = ledger.error_payload(task, error)
    task.save()
    sentence, words, todo = message
    html = reader.get(f"/tasks/{task.pk}/").content.decode()
    assert todo in html
    reason = f"{sentence} {words}" if sentence else words
    assert all(reason in part for part in html.split('id="timeline"'))  # the card, and the timeline
    room = reader.get("/?state=trouble").content.decode()
    assert sentence in room
    assert words in room
    detail = reader.get(f"/api/v1/tasks/{task.pk}/").json()["error"]["detail"]
    assert sentence in detail
    assert words in detail


def test_failed_status_is_shown_with_its_reason(reader: Any, task_of: Any) -> None:
    from apps.tasks.engine import reports

    answer = {"RequestId": "r-1", "Status": 6}
    for product, sentence in (
        ("aliyun-rtc-mpu", "推流地址不接收这路流："),
        ("aliyun-live-mpu", "推流地址不接收这路流。"),
    ):
        task = task_of(product, state="running", vendor_task_id="t")
        request = PlannedRequest(
            "GetMPUTaskStatus", "POST", "https://example.com/", query={"TaskId": "t"}, read_only=True
        )
        report = registry.adapter(product).read_reply(request, Reply(200, {}, json.dumps(answer).encode(), answer))
        assert reports.apply(task.pk, report, "poll")
        assert sentence in reader.get(f"/tasks/{task.pk}/").content.decode()
        assert sentence in reader.get("/?state=trouble").content.decode()


def test_failed_credential_test_is_shown_with_its_reason(reader: Any, team: Any) -> None:
    from apps.credentials.models import Credential, CredentialTest

    error = refusal(*REFUSALS[1][:4])
    keys = Credential.objects.create(team=team, name="Keys", vendor="aliyun", keys={})
    CredentialTest.objects.create(
        credential=keys, ok=False, detail=error.detail, words=error.words, vendor_code=error.vendor_code
    )
    reader.force_login(team.memberships.get(role="admin").user)
    reader.cookies["django_language"] = "zh-hans"
    html = reader.get(f"/settings/credentials/{keys.pk}/").content.decode()
    for words in REFUSALS[1][4]:
        assert words in html
