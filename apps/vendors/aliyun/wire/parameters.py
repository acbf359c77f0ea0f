"""Parameters of Aliyun's calls as people have them: nested or flattened, from a query or from JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apps.core.errors import Problem
from apps.core.types import Json
from apps.vendors.redaction import is_secret_name

# What goes with every call and says nothing of its content: RPC signature 1.0, and what SDKs add.
OF_THE_CALL = {
    "Action", "Version", "Format", "RegionId", "Timestamp", "AccessKeyId", "Signature", "SignatureMethod",
    "SignatureNonce", "SignatureVersion", "SignatureType", "SecurityToken", "RequestId", "HostId",
}  # fmt: skip
DEEPEST = 8  # `UserPanes.1.Texts.1.X` has five steps
NUMBER = re.compile(r"[1-9][0-9]{0,3}")
FLAT = re.compile(r"\.[1-9][0-9]*(\.|$)")


def content(payload: Mapping[str, Json]) -> dict[str, Json]:
    """Without what signs the call, and without anything else that is a secret by its name."""
    return {
        str(name): member
        for name, member in payload.items()
        if name not in OF_THE_CALL and not is_secret_name(str(name).partition(".")[0])
    }


def nested(flat: Mapping[str, Json]) -> dict[str, Json]:
    """`{"Panes.1.X": "0.5"}` → `{"Panes": [{"X": "0.5"}]}`. What is nested already stays; a list with gaps is closed."""
    found: dict[str, Json] = {}
    for name, member in flat.items():
        steps = name.split(".")
        if len(steps) > DEEPEST:
            found[name] = member
            continue
        at = found
        for step in steps[:-1]:
            inner = at.get(step)
            if not isinstance(inner, dict):
                inner = at[step] = {}
            at = inner
        at[steps[-1]] = member
    return {name: _listed(member) for name, member in found.items()}


def _listed(value: Json) -> Json:
    """Objects whose names are all numbers become lists, however deep."""
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(member) for name, member in value.items()}
    if inner and all(NUMBER.fullmatch(name) for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner


def is_flat(payload: Mapping[str, Json]) -> bool:
    return any(FLAT.search(str(name)) for name in payload)


def as_flat(problem: Problem) -> Problem:
    """`/Panes/0/X` → `/Panes.1.X`, the name it came under."""
    steps = [str(int(step) + 1) if step.isdecimal() else step for step in problem.pointer.split("/")[1:]]
    return Problem("/" + ".".join(steps) if steps else "", problem.code, problem.message)
