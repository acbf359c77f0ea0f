"""A planned request as a call of Alibaba Cloud's own Python SDK (PyPI: alibabacloud-rtc20180111,
alibabacloud-live20161101), and what its signature adds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from apps.core.types import Json
from apps.vendors.aliyun.wire import rpc
from apps.vendors.plan import PlannedRequest
from apps.vendors.snippets import python_value
from apps.vendors.types import SignaturePreview

TEXTS = {"CustomSei"}  # JSON that the SDK takes as a text
NO_PARAMETERS = {"Action", "Version", "Format"}
WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")  # the SDKs part words only after a small letter: start_mputask

NO_CLASS = {("live", "GetMPUTaskStatus")}  # left out of the SDK: called by its name

PROGRAM = """\
import os

from {package} import models
from {package}.client import Client
from alibabacloud_tea_openapi.models import Config

config = Config(
    access_key_id=os.environ["ACCESS_KEY_ID"],
    access_key_secret=os.environ["ACCESS_KEY_SECRET"],
    endpoint="{host}",
)
parameters = {parameters}
answer = Client(config).{method}(models.{name}Request().from_map(parameters))
print(answer.body.to_map())
"""

BY_NAME = """\
import os

from alibabacloud_tea_openapi.client import Client
from alibabacloud_tea_openapi.models import Config, OpenApiRequest, Params
from darabonba.runtime import RuntimeOptions

config = Config(
    access_key_id=os.environ["ACCESS_KEY_ID"],
    access_key_secret=os.environ["ACCESS_KEY_SECRET"],
    endpoint="{host}",
)
call = Params(
    action="{name}",
    version="{version}",
    pathname="/",
    method="POST",
    style="RPC",
    auth_type="AK",
    req_body_type="formData",
    body_type="json",
)
parameters = {parameters}
answer = Client(config).call_api(call, OpenApiRequest(query=parameters), RuntimeOptions())
print(answer["body"])
"""


def call(request: PlannedRequest) -> str:
    host = urlsplit(request.url).hostname or ""
    version = request.query.get("Version") or request.headers.get("x-acs-version", "")
    given = {name: member for name, member in request.query.items() if name not in NO_PARAMETERS}
    if isinstance(request.body, Mapping):
        given |= request.body
    api = host.split(".")[0]
    if (api, request.name) in NO_CLASS:
        return BY_NAME.format(host=host, name=request.name, version=version, parameters=python_value(given))
    return PROGRAM.format(
        package=f"alibabacloud_{api}{version.replace('-', '')}",
        host=host,
        parameters=python_value(unflattened(given)),
        method=WORD_START.sub("_", request.name).lower(),
        name=request.name,
    )


def unflattened(parameters: Mapping[str, str]) -> dict[str, Json]:
    """`{"Panes.1.X": "0.5"}` → `{"Panes": [{"X": "0.5"}]}`; a value that is JSON itself is read."""
    tree: dict[str, Json] = {}
    for name, value in parameters.items():
        *path, last = name.split(".")
        here = tree
        for step in path:
            here = here.setdefault(step, {})
        here[last] = value if name in TEXTS else _read(value)
    listed = _listed(tree)
    assert isinstance(listed, dict)
    return listed


def _read(value: str) -> Json:
    if value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:  # "{layoutId}" is a place that an earlier answer fills
            return value
    return value


def _listed(value: Json) -> Json:
    if not isinstance(value, dict):
        return value
    if value and all(name.isdigit() for name in value):
        return [_listed(value[name]) for name in sorted(value, key=int)]
    return {name: _listed(member) for name, member in value.items()}


def shown(request: PlannedRequest) -> SignaturePreview:
    if request.signing.endswith(rpc.V1):
        added = {"AccessKeyId": "$ACCESS_KEY_ID", "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0"}
        added |= {"SignatureNonce": "$NONCE", "Timestamp": "$TIMESTAMP", "Signature": "$SIGNATURE"}
        return SignaturePreview(query=added)
    names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"
    credential = f"Credential=$ACCESS_KEY_ID,SignedHeaders={names},Signature=$SIGNATURE"
    return SignaturePreview(
        headers={
            "x-acs-date": "$TIMESTAMP",
            "x-acs-signature-nonce": "$NONCE",
            "x-acs-content-sha256": "$BODY_SHA256",
            "Authorization": f"ACS3-HMAC-SHA256 {credential}",
        }
    )
