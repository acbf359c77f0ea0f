"""Geometry, variables and presets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.layout_document.geometry import Rect, edges, union
from apps.layout_document.parse import problems
from apps.layout_document.presets import PRESETS, SIZES, preset
from apps.layout_document.serialize import to_json
from apps.layout_document.variables import fill, missing, names

rects = st.builds(Rect, st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 60), st.integers(1, 60))
TILED = [name for name in PRESETS if not name.startswith("pip-")]


@given(rects, rects)
def test_a_union_contains_both_and_an_intersection_lies_in_both(one: Rect, two: Rect) -> None:
    around = union([one, two])
    assert around is not None
    assert around.contains(one)
    assert around.contains(two)
    shared = one.intersection(two)
    assert one.overlaps(two) == (shared is not None)
    if shared:
        assert one.contains(shared)
        assert two.contains(shared)


def test_touching_rectangles_do_not_overlap() -> None:
    assert not Rect(0, 0, 10, 10).overlaps(Rect(10, 0, 10, 10))


@given(st.integers(60, 4000), st.lists(st.floats(0.5, 5), min_size=1, max_size=6))
def test_edges_cut_a_length_without_gaps(total: int, shares: list[float]) -> None:
    cuts = edges(total, shares)
    assert (cuts[0], cuts[-1], len(cuts)) == (0, total, len(shares) + 1)
    assert cuts == sorted(cuts)
    assert all(cut % 2 == 0 for cut in cuts[:-1])


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("size", [*SIZES.values(), (121, 3839), (3840, 120)], ids=str)
def test_every_preset_is_valid_at_every_size(name: str, size: tuple[int, int]) -> None:
    document = preset(name, *size)
    assert problems(to_json(document)) == []
    whole = Rect(0, 0, *size)
    assert all(whole.contains(Rect.of(one)) for one in document.objects)
    if name in TILED:
        assert sum(Rect.of(one).area for one in document.objects) == whole.area


def test_side_by_side_is_stacked_on_a_tall_canvas() -> None:
    assert {one.x for one in preset("side-by-side", 720, 1280).objects} == {0}


def test_variables_are_filled_once_and_missing_ones_stay_visible() -> None:
    text = "{{title}} {{ 标题 }} {{title}} {{gone}} {{not one}}"
    assert names(text) == ("title", "标题", "gone")
    assert missing(text, {"title": "A", "标题": "B"}) == ("gone",)
    assert fill(text, {"title": "{{gone}}", "标题": "B", "gone": "C"}) == "{{gone}} B {{gone}} C {{not one}}"
