"""The capabilities table of a vendor's README, made from the data so that it cannot grow stale."""

from __future__ import annotations

from apps.vendors.capabilities import Capabilities, Range, Support

_SUPPORT: dict[Support, str] = {
    "native": "in the vendor's own words",
    "baked": "painted into the background picture",
    "attached": "inside the pane of a region",
    "none": "no",
}


def table(capabilities: Capabilities) -> str:
    """Markdown, one row an ability."""
    one = capabilities
    low, high = one.canvas_minimum, one.canvas_maximum
    size = f"{low[0]} × {low[1]} to {high[0]} × {high[1]}{', even sides' if one.canvas_even else ''}"
    if one.canvas_sizes:
        size = ", ".join(f"{width} × {height}" for width, height in one.canvas_sizes)
    encoding = one.encoding
    rows = [
        ("canvas", size),
        ("regions", f"at most {one.max_panes}"),
        ("fit", f"{', '.join(one.fits)}{'' if one.fit_per_region else ' (one for all regions)'}"),
        ("opacity · corner radius", f"{_yes(one.opacity)} · {_yes(one.corner_radius)}"),
        ("source crop · placeholder", f"{_yes(one.source_crop)} · {_yes(one.placeholder)}"),
        ("background color · picture", f"{_yes(one.background_color)} · {_yes(one.background_image)}"),
        ("pictures", f"{_SUPPORT[one.images]}; above regions: {_yes(one.images_above_regions)}"),
        ("texts", f"{_SUPPORT[one.texts]}; above regions: {_yes(one.texts_above_regions)}"),
        ("unbound slots take the next person", _yes(one.dynamic_slots)),
        ("outputs", f"{one.max_outputs} {', '.join(one.output_schemes)}".strip()),
        ("may change on air", ", ".join(sorted(one.on_air)) or "nothing"),
        ("frames per second", _range(encoding.fps)),
        ("bitrate", _range(encoding.bitrate_kbps)),
        ("calls per second", ", ".join(f"{name} {most}" for name, most in one.queries_per_second.items()) or "?"),
    ]
    lines = ["| ability | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]
    return "\n".join([*lines, "", *(f"- {note}" for note in one.notes)]) + "\n"


def _yes(able: bool) -> str:
    return "yes" if able else "no"


def _range(span: Range | None) -> str:
    if span is None:
        return "the product's own"
    default = "" if span.default is None else f", {span.default:g} if not said"
    return f"{span.minimum:g} to {span.maximum:g} {span.unit}".rstrip() + default
