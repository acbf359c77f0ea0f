"""What a plan without errors says, its emulator takes: two readings of the same documents, for any valid layout."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.layout_document.document import LayoutDocument, Region
from apps.sandbox.engine.ports import Runtime
from apps.vendors import registry
from apps.vendors.types import AppSpec, Binding, TaskSpec
from tests.fidelity.clouds import ACCOUNTS, CLOUDS, OUTPUTS, ROOM, send
from tests.strategies import layout_documents
from tests.vendors.painter import FakePainter

# The fixtures hold nothing that one document leaves to the next.
shared = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("cloud", CLOUDS)
def test_the_emulator_takes_what_a_plan_says(sandbox: Runtime, monkeypatch: pytest.MonkeyPatch, cloud: str) -> None:
    slug, of_the_app = CLOUDS[cloud]
    product = registry.adapter(slug)
    account = ACCOUNTS[product.vendor]
    numbers = itertools.count(1)
    monkeypatch.setattr(sandbox.quotas, "allow", lambda *args: True)

    @shared
    @given(layout_documents(max_objects=12), st.sampled_from(["all", "some", "none"]))
    def check(document: LayoutDocument, bound: str) -> None:
        number = next(numbers)
        slots = sorted({item.source.slot for item in document.objects if isinstance(item, Region)})
        taken = {"all": slots, "some": slots[::2], "none": []}[bound]
        output: dict[str, Any] = dict(OUTPUTS[product.output_kind])
        if "push_urls" in output:  # one task a URL
            output["push_urls"] = [f"rtmp://push.example.com/live/key{number}"]
        spec = TaskSpec(
            app=AppSpec(account["app_id"], {**account["settings"], **of_the_app}),
            document=document,
            room=ROOM,
            task_id=f"any-{number}",
            bindings={slot: Binding(str(1001 + at)) for at, slot in enumerate(taken)},
            output=output,
        )
        plan = product.plan_start(spec, FakePainter())
        if plan.errors:
            return
        send(slug, spec, plan)  # a refusal is a VendorError
        with sandbox.store.changing() as state:  # one task at a time: clouds limit how many run
            state["tasks"].clear()

    check()
