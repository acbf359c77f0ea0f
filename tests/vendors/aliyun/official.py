"""Alibaba Cloud's own SDKs for the two APIs, told what a planned call wishes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import alibabacloud_live20161101.client
import alibabacloud_live20161101.models
import alibabacloud_rtc20180111.client
import alibabacloud_rtc20180111.models
from alibabacloud_tea_openapi import utils_models
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.runtime import RuntimeOptions

from apps.vendors.aliyun.live import api as live_api
from apps.vendors.plan import PlannedRequest
from tests.vendors.aliyun.calls import business


@dataclass(frozen=True, slots=True)
class Sdk:
    client: Any
    models: ModuleType
    version: str


HOSTS = {
    "rtc.aliyuncs.com": Sdk(alibabacloud_rtc20180111.client.Client, alibabacloud_rtc20180111.models, "2018-01-11"),
    "live.aliyuncs.com": Sdk(alibabacloud_live20161101.client.Client, alibabacloud_live20161101.models, "2016-11-01"),
}
TEXTS = ("CustomSei",)  # JSON that the SDK takes as it is
WITHOUT_A_CLASS = {live_api.STATUS}  # of the live SDK, which calls it by its name


def call(
    planned: PlannedRequest, key: str, secret: str, endpoint: str, *, protocol: str, old: bool = False
) -> Callable[[], Any]:
    """A call that answers what the SDK reads, as JSON; `old` signs it the old way."""
    api = HOSTS[planned.url.split("/")[2]]
    settings = {"signature_algorithm": "v2"} if old else {}  # the SDK's word for V1 of the API
    config = Config(access_key_id=key, access_key_secret=secret, endpoint=endpoint, protocol=protocol, **settings)
    client = api.client(config)
    if api is HOSTS["live.aliyuncs.com"] and planned.name in WITHOUT_A_CLASS:
        words = utils_models.Params(
            action=planned.name, version=api.version, protocol=protocol.upper(), pathname="/", method="POST",
            auth_type="AK", style="RPC", req_body_type="formData", body_type="json",
        )  # fmt: skip
        asked = utils_models.OpenApiRequest(query=business(planned.query))
        return lambda: client.call_api(words, asked, RuntimeOptions())["body"]
    request = getattr(api.models, f"{planned.name}Request")().from_map(wish(planned))
    method = getattr(client, f"{snake(planned.name)}_with_options")
    return lambda: method(request, RuntimeOptions()).body.to_map()


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def wish(planned: PlannedRequest) -> dict[str, Any]:
    """What the caller of the SDK would say: objects, lists and numbers, which it writes in its own way."""
    said = nested({**business(planned.query), **(planned.body or {})})
    assert isinstance(said, dict)
    if "live" not in planned.url:
        return said
    plain = {name: one for name, one in planned.query.items() if "." not in name}
    return {name: one if name in TEXTS else json_in(one) for name, one in plain.items()} | {
        name: one for name, one in said.items() if name not in plain
    }


def json_in(text: str) -> Any:
    """An object that travels as a text; everything else as it is, `{layoutId}` too."""
    return json.loads(text) if text.startswith(('{"', "[")) else text


def nested(query: Mapping[str, str]) -> Any:
    """`{"Panes.1.X": "0.5"}` → `{"Panes": [{"X": 0.5}]}`."""
    tree: dict[str, Any] = {}
    for name, value in query.items():
        *path, last = name.split(".")
        at = tree
        for step in path:
            at = at.setdefault(step, {})
        at[last] = typed(value)
    return lists(tree)


def typed(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    if (found := json_in(text)) != text:
        return found
    if text.isdigit():
        return int(text)
    return float(text) if re.fullmatch(r"\d+\.\d+", text) else text


def lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(name.isdigit() for name in value):
        return [lists(value[str(number)]) for number in range(1, len(value) + 1)]
    return {name: lists(one) for name, one in value.items()}
