"""What comes out of panes and of what lies in them: layout objects in the output's pixels (`Plan.drawn`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from apps.layout_document.document import Fit, Image, LayoutObject, Picture, Region, Text
from apps.layout_document.variables import fill
from apps.vendors.aliyun.rtc2.layouts import Pane
from apps.vendors.aliyun.rtc2.panes import Inside
from apps.vendors.aliyun.rtc2.texts import BOX_BORDER, LARGEST, LINE, alpha, nearest_weight, width
from apps.vendors.background_bake import can_be_baked
from apps.vendors.drawn import bars, placed
from apps.vendors.frame import Frame, box_of
from apps.vendors.painter import Painter

WIDEST_LETTER = 1.1  # sizes; a text is never wrapped


def pane_objects(
    panes: Sequence[Pane],
    inside: Mapping[str, Inside],
    fit: Fit,
    color: str,
    frame: Frame,
    painter: Painter,
    variables: Mapping[str, str],
    *,
    styled: bool = False,
) -> list[tuple[int, LayoutObject]]:
    """Every object with the depth of its pane, in paint order. `color` is what bars are painted in.

    `styled` texts are translucent, and have their background behind the letters.
    """
    found: list[tuple[int, LayoutObject]] = []
    for pane in sorted(panes, key=lambda item: (item.depth, item.number)):
        seat = inside.get(pane.region.id)
        region = _region(pane, fit, frame, painter, bound=seat is not None)
        if fit == "contain":
            found.append((pane.depth, bars(region, frame.scaled_box(pane.where), color)))
        found.append((pane.depth, region))
        for item in seat.items if seat else ():
            drawn = _item(item, pane, frame, painter, variables, styled=styled)
            found += [(pane.depth, item) for item in drawn]
    return found


def _region(pane: Pane, fit: Fit, frame: Frame, painter: Painter, *, bound: bool) -> Region:
    wanted = pane.region.placeholder if bound else None
    shown = wanted and Picture(wanted.url, wanted.fit if can_be_baked(wanted.url, painter) else "stretch")
    where = frame.scaled_box(pane.where)
    return replace(
        pane.region,
        x=where.left,
        y=where.top,
        width=max(1, where.width),
        height=max(1, where.height),
        fit=fit,
        opacity=1.0,
        corner_radius=0,
        source_crop=None,
        placeholder=shown,
    )


def _item(
    item: Image | Text, pane: Pane, frame: Frame, painter: Painter, variables: Mapping[str, str], *, styled: bool
) -> Iterator[Image | Text]:
    if isinstance(item, Text):
        words = " ".join(line.strip() for line in fill(item.text, variables).splitlines()).strip()
        if words and styled:
            yield from _styled(item, words, pane, frame)
        elif words:
            yield _line(item, words, pane, frame)
        return
    whole = box_of(item)
    if not whole.overlaps(pane.where):
        return
    where = whole.meet(pane.where)
    if can_be_baked(item.url, painter):
        yield placed(item, frame.scaled_box(whole if item.fit != "stretch" else where))
    else:
        plain = replace(item, fit="stretch", opacity=1.0, corner_radius=0, source_crop=None)
        yield placed(plain, frame.scaled_box(where))


def _line(text: Text, words: str, pane: Pane, frame: Frame, opacity: float = 1.0) -> Text:
    """One line from a point inside the pane, in one of Aliyun's weights. `preview` centers a line in its box, Aliyun
    hangs it from the top: so the box is as high as the line."""
    x = min(max(text.x, pane.where.left), pane.where.right)
    y = min(max(text.y, pane.where.top), pane.where.bottom)
    size = min(max(1, round(text.size * frame.scale_y)), LARGEST)
    left, top = round(x * frame.scale_x), round(y * frame.scale_y)
    wide = round(size * WIDEST_LETTER * (len(words) + 1))
    return replace(
        text,
        x=left,
        y=top,
        width=max(1, wide),
        height=max(1, round(size * LINE)),
        text=words,
        size=size,
        weight=nearest_weight(text.weight),
        color=text.color[:7],
        background=None,
        align="left",
        opacity=opacity,
    )


def _styled(text: Text, words: str, pane: Pane, frame: Frame) -> Iterator[Text]:
    """A line as translucent as its text, above the box behind its letters."""
    opacity = text.opacity * alpha(text.color) / 255
    line = _line(text, words, pane, frame, opacity)
    if text.background is not None and alpha(text.background):
        wide = max(1, round(width(words, line.size)))
        yield boxed(replace(line, id=f"{line.id[:59]}-box", width=wide), text.background[:7])
    yield line


def boxed(line: Text, color: str) -> Text:
    """The box behind the letters of a line, and a little around them."""
    around = BOX_BORDER
    return replace(
        line, x=line.x - around, y=line.y - around, width=line.width + 2 * around, height=line.height + 2 * around,
        text="", background=color,
    )  # fmt: skip
