"""Small words the Aliyun cases are written in."""

from __future__ import annotations

import json
from typing import Any

from apps.vendors.plan import Finding, Plan, PlannedRequest
from apps.vendors.types import Reply


def found(plan: Plan, object_id: str | None = None) -> dict[str, Finding]:
    """The findings about one object (None: the canvas and the task), by code."""
    return {finding.code: finding for finding in plan.findings if finding.object_id == object_id}


def reply(status: int, body: Any = None, content: bytes = b"", **headers: str) -> Reply:
    content = content or (json.dumps(body).encode() if body is not None else b"")
    named = {name.replace("_", "-"): header for name, header in headers.items()}
    return Reply(status=status, headers=named, content=content, json=body)


def asked(name: str, **query: str) -> PlannedRequest:
    return PlannedRequest(name, "POST", "https://rtc.aliyuncs.com/", query, starts=name == "StartRecordTask")
