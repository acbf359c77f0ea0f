"""Record templates: where a recording goes, and what it looks like unless the task says otherwise."""

from __future__ import annotations

import math
import secrets

from apps.core.types import JsonObject
from apps.sandbox.aliyun.rtc2 import validation as check
from apps.sandbox.aliyun.wire.replies import Rejected, invalid, missing
from apps.sandbox.engine import config
from apps.sandbox.engine.accounts import DEMO_RECORD_TEMPLATE
from apps.sandbox.engine.clock import iso
from apps.sandbox.engine.ports import Runtime

FORMATS = ("m3u8", "mp4", "flv")
DEFAULT_DELAY = 180


def _read(state: JsonObject, given: JsonObject) -> JsonObject:
    check.ids(given)
    layouts = check.listed(given, "LayoutIds", 16, required=True) and check.layout_ids(state, given, given["AppId"])
    encode = check.media_encode(given, required=True)
    most = max(len(check.panes_of(state, given["AppId"], layout) or []) for layout in layouts)
    formats = check.listed(given, "Formats", 3, required=True)
    if not set(map(str, formats)) <= set(FORMATS):
        raise invalid("Formats")
    queue, url = check.text(given, "MnsQueue"), check.text(given, "HttpCallbackUrl")
    if bool(queue) == bool(url):
        raise Rejected("InvalidParameter", "Exactly one of MnsQueue and HttpCallbackUrl is needed.")
    template = {
        "Name": check.text(given, "Name", required=True),
        "TaskProfile": check.profile(given, encode, most, required=True),
        "MediaEncode": encode,
        "LayoutIds": layouts,
        "Formats": formats,
        "FileSplitInterval": check.whole(given, "FileSplitInterval", 1800, 10**6, required=True),
        "OssBucket": check.text(given, "OssBucket", required=True),
        "OssFilePrefix": check.text(given, "OssFilePrefix", required=True),
        "BackgroundColor": check.color(given, "BackgroundColor"),
        "DelayStopTime": check.whole(given, "DelayStopTime", 0, 86_400, DEFAULT_DELAY),
        "Backgrounds": check.pictures(given, "Backgrounds"),
        "Watermarks": check.pictures(given, "Watermarks", alpha=True),
        "ClockWidgets": check.texts(given, "ClockWidgets", with_text=False),
        "EnableM3u8DateTime": check.flag(given, "EnableM3u8DateTime"),
    }
    return template | ({"MnsQueue": queue} if queue else {"HttpCallbackUrl": url})


def add(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    with runtime.store.changing() as state:
        template_id = secrets.token_hex(4)
        template = _read(state, given)
        _keep(runtime, state, given["AppId"], template_id, template)
    return {"TemplateId": template_id}


def _keep(runtime: Runtime, state: JsonObject, app_id: str, template_id: str, template: JsonObject) -> None:
    state["templates"][f"{app_id}/{template_id}"] = {
        **template,
        "TemplateId": template_id,
        "CreateTime": iso(runtime.clock.now()),
    }


def update(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    """Replaces all of it."""
    with runtime.store.changing() as state:
        template = _read(state, given)
        find(state, given)
        _keep(runtime, state, given["AppId"], given["TemplateId"], template)
    return {"TemplateId": given["TemplateId"]}


def delete(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given)
    with runtime.store.changing() as state:
        find(state, given)
        state["templates"].pop(f"{given['AppId']}/{given['TemplateId']}", None)
    return {}


def describe(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given)
    wanted = check.listed(given, "TemplateIds", 64)
    number, size = check.page(given)
    with runtime.store.reading() as state:
        own = {DEMO_RECORD_TEMPLATE: default(DEMO_RECORD_TEMPLATE)}
        prefix = f"{given['AppId']}/"
        own |= {
            template["TemplateId"]: dict(template)
            for key, template in state["templates"].items()
            if key.startswith(prefix)
        }
    rows = [template for template_id, template in own.items() if not wanted or template_id in wanted]
    return {
        "TotalNum": len(rows),
        "TotalPage": math.ceil(len(rows) / size),
        "Templates": rows[(number - 1) * size : number * size],
    }


def find(state: JsonObject, given: JsonObject) -> JsonObject:
    """The named template of the app. Unless strict, any other id stands for the demo template."""
    template_id = check.text(given, "TemplateId")
    if not template_id:
        raise missing("TemplateId")
    template = state["templates"].get(f"{given['AppId']}/{template_id}")
    if template is None:
        if config.strict() and template_id != DEMO_RECORD_TEMPLATE:
            raise Rejected("InvalidTemplateId.NotFound", http_status=404)
        template = default(template_id)
    found: JsonObject = template
    return found


def default(template_id: str) -> JsonObject:
    """The demo template. Its callback goes where the control endpoint says."""
    return {
        "Name": "sandbox-720p",
        "TaskProfile": "9IN_720P",
        "MediaEncode": 20,
        "LayoutIds": [1, 13, 5, 6],
        "Formats": ["m3u8"],
        "FileSplitInterval": 1800,
        "OssBucket": "sandbox",
        "OssFilePrefix": "record/{AppId}/{ChannelId_TaskId}/{EscapedStartTime}_{EscapedEndTime}",
        "BackgroundColor": 0,
        "DelayStopTime": DEFAULT_DELAY,
        "HttpCallbackUrl": "",
        "Backgrounds": [],
        "Watermarks": [],
        "ClockWidgets": [],
        "EnableM3u8DateTime": False,
        "TemplateId": template_id,
        "CreateTime": "2024-05-20T08:30:15Z",
    }
