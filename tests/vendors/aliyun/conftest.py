"""What the Aliyun cases share: the vendor's examples, a task that uses them, a painter that paints nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from apps.layout_document.document import (
    Canvas,
    LayoutDocument,
    LayoutObject,
    Picture,
    Region,
    Source,
    Text,
)
from apps.vendors.aliyun.rtc2.record.adapter import AliyunRtcRecordAdapter
from apps.vendors.painter import PictureInfo
from apps.vendors.types import AppSpec, Binding, TaskSpec

HERE = Path(__file__).parent


@dataclass
class PaperPainter:
    """Knows the sizes of the `asset:` pictures it was told of; keeps what it was asked to bake."""

    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    baked: list[LayoutDocument] = field(default_factory=list)

    def bake(self, document: LayoutDocument, *, transparent: bool) -> PictureInfo:
        self.baked.append(document)
        url = f"<PUBLIC_URL>/a/baked{len(self.baked)}.png"
        return PictureInfo(url, document.canvas.width, document.canvas.height)

    def picture(self, reference: str) -> PictureInfo:
        width, height = self.sizes.get(reference, (0, 0))
        url = f"<PUBLIC_URL>/a/{reference[6:]}.png" if reference.startswith("asset:") else reference
        return PictureInfo(url, width, height)

    def missing_glyphs(self, text: str) -> str:
        return "".join(dict.fromkeys(character for character in text if character == "ᚠ"))


@pytest.fixture
def painter() -> PaperPainter:
    return PaperPainter()


@pytest.fixture
def adapter() -> AliyunRtcRecordAdapter:
    return AliyunRtcRecordAdapter()


@pytest.fixture(scope="session")
def sample() -> Callable[[str], dict[str, Any]]:
    def read(name: str) -> dict[str, Any]:
        value: dict[str, Any] = json.loads((HERE / "samples" / f"rtc_{name}.json").read_text(encoding="utf-8"))
        return value

    return read


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    value: dict[str, Any] = json.loads((HERE / "vectors" / "aliyun-signing.json").read_text(encoding="utf-8"))
    return value


@pytest.fixture
def region() -> Callable[..., Region]:
    def make(name: str, x: int, y: int, width: int, height: int, **more: Any) -> Region:
        slot, stream = more.pop("slot", name), more.pop("stream", "camera")
        return Region(id=name, x=x, y=y, width=width, height=height, source=Source(slot, stream), **more)

    return make


@pytest.fixture
def spec() -> Callable[..., TaskSpec]:
    def make(*objects: LayoutObject, bound: tuple[str, ...] = (), **more: Any) -> TaskSpec:
        """720p, black, recorded with a template; slots named in `bound` are taken by people of the same name."""
        canvas = more.pop("canvas", Canvas(1280, 720))
        settings = more.pop("settings", {"record_template_id": "76dasgb1"})
        people = {slot: Binding(slot) for slot in bound}
        defaults: dict[str, Any] = {
            "app": AppSpec("9qb1test", settings),
            "document": LayoutDocument(canvas, objects),
            "room": "room-1001",
            "task_id": "qb-rec-0001",
            "bindings": people,
        }
        return TaskSpec(**{**defaults, **more})

    return make


@pytest.fixture
def lesson(region: Callable[..., Region], spec: Callable[..., TaskSpec]) -> TaskSpec:
    """The task of the vendor's StartRecordTask example: a teacher's screen, with her camera in a corner."""
    screen = region(
        "screen", 0, 0, 1280, 720, slot="teacher", stream="screen",
        placeholder=Picture("https://img.example.com/screen-off.png", "stretch"),
    )  # fmt: skip
    camera = region(
        "camera", 970, 545, 302, 170, slot="teacher",
        placeholder=Picture("https://img.example.com/camera-off.png", "stretch"),
    )  # fmt: skip
    words = "{{name}} · 共享屏幕"
    title = Text(id="title", x=26, y=662, width=700, height=40, text=words, size=32, attached_to="screen")
    return spec(screen, camera, title, bound=("teacher",), variables={"name": "张老师"})
