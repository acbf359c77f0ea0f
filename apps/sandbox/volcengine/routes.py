"""The door: `/sandbox/volcengine/?Action=…&Version=…`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from apps.sandbox.engine import config, emulators, faults, runtime
from apps.sandbox.engine.accounts import VOLCENGINE
from apps.sandbox.engine.ports import Runtime
from apps.sandbox.volcengine import handlers, scene, states
from apps.sandbox.volcengine.replies import Rejected, failure, metadata, success
from apps.sandbox.volcengine.signature import Asked, verify

PUSH_VERSIONS = ("2020-12-01", "2023-06-01", "2023-11-01")
ROOM_VERSIONS = ("2020-12-01", "2023-08-01", "2023-11-01")


@dataclass(frozen=True, slots=True)
class Operation:
    methods: tuple[str, ...]
    versions: tuple[str, ...]
    per_second: int
    run: Callable[..., Any]


OPERATIONS: dict[str, Operation] = {
    "StartPushMixedStreamToCDN": Operation(("POST",), PUSH_VERSIONS, 150, handlers.start),
    "UpdatePushMixedStreamToCDN": Operation(("POST",), PUSH_VERSIONS, 150, handlers.update),
    "StopPushStreamToCDN": Operation(("POST",), PUSH_VERSIONS, 150, handlers.stop),
    "GetPushMixedStreamToCDNTask": Operation(("GET",), PUSH_VERSIONS, 60, handlers.get),
    "ListApps": Operation(("GET", "POST"), ROOM_VERSIONS, 20, handlers.list_apps),
    "GetRoomOnlineUsers": Operation(("GET",), ROOM_VERSIONS, 20, handlers.room_online_users),
}

emulators.register(VOLCENGINE, emulators.Emulator(walk=states.walk, scene=scene.scene, finished=states.finished))


@csrf_exempt
def endpoint(request: HttpRequest) -> HttpResponse:
    query = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    given = dict(query)
    action, version = given.get("Action", ""), given.get("Version", "")
    meta = metadata(action, version, "")
    headers = {name.lower(): value for name, value in request.headers.items()}
    asked = Asked(request.method or "", request.path, query, headers, request.body)
    try:
        if not action or not version:
            raise Rejected("MissingParameter", "Action and Version are required.")
        key_id, meta["Region"] = verify(asked, time.time())
        operation = OPERATIONS.get(action)
        if operation is None or version not in operation.versions:
            raise Rejected("InvalidActionOrVersion")
        if asked.method not in operation.methods:
            raise Rejected("MethodNotAllowed")
        running = runtime.current()
        if not running.quotas.allow(f"{VOLCENGINE}/{key_id}", action, operation.per_second):
            raise Rejected("FlowLimitExceeded.QPSOverLimit", "the QPS limit of this operation is exceeded")
        return _run(running, operation, action, asked, given, meta)
    except Rejected as error:
        return failure(meta, error)


def _run(
    running: Runtime, operation: Operation, action: str, asked: Asked, given: dict[str, str], meta: dict[str, Any]
) -> HttpResponse:
    version = given["Version"]
    with running.store.changing() as state:
        fault = faults.take(state, VOLCENGINE, action, faults.CALL_KINDS) or {"kind": ""}
    match fault["kind"]:
        case "throttle":
            raise Rejected("FlowLimitExceeded")
        case "error":
            raise Rejected(
                fault.get("code") or "InternalError", fault.get("message", ""), http_status=fault.get("http_status", 0)
            )
        case "http_5xx":
            return HttpResponse("<html><h1>502 Bad Gateway</h1></html>", status=fault.get("http_status") or 502)
    if operation.run is handlers.start:
        result = handlers.start(running, asked.body, version, fails=fault["kind"] == "start_fails")
    else:
        result = operation.run(running, asked.body if asked.method == "POST" else given, version)
    if fault["kind"] == "timeout_after_accept":
        time.sleep(float(fault.get("seconds") or config.hang_seconds()))
        raise Rejected("InternalServiceTimeout")
    return success(meta, result)


urlpatterns = [path("", endpoint, name="sandbox-volcengine")]
