"""Dispatches the calls of an RPC-style API: the operation is a parameter (V1) or a header (ACS3). Each API has its own operations."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse

from apps.sandbox.aliyun.wire.replies import Rejected, answer, failure
from apps.sandbox.aliyun.wire.signature import Asked, Caller, verify
from apps.sandbox.aliyun.wire.values import unflatten
from apps.sandbox.engine import config, faults, runtime
from apps.sandbox.engine.accounts import ALIYUN

Operation = tuple[int, float, Callable[..., dict[str, Any]]]  # calls, per seconds, what it does


@dataclass(frozen=True, slots=True)
class Api:
    """`name` keeps its quotas apart: two APIs may have an operation of the same name.

    `fail_later` are operations that accept a call whose task then fails by itself (fault `start_fails`): they take
    `fails`, the fault's code.
    """

    name: str
    version: str
    host: str
    operations: Mapping[str, Operation]
    fail_later: frozenset[str] = frozenset()


def serve(api: Api, request: HttpRequest) -> HttpResponse:
    query = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    is_form = request.content_type == "application/x-www-form-urlencoded"
    raw = request.body
    form = parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True) if is_form else []
    headers = {name.lower(): value for name, value in request.headers.items()}
    asked = Asked(request.method or "", request.path, query, form, headers, raw)
    acs3 = "x-acs-action" in headers or "authorization" in headers
    as_xml = not acs3 and dict([*query, *form]).get("Format", "XML").upper() != "JSON"
    try:
        running = runtime.current()
        caller = verify(asked, time.time(), running.nonces)
        if caller.version != api.version:
            raise Rejected("InvalidVersion")
        if caller.action not in api.operations:
            raise Rejected("InvalidAction.NotFound")
        base = config.public_url(request.build_absolute_uri("/"))
        body = _run(api, running, caller, base)
        return body if isinstance(body, HttpResponse) else answer(body, as_xml=as_xml, root=f"{caller.action}Response")
    except Rejected as error:
        reply = failure(error, as_xml=as_xml, host=api.host)
        if error.code.startswith("Throttling"):
            reply["x-acs-retry-after"] = "1000"  # milliseconds
        return reply


def _run(api: Api, running: runtime.Runtime, caller: Caller, base: str) -> dict[str, Any] | HttpResponse:
    limit, window, operation = api.operations[caller.action]
    if not running.quotas.allow(f"{ALIYUN}/{api.name}/{caller.key_id}", caller.action, limit, window):
        raise Rejected("Throttling.User")
    with running.store.changing() as state:
        fault = faults.take(state, ALIYUN, caller.action, faults.CALL_KINDS) or {"kind": ""}
    later = fault["kind"] == "start_fails" and caller.action in api.fail_later
    match fault["kind"]:
        case "throttle":
            raise Rejected("Throttling.User")
        case "error" | "start_fails" if not later:
            raise Rejected(
                fault.get("code") or "InternalError", fault.get("message", ""), http_status=fault.get("http_status", 0)
            )
        case "http_5xx":
            return HttpResponse("<html><h1>502 Bad Gateway</h1></html>", status=fault.get("http_status") or 502)
    more = {"fails": str(fault.get("code", ""))} if later else {}
    body = operation(running, unflatten(caller.params), base, **more)
    if fault["kind"] == "timeout_after_accept":
        time.sleep(float(fault.get("seconds") or config.hang_seconds()))
        raise Rejected("ServiceUnavailable")
    return body
