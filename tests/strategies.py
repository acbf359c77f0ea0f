"""Hypothesis strategies that several parts of the tests share."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from apps.layout_document.document import (
    Canvas,
    Image,
    LayoutDocument,
    LayoutObject,
    Picture,
    Region,
    Source,
    SourceCrop,
    Text,
)

ids = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}", fullmatch=True)
slots = st.sampled_from(["host", "guest-1", "guest-2", "guest-3", "speaker", "audience.42"]) | ids
fits = st.sampled_from(["cover", "contain", "stretch"])
asset_urls = st.integers(0, 2**256 - 1).map(lambda number: f"asset:{number:064x}")
web_urls = st.sampled_from(
    [
        "https://example.com/logo.png",
        "http://127.0.0.1:9000/a/b.jpg?size=2&name=%E4%B8%AD#x",
        "https://cdn.example.com/" + "p" * 900 + ".webp",
        "https://[::1]:8443/picture",
    ]
)
urls = asset_urls | web_urls
opaque_colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
colors = opaque_colors | st.integers(0, 0xFFFFFFFF).map(lambda number: f"#{number:08x}")
opacities = st.sampled_from([0.0, 0.5, 1.0]) | st.floats(0, 1, allow_nan=False).map(abs)
characters = st.characters(exclude_categories=["Cs", "Cc"])
names = st.text(characters, max_size=20) | st.sampled_from(["Host", "主持人", "Logo · 标志"])
words = st.sampled_from(
    ["{{title}}", "{{ 标题 }}", "直播", "Hello world", "\n", " ", "，。！", "😀", "{{", "}}", "a" * 60]
)
texts = st.lists(words | st.text(characters | st.sampled_from("\n\t"), max_size=12), max_size=8).map("".join)


@st.composite
def source_crops(draw: st.DrawFn) -> SourceCrop:
    left, right = sorted(
        draw(st.tuples(st.integers(0, 999), st.integers(1, 1000)).filter(lambda two: two[0] != two[1]))
    )
    top, bottom = sorted(
        draw(st.tuples(st.integers(0, 999), st.integers(1, 1000)).filter(lambda two: two[0] != two[1]))
    )
    return SourceCrop(left / 1000, top / 1000, (right - left) / 1000, (bottom - top) / 1000)


def pictures() -> st.SearchStrategy[Picture]:
    return st.builds(Picture, url=urls, fit=fits)


@st.composite
def canvases(draw: st.DrawFn) -> Canvas:
    side = st.sampled_from([120, 360, 640, 720, 1080, 1280, 1920, 3840]) | st.integers(120, 3840)
    image = draw(st.none() | pictures())
    return Canvas(width=draw(side), height=draw(side), color=draw(opaque_colors), image=image)


def boxes(canvas: Canvas) -> st.SearchStrategy[dict[str, int]]:
    """Mostly on the canvas, at times partly or wholly off it."""
    inside = st.fixed_dictionaries(
        {
            "x": st.integers(0, canvas.width - 1),
            "y": st.integers(0, canvas.height - 1),
            "width": st.integers(1, canvas.width),
            "height": st.integers(1, canvas.height),
        }
    )
    anywhere = st.fixed_dictionaries(
        {
            "x": st.integers(-3840, 7680),
            "y": st.integers(-3840, 7680),
            "width": st.integers(1, 3840),
            "height": st.integers(1, 3840),
        }
    )
    whole = st.just({"x": 0, "y": 0, "width": canvas.width, "height": canvas.height})
    return inside | inside | whole | anywhere


@st.composite
def layout_objects(draw: st.DrawFn, name: str, canvas: Canvas, regions: list[str]) -> LayoutObject:
    shared: dict[str, Any] = {
        "id": name,
        "name": draw(names),
        **draw(boxes(canvas)),
        "opacity": draw(opacities),
        "hidden": draw(st.sampled_from([False, False, False, True])),
        "locked": draw(st.booleans()),
    }
    radius = draw(st.just(0) | st.integers(0, 1920))
    crop = draw(st.none() | source_crops())
    attached_to = draw(st.none() | st.sampled_from(regions)) if regions else None
    match draw(st.sampled_from(["image", "text"])) if name not in regions else "region":
        case "region":
            source = Source(draw(slots), draw(st.sampled_from(["camera", "screen"])))
            placeholder = draw(st.none() | pictures())
            return Region(
                **shared,
                fit=draw(fits),
                corner_radius=radius,
                source=source,
                source_crop=crop,
                placeholder=placeholder,
            )
        case "image":
            return Image(
                **shared,
                fit=draw(fits),
                corner_radius=radius,
                url=draw(urls),
                source_crop=crop,
                attached_to=attached_to,
            )
        case _:
            return Text(
                **shared,
                text=draw(texts),
                size=draw(st.sampled_from([8, 24, 32, 48, 400]) | st.integers(8, 400)),
                weight=draw(st.sampled_from([400, 700])),
                color=draw(colors),
                background=draw(st.none() | colors),
                align=draw(st.sampled_from(["left", "center", "right"])),
                attached_to=attached_to,
            )


@st.composite
def layout_documents(draw: st.DrawFn, max_objects: int = 8) -> LayoutDocument:
    """Any valid layout document, with all kinds of objects, on and off the canvas."""
    canvas = draw(canvases())
    object_ids = draw(st.lists(ids, unique=True, max_size=max_objects))
    regions = [name for name in object_ids if draw(st.booleans())]
    objects = [draw(layout_objects(name, canvas, regions)) for name in object_ids]
    return LayoutDocument(canvas=canvas, objects=tuple(objects))
