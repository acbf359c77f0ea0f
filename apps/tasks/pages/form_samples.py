"""What is not typed yet in the start form: samples in its place, and which errors are no more than that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from apps.core.types import JsonObject
from apps.layout_document.parse import parse
from apps.vendors.adapter import VendorAdapter
from apps.vendors.sample import sample_output

MISSING = "missing"  # a level of findings beside those of a plan


def nobody_sits(document: Any, bindings: Mapping[str, Any]) -> bool:
    """Whether there are seats in the layout, and none of them is taken."""
    slots = {region.source.slot for region in parse(document).regions}
    return bool(slots) and not slots & set(bindings)


def with_samples(data: JsonObject, filled: Mapping[str, Any], product: VendorAdapter, *, people: bool) -> JsonObject:
    """What the export view is asked, with samples where nothing was typed: the way out, and `people`."""
    made = {name: value for name, value in data.items() if name != "bindings" or not people}
    sample, output = sample_output(product), data["output"]
    if "rtc" in output:
        typed = {name: output["rtc"][name] for name in ("channel", "uid") if filled[f"rtc_{name}"]}
        made["output"] = {"rtc": sample["rtc"] | typed}
    elif output.get("push_urls") == []:
        made["output"] = sample
    return made


def without_blame(said: Iterable[JsonObject], of_samples: Iterable[JsonObject]) -> list[JsonObject]:
    """The findings, where an error that the samples cure is something still missing."""
    stays = {key(sample) for sample in of_samples}
    return [{**one, "level": MISSING} if one["level"] == "error" and key(one) not in stays else one for one in said]


def key(finding: JsonObject) -> tuple[Any, ...]:
    return finding["code"], finding["object_id"], finding["field"]


def missing(message: str) -> JsonObject:
    """A finding about the form itself."""
    return {"level": MISSING, "code": "missing", "object_id": None, "field": "", "message": message}


def shows_people(document: JsonObject | None) -> bool:
    return any(item["kind"] == "region" for item in (document or {}).get("objects", []))
