"""One handler turns every error into HTTP: {"detail", "problems": [{"pointer", "code", "message"}]}."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from apps.core import errors, json_pointer
from apps.core.errors import Problem
from apps.core.parsers import BodyTooLarge
from apps.core.translate import translate, translate_problem

# The first row an error is an instance of decides.
STATUS: tuple[tuple[type[errors.QuadboxError], int], ...] = (
    (errors.Invalid, 400),
    (errors.Conflict, 409),
    (errors.UnsupportedByVendor, 422),
    (errors.Refused, 409),
    (errors.VendorBusy, 503),
    (errors.VendorUnreachable, 504),
    (errors.VendorError, 502),
)


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None for what we did not expect: Django answers 500 and logs it."""
    if isinstance(error, errors.QuadboxError):
        set_rollback()
        return domain_error_response(error)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        error = BodyTooLarge()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    headers: dict[str, str] = {}
    if scheme := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = scheme
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    if isinstance(error, exceptions.ValidationError):
        listed = problems(error.get_full_details())
        detail = _("The request is not valid.") if any(problem.pointer for problem in listed) else listed[0].message
        return Response(body(detail, listed), status=error.status_code, headers=headers)
    return Response(body(str(error.detail), []), status=error.status_code, headers=headers)


def domain_error_response(error: errors.QuadboxError) -> Response:
    content = body(translate(error.detail), [translate_problem(problem) for problem in error.problems])
    if isinstance(error, errors.Stale):
        return Response({**content, "version": error.current}, status=412)
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
    headers = {}
    if isinstance(error, errors.VendorError):
        content["vendor_code"] = error.vendor_code
        content["vendor_request_id"] = error.vendor_request_id
        if error.retry_after:
            headers["Retry-After"] = str(max(1, round(error.retry_after)))
    return Response(content, status=status, headers=headers)


def body(detail: str, listed: list[Problem]) -> dict[str, Any]:
    return {"detail": detail, "problems": [problem.as_json() for problem in listed]}


def problems(details: Any, pointer: str = "") -> list[Problem]:
    """DRF's nested {"field": [{"message", "code"}]} as problems with JSON pointers (RFC 6901)."""
    if isinstance(details, dict) and set(details) == {"message", "code"} and isinstance(details["message"], str):
        return [Problem(pointer, str(details["code"]), str(details["message"]))]
    if isinstance(details, dict):
        return [
            problem
            for name, inner in details.items()
            for problem in problems(inner, pointer if name == "non_field_errors" else json_pointer.join(pointer, name))
        ]
    if isinstance(details, list):
        listed = []
        for index, inner in enumerate(details):
            # A list of errors belongs to the field; a list of dicts of fields, to the rows of a list.
            is_leaf = isinstance(inner, dict) and set(inner) == {"message", "code"}
            listed += problems(inner, pointer if is_leaf else f"{pointer}/{index}")
        return listed
    return [Problem(pointer, "invalid", str(details))]


@csrf_exempt  # a POST to nowhere is told so, whoever sent it
def not_found(request: HttpRequest) -> JsonResponse:
    return JsonResponse(body(_("There is nothing at this address."), []), status=404)
