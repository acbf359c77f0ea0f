"""Pictures in the editor: uploaded, dropped, pasted, used again, replaced, renamed, and kept while a layout needs them."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT
from tests.browser.editor import Hand, made, objects, opened, region, stored, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

# A drop or a paste as the browser gives it, with files of these names, types and contents (base64).
SEND = """([kind, selector, x, y, files]) => {
  const data = new DataTransfer();
  for (const [name, type, content] of files) {
    data.items.add(new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name, {type}));
  }
  const target = document.querySelector(selector);
  const options = {bubbles: true, cancelable: true, clientX: x, clientY: y};
  target.dispatchEvent(kind === "paste" ? new ClipboardEvent("paste", {...options, clipboardData: data})
                                        : new DragEvent(kind, {...options, dataTransfer: data}));
}"""


def png(color: str, size: tuple[int, int] = (200, 100)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, "PNG")
    return file.getvalue()


def send(page: Page, kind: str, selector: str, at: tuple[float, float], *files: tuple[str, str, bytes]) -> None:
    packed = [[name, type, base64.b64encode(content).decode()] for name, type, content in files]
    page.evaluate(SEND, [kind, selector, *at, packed])


def file(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def picture(page: Page, what: str) -> None:
    item = page.get_by_test_id("library").locator("li").first
    item.hover()
    item.locator(".qe-preset-more").click()
    item.locator(f'[data-picture-do="{what}"]').click()


def test_a_picture_lands_where_it_is_dropped_and_a_bitmap_is_pasted(page: Page) -> None:
    opened(page, made(page, "Dropped", region("host", 0, 0, 640, 360)))
    at = Hand(page).at(900, 500)
    send(page, "drop", "#editor-canvas", at, ("Logo.png", "image/png", png("navy")))
    until(page, "quadboxEditor.document().objects.length === 2")
    dropped = objects(page)[1]
    assert (dropped["name"], dropped["width"], dropped["height"]) == ("Logo", 200, 100)
    assert abs(dropped["x"] + 100 - 900) <= 2
    assert abs(dropped["y"] + 50 - 500) <= 2
    page.get_by_test_id("canvas").focus()
    send(page, "paste", "#editor-canvas", (0, 0), ("image.png", "image/png", png("teal")))
    until(page, "quadboxEditor.document().objects.length === 3")
    page.get_by_test_id("undo").click()
    page.get_by_test_id("undo").click()
    assert len(objects(page)) == 1
    # what is no picture is said to be none, whether the browser or the server sees it
    send(page, "drop", "#editor-canvas", at, ("film.mp4", "video/mp4", b"film"))
    expect(page.locator(".qb-toast-error")).to_contain_text("film.mp4")
    send(page, "drop", "#editor-canvas", at, ("broken.png", "image/png", b"\x89PNG broken"))
    expect(page.locator(".qb-toast-error").last).to_contain_text("is not a readable PNG, JPEG, WebP or GIF")
    assert len(objects(page)) == 1


def test_the_library_takes_gives_renames_and_keeps(page: Page) -> None:
    row = made(page, "Library", region("host", 0, 0, 640, 360))
    opened(page, row)
    page.get_by_test_id("add-image-library").click()
    library = page.get_by_test_id("library-dialog")
    said = page.get_by_test_id("library-said")
    page.get_by_test_id("library-file").set_input_files([file("huge.png", png("red", (8200, 1)))])
    expect(said).to_contain_text("at most 8192 pixels per side")
    page.get_by_test_id("library-file").set_input_files([file("a.png", png("olive")), file("b.png", png("gold"))])
    expect(said).to_be_hidden()
    expect(library.locator(".qe-picture", has_text="b.png")).to_be_visible()
    send(page, "drop", "[data-testid=library-dialog]", (0, 0), ("drop.png", "image/png", png("plum")))
    expect(library).to_be_hidden()  # a single one is what was wanted
    until(page, "quadboxEditor.document().objects.some(one => one.name === 'drop')")
    page.evaluate("quadboxEditor.saved()")
    # used: kept, and who needs it is named
    page.get_by_test_id("add-image-library").click()
    page.get_by_test_id("library-search").fill("drop")
    expect(library.locator(".qe-picture")).to_have_count(1)
    picture(page, "delete")
    page.get_by_test_id("picture-delete-yes").click()
    expect(said).to_contain_text("“Library” uses this picture")
    picture(page, "rename")
    page.get_by_test_id("ask-name").locator("input").fill("Abschied 片尾.png")
    page.keyboard.press("Enter")
    expect(library.locator(".qe-picture")).to_contain_text("Abschied 片尾.png")
    # not used: gone
    page.get_by_test_id("library-search").fill("b.png")
    expect(library.locator(".qe-picture")).to_contain_text(["b.png"])
    picture(page, "delete")
    page.get_by_test_id("picture-delete-yes").click()
    expect(library).to_contain_text("No picture has this name.")
    # reused for the object that is selected, as background, and where nobody is
    page.get_by_test_id("library-search").fill("a.png")
    gives = library.locator(".qe-picture", has_text="a.png").first
    url = gives.get_attribute("data-asset")
    library.get_by_role("button", name="Close").click()
    page.evaluate("quadboxEditor.select([quadboxEditor.document().objects[1].id])")
    for open_it, reads in (
        ("replace-library", "quadboxEditor.document().objects[1].url"),
        ("placeholder-pick", "quadboxEditor.document().objects[0].placeholder.url"),
        ("background-library", "quadboxEditor.document().canvas.image.url"),
    ):
        if open_it == "placeholder-pick":
            page.evaluate("quadboxEditor.select(['host'])")
        if open_it == "background-library":
            page.get_by_test_id("tab-canvas").click()
        page.get_by_test_id(open_it).click()
        library.locator(f'[data-asset="{url}"]').click()
        expect(library).to_be_hidden()
        assert page.evaluate(reads) == url
    page.locator('[data-field="canvas_image_fit"]').select_option("contain")
    assert page.evaluate("quadboxEditor.document().canvas.image.fit") == "contain"


def test_a_clouds_request_is_dropped_into_the_draft(page: Page) -> None:
    opened(page, made(page, "Payload", region("host", 0, 0, 640, 360)))
    text = (
        '{"Panes.1.PaneId": "0", "Panes.1.X": "0", "Panes.1.Y": "0", "Panes.1.Width": "0.5", "Panes.1.Height": "1",'
        ' "MediaEncode": "20", "TaskType": "1"}'
    )
    send(page, "drop", "#editor-canvas", (600, 400), ("call.json", "application/json", text.encode()))
    told = page.get_by_test_id("import-told")
    expect(told).to_contain_text("Not taken over")
    expect(told).to_contain_text("/TaskType")
    told.get_by_role("button").click()
    assert [item["id"] for item in objects(page)] != ["host"]
    page.get_by_test_id("undo").click()
    assert [item["id"] for item in objects(page)] == ["host"]


def test_a_dropped_request_that_names_people_begins_a_task_with_them(page: Page) -> None:
    row = made(page, "People in it", region("host", 0, 0, 640, 360))
    opened(page, row)
    sample = json.loads((ROOT / "tests/vendors/aliyun/samples/rtc_StartMPUTask.json").read_text(encoding="utf-8"))
    content = json.dumps({**sample["request"]["parameters"], "ChannelId": "class-7"}).encode()
    send(page, "drop", "#editor-canvas", (600, 400), ("call.json", "application/json", content))
    told = page.get_by_test_id("import-told")
    expect(told).to_contain_text("teacher")
    drawn = objects(page)
    told.get_by_test_id("payload-begin").click()
    page.wait_for_url(f"**/tasks/new/?layout={row['id']}&imported=1")
    expect(page.locator("[name=room]")).to_have_value("class-7")
    seats = page.locator("input[name^='slot']")
    assert "teacher" in [seat.input_value() for seat in seats.all()]
    assert [item["id"] for item in stored(page, row)["document"]["objects"]] == [drawn_box["id"] for drawn_box in drawn]
