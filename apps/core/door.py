"""How a page asks what the REST API answers: the same viewset, the same rules, without a second round trip.

A form of a page thereby checks, permits and refuses exactly as `/api/v1/` does.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from rest_framework.response import Response


def ask(
    request: HttpRequest, viewset: Any, method: str, action: str, data: Mapping[str, Any] | None = None, **kwargs: Any
) -> Response:
    """Calls `action` of the viewset as the person of this page. CSRF was checked when the page's form came in."""
    body = json.dumps(data or {}).encode()
    asked = HttpRequest()
    asked.method = method.upper()
    asked.path = asked.path_info = request.path
    asked.GET = QueryDict("")
    asked.META = {
        **{
            name: value
            for name, value in request.META.items()
            if not name.startswith(("CONTENT_", "HTTP_HX", "HTTP_ACCEPT"))
        },
        "REQUEST_METHOD": asked.method,
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
    }
    asked._stream = io.BytesIO(body)  # type: ignore[attr-defined]
    asked._read_started = False  # type: ignore[attr-defined]
    for name in ("user", "session", "team", "membership", "resolver_match"):
        setattr(asked, name, getattr(request, name, None))
    asked._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    response: Response = viewset.as_view({method.lower(): action})(asked, **kwargs)
    return response


def act(
    request: HttpRequest, viewset: Any, method: str, action: str, data: Mapping[str, Any] | None = None, **kwargs: Any
) -> Response:
    """`ask` about the row that the page's own address names: where there is no such row, there is no such page."""
    response = ask(request, viewset, method, action, data, **kwargs)
    if response.status_code == 404:
        raise Http404
    if response.status_code == 403:
        raise PermissionDenied
    return response


def is_ok(response: Response) -> bool:
    return bool(200 <= response.status_code < 300)


def problems_of(response: Response) -> dict[str, Any]:
    """`detail` and `problems` of a refusal, for components/problems.html."""
    data = response.data if isinstance(response.data, dict) else {}
    return {"detail": data.get("detail", ""), "problems": data.get("problems", [])}


def complain(request: HttpRequest, response: Response) -> None:
    """Says a refusal on the next page, all of it in one message. Says nothing of an answer that is no refusal."""
    if not is_ok(response):
        said = problems_of(response)
        messages.error(request, " ".join([said["detail"], *(problem["message"] for problem in said["problems"])]))
