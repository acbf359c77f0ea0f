"""Control endpoints (JSON): people, faults, time, callbacks, tasks. For those who run or rehearse with the sandbox.

Every POST takes a JSON object and answers what it did; a wrong one gets 400 with `problems`, as the API does.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from apps.core.errors import Invalid, Problem
from apps.core.types import JsonObject
from apps.sandbox.engine import accounts, config, faults, people, runtime
from apps.sandbox.engine.clock import iso
from apps.sandbox.engine.emulators import vendors
from apps.sandbox.engine.tasks import media_url


def _guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not config.control_open():
            return JsonResponse({"detail": "The control endpoints are closed (SANDBOX_CONTROL_OPEN)."}, status=403)
        # JSON only: a form on a stranger's page can send no JSON without asking first
        if request.method == "POST" and request.content_type != "application/json":
            return JsonResponse({"detail": "Send application/json."}, status=415)
        try:
            return view(request, *args, **kwargs)
        except Invalid as error:
            problems = [problem.as_json() for problem in error.problems]
            return JsonResponse({"detail": error.detail, "problems": problems}, status=400)

    return csrf_exempt(inner)


def _wrong(pointer: str, message: str, code: str = "invalid") -> Invalid:
    return Invalid("The request is wrong.", problems=[Problem(pointer, code, message)])


def _body(request: HttpRequest) -> JsonObject:
    try:
        body = json.loads(request.body or b"{}")
    except ValueError:
        raise _wrong("", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise _wrong("", "The body is not an object.")
    return body


def _text(body: JsonObject, name: str, default: str | None = None) -> str:
    value = body.get(name, default)
    if not isinstance(value, str) or (default is None and not value):
        raise _wrong(f"/{name}", "A text is needed.")
    return value


def _number(body: JsonObject, name: str, low: float, default: float | None = None) -> float:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= 10**9:
        raise _wrong(f"/{name}", f"A number of at least {low:g} is needed.")
    return value


def _vendor(body: JsonObject, *others: str) -> str:
    vendor = _text(body, "vendor")
    known = (*others, *vendors())
    if vendor not in known:
        raise _wrong("/vendor", f"One of {', '.join(known)}.", "unknown")
    return vendor


@_guarded
@require_http_methods(["GET", "POST"])
def people_view(request: HttpRequest) -> HttpResponse:
    """POST {vendor, app_id, room, users: [{user_id, name, publishing | camera, screen, audio}]}: just these."""
    running = runtime.current()
    if request.method == "GET":
        with running.store.reading() as state:
            return JsonResponse({"results": [{"room": key, **room} for key, room in state["rooms"].items()]})
    body = _body(request)
    vendor, app_id, room = _vendor(body), _text(body, "app_id"), _text(body, "room")
    users = body.get("users")
    if not isinstance(users, list):
        raise _wrong("/users", "A list is needed.")
    for index, user in enumerate(users):
        if not isinstance(user, dict) or not isinstance(user.get("user_id"), str | int):
            raise _wrong(f"/users/{index}/user_id", "A user id is needed.")
    with running.store.changing() as state:
        present = people.arrange(state, vendor, app_id, room, users, running.clock.now())
    return JsonResponse({"room": people.room_key(vendor, app_id, room), "people": present})


@_guarded
@require_http_methods(["GET", "POST"])
def faults_view(request: HttpRequest) -> HttpResponse:
    """POST {vendor | "*", operation | "*", kind, times, code?, http_status?, message?, seconds?}."""
    running = runtime.current()
    if request.method == "POST":
        body = _body(request)
        kind = _text(body, "kind")
        if kind not in faults.KINDS:
            raise _wrong("/kind", f"One of {', '.join(faults.KINDS)}.", "unknown")
        fault: JsonObject = {
            "vendor": _vendor(body, "*"),
            "operation": _text(body, "operation", "*"),
            "kind": kind,
            "times": int(_number(body, "times", 1, 1)),
            "code": _text(body, "code", ""),
            "message": _text(body, "message", ""),
            "http_status": int(_number(body, "http_status", 0, 0)),
            "seconds": _number(body, "seconds", 0, 0),
        }
        with running.store.changing() as state:
            faults.add(state, fault)
    with running.store.reading() as state:
        return JsonResponse({"results": [dict(fault) for fault in state["faults"]]})


@_guarded
@require_http_methods(["POST"])
def advance_view(request: HttpRequest) -> HttpResponse:
    """POST {seconds}: the clock moves on, and everything that was due by then happens."""
    now = runtime.current().advance(_number(_body(request), "seconds", 0))
    return JsonResponse({"now": iso(now)})


@_guarded
@require_http_methods(["POST"])
def reset_view(request: HttpRequest) -> HttpResponse:
    runtime.current().reset()
    return JsonResponse({"reset": True})


@_guarded
@require_http_methods(["GET", "POST"])
def callbacks_view(request: HttpRequest) -> HttpResponse:
    """POST {vendor, app_id, url, secret?, events?}: where an app's callbacks go (the vendor's console).

    GET: what waits and what went out.
    """
    running = runtime.current()
    if request.method == "POST":
        body = _body(request)
        vendor, app_id, url = _vendor(body), _text(body, "app_id"), _text(body, "url", "")
        if url and urlsplit(url).scheme not in ("http", "https"):
            raise _wrong("/url", "An http(s) URL is needed.")
        events = body.get("events") or []
        if not isinstance(events, list):
            raise _wrong("/events", "A list is needed.")
        with running.store.changing() as state:
            secret = _text(body, "secret", accounts.DEMO_CALLBACK_SECRET)
            state["callbacks"][f"{vendor}/{app_id}"] = {"url": url, "secret": secret, "events": events}
    with running.store.reading() as state:
        return JsonResponse(
            {
                "configured": {name: {"url": callback["url"]} for name, callback in state["callbacks"].items()},
                "waiting": [dict(delivery) for delivery in state["outbox"]],
                "attempts": [dict(delivery) for delivery in state["delivered"]],
            }
        )


def tasks(base: str) -> list[JsonObject]:
    """Every task the sandbox knows, newest first, with the URLs of its media."""
    running = runtime.current()
    with running.store.reading() as state:
        known = sorted(state["tasks"].values(), key=lambda delivery: -delivery["created_at"])
        return [
            {
                "vendor": name["vendor"],
                "app_id": name["app_id"],
                "task_id": name["task_id"],
                "room": name["room"],
                "kind": name["kind"],
                "state": name["phase"],
                "created_at": iso(name["created_at"]),
                "ended_at": iso(name["ended_at"]) if name["ended_at"] else None,
                "picture_url": f"{media_url(name, base)}/latest.jpg",
                "hls_url": f"{media_url(name, base)}/hls/index.m3u8",
            }
            for name in known
        ]


@require_GET
def tasks_view(request: HttpRequest) -> HttpResponse:
    """It names rooms, so the guard of the changes holds for it too."""
    return JsonResponse({"results": tasks(config.public_url(request.build_absolute_uri("/")))})


urlpatterns = [
    path("people/", people_view),
    path("faults/", faults_view),
    path("clock/advance/", advance_view),
    path("reset/", reset_view),
    path("callbacks/", callbacks_view),
    path("tasks/", _guarded(tasks_view)),
]
