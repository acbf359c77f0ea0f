"""The core of `manage.py plan`: text in, a plan as JSON out. No database, no network."""

from __future__ import annotations

import json
from collections.abc import Callable

from apps.core.errors import Invalid, Problem
from apps.core.types import Json
from apps.vendors import registry
from apps.vendors.adapter import VendorAdapter
from apps.vendors.painter import Painter
from apps.vendors.plan import Plan
from apps.vendors.spec import parse_ref, parse_spec
from apps.vendors.types import TaskSpec

OPERATIONS = ("start", "update", "stop", "query")
LARGEST_INPUT = 4 * 1024 * 1024  # bytes; a document has at most 256 KiB


def plan(operation: str, product: str, text: bytes, painter_for: Callable[[TaskSpec], Painter]) -> Plan:
    """The plan for an input file's bytes. Raises `Invalid` with problems."""
    adapter = check(operation, product)
    value = read_json(text)
    if operation in ("start", "update"):
        spec = parse_spec(value, adapter)
        return adapter.plan("start" if operation == "start" else "update", spec, painter_for(spec))
    task = parse_ref(value, adapter)
    return adapter.plan_stop(task) if operation == "stop" else adapter.plan_query(task)


def check(operation: str, product: str) -> VendorAdapter:
    """The product's adapter. Raises `Invalid` for an operation or a product that is not."""
    problems = []
    if operation not in OPERATIONS:
        message = f"The operation must be one of: {', '.join(OPERATIONS)}."
        problems.append(Problem("/operation", "not_a_choice", message))
    try:
        adapter = registry.adapter(product)
    except Invalid as error:
        raise Invalid("There is no such plan.", problems=[*problems, *error.problems]) from error
    if problems:
        raise Invalid("There is no such plan.", problems=problems)
    return adapter


def read_json(text: bytes) -> Json:
    """The JSON value in UTF-8 bytes. Raises `Invalid`."""
    if len(text) > LARGEST_INPUT:
        raise _not_json(f"it has more than {LARGEST_INPUT} bytes")
    try:
        return json.loads(text.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise _not_json("it is not UTF-8") from error
    except RecursionError as error:
        raise _not_json("it is nested too deeply") from error
    except ValueError as error:
        raise _not_json(str(error)) from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _not_json(why: str) -> Invalid:
    return Invalid("The input cannot be read.", problems=[Problem("", "not_json", f"This is not JSON: {why}.")])
