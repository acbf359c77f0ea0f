"""Reads the parameters of Aliyun RTC's calls back (generation 2): CreateMPULayout, Start- and UpdateMPUTask, and those
of recordings, which have the same panes.

A task only names a stored layout: its panes are given beside (CreateMPULayout's parameters, or the answer of
DescribeMPULayoutInfoList), or it is one of the layouts every account has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from apps.core.errors import Invalid, Problem
from apps.core.types import Json
from apps.vendors.aliyun.rtc2.reading import LAYOUT_WORDS, Reader
from apps.vendors.aliyun.wire.parameters import as_flat, content, is_flat, nested
from apps.vendors.importing.payload import no_layout
from apps.vendors.types import Imported


def knows(payload: Json, *, recorded: bool) -> bool:
    """Whether these look like such parameters; a recording names a template."""
    if not isinstance(payload, Mapping | list):
        return False
    given, _ = _merged(payload)
    return bool(LAYOUT_WORDS & given.keys()) and ("TemplateId" in given) == recorded


def read(payload: Json) -> Imported:
    """The layout in one call's parameters, or in those of several (a list, or a plan's `requests`).

    Raises `Invalid` when there are no panes.
    """
    if not isinstance(payload, Mapping | list):
        raise no_layout("", "not_an_object")
    given, origins = _merged(payload)

    def named(problem: Problem) -> Problem:
        prefix, flat = origins.get(problem.pointer.split("/")[1] if problem.pointer else "", ("", False))
        problem = as_flat(problem) if flat else problem
        return Problem(prefix + problem.pointer, problem.code, problem.message)

    try:
        made = Reader(given).read()
    except Invalid as error:
        raise Invalid(error.detail, problems=map(named, error.problems)) from error
    return replace(made, not_understood=tuple(map(named, made.not_understood)))


def _merged(payload: Json) -> tuple[dict[str, Json], dict[str, tuple[str, bool]]]:
    """All parameters of all parts, nested; and where each came from: its part's pointer, whether that was flat."""
    given: dict[str, Json] = {}
    origins: dict[str, tuple[str, bool]] = {}
    for prefix, part in _parts(payload, ""):
        flat = is_flat(part)
        for name, value in nested(content(part)).items():
            if name not in given:
                given[name], origins[name] = value, (prefix, flat)
    return given, origins


def _parts(payload: Json, prefix: str) -> Iterator[tuple[str, Mapping[str, Json]]]:
    if isinstance(payload, list):
        for at, call in enumerate(payload):
            if isinstance(call, Mapping):
                yield from _parts(call, f"{prefix}/{at}")
    elif isinstance(payload.get("requests"), list):
        yield from _parts(payload["requests"], f"{prefix}/requests")
    elif isinstance(payload.get("query"), Mapping):  # a request as the export page shows it
        yield f"{prefix}/query", payload["query"]
    else:
        yield prefix, payload
