"""The endpoint `/sandbox/aliyun/rtc/`, RPC style; the operation is a parameter (V1) or a header (ACS3)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from apps.sandbox.aliyun.rtc2 import events, handlers, layouts
from apps.sandbox.aliyun.rtc2.mpu import handlers as mpu
from apps.sandbox.aliyun.rtc2.mpu import scene as mpu_scene
from apps.sandbox.aliyun.rtc2.mpu import states as mpu_states
from apps.sandbox.aliyun.rtc2.record import handlers as record
from apps.sandbox.aliyun.rtc2.record import scene, states, templates
from apps.sandbox.aliyun.wire.replies import HOST
from apps.sandbox.aliyun.wire.rpc_dispatch import Api, Operation, serve
from apps.sandbox.engine import emulators
from apps.sandbox.engine.accounts import ALIYUN

VERSION = "2018-01-11"
OPERATIONS: dict[str, Operation] = {
    "CreateMPULayout": (10, 1, layouts.create),
    "ModifyMPULayout": (10, 1, layouts.modify),
    "DeleteMPULayout": (10, 1, layouts.delete),
    "DescribeMPULayoutInfoList": (10, 1, layouts.describe),
    "DescribeSystemLayoutList": (10, 1, layouts.describe_system),
    "StartMPUTask": (500, 1, mpu.start),
    "UpdateMPUTask": (4000, 60, mpu.update),
    "GetMPUTaskStatus": (4000, 60, mpu.get_status),
    "StopMPUTask": (500, 1, mpu.stop),
    "AddRecordTemplate": (100, 1, templates.add),
    "UpdateRecordTemplate": (100, 1, templates.update),
    "DeleteRecordTemplate": (10, 1, templates.delete),
    "DescribeRecordTemplates": (100, 1, templates.describe),
    "StartRecordTask": (500, 1, record.start_record),
    "UpdateRecordTask": (100, 1, record.update_record),
    "StopRecordTask": (4000, 60, record.stop_record),
    "DescribeRecordFiles": (10, 1, record.describe_files),
    "CreateEventSubscribe": (1000, 60, events.create),
    "DeleteEventSubscribe": (1000, 60, events.delete),
    "DescribeApps": (1000, 60, handlers.describe_apps),
    "DescribeChannelUsers": (100, 1, handlers.describe_users),
}

RTC = Api("rtc", VERSION, HOST, OPERATIONS, fail_later=frozenset({"StartMPUTask"}))

emulators.register(ALIYUN, emulators.Emulator(states.walk, scene.scene, states.finished, states.part_finished))
emulators.register(
    ALIYUN,
    emulators.Emulator(walk=mpu_states.walk, scene=mpu_scene.scene, finished=mpu_states.finished),
    mpu_states.SERVICE,
)


@csrf_exempt
def endpoint(request: HttpRequest) -> HttpResponse:
    return serve(RTC, request)


urlpatterns = [path("", endpoint, name="sandbox-aliyun-rtc")]
