"""What the account and its rooms hold: apps and the users of a channel."""

from __future__ import annotations

import math

from apps.core.types import JsonObject
from apps.sandbox.aliyun.rtc2 import validation as check
from apps.sandbox.engine import people
from apps.sandbox.engine.accounts import ALIYUN, DEMO_APPS
from apps.sandbox.engine.ports import Runtime


def describe_apps(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    wanted = check.text(given, "AppId")
    number, size = check.page(given)
    with runtime.store.reading() as state:
        used = {task["app_id"] for task in state["tasks"].values() if task["vendor"] == ALIYUN}
    apps = [
        {
            "AppId": app_id,
            "AppName": "sandbox",
            "AppType": "universal",
            "BillType": "duration",
            "CreateTime": "2024-05-01T02:00:00Z",
            "ServiceAreas": {"ServiceArea": ["CHINA_MAINLAND"]},
            "Status": 1,
            "Version": "2.0",
        }
        for app_id in dict.fromkeys((*DEMO_APPS[ALIYUN], *sorted(used)))
        if wanted in ("", app_id)
    ]
    return {
        "TotalNum": len(apps),
        "TotalPage": math.ceil(len(apps) / size),
        "AppList": {"App": apps[(number - 1) * size : number * size]},
    }


def describe_users(runtime: Runtime, given: JsonObject, base: str) -> JsonObject:
    check.ids(given, "ChannelId")
    with runtime.store.reading() as state:
        here = people.in_room(state, ALIYUN, given["AppId"], given["ChannelId"])
    names = [task["user_id"] for task in here]
    return {
        "IsChannelExist": bool(names),
        "ChannelProfile": 0,
        "CommTotalNum": len(names),
        "UserList": names,
        "InteractiveUserList": [],
        "InteractiveUserNum": 0,
        "LiveUserList": [],
        "LiveUserNum": 0,
        "Timestamp": int(runtime.clock.now()),
    }
