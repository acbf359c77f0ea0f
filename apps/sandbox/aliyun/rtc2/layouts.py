"""Stored layouts."""

from __future__ import annotations

import math

from apps.core.types import JsonObject
from apps.sandbox.aliyun.rtc2 import validation as check
from apps.sandbox.aliyun.rtc2.mpu import handlers as mpu
from apps.sandbox.aliyun.rtc2.tables import SYSTEM_LAYOUTS
from apps.sandbox.aliyun.wire.replies import Rejected, missing
from apps.sandbox.engine.ports import Runtime


def create(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given)
    audio = check.whole(given, "AudioMixCount", 0, 6, required=True)
    panes = check.panes(given, required=True)
    with runtime.store.changing() as state:
        number = runtime.store.next_id()
        state["layouts"][str(number)] = {
            "AppId": given["AppId"],
            "LayoutId": number,
            "Name": check.text(given, "Name"),
            "AudioMixCount": audio,
            "Panes": panes,
        }
    return {"LayoutId": number}


def _own(state: JsonObject, given: JsonObject) -> JsonObject:
    if not check.text(given, "LayoutId"):
        raise missing("LayoutId")
    layout: JsonObject | None = state["layouts"].get(given["LayoutId"])
    if layout is None or layout["AppId"] != given["AppId"]:
        raise Rejected("InvalidLayoutID.Malformed")
    return layout


def modify(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given)
    audio = check.whole(given, "AudioMixCount", 0, 6)
    panes = check.panes(given, required=False)
    with runtime.store.changing() as state:
        layout = _own(state, given)
        if check.text(given, "Name"):
            layout["Name"] = given["Name"]
        if audio is not None:
            layout["AudioMixCount"] = audio
        if panes:
            layout["Panes"] = panes
    return {}


def delete(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given)
    with runtime.store.changing() as state:
        number = _own(state, given)["LayoutId"]
        del state["layouts"][str(number)]
        mpu.layout_deleted(state, given["AppId"], number, runtime.clock.now())
    return {}


def describe(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given)
    wanted, name = check.text(given, "LayoutId"), check.text(given, "Name")
    with runtime.store.reading() as state:
        rows = [
            _row(layout)
            for layout in state["layouts"].values()
            if layout["AppId"] == given["AppId"]
            and wanted in ("", str(layout["LayoutId"]))
            and (not name or name in layout["Name"])
        ]
    return paged(given, rows)


def describe_system(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    with runtime.store.reading() as state:
        rows = [
            _row({"LayoutId": n, "Name": name, "AudioMixCount": 6, "Panes": check.panes_of(state, "", n)})
            for n, (name, _) in SYSTEM_LAYOUTS.items()
        ]
    return paged(given, rows)


def _row(layout: JsonObject) -> JsonObject:
    return {
        "LayoutId": layout["LayoutId"],
        "Name": layout["Name"],
        "AudioMixCount": layout["AudioMixCount"],
        "Panes": {"Panes": [dict(pane) for pane in layout["Panes"]]},
    }


def paged(given: JsonObject, rows: list[JsonObject]) -> JsonObject:
    number, size = check.page(given)
    return {
        "TotalNum": len(rows),
        "TotalPage": math.ceil(len(rows) / size),
        "Layouts": {"Layout": rows[(number - 1) * size : number * size]},
    }
