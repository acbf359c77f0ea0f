"""Every documented example of every vendor, by the adapters: each answer is read, each event is verified and read, each
table is ours. Examples of services that no product speaks are read too: their errors and events arrive at the same doors,
and must be taken for nothing of ours."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from apps.core.errors import (
    BadCredentials,
    Invalid,
    NoSuchTask,
    OutcomeUnknown,
    Problem,
    QuadboxError,
    StoredObjectGone,
    TaskExists,
    UnreadableReply,
    VendorBusy,
    VendorError,
    VendorRejected,
    VendorUnreachable,
)
from apps.layout_document.document import LayoutDocument
from apps.layout_document.parse import parse
from apps.layout_document.serialize import to_json
from apps.vendors.adapter import VendorAdapter
from apps.vendors.aliyun.rtc2.media import MEDIA_ENCODES, PROFILE_INPUTS, PROFILE_SHORT_SIDES
from apps.vendors.aliyun.rtc2.system_layouts import SYSTEM_LAYOUTS
from apps.vendors.callback import CallbackRequest
from apps.vendors.plan import PlannedRequest
from apps.vendors.registry import adapter, vendors
from apps.vendors.report import TaskState
from apps.vendors.types import Reply
from tests.vendors import documented


def answer(status: int, body: Any, headers: dict[str, str] | None = None) -> Reply:
    content = b"" if body is None else json.dumps(body).encode()
    return Reply(status, {name.lower(): header for name, header in (headers or {}).items()}, content, body)


def pasted(example: Any) -> list[Any]:
    """What people may have of this call: its parameters, its query, its body."""
    request = example.get("request", {})
    found = (request.get("parameters"), request.get("wire_query"), request.get("body"))
    return [one for one in found if one and "url" in request]


def imported(product: VendorAdapter, payload: Any) -> tuple[LayoutDocument | None, tuple[Problem, ...]]:
    try:
        return product.read_payload(payload).document, ()
    except Invalid as error:
        return None, tuple(error.problems)


def outcome(product: VendorAdapter, request: PlannedRequest, reply: Reply) -> tuple[object, str, str]:
    """(our state or error, the vendor's code, its request id)."""
    try:
        report = product.read_reply(request, reply)
    except VendorError as error:
        return type(error), error.vendor_code, error.vendor_request_id
    return report.state, report.vendor_status, report.vendor_request_id


# --- Aliyun -----------------------------------------------------------------------------------------------------------
ALIYUN = {name: documented.sample("aliyun", name) for name in documented.samples("aliyun")}
CALLS = [name for name, one in ALIYUN.items() if "operation" in one]
GOOD = {  # what an answer proves; all others prove nothing
    "StartMPUTask": TaskState.STARTING,
    "StopMPUTask": TaskState.STOPPING,
    "GetMPUTaskStatus": TaskState.RUNNING,
    "StartRecordTask": TaskState.RUNNING,
    "UpdateRecordTask": TaskState.RUNNING,
    "StopRecordTask": TaskState.STOPPED,
}
NEWS: dict[tuple[str, str], TaskState] = {  # noes that are news
    ("StopMPUTask", "InvalidTask.NotFound"): TaskState.STOPPED,
    ("StopLiveMPUTask", "InvalidParam"): TaskState.STOPPING,
    ("GetMPUTaskStatus", "InvalidAction.NotFound"): TaskState.UNKNOWN,
}
CODES: dict[str, type[QuadboxError]] = {
    "TaskExisted": TaskExists,
    "InvalidTask.NotFound": NoSuchTask,
    "NotFound.Task": NoSuchTask,
    "InvalidLayoutID.Malformed": StoredObjectGone,
    "Forbidden": BadCredentials,
    "InternalError": VendorUnreachable,
    "ServerInternalError": VendorUnreachable,
}
SICK = ("InternalError", "ServerInternalError")


def aliyun_product(name: str) -> VendorAdapter:
    """Whose answer it is; the products of one API share what is nobody's own."""
    if name.startswith("live"):
        return adapter("aliyun-live-mpu")
    return adapter("aliyun-rtc-record" if "Record" in name else "aliyun-rtc-mpu")


@pytest.mark.parametrize("name", CALLS)
def test_an_answer_of_aliyun(name: str) -> None:
    example, product = ALIYUN[name], aliyun_product(name)
    operation, asked = example["operation"], example["request"]
    starts = operation.startswith("Start")
    request = PlannedRequest(operation, "POST", asked["url"], asked["wire_query"], starts=starts)
    bodies = [example["response"]["body"], *([one] if (one := example.get("alternative_response_body")) else [])]
    for body in bodies:
        state, _, identifier = outcome(product, request, answer(example["response"]["http_status"], body))
        assert (state, identifier) == (GOOD.get(operation, TaskState.UNKNOWN), body["RequestId"])
    for no in example.get("error_examples", []):
        code = no["body"]["Code"]
        expected: object = NEWS.get((operation, code)) or CODES.get(code, VendorRejected)
        if starts and code in SICK:
            expected = OutcomeUnknown
        found = outcome(product, request, answer(no["http_status"], no["body"]))
        assert found == (expected, code, no["body"]["RequestId"])


EVENTS = {  # example → (product, task, state) of each of its bodies
    "rtc_callback_FileCreated.json": ("aliyun-rtc-record", "qb-rec-0001", TaskState.UNKNOWN),
    "live_callback_mpu_event.json": ("aliyun-live-mpu", "qb-live-0001", TaskState.RUNNING),
    "rtc_callback_channel_user_events.json": ("aliyun-rtc-record", "", None),
    "rtc_callback_gen3_record.json": ("aliyun-rtc-record", "", None),
    "live_callback_cloud_recording.json": ("aliyun-live-mpu", "", None),
}


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_of_aliyun(name: str) -> None:
    slug, task, state = EVENTS[name]
    example, product = ALIYUN[name], adapter(slug)
    for body in example.get("bodies") or [example["body"]]:
        request = CallbackRequest(
            {key.lower(): header for key, header in example["headers"].items()}, json.dumps(body).encode()
        )
        news = product.read_callback(request)
        assert (news.vendor_task_id, news.report.state if news.report else None) == (task, state)
        assert news.event_id
        assert product.answer_callback(request).status == example["reply"]["http_status"]


def test_the_tables_of_aliyun() -> None:
    read = ALIYUN["rtc_tables.json"]
    panes = ("X", "Y", "Width", "Height", "ZOrder")
    assert {
        layout["LayoutId"]: tuple(tuple(pane[name] for name in panes) for pane in layout["Panes"])
        for layout in read["system_layouts"]
    } == SYSTEM_LAYOUTS
    preset = ("id", "width", "height", "kbps", "fps")
    ours = {tuple(getattr(encode, name) for name in preset) for encode in MEDIA_ENCODES}
    assert {tuple(one[name] for name in preset) for one in read["media_encode"] if one["id"]} == ours
    profiles = {f"{count}IN_{side}P" for count in PROFILE_INPUTS for side in PROFILE_SHORT_SIDES}
    assert {one["name"] for one in read["task_profile"]} == profiles | {"Mixed_Audio"}


# --- Volcengine -------------------------------------------------------------------------------------------------------
VOLCENGINE = {name: documented.sample("volcengine", name) for name in documented.samples("volcengine")}
PUSH = adapter("volcengine-push")
ASKED = [
    (one["operation"], one["request"], case, name)
    for name, one in VOLCENGINE.items()
    for case in one.get("responses", [])
]
PROVEN = {"StartPushMixedStreamToCDN": TaskState.STARTING, "StopPushStreamToCDN": TaskState.STOPPING}
CASES: dict[str, object] = {  # the example's own words for the case
    "running and pushing": TaskState.RUNNING,
    "running, reconnecting to the CDN": TaskState.RUNNING,
    "ended by API": TaskState.STOPPED,
    "ended, PushStreamState delivered as a string (as in the 2020-12-01 sample)": TaskState.STOPPED,
    "failed to start": TaskState.FAILED,
    "unknown task (exact form unverified)": NoSuchTask,
    "same TaskId already running (not an error)": TaskExists,
    "task already running, older error form": TaskExists,
    "nothing to stop (treat as already stopped)": TaskState.STOPPED,
    "task gone": NoSuchTask,
    "a region without a matching stream": VendorRejected,
    "recording not enabled in the console": VendorRejected,
    "wrong secret key": BadCredentials,
    "unknown access key": BadCredentials,
    "sub-account without policy": BadCredentials,
    "gateway throttling": VendorBusy,
    "gateway timeout to the RTC service": VendorUnreachable,
    "RTC QPS limit": VendorBusy,
}
# Answers to calls of other services have the same envelope, and their noes mean the same.
SPOKEN_BY_US = set(PUSH.capabilities.queries_per_second)


def code_in(body: Any) -> str:
    return str(((body.get("ResponseMetadata") or {}).get("Error") or {}).get("Code") or "")


@pytest.mark.parametrize(
    ("operation", "asked", "case", "name"), ASKED, ids=[f"{one[3]}: {one[2]['case']}" for one in ASKED]
)
def test_an_answer_of_volcengine(operation: str, asked: Any, case: Any, name: str) -> None:
    query = dict(parse_qsl(urlsplit(asked["url"]).query))
    reads = asked["method"] == "GET"
    request = PlannedRequest(operation, asked["method"], asked["url"], query, body=asked["body"], read_only=reads)
    found, code, identifier = outcome(PUSH, request, answer(case["http_status"], case["body"]))
    assert found == CASES.get(case["case"], PROVEN.get(operation, TaskState.UNKNOWN)), case["case"]
    assert identifier == case["body"]["ResponseMetadata"]["RequestId"]
    if code_in(case["body"]):
        assert code == code_in(case["body"])


@pytest.mark.parametrize("case", VOLCENGINE["errors.json"]["cases"], ids=lambda one: one["case"])
def test_a_no_of_volcengine(case: Any) -> None:
    request = PUSH.plan_test(None).requests[0]
    found, code, identifier = outcome(PUSH, request, answer(case["http_status"], case["body"]))
    assert found is CASES.get(case["case"], VendorRejected)
    assert (code, identifier) == (code_in(case["body"]), case["body"]["ResponseMetadata"]["RequestId"])


@pytest.mark.parametrize("sample", VOLCENGINE["callbacks.json"]["samples"], ids=lambda one: one["name"])
def test_an_event_of_volcengine(sample: Any) -> None:
    body = sample.get("body") or {"EventType": sample["name"], "EventData": json.dumps(sample["event_data"])}
    request = CallbackRequest({}, json.dumps(body).encode())
    news = PUSH.read_callback(request)
    assert (news.event, news.report) == (body["EventType"], None)
    assert news.vendor_task_id == json.loads(body["EventData"]).get("TaskId", "")
    assert PUSH.answer_callback(request).status == VOLCENGINE["callbacks.json"]["expected_reply"]["http_status"]


# --- Agora ------------------------------------------------------------------------------------------------------------
TRANSCODER = adapter("agora-transcoder")
AGORA = {name: documented.sample("agora", name) for name in documented.samples("agora", "*.json") if "/" not in name}
NOTICES = [name for name, one in AGORA.items() if "rawBody" in one.get("request", {})]
STATUSES: dict[int, type[QuadboxError]] = {
    201: UnreadableReply, 206: VendorUnreachable, 400: VendorRejected, 401: BadCredentials, 403: VendorRejected,
    404: NoSuchTask, 409: VendorRejected, 429: VendorBusy, 500: VendorUnreachable, 503: VendorUnreachable,
    504: VendorUnreachable,
}  # fmt: skip
LISTS = [(name, number, response) for name in AGORA for number, response in enumerate(AGORA[name].get("responses", []))]
NAMES = {"acquire": "Acquire", "create": "Create", "query": "Query", "update": "Update", "delete": "Delete"}
STATES = {"Create": TaskState.RUNNING, "Query": TaskState.RUNNING, "Delete": TaskState.STOPPED}
SPOKEN = [
    name for name in AGORA if name.startswith("transcoder-") and name.split("-")[1].removesuffix(".json") in NAMES
]


@pytest.mark.parametrize("name", SPOKEN)
def test_an_answer_of_agora(name: str) -> None:
    example = AGORA[name]
    operation, reply = NAMES[name.split("-")[1].removesuffix(".json")], example["response"]
    request = PlannedRequest(operation, example["request"]["method"], example["request"]["url"])
    state, _, identifier = outcome(TRANSCODER, request, answer(reply["status"], reply["body"], reply["headers"]))
    assert (state, identifier) == (STATES.get(operation, TaskState.UNKNOWN), reply["headers"]["X-Request-ID"])


@pytest.mark.parametrize(("name", "number", "no"), LISTS, ids=[f"{name} {number}" for name, number, _ in LISTS])
def test_a_no_of_agora(name: str, number: int, no: Any) -> None:
    """The codes of its other services mean to us what their HTTP statuses mean."""
    request = TRANSCODER.plan_test(None).requests[0]
    found, code, _ = outcome(TRANSCODER, request, answer(no["status"], no["body"]))
    assert found is STATUSES[no["status"]]
    if name.startswith("transcoder"):
        assert code == str(no["status"])


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_of_agora(name: str) -> None:
    example = AGORA[name]
    headers = {key.lower(): header for key, header in example["request"]["headers"].items()}
    request = CallbackRequest(headers, example["request"]["rawBody"].encode())
    assert TRANSCODER.verify_callback(request, example["secret"])
    assert not TRANSCODER.verify_callback(request, f"{example['secret']}x")
    news, answered = TRANSCODER.read_callback(request), TRANSCODER.answer_callback(request)
    ours = name.startswith("ncs-transcoder")
    assert bool(news.vendor_task_id) is bool(news.vendor_run_id) is (news.report is not None) is ours
    assert news.event_id
    assert (answered.status, json.loads(answered.content)) == (
        example["response"]["status"],
        example["response"]["body"],
    )


def test_the_addresses_of_agora() -> None:
    request, reply = TRANSCODER.plan_test(None).requests[0], AGORA["ncs-ip.json"]["response"]
    report = TRANSCODER.read_reply(request, answer(reply["status"], reply["body"], reply["headers"]))
    assert (report.reason, report.vendor_request_id) == ("keys_accepted", reply["headers"]["X-Request-ID"])


# --- pasted, to become layouts ---------------------------------------------------------------------------------------
PASTED = [
    (vendor, name, slug)
    for vendor, examples in (("aliyun", ALIYUN), ("volcengine", VOLCENGINE), ("agora", AGORA))
    for name, example in examples.items()
    if pasted(example)
    for slug in vendors()[vendor]
]
ELSEWHERE = ("converter-", "recording-", "transcoder-template-")  # Agora's other services: nothing of a layout in them


@pytest.mark.parametrize(("vendor", "name", "slug"), PASTED)
def test_a_pasted_call_is_a_layout_or_is_told_why_not(vendor: str, name: str, slug: str) -> None:
    for payload in pasted(documented.sample(vendor, name)):
        made, problems = imported(adapter(slug), payload)
        assert (made is None) is bool(problems)
        assert all(not problem.pointer or problem.pointer.startswith("/") for problem in problems)
        assert made is None or parse(to_json(made)) == made
        assert made is None or not name.startswith(ELSEWHERE)


# --- all of them ------------------------------------------------------------------------------------------------------
def test_every_example_is_somewhere() -> None:
    """The guide of 2022 is in test_agora_examples."""
    assert {*ALIYUN} == {*CALLS, *EVENTS, "rtc_tables.json"}
    assert {*VOLCENGINE} == {*(one[3] for one in ASKED), "errors.json", "callbacks.json"}
    unread = {name for name in AGORA if name.startswith(ELSEWHERE)}  # their answers; their calls are pasted above
    assert {*AGORA} == {*SPOKEN, *NOTICES, *(one[0] for one in LISTS), *unread, "ncs-ip.json"}
    assert {*documented.samples("agora", "*.m3u8")} == {"recording-index.m3u8"}


# What each file of vectors is about → the module that holds us to it.
VECTORS: dict[str, dict[str, str]] = {
    "aliyun/aliyun-signing": {
        "rpc_v1": "wire/test_aliyun_auth",
        "acs3_hmac_sha256": "wire/test_aliyun_auth",
        "flattening": "wire/test_aliyun_auth",
        "colour": "wire/test_aliyun_auth",
        "callback_signature": "wire/test_callback_signatures",
    },
    "agora/agora-callback-signing": {"cases": "test_agora_callbacks", "negative": "test_agora_callbacks"},
    "agora/agora-tokens": dict.fromkeys(
        ("cases", "invalidInputs", "verification", "legacy", "basicAuth"), "test_agora_tokens"
    ),
    "volcengine/volcengine-callback-signing": {"cases": "test_volcengine_callbacks"},
    "volcengine/volcengine-signing": {"cases": "test_volcengine_signing"},
    "volcengine/volcengine-token": {"cases": "test_volcengine_tokens"},
}
ABOUT_THEMSELVES = {"rules", "notes", "privilegeIds", "privileges", "credentials"}


def test_vectors_are_somewhere() -> None:
    found = {
        str(path.relative_to(documented.HERE).with_suffix("")).replace("vectors/", "")
        for path in documented.HERE.glob("*/vectors/*")
    }
    assert found == set(VECTORS)
    for name, sections in VECTORS.items():
        vendor, _, file = name.partition("/")
        lists = {key for key, vector in documented.vectors(vendor, file).items() if isinstance(vector, list | dict)}
        assert lists - ABOUT_THEMSELVES == set(sections)
        for module in filter(None, sections.values()):
            path = documented.HERE / vendor / f"{module}.py"
            assert file in path.read_text(encoding="utf-8") or "vectors[" in path.read_text(encoding="utf-8")
