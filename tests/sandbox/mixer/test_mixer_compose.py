"""Where the mixer puts what: colors at pixels, by the rules of fit, crop, opacity, radius and paint order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from apps.sandbox.engine.mixer import people
from apps.sandbox.engine.mixer.compose import compose, picture_png
from apps.sandbox.engine.mixer.scene import Layer, Person, Scene

RED, GREEN, BLUE, YELLOW = (200, 40, 40), (40, 160, 60), (40, 80, 200), (210, 190, 40)


def hexed(color: tuple[int, int, int]) -> str:
    return "#{:02X}{:02X}{:02X}".format(*color)


def someone(color: tuple[int, int, int], **more: object) -> Person:
    return Person("u-" + hexed(color), "Ann", color=hexed(color), **more)  # type: ignore[arg-type]


def scene(*layers: Layer, **more: object) -> Scene:
    return Scene(640, 360, 15, "#101820", layers=layers, **more)  # type: ignore[arg-type]


def pixel(shown: Scene, x: int, y: int, t: float = 0.0) -> tuple[int, int, int]:
    red, green, blue = compose(shown, t)[y, x]
    return int(red), int(green), int(blue)


def close(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 6) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


@pytest.fixture
def quarters(tmp_path: Path) -> Iterator[str]:
    """A picture of 200 × 100: left half red, right half blue."""
    drawn = Image.new("RGB", (200, 100), RED)
    drawn.paste(BLUE, (100, 0, 200, 100))
    path = tmp_path / "quarters.png"
    drawn.save(path)
    return str(path)


def test_each_person_is_where_the_layer_says() -> None:
    shown = scene(
        Layer("person", 0, 0, 320, 180, person=someone(RED)),
        Layer("person", 320, 180, 320, 180, person=someone(GREEN)),
    )
    assert pixel(shown, 4, 90) == RED
    assert pixel(shown, 315, 90) == RED
    assert pixel(shown, 324, 270) == GREEN
    assert pixel(shown, 400, 90) == (16, 24, 32)
    assert pixel(shown, 100, 270) == (16, 24, 32)


def test_layers_that_share_an_edge_at_a_fraction_leave_no_gap() -> None:
    third = 640 / 3
    shown = scene(*(Layer("person", i * third, 0, third, 360, person=someone(RED)) for i in range(3)))
    assert not (compose(shown, 0.0)[100] == (16, 24, 32)).all(axis=1).any()


def test_later_layers_lie_on_top() -> None:
    below, above = (
        Layer("person", 0, 0, 640, 360, person=someone(RED)),
        Layer("person", 100, 100, 200, 200, person=someone(BLUE)),
    )
    assert pixel(scene(below, above), 104, 140) == BLUE
    assert pixel(scene(above, below), 104, 140) == RED


def test_contain_shows_bars_of_the_color_or_what_lies_beneath() -> None:
    tall = someone(GREEN, width=720, height=1280)
    assert pixel(scene(Layer("person", 0, 0, 640, 360, "contain", person=tall, bars="#FFFF00")), 20, 180) == (
        255,
        255,
        0,
    )
    assert pixel(scene(Layer("person", 0, 0, 640, 360, "contain", person=tall)), 20, 180) == (16, 24, 32)
    assert pixel(scene(Layer("person", 0, 0, 640, 360, "contain", person=tall)), 225, 120) == GREEN
    assert pixel(scene(Layer("person", 0, 0, 640, 360, "cover", person=tall)), 20, 180) == GREEN


def test_cover_cuts_what_is_too_much_and_stretch_keeps_all(quarters: str) -> None:
    square = {"x": 0, "y": 0, "width": 100, "height": 100, "path": quarters}
    covered, stretched = (
        scene(Layer("picture", fit="cover", **square)),
        scene(Layer("picture", fit="stretch", **square)),
    )
    both = [pixel(shown, x, 50) for shown in (covered, stretched) for x in (10, 90)]
    assert all(close(found, wanted) for found, wanted in zip(both, [RED, BLUE, RED, BLUE], strict=True))
    contained = scene(Layer("picture", fit="contain", **square))
    assert pixel(contained, 10, 10) == (16, 24, 32)
    assert close(pixel(contained, 10, 50), RED)


def test_a_crop_shows_only_its_part_of_the_source(quarters: str) -> None:
    shown = scene(Layer("picture", 0, 0, 100, 100, "stretch", path=quarters, crop=(0.5, 0, 0.5, 1)))
    assert close(pixel(shown, 3, 50), BLUE)
    assert close(pixel(shown, 96, 50), BLUE)


def test_a_crop_magnifies_a_person() -> None:
    whole = scene(Layer("person", 0, 0, 640, 360, "stretch", person=someone(RED)))
    head = scene(Layer("person", 0, 0, 640, 360, "stretch", person=someone(RED), crop=(0.25, 0.25, 0.5, 0.75)))
    skin = (244, 214, 188)

    def size(shown: Scene) -> int:
        return int((compose(shown, 1.0) == skin).all(axis=2).sum())

    assert size(head) > 1.8 * size(whole) > 0


@pytest.mark.parametrize("stream", ["camera", "screen"])
def test_the_smallest_crop_on_the_largest_pane_is_drawn_in_moderation(stream: str) -> None:
    shown = scene(Layer("person", 0, 0, 640, 360, person=someone(RED, stream=stream), crop=(0, 0, 0.001, 0.001)))
    assert pixel(shown, 320, 180) == RED


def test_opacity_mixes_with_what_lies_beneath() -> None:
    shown = scene(Layer("person", 0, 0, 640, 360, person=someone(RED), opacity=0.5))
    assert close(pixel(shown, 4, 180), ((200 + 16) // 2, (40 + 24) // 2, (40 + 32) // 2), 2)
    assert pixel(scene(Layer("person", 0, 0, 640, 360, person=someone(RED), opacity=0)), 4, 180) == (16, 24, 32)


def test_a_radius_rounds_the_corners_and_nothing_else() -> None:
    shown = scene(Layer("person", 100, 100, 200, 160, person=someone(RED), corner_radius=40))
    for x, y in ((101, 101), (298, 101), (101, 258)):
        assert pixel(shown, x, y) == (16, 24, 32)
    assert pixel(shown, 101, 180) == RED
    assert pixel(shown, 116, 116) == RED  # inside the circle of 40 around (140, 140)


def test_a_person_who_does_not_publish_is_stood_in_for(quarters: str) -> None:
    away = someone(GREEN, publishing=False)
    assert pixel(scene(Layer("person", 0, 0, 200, 100, person=away)), 10, 50) == (16, 24, 32)
    assert close(pixel(scene(Layer("person", 0, 0, 200, 100, person=away, placeholder_path=quarters)), 10, 50), RED)
    here = scene(Layer("person", 0, 0, 200, 100, person=someone(GREEN), placeholder_path=quarters))
    assert pixel(here, 10, 50) == GREEN


def test_an_empty_pane_has_its_picture_its_color_or_nothing(quarters: str) -> None:
    assert close(pixel(scene(Layer("empty", 0, 0, 200, 100, placeholder_path=quarters)), 10, 50), RED)
    assert pixel(scene(Layer("empty", 0, 0, 200, 100, bars="#00FF00")), 10, 50) == (0, 255, 0)
    assert pixel(scene(Layer("empty", 0, 0, 200, 100)), 10, 50) == (16, 24, 32)


def test_the_background_lies_under_every_layer(quarters: str) -> None:
    shown = scene(
        Layer("person", 0, 0, 100, 100, person=someone(GREEN)),
        background=Layer("picture", 0, 0, 640, 360, "stretch", path=quarters),
    )
    assert pixel(shown, 4, 50) == GREEN
    assert close(pixel(shown, 200, 200), RED)
    assert close(pixel(shown, 600, 200), BLUE)


def test_a_picture_that_is_missing_or_broken_draws_nothing_until_it_is_there(tmp_path: Path, quarters: str) -> None:
    late = tmp_path / "late.png"
    shown = scene(Layer("picture", 0, 0, 200, 100, path=str(late)))
    assert pixel(shown, 10, 50) == (16, 24, 32)
    late.write_bytes(b"not a picture")
    assert pixel(shown, 10, 50) == (16, 24, 32)
    late.unlink()
    late.write_bytes(Path(quarters).read_bytes())
    assert close(pixel(shown, 10, 50), RED)


def test_the_alpha_of_a_picture_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "half.png"
    Image.new("RGBA", (10, 10), (255, 255, 255, 128)).save(path)
    shown = scene(Layer("picture", 0, 0, 100, 100, "stretch", path=str(path)))
    assert close(pixel(shown, 50, 50), (136, 140, 144), 3)


def test_a_text_is_inked_within_its_box_in_its_color() -> None:
    shown = scene(
        Layer("text", 100, 100, 300, 60, text="Hello 直播", size=32, font_color="#FF0000", text_background="#0000FF")
    )
    drawn = compose(shown, 0.0)
    assert tuple(drawn[103, 103]) == (0, 0, 255)
    ys, xs = np.nonzero((drawn[:, :, 0] > 200) & (drawn[:, :, 2] < 60))
    assert xs.size > 100
    assert xs.min() >= 100 and xs.max() < 400 and ys.min() >= 100 and ys.max() < 160
    assert xs.max() < 330, "aligned to the left"


def test_people_move_and_the_same_moment_looks_the_same() -> None:
    for stream in ("camera", "screen"):
        shown = scene(Layer("person", 0, 0, 640, 360, person=people.person("7", "Bo", stream=stream)))
        assert np.array_equal(compose(shown, 3.0), compose(shown, 3.0))
        assert not np.array_equal(compose(shown, 3.0), compose(shown, 3.2))


def test_a_person_can_reach_over_the_edge_of_the_canvas() -> None:
    shown = scene(Layer("person", -100, -50, 300, 200, person=someone(RED)))
    assert pixel(shown, 150, 100) == RED or pixel(shown, 195, 100) == RED
    assert pixel(shown, 205, 100) == (16, 24, 32)


def test_a_user_id_always_has_the_same_color_and_tone() -> None:
    assert people.color_of("1001") == people.color_of("1001")
    assert len({people.color_of(str(number)) for number in range(30)}) == 30
    assert all(196 <= people.tone_of(str(number)) < 700 for number in range(30))


def test_a_scene_survives_json_and_scales() -> None:
    shown = scene(
        Layer("person", 0, 0, 320, 180, person=someone(RED), crop=(0.1, 0.2, 0.3, 0.4)),
        background=Layer("picture", 0, 0, 640, 360, path="/nowhere.png"),
        voices=(someone(BLUE),),
    )
    assert Scene.from_json(shown.to_json()) == shown
    assert pixel(shown.scaled_to(320, 180), 2, 45) == RED


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"width": 0, "height": 10},
        {"width": 10, "height": 10, "depth": 3},
        {"width": 10, "height": 10, "layers": [{"kind": "cube"}]},
        {"width": 10, "height": 10, "layers": [{"kind": "text", "x": "left"}]},
        {"width": 10, "height": 10, "layers": [{"kind": "person", "person": {"name": "x"}}]},
    ],
)
def test_what_is_not_a_scene_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        Scene.from_json(value)  # type: ignore[arg-type]


def test_a_png_is_the_same_picture() -> None:
    shown = scene(Layer("person", 0, 0, 320, 180, person=someone(RED)))
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(picture_png(shown, 1.0)))), compose(shown, 1.0))
