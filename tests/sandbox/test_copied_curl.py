"""The curl commands of the export page are run as they stand, against the emulators: only the host is another, and the shell
knows the secrets and what is computed from them. It is all there is for Agora, which has no Python SDK for this service."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import shutil
import subprocess
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import pytest

from apps.vendors.aliyun.wire import rpc
from apps.vendors.aliyun.wire.auth import acs3_authorization, v1_signature
from apps.vendors.plan import PlannedRequest
from apps.vendors.registry import adapter
from apps.vendors.request_template import fill, http_form, point
from apps.vendors.snippets import curl, published
from apps.vendors.types import AppSpec
from apps.vendors.volcengine.auth import authorization, canonical_request
from tests.sandbox.agora import call as agora
from tests.sandbox.aliyun import call as aliyun
from tests.sandbox.volcengine import call as volcengine
from tests.vendors.agora import cases
from tests.vendors.aliyun import calls as aliyun_calls
from tests.vendors.painter import FakePainter
from tests.vendors.volcengine import calls as volcengine_calls

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="this machine has no curl")
PICTURES = "https://quadbox.example.com"


def shell(command: str, door: str, secrets: Mapping[str, str], values: Mapping[str, str]) -> Any:
    """The answer, as JSON; "" for an empty one. `door` stands for the vendor's host."""
    host = f"https://{urlsplit(command.split()[3].strip(chr(39))).hostname}"
    command = command.replace(host, door, 1)
    for name, value in values.items():
        command = command.replace(f"{{{name}}}", value)
    done = subprocess.run(
        ["sh", "-c", f"{command} --silent --fail-with-body --globoff"],
        env={"PATH": "/usr/bin:/bin", **secrets}, capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout, done.stderr)
    return json.loads(done.stdout) if done.stdout else ""


def test_the_commands_of_agora(served: str, control: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.sandbox.agora.routes.PER_SECOND", 1000)
    pair = base64.b64encode(f"{agora.CUSTOMER}:{agora.SECRET}".encode()).decode()
    product, spec = cases.ADAPTER, replace(cases.spec(), app=AppSpec(agora.APP_ID))
    begun = product.plan_start(spec, FakePainter())
    running = replace(spec, previous=begun.carry)
    values = {"inputToken": agora.token(spec.room, 0), "outputToken": agora.token("mixed", 1000)}
    plans = (
        begun,
        product.plan_query(running),
        product.plan_update(running, FakePainter()),
        product.plan_query(running),
        product.plan_stop(running),
    )
    states = []
    for request in [request for plan in plans for request in plan.requests]:
        assert product.sdk_call(request, spec.app) == ""
        command = curl(request, product.preview_signature(request, spec.app))
        answer = shell(command, f"http://{served}/sandbox/agora", {"BASE64_OF_CUSTOMER_ID_AND_SECRET": pair}, values)
        values |= {name: str(point(answer, at)) for name, at in request.gives.items()}
        values |= {"taskId": answer["taskId"]} if request.name == "Create" else {}
        states += [answer["status"]] if request.name in ("Query", "Delete") else []
        control("clock/advance", seconds=2)
    assert states == ["IN_PROGRESS", "IN_PROGRESS", "STOPPED"]


def test_the_commands_of_volcengine(served: str, control: Callable[..., Any]) -> None:
    for name, request in volcengine_calls.every("2023-11-01").items():
        if name.endswith(("test", "test of keys")):  # these ask for a task that cannot be
            continue
        product = volcengine_calls.ADAPTER
        made = httpx2.Request(**http_form(request, {}, f"http://{served}/sandbox/volcengine/", PICTURES))
        when, digest = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}", hashlib.sha256(made.content).hexdigest()
        headers = {"host": served, "x-content-sha256": digest, "x-date": when}
        headers |= {"content-type": made.headers["content-type"]} if request.body is not None else {}
        canonical = canonical_request(made.method, made.url, headers, digest)
        mac = authorization(volcengine.KEY, volcengine.SECRET, "cn-north-1", when, canonical, ";".join(sorted(headers)))
        secrets = {
            "ACCESS_KEY_ID": volcengine.KEY, "X_DATE": when, "DATE": when[:8], "BODY_SHA256": digest,
            "SIGNATURE": mac.rpartition("=")[2],
        }  # fmt: skip
        command = curl(request, product.preview_signature(request, volcengine_calls.task("2023-11-01").app))
        answer = shell(command, f"http://{served}/sandbox/volcengine", secrets, {})
        assert answer["ResponseMetadata"]["Action"] == request.name
        control("clock/advance", seconds=2)


@pytest.mark.parametrize("signing", [rpc.ACS3, rpc.V1])
@pytest.mark.parametrize("product", ["aliyun-rtc-mpu", "aliyun-rtc-record", "aliyun-live-mpu"])
def test_the_commands_of_aliyun(served: str, control: Callable[..., Any], product: str, signing: str) -> None:
    story = {"aliyun-rtc-mpu": "relay, ", "aliyun-rtc-record": "recording, ", "aliyun-live-mpu": "live, "}[product]
    values: dict[str, str] = {}
    for name, planned in aliyun_calls.every(signing).items():
        if not name.startswith(story):
            continue
        planned = published(planned, PICTURES)
        request = replace(planned, query=fill(dict(planned.query), values))
        command = curl(planned, adapter(product).preview_signature(planned, AppSpec("")))
        secrets = (old_secrets if planned.signing.endswith(rpc.V1) else new_secrets)(request, served)
        answer = shell(command, f"http://{served}", secrets, values)
        assert "Code" not in answer, (name, answer)
        assert answer["RequestId"]
        values |= {place: str(point(answer, at)) for place, at in request.gives.items()}
        control("clock/advance", seconds=2)


def new_secrets(request: PlannedRequest, served: str) -> dict[str, str]:
    stamp, digest, nonce = aliyun._stamp(0), hashlib.sha256(b"").hexdigest(), uuid.uuid4().hex
    headers = {
        "host": served, "x-acs-action": request.name, "x-acs-version": request.headers["x-acs-version"],
        "x-acs-date": stamp, "x-acs-signature-nonce": nonce, "x-acs-content-sha256": digest,
    }  # fmt: skip
    mac = acs3_authorization("POST", "/", request.query, headers, b"", aliyun.KEY, aliyun.SECRET)
    return {
        "ACCESS_KEY_ID": aliyun.KEY, "TIMESTAMP": stamp, "NONCE": nonce, "BODY_SHA256": digest,
        "SIGNATURE": mac.rpartition("=")[2],
    }  # fmt: skip


def old_secrets(request: PlannedRequest, served: str) -> dict[str, str]:
    stamp, nonce = aliyun._stamp(0), uuid.uuid4().hex
    common = {
        "AccessKeyId": aliyun.KEY, "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0", "SignatureNonce": nonce,
        "Timestamp": stamp,
    }  # fmt: skip
    mac = v1_signature("POST", {**request.query, **common}, aliyun.SECRET)
    return {
        "ACCESS_KEY_ID": aliyun.KEY, "NONCE": nonce, "TIMESTAMP": quote(stamp, safe=""),
        "SIGNATURE": quote(mac, safe=""),
    }  # fmt: skip
