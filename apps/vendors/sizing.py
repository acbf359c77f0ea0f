"""How large a product's picture is, and values brought into its ranges: what several products say in the same words."""

from __future__ import annotations

import math

from apps.vendors.capabilities import Range
from apps.vendors.frame import Frame, fit_frame
from apps.vendors.plan import Finding
from apps.vendors.types import TaskSpec


def plan_frame(spec: TaskSpec, findings: list[Finding], *, maximum: int) -> Frame:
    """The output's size: the running one on air (`previous["canvas"]`), else the wished one, else the canvas's; both
    sides even and at most `maximum`."""
    canvas = spec.document.canvas
    running = running_size(spec)
    if running:
        frame = fit_frame(canvas, *running, maximum=maximum)
        if frame.scaled:
            message = (
                "The picture keeps its size of {width} × {height} while the task runs. The layout is scaled to it."
            )
            params = {"width": frame.width, "height": frame.height}
            findings.append(Finding("changed", "size_fixed_on_air", None, "canvas", message, params))
        findings += shape_findings(frame)
        return frame
    width, height = spec.encoding.get("width"), spec.encoding.get("height")
    if width and not height:
        height = canvas.height * width / canvas.width
    elif height and not width:
        width = canvas.width * height / canvas.height
    asked = (round(width or canvas.width), round(height or canvas.height))
    frame = fit_frame(canvas, *asked, maximum=maximum)
    params = {"width": frame.width, "height": frame.height, "maximum": maximum}
    if (frame.width, frame.height) != asked:
        message = "The output is {width} × {height}: both sides must be even and at most {maximum} pixels."
        findings.append(Finding("changed", "size_limited", None, "canvas", message, params))
    elif frame.scaled and not shape_findings(frame):
        message = "The canvas is scaled to an output of {width} × {height}."
        findings.append(Finding("note", "scaled", None, "encoding", message, params))
    findings += shape_findings(frame)
    return frame


def shape_findings(frame: Frame, tolerance: float = 0.01) -> list[Finding]:
    """What every product reports when the canvas and the output have different aspect ratios: everything in the
    picture is stretched. `tolerance` is a share: sides rounded to even numbers are the same shape."""
    if math.isclose(frame.scale_x, frame.scale_y, rel_tol=tolerance):
        return []
    message = (
        "The canvas is {width} × {height}, the output {to_width} × {to_height}: the aspect ratios differ, so the whole"
        " picture is stretched."
    )
    size = {"width": frame.canvas.width, "height": frame.canvas.height}
    params = {**size, "to_width": frame.width, "to_height": frame.height}
    return [Finding("changed", "canvas_shape_changed", None, "canvas", message, params)]


def running_size(spec: TaskSpec) -> tuple[int, int] | None:
    """The size the task was started with, if it is known."""
    size = (spec.previous or {}).get("canvas")
    if not isinstance(size, (list, tuple)) or len(size) != 2:
        return None
    width, height = size
    if not isinstance(width, int) or not isinstance(height, int) or width < 2 or height < 2:
        return None
    return width, height


def plain_color(color: str, findings: list[Finding]) -> str:
    """`#RRGGBB`. There is nothing behind the canvas but black, so a translucent color is mixed with it."""
    if len(color) != 9:
        return color
    alpha = int(color[7:9], 16) / 255
    if alpha == 1:
        return color[:7]
    message = "The canvas cannot be translucent. Its color is mixed with black."
    findings.append(Finding("changed", "canvas_opaque", None, "canvas.color", message))
    return "#" + "".join(f"{round(int(color[at : at + 2], 16) * alpha):02X}" for at in (1, 3, 5))


def within(value: float, span: Range, name: str, findings: list[Finding]) -> int:
    """The value as a whole number in the range; a finding when that changes it."""
    used = int(span.clamp(round(value)))
    if used != value:
        message = "{name} must be a whole number from {minimum} to {maximum}. {used} is used."
        params = {"name": name, "minimum": f"{span.minimum:g}", "maximum": f"{span.maximum:g}", "used": used}
        findings.append(Finding("changed", "out_of_range", None, f"encoding.{name}", message, params))
    return used
