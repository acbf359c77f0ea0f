"""A cloud's payload becomes a saved layout, over REST and by the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.core import json_pointer
from apps.layouts import assets, imports
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
def test_documented_examples_become_layouts(api: Any, name: str, form: str) -> None:
    payload, product = PAYLOADS[name], name.partition(" ")[0]
    sent = {"payload": payload if form == "value" else json.dumps(payload), "name": "Evening"}
    answer = api("producer").post(IMPORT, sent if form == "recognized" else {**sent, "product": product})
    assert answer.status_code == 201, answer.content
    row = answer.json()
    assert (row["name"], row["version"], row["product"]) == ("Evening", 1, product)
    saved = LayoutTemplate.objects.get(pk=row["id"])
    assert saved.document == row["document"]
    regions = [item for item in saved.document["objects"] if item["kind"] == "region"]
    assert regions
    assert set(row["bindings"]) <= {region["source"]["slot"] for region in regions}
    assert all(set(entry) == {"pointer", "code", "message"} for entry in row["not_understood"])


STREAM_URL = re.compile(r"(?:rtmps?|srt)(?::|%3A)(?:/|%2F){2}[^\"\\&\s]*")


def with_canary_keys(payload: Any) -> tuple[Any, int]:
    """The payload with a secret in the path and in the query of each push URL, and how many URLs it has."""
    text, count = STREAM_URL.subn("rtmp://push.example.com/live/canary-key?auth=canary-auth", json.dumps(payload))
    return json.loads(text), count


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("form", ["value", "text"])
@pytest.mark.parametrize("path", [IMPORT, "/api/v1/layouts/read/"])
def test_rest_import_answers_no_part_of_a_push_url_and_names_it(api: Any, name: str, form: str, path: str) -> None:
    payload, count = with_canary_keys(PAYLOADS[name])
    urls = imports.read(payload).output.get("push_urls", [])
    assert (count > 0) == bool(urls)
    answer = api("producer").post(path, {"payload": payload if form == "value" else json.dumps(payload)})
    assert answer.status_code in (200, 201), answer.content
    for secret in (b"canary", b"rtmp:", b"push.example.com", b"***"):
        assert secret not in answer.content
    row = answer.json()
    assert "push_urls" not in row["output"]
    named = [entry["pointer"] for entry in row["not_understood"] if entry["code"] == "stream_key"]
    assert bool(named) == bool(urls)
    assert all("canary-key" in str(json_pointer_value(payload, pointer)) for pointer in named)


def json_pointer_value(value: Any, pointer: str) -> Any:
    for step in json_pointer.split(pointer):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


@pytest.mark.parametrize("name", PAYLOADS)
def test_rest_and_page_import_the_same_of_a_payload(api: Any, browser: Any, name: str) -> None:
    """Room, output, encoding, options, people and what was left out. Only push URLs differ: the page keeps them for the
    start form, REST names them as left out."""
    text, product = json.dumps(PAYLOADS[name]), name.partition(" ")[0]
    row = api("producer").post(IMPORT, {"payload": text, "product": product}).json()
    producer = browser("producer")
    location = producer.post("/layouts/import/", {"text": text, "product": product})["Location"]
    [stored] = producer.session["imports"].values()
    assert location.endswith("/imported/")
    for field in ("product", "room", "encoding", "options"):
        assert row[field] == stored[field], field
    assert {slot: seat["user_id"] for slot, seat in row["bindings"].items()} == stored["bindings"]
    urls = stored["output"].pop("push_urls", [])
    assert row["output"] == stored["output"]
    left_out = [entry for entry in row["not_understood"] if entry["code"] != "stream_key"]
    assert [entry["pointer"] for entry in left_out] == [entry["pointer"] for entry in stored["not_understood"]]
    assert (len(left_out) < len(row["not_understood"])) == bool(urls)
    assert row["not_understood_more"] == stored["more"]


def test_rest_keeps_encoding_and_options_of_a_task(api: Any) -> None:
    row = api("producer").post(IMPORT, {"payload": PAYLOADS["volcengine-push"]}).json()
    assert row["room"] == "room-1001"
    assert (row["encoding"]["bitrate_kbps"], row["encoding"]["gop_seconds"]) == (1600, 4)
    assert row["options"]["push_stream_mode"] == 1


def test_query_of_an_aliyun_call_is_imported(api: Any) -> None:
    call = {"Action": "CreateMPULayout", "Version": "2018-01-11", "AccessKeyId": "canary-id", "Signature": "canary-sig",
            "SignatureNonce": "1", "AppId": "a", **PANES, "StreamURL": PUSH, "TaskType": "1"}  # fmt: skip
    for text in (f"https://rtc.aliyuncs.com/?{urlencode(call)}", urlencode(call)):
        answer = api("producer").post(IMPORT, {"payload": text})
        assert answer.status_code == 201
        row = answer.json()
        assert row["document"]["objects"][0]["width"] == 640
        assert [(entry["pointer"], entry["code"]) for entry in row["not_understood"]] == [
            ("/TaskType", "task_option"), ("/StreamURL", "stream_key")
        ]  # fmt: skip
        assert "canary" not in answer.content.decode()
        assert "canary" not in json.dumps(LayoutTemplate.objects.get(pk=row["id"]).document)
        assert row["name"] == "Imported layout"


def test_layout_document_is_imported_without_a_product(api: Any) -> None:
    for payload in ({**EMPTY, "objects": [REGION]}, json.dumps({**EMPTY, "objects": [REGION]})):
        answer = api("producer").post(IMPORT, {"payload": payload, "name": "Mine"})
        assert answer.status_code == 201
        row = answer.json()
        assert (row["product"], row["bindings"], row["not_understood"]) == ("", {}, [])
        assert row["document"]["objects"][0]["id"] == "r"


def test_positions_of_a_service_without_an_adapter_are_imported(api: Any) -> None:
    recording = sample("agora/samples/recording-start.json", "request", "body")
    for sent in ({"payload": recording}, {"payload": json.dumps(recording), "product": "agora-transcoder"}):
        answer = api("producer").post(IMPORT, sent, headers={"Accept-Language": "zh-hans"})
        assert answer.status_code == 201, answer.content
        row = answer.json()
        assert row["product"] == ""
        assert [item["kind"] for item in row["document"]["objects"]] == ["region"] * 3
        first = row["not_understood"][0]
        assert (first["code"], first["message"]) == (
            "foreign_read",
            "这是 Agora Cloud Recording 的内容，只导入了各画面的位置。",
        )


def test_payload_without_coordinates_is_refused_by_the_name_of_its_service(api: Any) -> None:
    egress = {"room_name": "lesson", "layout": "speaker", "file_outputs": [{"filepath": "x"}]}
    for sent in ({"payload": egress}, {"payload": egress, "product": "volcengine-push"}):
        answer = api("producer").post(IMPORT, sent)
        assert answer.status_code == 400
        (problem,) = answer.json()["problems"]
        assert problem["code"] == "foreign_kind"
        assert "LiveKit Egress" in problem["message"]


def test_own_picture_urls_become_assets(api: Any, team: Any, settings: Any) -> None:
    asset = assets.upload(team=team, content=encoded())
    public = f"{settings.PUBLIC_URL}/{asset.path}"
    foreign = f"{settings.PUBLIC_URL}/a/{'0' * 64}.png"
    marks = [
        {"Url": url, "X": 0, "Y": 0, "Width": 0.5, "Height": 0.5, "ZOrder": 1} for url in (public, foreign)
    ]  # fmt: skip
    panes = [{"PaneId": 0, "X": 0, "Y": 0, "Width": 1, "Height": 1}]
    answer = api("producer").post(IMPORT, {"payload": {"Panes": panes, "Watermarks": marks}})
    urls = [item["url"] for item in answer.json()["document"]["objects"] if item["kind"] == "image"]
    assert urls == [asset.url, foreign]


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
def test_unreadable_payload_is_refused_and_nothing_saved(
    api: Any, sent: dict[str, Any], pointer: str, code: str
) -> None:
    if code == "not_whole":
        sent["payload"] = {**EMPTY, "canvas": {"width": 640, "height": 360, "color": "#000000"}}
    answer = api("producer").post(IMPORT, sent)
    assert answer.status_code == 400, answer.content
    assert (pointer, code) in [(problem["pointer"], problem["code"]) for problem in answer.json()["problems"]]
    assert not LayoutTemplate.objects.exists()


def test_deeply_nested_and_huge_payloads_are_refused(api: Any) -> None:
    client = api("producer")
    deep: Any = {"requests": []}
    for _ in range(60):
        deep = {"requests": [deep]}
    assert client.post(IMPORT, {"payload": deep}).status_code == 400
    assert client.post(IMPORT, {"payload": json.dumps(deep)}).status_code == 400
    assert client.post(IMPORT, {"payload": "x" * 3_000_000}).status_code == 413
    assert client.get(IMPORT).status_code == 405
    assert not LayoutTemplate.objects.exists()


def test_import_messages_are_in_the_language_of_the_request(api: Any) -> None:
    client = api("producer")
    sent = {"payload": {**PANES, "TaskType": "1"}}
    row = client.post(IMPORT, sent, headers={"Accept-Language": "zh-hans"}).json()
    assert [entry["message"] for entry in row["not_understood"]] == ["这是任务的选项，不属于布局。"]
    refused = client.post(IMPORT, {"payload": "{"}, headers={"Accept-Language": "zh-hans"}).json()
    assert refused["problems"][0]["message"] == "这不是 JSON。 (1:2)"


def test_schema_describes_the_import(api: Any) -> None:
    schema = api("viewer").get("/api/schema/?format=json").json()
    operation = schema["paths"][IMPORT]["post"]
    answer = operation["responses"]["201"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    properties = schema["components"]["schemas"][answer]["properties"]
    assert {"id", "document", "product", "bindings", "not_understood"} <= set(properties)
    component = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert set(schema["components"]["schemas"][component]["properties"]) == {"product", "payload", "name"}


# --- the page ------------------------------------------------------------------------------------------------------
@pytest.fixture
def browser(people: dict[str, Any], media: Any, redis_server: str) -> Callable[[str], Client]:
    def opened(role: str) -> Client:
        client = Client()
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened


def test_import_report_shows_what_was_read_of_a_payload(browser: Any) -> None:
    producer = browser("producer")
    text = json.dumps({**PAYLOADS["aliyun-rtc-mpu"], "StreamURL": PUSH})
    answer = producer.post("/layouts/import/", {"text": text, "name": "课堂"}, follow=True)
    layout = LayoutTemplate.objects.get()
    assert answer.redirect_chain == [(f"/layouts/{layout.pk}/imported/", 302)]
    html = answer.content.decode()
    for words in ("课堂", "Aliyun RTC relay", "/ClockWidgets", "This is a task option and not part of a layout.",
                  "<strong>teacher</strong>", f"/layouts/{layout.pk}/edit/", "Open in the editor"):  # fmt: skip
        assert words in html
    assert "canary" not in html
    again = producer.get(f"/layouts/{layout.pk}/imported/")
    assert "/ClockWidgets" in again.content.decode()
    assert browser("admin").get(f"/layouts/{layout.pk}/imported/")["Location"] == f"/layouts/{layout.pk}/edit/"


def test_file_is_imported_for_a_chosen_cloud(browser: Any) -> None:
    content = json.dumps(PAYLOADS["agora-transcoder"]).encode()
    sent = {"file": SimpleUploadedFile("show.json", content), "product": "agora-transcoder"}
    answer = browser("producer").post("/layouts/import/", sent, follow=True)
    assert LayoutTemplate.objects.get().name == "show"
    assert "Everything was imported" in answer.content.decode()


def test_import_report_is_translated(browser: Any, people: dict[str, Any]) -> None:
    producer = browser("producer")
    answer = producer.post(
        "/layouts/import/", {"text": urlencode(PANES)}, headers={"Accept-Language": "zh-hans"}, follow=True
    )
    html = answer.content.decode()
    assert "全部带过来了" in html
    assert "下一位进来的人" in html


def test_refused_payload_is_shown_again_without_its_secrets(browser: Any) -> None:
    call = {"AccessKeyId": "canary-id", "Signature": "canary-sig", "StreamURL": PUSH, "LayoutIds.1": "77"}
    for text in (json.dumps(call), urlencode(call, safe=":/?"), f"curl https://h/ -d '{urlencode(call)}"):
        answer = browser("producer").post("/layouts/import/", {"text": text, "product": "aliyun-rtc-mpu"})
        assert answer.status_code == 200
        html = answer.content.decode()
        assert "canary" not in html
        assert "LayoutIds" in html
        assert '<option value="aliyun-rtc-mpu" selected>' in html
    assert not LayoutTemplate.objects.exists()


def test_file_that_is_not_text_is_refused(browser: Any) -> None:
    answer = browser("producer").post("/layouts/import/", {"file": SimpleUploadedFile("a.json", b"\xff\xfe\x00{")})
    assert "not UTF-8 text" in answer.content.decode()


def test_session_holds_the_last_five_imports(browser: Any) -> None:
    producer = browser("producer")
    for _ in range(7):
        producer.post("/layouts/import/", {"text": urlencode(PANES)})
    assert len(producer.session["imports"]) == 5


def test_import_report_counts_what_it_does_not_list_in_the_language_of_the_reader(browser: Any, people: Any) -> None:
    unknown = {f"Nothing{number}": "1" for number in range(130)}
    producer = browser("producer")
    producer.post("/layouts/import/", {"text": json.dumps({**PANES, **unknown}), "product": "aliyun-rtc-mpu"})
    layout = LayoutTemplate.objects.get()
    html = producer.get(f"/layouts/{layout.pk}/imported/").content.decode()
    assert "130 items were not imported" in html
    assert "and 30 more that are not listed" in html
    assert html.count("This is a task option and not part of a layout.") == 100
    people["producer"].language = "zh-hans"
    people["producer"].save()
    read = producer.get(f"/layouts/{layout.pk}/imported/", headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "另有 30 处未列出" in read
    assert "这是任务的选项，不属于布局。" in read
    assert "This is an option" not in read


def test_rest_import_counts_what_it_does_not_list(api: Any) -> None:
    unknown = {f"Nothing{number}": "1" for number in range(101)}
    row = api("producer").post(IMPORT, {"payload": {**PANES, **unknown}, "product": "aliyun-rtc-mpu"}).json()
    assert (len(row["not_understood"]), row["not_understood_more"]) == (100, 1)


def test_read_endpoint_stores_nothing(api: Any) -> None:
    payload = PAYLOADS["agora-transcoder"]
    answer = api("viewer").post("/api/v1/layouts/read/", {"payload": payload})
    assert answer.status_code == 200, answer.content
    row = api("producer").post(IMPORT, {"payload": payload}).json()
    assert {name: row[name] for name in answer.json()} == answer.json()
    assert LayoutTemplate.objects.count() == 1
    assert api("viewer").post("/api/v1/layouts/read/", {"payload": "{"}).status_code == 400


def test_start_form_is_filled_from_the_import_of_the_same_session_only(api: Any, browser: Any) -> None:
    url = api("producer").post(IMPORT, {"payload": PAYLOADS["agora-transcoder"]}).json()
    layout, payload = url["id"], PAYLOADS["volcengine-push"]
    producer = browser("producer")
    body = json.dumps({"payload": payload, "layout": layout})
    answer = producer.post("/api/v1/layouts/read/", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    for part in ("auth=abc", "rtmp:", "stream_key"):  # the session holds the URL, so it is not named as left out
        assert part not in answer.content.decode()
    form = producer.get(f"/tasks/new/?layout={layout}&imported=1").context["form"]
    assert form.room == "room-1001"
    assert form.slots == {slot: binding["user_id"] for slot, binding in answer.json()["bindings"].items()}
    assert browser("admin").get(f"/tasks/new/?layout={layout}&imported=1").context["form"].room == ""
    # with a token there is no browser that could begin anything
    with_token = api("producer").post("/api/v1/layouts/read/", {"payload": payload, "layout": layout})
    assert with_token.status_code == 200
    assert "sessionid" not in with_token.cookies
    missing = {"payload": payload, "layout": "00000000-0000-4000-8000-000000000000"}
    assert api("producer").post("/api/v1/layouts/read/", missing).status_code == 404


@pytest.mark.parametrize(
    ("name", "room", "output"),
    [
        ("volcengine-push", "room-1001", "rtmp://push.example.com/live/qb0001?auth=abc"),
        ("agora-transcoder", "quadbox-room-1", {"channel": "quadbox-room-1", "uid": 1000}),
        ("aliyun-rtc-mpu", "room-1001", "rtmp://push.example.com/live/room-1001"),
        ("aliyun-rtc-record", "room-1001", None),
        ("aliyun-live-mpu", "room-1001", "rtmp://push.example.com/live/room-1001"),
    ],
)
def test_import_reads_room_and_output(name: str, room: str, output: Any) -> None:
    result = imports.read(PAYLOADS[name])
    assert result.room == room
    if isinstance(output, str):
        assert result.output["push_urls"][0].startswith(output)
    else:
        assert result.output == ({"rtc": output} if output else {})


def test_start_form_is_filled_with_room_app_people_and_push_url(browser: Any, team: Any) -> None:
    from apps.credentials.models import App, Credential

    keys = Credential.objects.create(team=team, name="Keys", vendor="aliyun", keys={})
    app = App.objects.create(team=team, credential=keys, name="App", vendor_app_id="a")
    producer = browser("producer")
    text = json.dumps({**PAYLOADS["aliyun-rtc-mpu"], "ChannelId": "class-7", "StreamURL": PUSH})
    producer.post("/layouts/import/", {"text": text, "product": "aliyun-rtc-mpu"})
    layout = LayoutTemplate.objects.get()
    begun = producer.get(f"/tasks/new/?layout={layout.pk}&imported=1")
    filled = begun.context["form"]
    assert (filled.room, filled.target) == ("class-7", f"{app.pk}/aliyun-rtc-mpu")
    assert "teacher" in filled.slots.values()
    assert filled.push_url == PUSH
    assert 'value="class-7"' in begun.content.decode()
    assert producer.get(f"/tasks/new/?layout={layout.pk}").context["form"].room == ""
    assert browser("admin").get(f"/tasks/new/?layout={layout.pk}&imported=1").context["form"].room == ""


def test_start_form_is_filled_with_encoding_and_options(browser: Any, team: Any) -> None:
    from apps.credentials.models import App, Credential

    keys = Credential.objects.create(team=team, name="Keys", vendor="aliyun", keys={})
    App.objects.create(team=team, credential=keys, name="App", vendor_app_id="a")
    producer = browser("producer")
    producer.post("/layouts/import/", {"text": json.dumps(PAYLOADS["aliyun-live-mpu"]), "product": "aliyun-live-mpu"})
    filled = producer.get(f"/tasks/new/?layout={LayoutTemplate.objects.get().pk}&imported=1").context["form"]
    assert (filled.enc["bitrate_kbps"], filled.enc["codec"]) == ("2000", "h264")
    assert (filled.opts["sei_interval"], filled.opts["sei_layout"]) == ("1000", "true")
    assert filled.push_url.count("rtmp://") == 2


@pytest.mark.parametrize(
    ("language", "detail", "sentence", "unstorable"),
    [
        ("en", "This is not a valid layout document.", "Must be at least 120, not 9.", "cannot be stored"),
        ("zh-hans", "这不是有效的布局文档。", "不得小于 120，实际为 9。", "无法保存的字符"),
    ],
)
def test_document_problems_are_in_the_language_of_the_reader(
    api: Any, browser: Any, language: str, detail: str, sentence: str, unstorable: str
) -> None:
    headers = {"Accept-Language": language}
    wrong = {**EMPTY, "canvas": {"width": 1280, "height": 9}}
    for place, fields in (("", {"name": "L"}), ("check/", {})):
        answer = api("producer").post(f"/api/v1/layouts/{place}", {"document": wrong, **fields}, headers=headers).json()
        assert answer["detail"] == detail
        assert answer["problems"] == [{"pointer": "/canvas/height", "code": "too_small", "message": sentence}]
    page = browser("producer").post("/layouts/import/", {"text": json.dumps(wrong)}, headers=headers).content.decode()
    assert detail in page
    assert sentence in page
    answer = (
        api("producer").post("/api/v1/layouts/check/", {"document": {**EMPTY, "a": "\x00"}}, headers=headers).json()
    )
    assert [problem["code"] for problem in answer["problems"]] == ["bad_character"]
    assert unstorable in answer["problems"][0]["message"]
