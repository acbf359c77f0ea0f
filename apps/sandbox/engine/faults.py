"""Faults that the control endpoint orders: the next `times` matching calls or callbacks go wrong.

A fault is {"vendor", "operation" ("*" = any), "kind", "times"} and, by kind, "code", "http_status", "message",
"seconds".
"""

from __future__ import annotations

from typing import Any

from apps.sandbox.engine.store import State

Fault = dict[str, Any]
CALL_KINDS = ("throttle", "error", "http_5xx", "timeout_after_accept", "start_fails")
CALLBACK_KINDS = ("drop_callback", "duplicate_callback", "late_callback", "bad_signature_callback")
KINDS = CALL_KINDS + CALLBACK_KINDS


def add(state: State, fault: Fault) -> None:
    state["faults"].append(fault)


def take(state: State, vendor: str, operation: str, kinds: tuple[str, ...]) -> Fault | None:
    """The first fault that fits, counted down; None when all goes well. Call it under the store's lock."""
    for fault in state["faults"]:
        if fault["vendor"] in ("*", vendor) and fault["operation"] in ("*", operation) and fault["kind"] in kinds:
            fault["times"] -= 1
            if fault["times"] <= 0:
                state["faults"].remove(fault)
            return dict(fault)
    return None
