"""A cloud's payload becomes a saved layout, over REST and by the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.layouts import assets
from apps.layouts.models import LayoutTemplate
from tests.layouts.test_layouts_api import EMPTY, REGION, encoded

pytestmark = pytest.mark.django_db
VENDORS = Path(__file__).parents[1] / "vendors"
IMPORT = "/api/v1/layouts/import/"
PUSH = "rtmp://push.example.com/live/canary-stream?auth_key=canary-auth"
PANES: dict[str, Any] = {"Panes.1.PaneId": "0", "Panes.1.X": "0", "Panes.1.Y": "0", "Panes.1.Width": "0.5",
                         "Panes.1.Height": "1", "MediaEncode": "20"}  # fmt: skip


def sample(path: str, *names: str) -> Any:
    value = json.loads((VENDORS / path).read_text(encoding="utf-8"))
    for name in names:
        value = value[name]
    return value


PAYLOADS = {
    "volcengine-push": sample("volcengine/samples/start_push_mixed_stream_to_cdn.json", "request", "body"),
    "volcengine-push 2020": sample(
        "volcengine/samples/start_push_mixed_stream_to_cdn.2020-12-01.json", "request", "body"
    ),
    "volcengine-push update": sample("volcengine/samples/update_push_mixed_stream_to_cdn.json", "request", "body"),
    "aliyun-rtc-mpu": sample("aliyun/samples/rtc_StartMPUTask.json", "request", "parameters"),
    "aliyun-rtc-mpu query": sample("aliyun/samples/rtc_StartMPUTask.json", "request", "wire_query"),
    "aliyun-rtc-mpu layout": sample("aliyun/samples/rtc_CreateMPULayout.json", "request", "wire_query"),
    "aliyun-rtc-mpu update": sample("aliyun/samples/rtc_UpdateMPUTask.json", "request", "parameters"),
    "aliyun-rtc-record": sample("aliyun/samples/rtc_StartRecordTask.json", "request", "wire_query"),
    "aliyun-live-mpu": sample("aliyun/samples/live_StartLiveMPUTask.json", "request", "parameters"),
    "aliyun-live-mpu query": sample("aliyun/samples/live_StartLiveMPUTask.json", "request", "wire_query"),
    "agora-transcoder": sample("agora/samples/transcoder-create.json", "request", "body"),
    "agora-transcoder guide": sample("agora/samples/guide-2022/create.json"),
    "agora-transcoder update": sample("agora/samples/guide-2022/update.json"),
}


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("form", ["value", "text", "recognized"])
def test_the_vendors_examples_become_layouts(api: Any, name: str, form: str) -> None:
    payload, product = PAYLOADS[name], name.partition(" ")[0]
    sent = {"payload": payload if form == "value" else json.dumps(payload), "name": "Evening"}
    answer = api("producer").post(IMPORT, sent if form == "recognized" else {**sent, "product": product})
    assert answer.status_code == 201, answer.content
    row = answer.json()
    assert (row["name"], row["version"], row["product"]) == ("Evening", 1, product)
    saved = LayoutTemplate.objects.get(pk=row["id"])
    assert saved.document == row["document"]
    regions = [one for one in saved.document["objects"] if one["kind"] == "region"]
    assert regions
    assert set(row["bindings"]) <= {one["source"]["slot"] for one in regions}
    assert all(set(one) == {"pointer", "code", "message"} for one in row["not_understood"])
    assert "rtmp://" not in json.dumps(row)


def test_an_aliyun_query_comes_as_it_was_called(api: Any) -> None:
    call = {"Action": "CreateMPULayout", "Version": "2018-01-11", "AccessKeyId": "canary-id", "Signature": "canary-sig",
            "SignatureNonce": "1", "AppId": "a", **PANES, "StreamURL": PUSH, "TaskType": "1"}  # fmt: skip
    for text in (f"https://rtc.aliyuncs.com/?{urlencode(call)}", urlencode(call)):
        answer = api("producer").post(IMPORT, {"payload": text})
        assert answer.status_code == 201
        row = answer.json()
        assert row["document"]["objects"][0]["width"] == 640
        assert [(one["pointer"], one["code"]) for one in row["not_understood"]] == [("/TaskType", "task_option")]
        assert "canary" not in answer.content.decode()
        assert "canary" not in json.dumps(LayoutTemplate.objects.get(pk=row["id"]).document)
        assert row["name"] == "Imported layout"


def test_without_a_product_a_layout_document_comes_in(api: Any) -> None:
    for payload in ({**EMPTY, "objects": [REGION]}, json.dumps({**EMPTY, "objects": [REGION]})):
        answer = api("producer").post(IMPORT, {"payload": payload, "name": "Mine"})
        assert answer.status_code == 201
        row = answer.json()
        assert (row["product"], row["bindings"], row["not_understood"]) == ("", {}, [])
        assert row["document"]["objects"][0]["id"] == "r"


def test_own_pictures_become_assets_again(api: Any, team: Any, settings: Any) -> None:
    asset = assets.upload(team=team, content=encoded())
    public = f"{settings.PUBLIC_URL}/{asset.path}"
    strange = f"{settings.PUBLIC_URL}/a/{'0' * 64}.png"
    marks = [
        {"Url": url, "X": 0, "Y": 0, "Width": 0.5, "Height": 0.5, "ZOrder": 1} for url in (public, strange)
    ]  # fmt: skip
    panes = [{"PaneId": 0, "X": 0, "Y": 0, "Width": 1, "Height": 1}]
    answer = api("producer").post(IMPORT, {"payload": {"Panes": panes, "Watermarks": marks}})
    urls = [one["url"] for one in answer.json()["document"]["objects"] if one["kind"] == "image"]
    assert urls == [asset.url, strange]


def pushed(**changes: Any) -> dict[str, Any]:
    return {**PAYLOADS["volcengine-push"], **changes}


@pytest.mark.parametrize(
    ("sent", "pointer", "code"),
    [
        ({}, "/payload", "required"),
        ({"payload": None}, "/payload", "null"),
        ({"payload": EMPTY, "colour": 1}, "/colour", "unknown_field"),
        ({"payload": EMPTY, "name": "x" * 121}, "/name", "max_length"),
        ({"payload": EMPTY, "product": "tele-x"}, "/product", "unknown_product"),
        ({"payload": 7}, "/product", "unknown_payload"),
        ({"payload": {}}, "/product", "unknown_payload"),
        ({"payload": []}, "/product", "unknown_payload"),
        ({"payload": "hello"}, "", "unreadable"),
        ({"payload": "{"}, "", "not_json"),
        ({"payload": "x" * 600_000}, "", "too_big"),
        ({"payload": {"pad": "x" * 600_000}}, "", "too_big"),
        ({"payload": {**EMPTY, "schema": "quadbox.layout/9"}}, "/schema", "unknown_schema"),
        ({"payload": {"Layout": {"LayoutMode": 2}}}, "/Layout/CustomLayout", "not_an_object"),
        ({"payload": pushed(Layout={"LayoutMode": 0})}, "/Layout/LayoutMode", "layout_mode"),
        ({"payload": pushed(TargetStreams=[])}, "/TargetStreams", "not_an_object"),
        ({"payload": {**PANES, "Panes.1.X": "left"}}, "/Panes.1.X", "not_a_number"),
        ({"payload": {**PANES, "Panes.1.X": "\0"}}, "/Panes.1.X", "bad_character"),
        ({"payload": '{"Panes": [], "a": "\\ud800"}'}, "/a", "bad_character"),
        ({"payload": {"LayoutIds": [77]}}, "/LayoutIds/0", "layout_elsewhere"),
        ({"payload": {"TranscodeParams": "{"}}, "/TranscodeParams", "not_json"),
        ({"payload": {"TranscodeParams": "[" * 90_000}}, "/TranscodeParams", "not_json"),
        ({"payload": {"cloudTranscoder": {}}}, "", "no_transcoder"),
        ({"payload": EMPTY, "product": "agora-transcoder"}, "/canvas/color", "not_whole"),
        ({"payload": ["a"], "product": "volcengine-push"}, "", "not_an_object"),
        ({"payload": ["a"], "product": "aliyun-live-mpu"}, "", "not_an_object"),
    ],
)  # fmt: skip
def test_what_cannot_be_imported_is_refused_and_nothing_saved(
    api: Any, sent: dict[str, Any], pointer: str, code: str
) -> None:
    if code == "not_whole":
        sent["payload"] = {**EMPTY, "canvas": {"width": 640, "height": 360, "color": "#000000"}}
    answer = api("producer").post(IMPORT, sent)
    assert answer.status_code == 400, answer.content
    assert (pointer, code) in [(one["pointer"], one["code"]) for one in answer.json()["problems"]]
    assert not LayoutTemplate.objects.exists()


def test_deep_and_endless_payloads_are_refused(api: Any) -> None:
    client = api("producer")
    deep: Any = {"requests": []}
    for _ in range(60):
        deep = {"requests": [deep]}
    assert client.post(IMPORT, {"payload": deep}).status_code == 400
    assert client.post(IMPORT, {"payload": json.dumps(deep)}).status_code == 400
    assert client.post(IMPORT, {"payload": "x" * 3_000_000}).status_code == 413
    assert client.get(IMPORT).status_code == 405
    assert not LayoutTemplate.objects.exists()


def test_sentences_are_in_the_language_of_the_request(api: Any) -> None:
    client = api("producer")
    sent = {"payload": {**PANES, "TaskType": "1"}}
    row = client.post(IMPORT, sent, headers={"Accept-Language": "zh-hans"}).json()
    assert [one["message"] for one in row["not_understood"]] == ["这是任务的选项，不属于布局。"]
    refused = client.post(IMPORT, {"payload": "{"}, headers={"Accept-Language": "zh-hans"}).json()
    assert refused["problems"][0]["message"] == "这不是 JSON。 (1:2)"


def test_openapi_tells_what_comes_back(api: Any) -> None:
    schema = api("viewer").get("/api/schema/?format=json").json()
    operation = schema["paths"][IMPORT]["post"]
    answer = operation["responses"]["201"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    properties = schema["components"]["schemas"][answer]["properties"]
    assert {"id", "document", "product", "bindings", "not_understood"} <= set(properties)
    asked = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert set(schema["components"]["schemas"][asked]["properties"]) == {"product", "payload", "name"}


# --- the page ------------------------------------------------------------------------------------------------------
@pytest.fixture
def browser(people: dict[str, Any], media: Any, redis_server: str) -> Callable[[str], Client]:
    def opened(role: str) -> Client:
        client = Client()
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened


def test_the_page_shows_what_became_of_a_payload(browser: Any) -> None:
    producer = browser("producer")
    text = json.dumps({**PAYLOADS["aliyun-rtc-mpu"], "StreamURL": PUSH})
    answer = producer.post("/layouts/import/", {"text": text, "name": "课堂"}, follow=True)
    layout = LayoutTemplate.objects.get()
    assert answer.redirect_chain == [(f"/layouts/{layout.pk}/imported/", 302)]
    shown = answer.content.decode()
    for words in ("课堂", "Aliyun RTC relay", "/ClockWidgets", "This is an option of the task, not of a layout.",
                  "<strong>teacher</strong>", f"/layouts/{layout.pk}/edit/", "Open in the editor"):  # fmt: skip
        assert words in shown
    assert "canary" not in shown
    again = producer.get(f"/layouts/{layout.pk}/imported/")
    assert "/ClockWidgets" in again.content.decode()
    assert browser("admin").get(f"/layouts/{layout.pk}/imported/")["Location"] == f"/layouts/{layout.pk}/edit/"


def test_a_payload_comes_as_a_file_for_a_chosen_cloud(browser: Any) -> None:
    content = json.dumps(PAYLOADS["agora-transcoder"]).encode()
    sent = {"file": SimpleUploadedFile("show.json", content), "product": "agora-transcoder"}
    answer = browser("producer").post("/layouts/import/", sent, follow=True)
    assert LayoutTemplate.objects.get().name == "show"
    assert "Everything was taken over" in answer.content.decode()


def test_the_page_speaks_chinese(browser: Any, people: dict[str, Any]) -> None:
    producer = browser("producer")
    answer = producer.post(
        "/layouts/import/", {"text": urlencode(PANES)}, headers={"Accept-Language": "zh-hans"}, follow=True
    )
    shown = answer.content.decode()
    assert "全部带过来了" in shown
    assert "下一位进来的人" in shown


def test_a_refused_payload_comes_back_without_its_secrets(browser: Any) -> None:
    call = {"AccessKeyId": "canary-id", "Signature": "canary-sig", "StreamURL": PUSH, "LayoutIds.1": "77"}
    for text in (json.dumps(call), urlencode(call, safe=":/?"), f"curl https://h/ -d '{urlencode(call)}"):
        answer = browser("producer").post("/layouts/import/", {"text": text, "product": "aliyun-rtc-mpu"})
        assert answer.status_code == 200
        shown = answer.content.decode()
        assert "canary" not in shown
        assert "LayoutIds" in shown
        assert '<option value="aliyun-rtc-mpu" selected>' in shown
    assert not LayoutTemplate.objects.exists()


def test_a_file_that_is_no_text_is_refused(browser: Any) -> None:
    answer = browser("producer").post("/layouts/import/", {"file": SimpleUploadedFile("a.json", b"\xff\xfe\x00{")})
    assert "no text in UTF-8" in answer.content.decode()


def test_only_the_last_imports_are_remembered(browser: Any) -> None:
    producer = browser("producer")
    for _ in range(7):
        producer.post("/layouts/import/", {"text": urlencode(PANES)})
    assert len(producer.session["brought"]) == 5
