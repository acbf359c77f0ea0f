"""CropMode: Aliyun RTC generation 2 has one for the whole picture."""

from __future__ import annotations

from collections.abc import Sequence

from apps.layout_document.document import Fit
from apps.vendors.aliyun.rtc2.layouts import Pane

CROP_MODES: dict[Fit, int] = {"cover": 1, "contain": 2}  # no word for stretch


def common_fit(panes: Sequence[Pane]) -> Fit:
    """The fit all regions get when they disagree.

    A contained screen share decides (a crop would cut content away), else the fit wanted by the larger area.
    With no wish, or a tie, nothing is cut away.
    """
    if any(pane.region.fit == "contain" and pane.region.source.stream == "screen" for pane in panes):
        return "contain"
    cover = sum(pane.where.area for pane in panes if pane.region.fit == "cover")
    contain = sum(pane.where.area for pane in panes if pane.region.fit == "contain")
    return "cover" if cover > contain else "contain"
