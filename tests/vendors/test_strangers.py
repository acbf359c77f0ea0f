"""What no import knows is named, wherever in a vendor's documented request it stands."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from apps.core.errors import Invalid
from apps.vendors import registry
from tests.vendors.documented import sample, samples

NAME, VALUE = "QuadboxStranger", "7"


def payloads(vendor: str, pattern: str) -> Iterator[tuple[str, Any]]:
    """The content of every documented request: a JSON body, or parameters."""
    for name in samples(vendor, pattern):
        found = sample(vendor, name).get("request") or {}
        if content := found.get("body") or found.get("parameters"):
            yield name, content


def read_by() -> Iterator[tuple[str, str, Any]]:
    """(product, sample, payload) of what can be imported."""
    documented = [*payloads("agora", "transcoder-*.json"), *payloads("volcengine", "*push_mixed*.json"),
                  *payloads("aliyun", "*.json")]  # fmt: skip
    for name, payload in documented:
        for slug in registry.products():
            if registry.adapter(slug).knows_payload(payload):
                try:
                    registry.adapter(slug).read_payload(payload)
                except Invalid:  # sound alone, say: refused as a whole
                    continue
                yield slug, name, payload


def objects(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Every object in a JSON value, with its pointer."""
    if isinstance(value, dict):
        yield pointer, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        yield from objects(one, f"{pointer}/{step}")


CASES = list(read_by())
PLACES = [
    pytest.param(slug, payload, pointer, id=f"{slug}-{name}-{pointer}")
    for slug, name, payload in CASES
    for pointer, _one in objects(payload)
]


def test_every_product_has_documented_requests() -> None:
    assert {slug for slug, _name, _payload in CASES} == set(registry.products())


@pytest.mark.parametrize(("slug", "payload", "pointer"), PLACES)
def test_a_stranger_is_named_where_it_stands(slug: str, payload: Any, pointer: str) -> None:
    payload = copy.deepcopy(payload)
    (host,) = (item for where, item in objects(payload) if where == pointer)
    host[NAME] = VALUE
    told = {one.pointer for one in registry.adapter(slug).read_payload(payload).not_understood}
    steps = f"{pointer}/{NAME}".split("/")
    assert told & {"/".join(steps[:length]) for length in range(2, len(steps) + 1)}
    before = {one.pointer for one in registry.adapter(slug).read_payload(_without(payload)).not_understood}
    assert told - before or any(f"{pointer}/".startswith(f"{one}/") for one in before if one)


def _without(payload: Any) -> Any:
    payload = copy.deepcopy(payload)
    for _where, item in objects(payload):
        item.pop(NAME, None)
    return payload
