"""Samples for what is not entered yet in the start form, and which errors mean no more than that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from apps.core.types import JsonObject
from apps.layout_document.parse import parse
from apps.tasks.inputs import PlanRequest
from apps.tasks.pages.start_values import StartValues
from apps.vendors.registry import adapter
from apps.vendors.sample import sample_output

MISSING = "missing"  # a level of findings beside those of a plan


def has_no_bindings(document: Any, bindings: Mapping[str, Any]) -> bool:
    """Whether the layout has slots and none of them has a person."""
    slots = {region.source.slot for region in parse(document).regions}
    return bool(slots) and not slots & set(bindings)


def with_samples(request: PlanRequest, values: StartValues, *, people: bool) -> PlanRequest:
    """The request with samples where nothing was entered: the output, and `people`."""
    sample, output = sample_output(adapter(request.product)), request.output
    if "rtc" in output:
        entered = {name: output["rtc"][name] for name in ("channel", "uid") if getattr(values, f"rtc_{name}")}
        output = {"rtc": sample["rtc"] | entered}
    elif output.get("push_urls") == []:
        output = sample
    return replace(request, output=output, bindings=None if people else request.bindings)


def downgrade_missing(findings: Iterable[JsonObject], sample_findings: Iterable[JsonObject]) -> list[JsonObject]:
    """The findings, where an error that samples remove is something still missing."""
    remaining = {key(finding) for finding in sample_findings}
    return [
        {**finding, "level": MISSING} if finding["level"] == "error" and key(finding) not in remaining else finding
        for finding in findings
    ]


def key(finding: JsonObject) -> tuple[Any, ...]:
    return finding["code"], finding["object_id"], finding["field"]


def missing(message: str) -> JsonObject:
    """A finding about the form itself."""
    return {"level": MISSING, "code": "missing", "object_id": None, "field": "", "message": message}


def shows_people(document: JsonObject | None) -> bool:
    return any(item["kind"] == "region" for item in (document or {}).get("objects", []))
