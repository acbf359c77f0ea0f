"""Lines and names as the editor breaks and cuts them; tests/static/wrap.test.ts reads the same cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import ImageFont

from apps.preview.text import lines_in, on_one_line

CASES = json.loads((Path(__file__).parents[1] / "fixtures" / "texts.json").read_text(encoding="utf-8"))


class Even:
    """A face whose characters are all ten pixels wide."""

    size = 10

    def getlength(self, text: str) -> float:
        return 10.0 * len(text)


FACE = cast(ImageFont.FreeTypeFont, Even())


@pytest.mark.parametrize("case", CASES["texts"], ids=lambda case: case["why"])
def test_texts(case: dict[str, Any]) -> None:
    assert lines_in(case["text"], FACE, case["width"], case["height"]) == case["lines"]


@pytest.mark.parametrize("case", CASES["names"], ids=lambda case: case["why"])
def test_names(case: dict[str, Any]) -> None:
    assert on_one_line(case["name"], FACE, case["room"]) == case["shown"]


def test_no_more_is_looked_at_than_the_editor_looks_at_counted_in_characters() -> None:
    assert lines_in("😀" * 4001, FACE, 1e9, 999) == ["😀" * 4000]
