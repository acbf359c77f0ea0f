"""The door: `/sandbox/agora/v1/projects/<app id>/rtsc/cloud-transcoder/…`."""

from __future__ import annotations

import re
import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from apps.sandbox.agora import callbacks, handlers, scene, states, validation
from apps.sandbox.agora.replies import Rejected, failure, success
from apps.sandbox.agora.signature import caller
from apps.sandbox.engine import config, emulators, faults, runtime
from apps.sandbox.engine.accounts import AGORA
from apps.sandbox.engine.ports import Runtime

PER_SECOND = 10  # calls of an account, whatever they are
PROJECT = re.compile(r"v1/projects/([^/]+)/rtsc/cloud-transcoder/(builderTokens|tasks)(?:/([^/]+))?")
OPERATIONS = {
    ("POST", "builderTokens", False): "Acquire",
    ("POST", "tasks", False): "Create",
    ("GET", "tasks", True): "Query",
    ("PATCH", "tasks", True): "Update",
    ("DELETE", "tasks", True): "Delete",
}
ADDRESSES = ("v1/ncs/ip", "v2/ncs/ip")
NOTIFIES_FROM = "127.0.0.1"

emulators.register(
    AGORA,
    emulators.Emulator(walk=states.walk, scene=scene.scene, finished=states.finished, sent_again=callbacks.sent_again),
)


@csrf_exempt
def endpoint(request: HttpRequest, where: str) -> HttpResponse:
    try:
        customer = caller(request.headers.get("Authorization", ""))
        running = runtime.current()
        if not running.quotas.allow(f"{AGORA}/{customer}", "*", PER_SECOND):
            raise Rejected(429)
        if where in ADDRESSES and request.method == "GET":
            return success({"data": {"service": {"hosts": [{"primaryIP": NOTIFIES_FROM}]}}})
        found = PROJECT.fullmatch(where)
        if found is None:
            raise Rejected(404, "no Route matched with those values")
        app_id, kind, run_id = found.groups()
        operation = OPERATIONS.get((request.method or "", kind, run_id is not None))
        if operation is None:
            raise Rejected(501)
        validation.known_app(app_id)
        return _run(running, operation, app_id, run_id or "", request)
    except Rejected as error:
        return failure(error)


def _run(running: Runtime, operation: str, app_id: str, run_id: str, request: HttpRequest) -> HttpResponse:
    with running.store.changing() as state:
        fault = faults.take(state, AGORA, operation, faults.CALL_KINDS) or {"kind": ""}
    match fault["kind"]:
        case "throttle":
            raise Rejected(429)
        case "error":
            raise Rejected(int(fault.get("http_status") or 500), fault.get("message", ""))
        case "http_5xx":
            raise Rejected(int(fault.get("http_status") or 503), fault.get("message", ""))
    given = request.GET.dict()
    token = given.get("builderToken", "")
    body: Any
    status = 200
    match operation:
        case "Acquire":
            body = handlers.acquire(running, app_id, request.body)
        case "Create":
            fails = fault["kind"] == "start_fails"
            body, status = handlers.create(running, app_id, token, request.body, fails=fails)
        case "Query":
            body = handlers.query(running, app_id, run_id, token)
        case "Update":
            handlers.update(running, app_id, run_id, given, request.body)
            body = None
        case _:
            body = handlers.delete(running, app_id, run_id, token)
    if fault["kind"] == "timeout_after_accept":
        time.sleep(float(fault.get("seconds") or config.hang_seconds()))
        raise Rejected(504)
    return success(body, status)


urlpatterns = [path("<path:where>", endpoint, name="sandbox-agora")]
