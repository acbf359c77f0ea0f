"""Geometry and variables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from apps.layout_document.geometry import Rect, union
from apps.layout_document.variables import fill, missing, names

rects = st.builds(Rect, st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 60), st.integers(1, 60))


@given(rects, rects)
def test_a_union_contains_both_and_an_intersection_lies_in_both(vector: Rect, two: Rect) -> None:
    around = union([vector, two])
    assert around is not None
    assert around.contains(vector)
    assert around.contains(two)
    shared = vector.intersection(two)
    assert vector.overlaps(two) == (shared is not None)
    if shared:
        assert vector.contains(shared)
        assert two.contains(shared)


def test_touching_rectangles_do_not_overlap() -> None:
    assert not Rect(0, 0, 10, 10).overlaps(Rect(10, 0, 10, 10))


def test_variables_are_filled_once_and_missing_ones_stay_visible() -> None:
    text = "{{title}} {{ 标题 }} {{title}} {{gone}} {{not one}}"
    assert names(text) == ("title", "标题", "gone")
    assert missing(text, {"title": "A", "标题": "B"}) == ("gone",)
    assert fill(text, {"title": "{{gone}}", "标题": "B", "gone": "C"}) == "{{gone}} B {{gone}} C {{not one}}"
