"""The signatures, on the vendor's published examples and on those of its own SDK."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import pytest

from apps.vendors.aliyun.live import api
from apps.vendors.aliyun.wire import values as wire
from apps.vendors.aliyun.wire.auth import Acs3Auth, RpcV1Auth, acs3_authorization, canonical_query, v1_signature

NAMES_V1 = [
    "published_describe_regions_get", "rtc_get_mpu_task_status", "rtc_start_mpu_task_nested_arrays",
    "rtc_start_mpu_task_with_form_body", "rtc_create_mpu_layout", "rtc_start_record_task_sts",
    "rtc_torture_characters", "rtc_empty_value", "live_start_live_mpu_task_json_objects",
    "live_start_rtc_cloud_recording", "legacy_core_get_mpu_task_status", "rtc_create_mpu_layout_12_panes",
]  # fmt: skip
NAMES_ACS3 = [
    "published_ecs_run_instances", "rtc_get_mpu_task_status", "rtc_start_mpu_task_with_form_body",
    "rtc_create_mpu_layout", "rtc_create_mpu_layout_12_panes", "live_start_live_mpu_task",
    "live_start_rtc_cloud_recording", "rtc_start_record_task_sts", "rtc_torture_characters", "rtc_empty_value",
    "rtc_describe_app_layouts_get",
]  # fmt: skip


def case(vectors: dict[str, Any], group: str, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    one = next(case for case in vectors[group]["cases"] if case["name"] == name)
    return one["input"], one["expected"]


def clock(text: str) -> Any:
    return lambda: dt.datetime.fromisoformat(text)


def test_every_vector_is_used(vectors: dict[str, Any]) -> None:
    assert {case["name"] for case in vectors["rpc_v1"]["cases"]} == set(NAMES_V1)
    minimal = {case["name"] for case in vectors["acs3_hmac_sha256"]["cases"] if not case["input"]["extra_headers"]}
    assert minimal == set(NAMES_ACS3)


@pytest.mark.parametrize("name", NAMES_V1)
def test_v1_signs_what_it_sends(vectors: dict[str, Any], name: str) -> None:
    given, expected = case(vectors, "rpc_v1", name)
    parameters = {"Action": given["action"], "Version": given["version"], "Format": given["format"]}
    parameters |= given["extra_common_params"] | given["query"]
    request = httpx2.Request(
        given["method"],
        f"{given['scheme']}://{given['host']}{given['path']}?{canonical_query(parameters)}",
        data=given["form"] or None,
    )
    auth = RpcV1Auth(
        given["access_key_id"], given["access_key_secret"], clock(given["timestamp"]),
        security_token=given["security_token"], nonce=lambda: given["signature_nonce"],
    )  # fmt: skip
    sent = next(auth.sync_auth_flow(request))
    assert sent.url.query.decode() == expected["request_query"]
    assert sent.content.decode() == expected["request_body"]
    assert v1_signature(given["method"], expected["signed_params"], given["access_key_secret"]) == expected["signature"]


@pytest.mark.parametrize("name", NAMES_ACS3)
def test_acs3_signs_what_it_sends(vectors: dict[str, Any], name: str) -> None:
    given, expected = case(vectors, "acs3_hmac_sha256", name)
    headers = {"x-acs-action": given["action"], "x-acs-version": given["version"]}
    if given["content_type"]:
        headers["content-type"] = given["content_type"]
    request = httpx2.Request(
        given["method"],
        f"{given['scheme']}://{given['host']}{given['path']}?{canonical_query(given['query'])}",
        headers=headers,
        content=given["body"].encode() or None,
    )
    auth = Acs3Auth(
        given["access_key_id"], given["access_key_secret"], clock(given["x_acs_date"]),
        security_token=given["security_token"], nonce=lambda: given["x_acs_signature_nonce"],
    )  # fmt: skip
    sent = next(auth.sync_auth_flow(request))
    assert sent.url.query.decode() == expected["canonical_query"]
    assert sent.headers["authorization"] == expected["authorization"]
    for name, value in expected["headers_to_send"].items():
        assert sent.headers[name] == value


def test_acs3_agrees_with_the_sdk_where_it_signs_more_headers(vectors: dict[str, Any]) -> None:
    cases = [case for case in vectors["acs3_hmac_sha256"]["cases"] if case["input"]["extra_headers"]]
    assert len(cases) == 7
    for case in cases:
        given, expected = case["input"], case["expected"]
        headers = {k: v for k, v in expected["headers_to_send"].items() if k != "Authorization"}
        assert expected["authorization"] == acs3_authorization(
            given["method"], given["path"], given["query"], headers, given["body"].encode(),
            given["access_key_id"], given["access_key_secret"],
        )  # fmt: skip


def test_each_attempt_has_its_own_nonce_and_time() -> None:
    times = iter([dt.datetime(2024, 5, 20, 8, 30, tzinfo=dt.UTC), dt.datetime(2024, 5, 20, 8, 31, tzinfo=dt.UTC)])
    auth = Acs3Auth("id", "secret", lambda: next(times))
    request = httpx2.Request("POST", "https://rtc.aliyuncs.com/?AppId=a", headers={"x-acs-action": "DescribeApps"})
    first = dict(next(auth.sync_auth_flow(request)).headers)
    second = dict(next(auth.sync_auth_flow(request)).headers)
    assert (first["x-acs-date"], second["x-acs-date"]) == ("2024-05-20T08:30:00Z", "2024-05-20T08:31:00Z")
    assert first["x-acs-signature-nonce"] != second["x-acs-signature-nonce"]
    assert first["authorization"] != second["authorization"]


def test_a_plan_made_for_one_scheme_can_be_sent_with_the_other() -> None:
    now = clock("2024-05-20T08:30:15Z")
    request = httpx2.Request(
        "POST", "https://rtc.aliyuncs.com/?AppId=a", headers={"x-acs-action": "DescribeApps", "x-acs-version": "v"}
    )
    v1 = next(RpcV1Auth("id", "secret", now).sync_auth_flow(request))
    query = dict(parse_qsl(v1.url.query.decode()))
    assert (query["Action"], query["Version"], query["Format"]) == ("DescribeApps", "v", "JSON")
    assert "x-acs-action" not in v1.headers
    back = httpx2.Request("POST", "https://rtc.aliyuncs.com/?Action=DescribeApps&AppId=a&Format=JSON&Version=v")
    acs3 = next(Acs3Auth("id", "secret", now).sync_auth_flow(back))
    assert (acs3.url.query, acs3.headers["x-acs-action"], acs3.headers["x-acs-version"]) == (
        b"AppId=a", "DescribeApps", "v",
    )  # fmt: skip


def test_flattening(vectors: dict[str, Any]) -> None:
    cases = [case for case in vectors["flattening"]["cases"] if case["name"].startswith("rtc_")]
    assert len(cases) == 3
    for case in cases:
        form = "EnhancedParam"
        given = {name: value for name, value in case["input"].items() if name != form}
        assert wire.flatten(given) == case["recommended_query"]
    assert wire.flatten({"A": [True, None, 1e-7, 0.03125, 1.0, -0.0]}) == {
        "A.1": "true", "A.3": "0.0", "A.4": "0.03125", "A.5": "1.0", "A.6": "0.0",
    }  # fmt: skip


def test_objects_are_texts_at_live(vectors: dict[str, Any]) -> None:
    cases = [case for case in vectors["flattening"]["cases"] if case["name"].startswith("live_")]
    assert len(cases) == 2
    for case in cases:
        assert api.call(None, api.START, case["input"]).query == case["recommended_query"]


def test_colors_have_blue_in_the_high_byte(vectors: dict[str, Any]) -> None:
    for case in vectors["colour"]["cases"]:
        assert wire.color_integer(case["hex"]) == case["value"]
    assert wire.color_integer("#11223380") == 3351057
