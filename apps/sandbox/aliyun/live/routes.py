"""The endpoint `/sandbox/aliyun/live/`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from apps.sandbox.aliyun.live import events, handlers, scene, states
from apps.sandbox.aliyun.wire.rpc_dispatch import Api, Operation, serve
from apps.sandbox.engine import emulators
from apps.sandbox.engine.accounts import ALIYUN

OPERATIONS: dict[str, Operation] = {
    "StartLiveMPUTask": (500, 1, handlers.start),
    "UpdateLiveMPUTask": (500, 1, handlers.update),
    "StopLiveMPUTask": (500, 1, handlers.stop),
    "GetMPUTaskStatus": (10, 1, handlers.status),
    "ListRtcMPUTaskDetail": (50, 1, handlers.detail),
    "SetLiveMpuTaskSei": (50, 1, handlers.set_sei),  # no limit is published
    "ListRTCLiveRooms": (50, 1, handlers.rooms),  # no limit is published
    "CreateRtcMPUEventSub": (50, 1, events.create),
    "DescribeRtcMPUEventSub": (50, 1, events.describe),
    "UpdateRtcMPUEventSub": (50, 1, events.update),
    "DeleteRtcMPUEventSub": (50, 1, events.delete),
    "ListRtcMPUEventSubRecord": (50, 1, events.records),
}
LIVE = Api("live", "2016-11-01", "live.aliyuncs.com", OPERATIONS)

emulators.register(
    ALIYUN, emulators.Emulator(walk=states.walk, scene=scene.scene, finished=states.finished), service=handlers.SERVICE
)


@csrf_exempt
def endpoint(request: HttpRequest) -> HttpResponse:
    return serve(LIVE, request)


urlpatterns = [path("", endpoint, name="sandbox-aliyun-live")]
