"""What drf-spectacular cannot read from the code: the refusals that every operation may answer, in the one form.

Shapes are those of `http_errors`. A hook of SPECTACULAR_SETTINGS["POSTPROCESSING_HOOKS"].
"""

from __future__ import annotations

from typing import Any

from apps.core.types import JsonObject

METHODS = ("get", "post", "patch", "delete", "put")
CHANGES = ("post", "patch", "delete", "put")
PROBLEM: JsonObject = {
    "type": "object",
    "description": "One thing that is wrong with the input.",
    "required": ["pointer", "code", "message"],
    "properties": {
        "pointer": {"type": "string", "description": "JSON pointer (RFC 6901) to it; empty: the whole request."},
        "code": {"type": "string", "description": "For programs; stays the same in every language."},
        "message": {"type": "string", "description": "For people, in the language of the request."},
    },
    "example": {"pointer": "/objects/3/width", "code": "too_small", "message": "This must be at least 1."},
}
REFUSAL: JsonObject = {
    "type": "object",
    "description": "Why the request was refused. Nothing was changed.",
    "required": ["detail", "problems"],
    "properties": {
        "detail": {"type": "string"},
        "problems": {"type": "array", "items": {"$ref": "#/components/schemas/Problem"}},
        "version": {"type": "integer", "description": "With 412: the version there is now."},
        "vendor_code": {"type": "string", "description": "With 502 to 504: the vendor's own code."},
        "vendor_request_id": {"type": "string", "description": "With 502 to 504: what the vendor's support asks for."},
    },
    "example": {
        "detail": "The request is not valid.",
        "problems": [{"pointer": "/name", "code": "required", "message": "This field is required."}],
    },
}
MEANINGS = {
    "400": "The input is wrong; each problem names its place.",
    "401": "No valid token or session came along.",
    "403": "Your role does not allow this.",
    "404": "There is no such row in your team.",
    "406": "Only the media type of the documented answer is offered.",
    "409": "This cannot be done now; `detail` says why.",
    "412": "Somebody saved since: `version` is the current one.",
    "413": "The body is larger than this address takes.",
    "415": "This media type is not read here.",
}


def describe_refusals(result: JsonObject, generator: Any, request: Any, public: bool) -> JsonObject:
    """Adds the refusals that an operation can answer, and their schema."""
    result.setdefault("components", {}).setdefault("schemas", {}).update({"Problem": PROBLEM, "Refusal": REFUSAL})
    for path, operations in result["paths"].items():
        for method in METHODS:
            if operation := operations.get(method):
                for status in refusals(path, method, operation):
                    operation["responses"].setdefault(status, refusal(status))
    return result


def refusals(path: str, method: str, operation: JsonObject) -> list[str]:
    places = {parameter["in"] for parameter in operation.get("parameters", ())}
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
    statuses = ["401", "403", "406"]
    if "requestBody" in operation:
        statuses += ["400", "413", "415"]
    if "query" in places:
        statuses.append("400")
    if "path" in places or "cursor" in names:
        statuses.append("404")
    if method in CHANGES:
        statuses.append("409")
    if method == "patch" and "version" in str(operation.get("requestBody", "")):
        statuses.append("412")
    return sorted(set(statuses))


def refusal(status: str) -> JsonObject:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    return {"description": MEANINGS[status], "content": content}
