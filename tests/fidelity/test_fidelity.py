"""The picture a plan promises is the picture the emulator draws, for every layout and product.

The emulator knows the payload only; `preview` draws `Plan.drawn` only. The same people stand in both. And it is the picture
that the emulator has drawn before (`golden`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from apps.layout_document.document import LayoutDocument
from apps.preview.paint import render
from apps.preview.stand_ins import StandIn
from apps.sandbox.engine.ports import Runtime
from apps.vendors.registry import adapter
from apps.vendors.types import TaskSpec
from tests.fidelity import golden
from tests.fidelity.clouds import CLOUDS, ROOM, Shown, layouts_of, painter, seated, show, spec_of, users_of
from tests.fidelity.layouts import ABOVE_PEOPLE, ABSENT, LAYOUTS, OPEN
from tests.fidelity.similarity import side_by_side, similarity

ALIKE = 0.98
SMALL = (640, 640)  # px; the letters of the people's clocks are drawn by two scalers


@pytest.mark.parametrize(("cloud", "name"), [(cloud, name) for cloud in CLOUDS for name in layouts_of(cloud)])
def test_the_cloud_draws_what_the_plan_says(
    cloud: str,
    name: str,
    sandbox: Runtime,
    control: Any,
    tmp_path: Path,
    drawn_before: Callable[[str, str, Image.Image], Path | None],
) -> None:
    product, settings = CLOUDS[cloud]
    open_slots, absent = OPEN.get(name, set()), ABSENT.get(name, set())
    spec = spec_of(product, LAYOUTS[name], "0196f7a27b1c7d5e8f000123456789ab", open_slots, **settings)
    vendor, users = adapter(product).vendor, users_of(product, spec.document, absent)
    control("people", vendor=vendor, app_id=spec.app.vendor_app_id, room=ROOM, users=users)
    shown = show(sandbox, product, spec)
    assert not shown.plan.errors
    drawn_as_promised(spec, shown, tmp_path / f"{cloud}-{name}.png", absent)
    if changed := drawn_before(cloud, name, shown.picture):
        pytest.fail(f"not as before; before, now and the difference are side by side in {changed}. See golden.py")


@pytest.mark.parametrize("name", ["titled-people", "logo-between"])
@pytest.mark.parametrize("version", ["2023-11-01", "2020-12-01"])
def test_pictures_above_people_in_seats_of_their_own(
    name: str, version: str, sandbox: Runtime, control: Any, tmp_path: Path
) -> None:
    """Volcengine, where the app's settings ask for it: each is the placeholder of somebody who never publishes."""
    product = "volcengine-push"
    spec = spec_of(product, ABOVE_PEOPLE[name], "0196f7a27b1c7d5e8f000123456789ab")
    settings = {**spec.app.settings, "overlay_seats": True, "api_version": version}
    spec = replace(spec, app=replace(spec.app, settings=settings))
    users = users_of(product, spec.document)
    control("people", vendor="volcengine", app_id=spec.app.vendor_app_id, room=ROOM, users=users)
    shown = show(sandbox, product, spec)
    assert [finding.code for finding in shown.plan.findings] == ["overlay_seat"] * (
        len(spec.document.visible) - len(spec.document.regions)
    )
    document, stand_ins = drawn_as_promised(spec, shown, tmp_path / f"{name}-{version}.png")
    bare = render(replace(document, objects=document.regions), stand_ins=stand_ins, names=False)
    assert similarity(small(bare), small(shown.picture)) < ALIKE, "it shows that they are there"


def drawn_as_promised(
    spec: TaskSpec, shown: Shown, path: Path, absent: Collection[str] = ()
) -> tuple[LayoutDocument, dict[str, StandIn]]:
    """Fails where the emulator's picture is another than the plan's, and leaves both side by side at `path`. Answers what
    the plan promised, with people in it."""
    assert shown.plan.drawn is not None
    document, stand_ins = seated(spec, shown.plan.drawn, absent)
    promised = render(document, pictures=painter().opened, stand_ins=stand_ins, names=False)
    pixels, other = small(promised), small(shown.picture)
    alike = similarity(pixels, other)
    if alike < ALIKE:
        side_by_side(pixels, other).save(path)
        pytest.fail(f"{alike:.4f} alike; promised, drawn and the difference are side by side in {path}")
    return document, stand_ins


def small(picture: Image.Image) -> Image.Image:
    scale = min(1.0, SMALL[0] / picture.width, SMALL[1] / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.convert("RGB").resize(size, Image.Resampling.BOX)


@pytest.fixture(scope="session")
def sheets() -> Iterator[dict[str, dict[str, Image.Image]]]:
    """Cloud → its golden cells; written anew at the end, when they are being renewed."""
    known = {cloud: golden.read(cloud) for cloud in CLOUDS}
    yield known
    if golden.renewing():
        for cloud, cells in known.items():
            golden.write(cloud, {name: cells[name] for name in layouts_of(cloud) if name in cells})


@pytest.fixture
def drawn_before(
    sheets: dict[str, dict[str, Image.Image]], tmp_path: Path
) -> Callable[[str, str, Image.Image], Path | None]:
    """None for a picture that is as it was; else the path of a picture that shows what has changed."""

    def look(cloud: str, name: str, picture: Image.Image) -> Path | None:
        now, before = golden.cell(picture), sheets[cloud].get(name)
        if golden.renewing():
            sheets[cloud][name] = now
            return None
        assert before is not None, f"there is no golden picture of {name} by {cloud} yet: see golden.py"
        if golden.same(before, now):
            return None
        path = tmp_path / f"{cloud}-{name}-before-and-now.png"
        side_by_side(before, now).save(path)
        return path

    return look


written = pytest.mark.skipif(golden.renewing(), reason="the sheets are being written")


@written
def test_the_golden_pictures_are_small_and_of_these_layouts() -> None:
    files = {path.stem: path.stat().st_size for path in golden.HERE.glob("*.png")}
    assert set(files) == set(CLOUDS)
    assert sum(files.values()) < 400_000
    for cloud in CLOUDS:
        assert [*golden.read(cloud)] == [*layouts_of(cloud)]


@written
@pytest.mark.parametrize("cloud", CLOUDS)
def test_golden_pictures_see_small_changes(cloud: str) -> None:
    """Of where things are, of colors, of who sits where."""
    cells = golden.read(cloud)
    for name, other in (("stacked", "logo"), ("cropped", "stretch"), ("half-seen", "rounded")):
        cell = cells[name]
        assert golden.same(cell, cell.copy())
        assert not golden.same(cell, cells[other])
        assert not golden.same(cell, ImageChops.offset(cell, 2, 0))
        assert not golden.same(cell, Image.merge("RGB", cell.split()[::-1]))


@written
def test_a_change_is_shown_beside_what_was(drawn_before: Callable[[str, str, Image.Image], Path | None]) -> None:
    cloud = next(iter(CLOUDS))
    before = golden.read(cloud)["stacked"]
    assert drawn_before(cloud, "stacked", before) is None
    path = drawn_before(cloud, "stacked", ImageChops.offset(before, 40, 0))
    assert path is not None
    with Image.open(path) as shown:
        assert shown.size == (3 * golden.CELL[0], golden.CELL[1])


def test_there_are_forty_layouts() -> None:
    assert len(LAYOUTS) >= 40


def test_the_measure_sees_a_difference() -> None:
    plain = Image.new("RGB", (320, 180), "#101820")
    other = plain.copy()
    other.paste((255, 255, 255), (100, 60, 220, 120))
    assert similarity(plain, plain) == pytest.approx(1)
    assert similarity(plain, other) < ALIKE
