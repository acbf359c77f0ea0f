"""What travels in the body is read like what travels in the URL, in both signatures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from apps.sandbox.engine.ports import Runtime
from tests.fidelity.clouds import show, spec_of
from tests.fidelity.layouts import LAYOUTS


@pytest.mark.parametrize("signature", ["acs3", "v1"])
@pytest.mark.parametrize("product", ["aliyun-rtc-mpu", "aliyun-rtc-record"])
def test_the_twin_draws_the_same(sandbox: Runtime, product: str, signature: str) -> None:
    spec = spec_of(product, LAYOUTS["stacked"], "0196f7a27b1c7d5e8f000123456789ab")

    def drawn(**settings: str) -> Any:
        with sandbox.store.changing() as state:
            state["tasks"].clear()
        app = replace(spec.app, settings={**spec.app.settings, "signature": signature, **settings})
        return show(sandbox, product, replace(spec, app=app))

    plain, formed = drawn(), drawn(rtc_parameters="form")
    assert all(request.form for request in formed.plan.requests)
    assert formed.picture.tobytes() == plain.picture.tobytes()
