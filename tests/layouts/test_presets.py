"""A team's own presets over REST, and layouts created from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.layout_document.parse import parse
from apps.layout_document.places import document, seats
from apps.layout_document.serialize import to_json
from apps.layouts import presets
from apps.layouts.models import LayoutPreset, LayoutTemplate

FULL = {"x": 0, "y": 0, "width": 1, "height": 1}
WIDE = {"wide": [{**FULL, "width": 0.75}, {"x": 0.75, "y": 0.5, "width": 0.25, "height": 0.5, "stream": "screen"}]}
CASES = json.loads((Path(__file__).parents[1] / "fixtures" / "own_presets.json").read_text(encoding="utf-8"))

share = st.floats(presets.MIN_POSITION, presets.MAX_POSITION)
length = st.floats(presets.MIN_SIDE, presets.MAX_SIDE)
place = st.fixed_dictionaries({"x": share, "y": share, "width": length, "height": length, "stream": st.sampled_from(presets.STREAMS)})  # fmt: skip
some_shapes = st.dictionaries(
    st.sampled_from(["wide", "tall", "square"]), st.lists(place, min_size=1, max_size=8), min_size=1
)


@pytest.mark.django_db
def test_team_stores_renames_and_deletes_presets(api: Any) -> None:
    answer = api("producer").post("/api/v1/presets/", {"name": "  Our  talk ", "shapes": WIDE})
    assert answer.status_code == 201, answer.content
    row = answer.json()
    assert (row["name"], row["created_by"]) == ("Our talk", "producer")
    assert row["shapes"]["wide"][0] == {**FULL, "width": 0.75, "stream": "camera"}
    assert [result["id"] for result in api("viewer").get("/api/v1/presets/").json()["results"]] == [row["id"]]
    assert api("outsider").get("/api/v1/presets/").json()["results"] == []
    url = f"/api/v1/presets/{row['id']}/"
    assert api("admin").patch(url, {"name": "Talk"}).json()["name"] == "Talk"
    changed = api("admin").patch(url, {"shapes": {"tall": [FULL]}}).json()
    assert (changed["name"], list(changed["shapes"])) == ("Talk", ["tall"])
    assert api("producer").delete(url).status_code == 204
    assert not LayoutPreset.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": " "}, "/name"),
        ({"name": "x" * 61}, "/name"),
        ({"shapes": {}}, "/shapes"),
        ({"shapes": {"round": [FULL]}}, "/shapes"),
        ({"shapes": {"wide": []}}, "/shapes/wide"),
        ({"shapes": {"wide": [FULL] * 101}}, "/shapes/wide"),
        ({"shapes": {"wide": [{**FULL, "z": 1}]}}, "/shapes/wide/0"),
        ({"shapes": {"wide": [{"x": 0, "y": 0, "width": 1}]}}, "/shapes/wide/0"),
        ({"shapes": {"tall": [FULL, {**FULL, "width": 0}]}}, "/shapes/tall/1/width"),
        ({"shapes": {"tall": [{**FULL, "x": "0"}]}}, "/shapes/tall/0/x"),
        ({"shapes": {"tall": [{**FULL, "x": True}]}}, "/shapes/tall/0/x"),
        ({"shapes": {"tall": [{**FULL, "y": 2.1}]}}, "/shapes/tall/0/y"),
        ({"shapes": {"tall": [{**FULL, "stream": "film"}]}}, "/shapes/tall/0/stream"),
    ],
)
def test_what_is_wrong_is_named(api: Any, change: dict[str, Any], pointer: str) -> None:
    answer = api("producer").post("/api/v1/presets/", {"name": "n", "shapes": WIDE, **change})
    assert answer.status_code == 400, answer.content
    assert [problem["pointer"] for problem in answer.json()["problems"]] == [pointer]
    assert not LayoutPreset.objects.exists()


@pytest.mark.django_db
def test_team_has_a_limited_number_of_presets(api: Any, team: Any) -> None:
    LayoutPreset.objects.bulk_create(LayoutPreset(team=team, name="n", shapes=WIDE) for _ in range(200))
    answer = api("producer").post("/api/v1/presets/", {"name": "n", "shapes": WIDE})
    assert (answer.status_code, LayoutPreset.objects.count()) == (409, 200)


@pytest.mark.django_db
def test_layout_is_created_from_a_preset(api: Any, people: dict[str, Any]) -> None:
    from django.test import Client

    row = api("producer").post("/api/v1/presets/", {"name": "Our talk", "shapes": WIDE}).json()
    browser = Client()
    browser.force_login(people["producer"], backend="django.contrib.auth.backends.ModelBackend")
    assert b"Our talk" in browser.get("/layouts/").content
    browser.post("/layouts/new/", {"preset": row["id"], "size": "720x1280"})
    layout = LayoutTemplate.objects.get()
    assert (layout.name, layout.document["canvas"]["height"]) == ("Our talk", 1280)
    assert [(item["x"], item["y"], item["width"], item["height"]) for item in layout.document["objects"]] == [
        (0, 0, 720, 960),
        (360, 960, 360, 320),
    ]
    outsider = Client()
    outsider.force_login(people["outsider"], backend="django.contrib.auth.backends.ModelBackend")
    outsider.post("/layouts/new/", {"preset": row["id"]})
    assert LayoutTemplate.objects.count() == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_preset_places_are_those_of_the_editor(case: dict[str, Any]) -> None:
    """tests/static/own_presets.test.ts reads the same cases."""
    placed = seats(case["shapes"], *case["canvas"])
    assert [[rect.x, rect.y, rect.width, rect.height] for rect, _source in placed] == case["places"]


@given(some_shapes, st.integers(120, 3840), st.integers(120, 3840))
def test_valid_preset_makes_a_layout_on_any_canvas(shapes: Any, width: int, height: int) -> None:
    validated = presets.validate_shapes(shapes)
    drawn = document(validated, width, height)
    assert parse(to_json(drawn)) == drawn
    assert len({(region.source.slot, region.source.stream) for region in drawn.regions}) == len(drawn.regions)
