"""Request signatures: the collected vectors, and the vendor's own SDK on our requests."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any
from unittest import mock

import httpx2
import pytest
from volcengine.auth.SignerV4 import SignerV4
from volcengine.base.Request import Request
from volcengine.Credentials import Credentials

from apps.vendors.http import VendorHttp
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import AppSpec
from apps.vendors.volcengine import api
from apps.vendors.volcengine.auth import VolcengineAuth, authorization, canonical_request, signed_headers

VECTORS = json.loads((Path(__file__).parent / "vectors/volcengine-signing.json").read_text())
KEYS = VECTORS["credentials"]
FULL = [case for case in VECTORS["cases"] if "signed_headers_override" not in case["input"]]
REDUCED = [case for case in VECTORS["cases"] if "signed_headers_override" in case["input"]]


def moment(x_date: str) -> dt.datetime:
    return dt.datetime.strptime(x_date, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)


def request_of(given: dict[str, Any]) -> httpx2.Request:
    headers = {"Content-Type": given["content_type"]} if given["content_type"] else {}
    url = f"{given['scheme']}://{given['host']}/"
    return httpx2.Request(
        given["method"],
        url,
        params=given["query"],
        headers={**headers, **given["extra_headers"]},
        content=given["body"],
    )


@pytest.mark.parametrize("case", FULL, ids=lambda case: case["name"])
def test_vector(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]
    auth = VolcengineAuth(
        KEYS["access_key_id"],
        KEYS["secret_access_key"],
        given["region"],
        lambda: moment(given["x_date"]),
        given["security_token"],
    )
    sent = next(auth.sync_auth_flow(request_of(given)))
    assert sent.headers["Authorization"] == expected["authorization"]
    assert sent.headers["X-Content-Sha256"] == expected["body_sha256"]
    assert sent.headers["X-Date"] == given["x_date"]


@pytest.mark.parametrize("case", REDUCED, ids=lambda case: case["name"])
def test_vector_with_fewer_signed_headers(case: dict[str, Any]) -> None:
    """Header sets of another SDK: the parts below the Auth class must still agree."""
    given, expected = case["input"], case["expected"]
    request = request_of(given)
    body_hash = hashlib.sha256(request.content).hexdigest()
    request.headers.update({"X-Date": given["x_date"], "X-Content-Sha256": body_hash})
    names = given["signed_headers_override"].split(";")
    headers = {name: value for name, value in signed_headers(request).items() if name in names}
    canonical = canonical_request(given["method"], request.url, headers, body_hash)
    assert canonical == expected["canonical_request"]
    header = authorization(
        KEYS["access_key_id"], KEYS["secret_access_key"], given["region"], given["x_date"], canonical, ";".join(names)
    )
    assert header == expected["authorization"]


@pytest.mark.parametrize(
    "planned",
    [
        api.write(
            AppSpec("65f0a1b2c3d4e5f6a7b8c9d0"), "StartPushMixedStreamToCDN", api.PIXELS, {"标题": "直播 +~*", "n": 1}
        ),
        api.read(
            None,
            "GetPushMixedStreamToCDNTask",
            api.RATIOS,
            {"RoomId": "房间 1+1=2&a/b", "TaskId": "", "UserId": "a@@1"},
        ),
    ],
    ids=["start", "query"],
)
def test_the_official_sdk_signs_the_same_request_alike(planned: PlannedRequest) -> None:
    """What went over the wire is given to the SDK's signer, at the same time: it must find the same signature."""
    now = dt.datetime(2026, 3, 1, 12, 0, 0, tzinfo=dt.UTC)
    sent: list[httpx2.Request] = []

    def cloud(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(200, json={})

    auth = VolcengineAuth(KEYS["access_key_id"], KEYS["secret_access_key"], "cn-north-1", lambda: now)
    VendorHttp(transport=httpx2.MockTransport(cloud)).send(planned, auth)
    [ours] = sent

    theirs = Request()
    theirs.set_method(ours.method)
    theirs.set_host(ours.headers["host"])
    theirs.set_path("/")
    theirs.set_query(dict(ours.url.params))
    theirs.set_body(ours.content.decode())
    theirs.headers["Host"] = ours.headers["host"]
    if "content-type" in ours.headers:
        theirs.headers["Content-Type"] = ours.headers["content-type"]
    credentials = Credentials(KEYS["access_key_id"], KEYS["secret_access_key"], "rtc", "cn-north-1")
    with mock.patch.object(SignerV4, "get_current_format_date", return_value="20260301T120000Z"):
        SignerV4.sign(theirs, credentials)
    assert theirs.headers["Authorization"] == ours.headers["Authorization"]


def test_every_attempt_is_signed_anew() -> None:
    moments = iter([moment("20260301T120000Z"), moment("20260301T120001Z")])
    auth = VolcengineAuth("AK", "SK", "cn-north-1", lambda: next(moments))
    first, second = (next(auth.sync_auth_flow(httpx2.Request("GET", "https://h/"))).headers for _ in range(2))
    assert first["X-Date"] != second["X-Date"]
    assert first["Authorization"] != second["Authorization"]
