"""Pictures and texts above people: each as the placeholder of somebody who never publishes.

Undocumented, so only where the app's settings ask for it. It costs one of the seats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from apps.core.types import Json
from apps.layout_document.document import Canvas, Image, LayoutDocument, LayoutObject, Text
from apps.vendors.frame import Box, Frame
from apps.vendors.painter import Painter

NOBODY = "nobody-{index}"
EXACT = 3  # RenderMode: the picture has the region's size
OWN_RATIO = 1


def overlay_pane(
    item: Image | Text, index: int, frame: Frame, painter: Painter, rectangle: Callable[[Box], dict[str, Json]]
) -> tuple[dict[str, Json], dict[str, Json], LayoutObject]:
    """The stream that nobody publishes, its region with the painted PNG, and what comes out."""
    box = frame.clip(frame.place(item))
    (scaled,) = frame.resized([item]).objects
    assert isinstance(scaled, (Image, Text))
    alone = replace(scaled, x=scaled.x - box.left, y=scaled.y - box.top, attached_to=None)
    picture = painter.bake(LayoutDocument(Canvas(box.width, box.height), (alone,)), transparent=True)
    stream = {"Index": index, "UserId": NOBODY.format(index=index), "StreamType": 0}
    pane = {
        "StreamIndex": index,
        **rectangle(box),
        "ZOrder": index - 1,
        "RenderMode": EXACT,
        "Alpha": 1.0,
        "MediaType": 0,
        "AlternateImage": picture.url,
        "AlternateImageFillMode": OWN_RATIO,
    }
    return stream, pane, scaled
