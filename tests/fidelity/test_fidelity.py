"""The picture a plan promises is the picture the twin draws, for every layout and product.

The twin knows the payload only; `preview` draws `Plan.drawn` only. The same people stand in both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from apps.preview.paint import render
from apps.sandbox.engine.runtime import Runtime
from apps.vendors import registry
from apps.vendors.registry import adapter
from tests.fidelity.clouds import ROOM, painter, seated, show, spec_of, users_of
from tests.fidelity.layouts import LAYOUTS
from tests.fidelity.similarity import side_by_side, similarity

PRODUCTS = registry.products()
ALIKE = 0.98
SMALL = (640, 640)  # px; the letters of the people's clocks are drawn by two scalers


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("name", LAYOUTS)
def test_the_cloud_draws_what_the_plan_says(
    product: str,
    name: str,
    sandbox: Runtime,
    control: Any,
    tmp_path: Path,
) -> None:
    spec = spec_of(product, LAYOUTS[name], "0196f7a27b1c7d5e8f000123456789ab")
    vendor = adapter(product).vendor
    control("people", vendor=vendor, app_id=spec.app.vendor_app_id, room=ROOM, users=users_of(product, spec))
    shown = show(sandbox, product, spec)
    assert not shown.plan.errors
    assert shown.plan.drawn is not None
    document, stand_ins = seated(spec, shown.plan.drawn)
    promised = render(document, pictures=painter().opened, stand_ins=stand_ins, names=False)
    one, other = small(promised), small(shown.picture)
    alike = similarity(one, other)
    if alike < ALIKE:
        path = tmp_path / f"{product}-{name}.png"
        side_by_side(one, other).save(path)
        pytest.fail(f"{alike:.4f} alike; promised, drawn and the difference are side by side in {path}")


def small(picture: Image.Image) -> Image.Image:
    scale = min(1.0, SMALL[0] / picture.width, SMALL[1] / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.convert("RGB").resize(size, Image.Resampling.BOX)


def test_there_are_forty_layouts() -> None:
    assert len(LAYOUTS) >= 40


def test_the_measure_sees_a_difference() -> None:
    plain = Image.new("RGB", (320, 180), "#101820")
    other = plain.copy()
    other.paste((255, 255, 255), (100, 60, 220, 120))
    assert similarity(plain, plain) == pytest.approx(1)
    assert similarity(plain, other) < ALIKE
