"""The vendor's own SDKs build and sign every call that our products plan. Nothing goes over a network."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import alibabacloud_live20161101.models
import httpx2
import pytest
from alibabacloud_tea_openapi import client as sdk
from alibabacloud_tea_openapi.utils import Utils

import apps.vendors.aliyun
from apps.vendors.aliyun.wire import rpc
from apps.vendors.aliyun.wire.auth import Acs3Auth, RpcV1Auth, acs3_authorization, canonical_query
from apps.vendors.plan import PlannedRequest
from apps.vendors.request_template import http_form
from tests.vendors.aliyun import official
from tests.vendors.aliyun.calls import SIGNATURES, business, every
from tests.vendors.aliyun.live_tasks import OBJECTS

KEY_ID, SECRET = "LTAI5tQuadboxTestKeyId01", "QuadboxTestSecret0123456789abcd"
SCHEME = ("Timestamp", "SignatureNonce", "SignatureMethod", "SignatureVersion", "AccessKeyId", "Signature")
CASES = {f"{signing}: {name}": one for signing in SIGNATURES for name, one in every(signing).items()}


class Caught(BaseException):
    """Carries the SDK's request away at the moment of sending; not an Exception, so the SDK lets it through."""


@pytest.fixture
def of_the_sdk(monkeypatch: pytest.MonkeyPatch) -> Callable[[PlannedRequest], Any]:
    """The request that the SDK makes of the same wish, finished and signed."""

    def catch(request: Any, runtime: Any) -> Any:
        raise Caught(request)

    monkeypatch.setattr(sdk.DaraCore, "do_action", catch)

    def call(planned: PlannedRequest) -> Any:
        old = planned.signing.endswith(rpc.V1)
        ask = official.call(planned, KEY_ID, SECRET, httpx2.URL(planned.url).host, protocol="https", old=old)
        with pytest.raises(Caught) as caught:
            ask()
        return caught.value.args[0]

    return call


def spoken(query: Mapping[str, str]) -> dict[str, str]:
    """The SDK's parameters in the words of the vendor's tables: without the empty lists that its generated code adds for
    what nobody set, and with `true` for Python's `True`."""
    kept = {name: one for name, one in query.items() if name not in SCHEME and not (name in OBJECTS and one == "[]")}
    return {name: one.lower() if one in ("True", "False") else one for name, one in business(kept).items()}


@pytest.mark.parametrize("name", CASES)
def test_the_sdk_makes_the_same_call(of_the_sdk: Callable[[PlannedRequest], Any], name: str) -> None:
    planned = CASES[name]
    theirs = of_the_sdk(planned)
    assert spoken(theirs.query) == business(planned.query)
    assert (theirs.method, theirs.pathname, theirs.headers["host"]) == ("POST", "/", httpx2.URL(planned.url).host)
    version = official.HOSTS[theirs.headers["host"]].version
    assert (theirs.headers["x-acs-action"], theirs.headers["x-acs-version"]) == (planned.name, version)
    if planned.signing.endswith(rpc.V1):
        assert (theirs.query["Action"], theirs.query["Version"]) == (planned.query["Action"], planned.query["Version"])
    else:
        assert {header: theirs.headers[header] for header in planned.headers} == planned.headers
    form = http_form(planned, {}, None, "https://quadbox.example.com").get("content", b"").decode()
    assert body_of(theirs).lower() == form.lower()


@pytest.mark.parametrize("name", CASES)
def test_the_sdk_signs_the_same(of_the_sdk: Callable[[PlannedRequest], Any], name: str) -> None:
    """Its parameters, time and nonce, given to our class, make its signature."""
    theirs = of_the_sdk(CASES[name])
    if CASES[name].signing.endswith(rpc.V1):
        given = {key: one for key, one in theirs.query.items() if key != "Signature"}
        sent = signed(theirs, given, RpcV1Auth, given["Timestamp"], given["SignatureNonce"])
        assert sent.url.params["Signature"] == theirs.query["Signature"]
        return
    headers = {key.lower(): header for key, header in theirs.headers.items()}
    whole = {key: header for key, header in headers.items() if key != "authorization"}
    body = body_of(theirs).encode()
    # It signs more headers than it must: so do we, when told to,
    assert acs3_authorization("POST", "/", theirs.query, whole, body, KEY_ID, SECRET) == headers["authorization"]
    # and it signs as we do when it is given no more than we sign.
    sent = signed(theirs, theirs.query, Acs3Auth, headers["x-acs-date"], headers["x-acs-signature-nonce"])
    names = sent.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0].split(";")
    theirs.headers = {key: sent.headers[key] for key in names}
    digest = sent.headers["x-acs-content-sha256"]
    again = Utils.get_authorization(theirs, "ACS3-HMAC-SHA256", digest, KEY_ID, SECRET)
    assert again == sent.headers["authorization"]


def signed(theirs: Any, query: Mapping[str, str], scheme: Any, when: str, nonce: str) -> httpx2.Request:
    auth = scheme(KEY_ID, SECRET, lambda: dt.datetime.fromisoformat(when), nonce=lambda: nonce)
    kept = {name: header for name, header in theirs.headers.items() if name.lower() != "authorization"}
    url = f"https://{theirs.headers['host']}/?{canonical_query(query)}"
    made = httpx2.Request("POST", url, headers=kept, content=body_of(theirs).encode() or None)
    return next(auth.sync_auth_flow(made))


def body_of(theirs: Any) -> str:
    body = theirs.body
    return body if isinstance(body, str) else b"".join(body).decode() if body else ""


def test_no_operation_is_without_a_case() -> None:
    """Whatever word of the source is the name of a class of the SDK is called, and so is a case here."""
    words = {
        node.value
        for path in Path(apps.vendors.aliyun.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    operations = {word for word in words for api in official.HOSTS.values() if hasattr(api.models, f"{word}Request")}
    assert operations | official.WITHOUT_A_CLASS == {case.name for case in CASES.values()}


def test_the_sdk_has_no_class_for_the_status() -> None:
    """If it comes back one day, the setting of the app can go."""
    assert not [one for one in official.WITHOUT_A_CLASS if hasattr(alibabacloud_live20161101.models, f"{one}Request")]
