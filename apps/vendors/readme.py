"""The tables of the vendors' READMEs, made from the data and the first sentence of each module.
`python -m apps.vendors.readme` writes them; a test fails when they are out of date."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from apps.vendors import registry
from apps.vendors.capabilities import Capabilities, Range, Support

HERE = Path(__file__).parent
FILES = "## Files"
PRODUCTS_OWN = "the product's own"

_SUPPORT: dict[Support, str] = {
    "native": "in the vendor's own words",
    "baked": "painted by Quadbox",
    "attached": "inside the pane of a region",
    "none": "no",
}


def table(capabilities: Capabilities) -> str:
    """Markdown, one row an ability."""
    able = capabilities
    low, high = able.canvas_minimum, able.canvas_maximum
    size = f"{low[0]} × {low[1]} to {high[0]} × {high[1]}{', even sides' if able.canvas_even else ''}"
    if able.canvas_sizes:
        size = ", ".join(f"{width} × {height}" for width, height in able.canvas_sizes)
    encoding = able.encoding
    rows = [
        ("canvas", size),
        ("regions", _regions(able)),
        ("over the edge of the canvas", ", ".join(sorted(able.overhang)) or "nothing"),
        ("fit", f"{', '.join(able.fits)}{'' if able.fit_per_region else ' (one for all regions)'}"),
        ("opacity · corner radius", f"{_yes(able.opacity)} · {_yes(able.corner_radius)}"),
        ("source crop · placeholder", f"{_yes(able.source_crop)} · {_yes(able.placeholder)}"),
        ("background color · picture", f"{_yes(able.background_color)} · {_yes(able.background_image)}"),
        ("pictures", _drawn(able.images, able.max_images, above=able.images_above_regions)),
        ("texts", _drawn(able.texts, able.max_texts, above=able.texts_above_regions)),
        ("unbound slots take the next person", _yes(able.dynamic_slots)),
        ("shared screens", _yes(able.screen_streams)),
        ("user ids", "whole numbers" if able.integer_users else "texts"),
        ("outputs", f"{able.max_outputs} {', '.join(able.output_schemes)}".strip()),
        ("may change on air", ", ".join(sorted(able.on_air)) or "nothing"),
        ("frames per second", _range(encoding.fps)),
        ("bitrate", _range(encoding.bitrate_kbps)),
        ("seconds between key frames", _range(encoding.gop_seconds)),
        ("codecs", _list(encoding.codecs)),
        ("audio bitrate", _range(encoding.audio_bitrate_kbps)),
        ("audio sample rates · channels", f"{_list(encoding.audio_sample_rates)} · {_list(encoding.audio_channels)}"),
        ("longest task", "no limit" if able.max_task_seconds is None else f"{able.max_task_seconds / 3600:g} hours"),
        ("calls per second", ", ".join(f"{name} {most}" for name, most in able.queries_per_second.items()) or "?"),
    ]
    lines = ["| ability | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]
    return "\n".join([*lines, "", *(f"- {note}" for note in able.notes)]) + "\n"


def _regions(value: Capabilities) -> str:
    width, height = value.region_minimum
    least = f", at least {width} × {height}" if max(width, height) > 2 else ""
    return f"at most {value.max_panes}{least}{', on even pixels' if value.regions_even else ''}"


def _drawn(support: Support, most: int | None, *, above: bool) -> str:
    """What is painted by us reaches the product in a picture it takes: one that lies above regions, or the lowest."""
    into = " into overlays" if above else " into the background picture"
    text = _SUPPORT[support] + (into if support == "baked" else "")
    limit = "" if most is None else f", at most {most}"
    return f"{text}{limit}; above regions: {_yes(above)}"


def _list(values: Sequence[object]) -> str:
    return ", ".join(map(str, values)) or PRODUCTS_OWN


def _yes(able: bool) -> str:
    return "yes" if able else "no"


def _range(span: Range | None) -> str:
    if span is None:
        return PRODUCTS_OWN
    default = "" if span.default is None else f", {span.default:g} if not said"
    return f"{span.minimum:.3g} to {span.maximum:g} {span.unit}".rstrip() + default


def files(vendor: str) -> str:
    """Markdown: what each module of a vendor's folder is about, folder by folder; the modules of its products by name."""
    folder = HERE / vendor
    homes = {home_of(slug): slug for slug in registry.vendors()[vendor]}
    lines = [
        "| file | about |",
        "|---|---|",
        *(f"| `{name}` | {text} |" for name, text in _rows(folder, folder, homes)),
    ]
    return "\n".join(lines) + "\n"


def _rows(folder: Path, root: Path, homes: Mapping[Path, str]) -> Iterator[tuple[str, str]]:
    """(name seen from `root`, about) of the modules of a folder, then of the folders in it."""
    modules = [path for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
    name = f"{folder.relative_to(root)}/" if folder != root else ""
    if folder in homes:
        yield name, f"the product `{homes[folder]}`: {', '.join(f'`{path.stem}`' for path in modules)}"
        return
    yield from ((f"{name}{path.name}", _about(path)) for path in modules)
    for inner in sorted(path.parent for path in folder.glob("*/__init__.py")):
        yield from _rows(inner, root, homes)


def home_of(slug: str) -> Path:
    """The folder of a product's adapter."""
    module = registry.PRODUCTS[slug].partition(":")[0]
    return HERE.joinpath(*module.split(".")[2:-1])


def _about(path: Path) -> str:
    """The first sentence of a module."""
    words = " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0].split())
    return re.split(r"\.(?: |$)", words, maxsplit=1)[0].replace("|", "\\|")


def renewed(vendor: str, text: str) -> str:
    """A README with its tables as they should be."""
    text = _replaced(text, FILES, r"(?:\|.*\n)+", files(vendor))
    for slug in registry.vendors()[vendor]:
        text = _replaced(text, f"## {slug}", r"(?:\|.*\n)+\n(?:- .*\n)*", table(registry.adapter(slug).capabilities))
    return text


def _replaced(text: str, heading: str, old: str, new: str) -> str:
    head = f"{heading}\n\n"
    return re.sub(re.escape(head) + old, (head + new).replace("\\", r"\\"), text)


def main() -> None:
    for vendor in registry.vendors():
        path = HERE / vendor / "README.md"
        path.write_text(renewed(vendor, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
