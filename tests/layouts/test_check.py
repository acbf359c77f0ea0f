"""layouts/check/: problems and findings of a document that is not saved."""

from __future__ import annotations

from typing import Any

from apps.layouts.models import LayoutTemplate

CANVAS = {"width": 640, "height": 360}


def text(words: str, **kwargs: Any) -> dict[str, Any]:
    return {"kind": "text", "id": "t1", "x": 0, "y": 0, "width": 300, "height": 60, "text": words, **kwargs}


def document(*objects: dict[str, Any]) -> dict[str, Any]:
    return {"schema": "quadbox.layout/1", "canvas": CANVAS, "objects": list(objects)}


def ask(client: Any, value: Any, **headers: str) -> Any:
    return client.post("/api/v1/layouts/check/", {"document": value}, format="json", headers=headers)


def test_characters_without_a_font_are_findings(api: Any) -> None:
    answer = ask(api("viewer"), document(text("News ሀ 直播 ᚠ ሀ 🎤"), text("Plain", id="t2")))
    assert answer.status_code == 200
    (finding,) = answer.json()["findings"]
    assert finding == {
        "level": "changed",
        "code": "missing_glyphs",
        "object_id": "t1",
        "field": "text",
        "message": "The fonts have no glyph for ሀ ᚠ. A box is drawn instead.",
    }
    chinese = ask(api("viewer"), document(text("ሀ")), **{"Accept-Language": "zh-hans"}).json()
    assert "字体缺少 ሀ" in chinese["findings"][0]["message"]


def test_check_skips_hidden_texts_and_stores_nothing(api: Any) -> None:
    answer = ask(api("producer"), document(text("ሀ", hidden=True)))
    assert answer.json()["findings"] == []
    assert answer.json()["document"]["objects"][0]["size"] == 32
    assert not LayoutTemplate.objects.exists()


def test_check_answers_problems_with_pointers(api: Any) -> None:
    answer = ask(api("viewer"), document(text("a"), text("b", id="t2", width=0)))
    assert answer.status_code == 400
    assert [problem["pointer"] for problem in answer.json()["problems"]] == ["/objects/1/width"]
    assert ask(api("viewer"), "text").status_code == 400
    lost = ask(api("viewer"), {**document(), "canvas": {**CANVAS, "image": {"url": "asset:" + "0" * 64}}})
    assert lost.json()["problems"][0]["pointer"] == "/canvas/image/url"
