"""How alike two pictures are: the mean structural similarity (Wang et al. 2004), of the luminance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

RADIUS = 1.5  # of the Gaussian window, px
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def similarity(one: Image.Image, other: Image.Image) -> float:
    """1 for equal pictures, near 0 for unrelated ones. Raises ValueError for pictures of different sizes."""
    if one.size != other.size:
        raise ValueError(f"{one.size} is not {other.size}")
    x, y = (np.asarray(picture.convert("L"), dtype=np.float32) for picture in (one, other))
    mean_x, mean_y = blur(x), blur(y)
    var_x, var_y = blur(x * x) - mean_x**2, blur(y * y) - mean_y**2
    both = blur(x * y) - mean_x * mean_y
    index = ((2 * mean_x * mean_y + C1) * (2 * both + C2)) / ((mean_x**2 + mean_y**2 + C1) * (var_x + var_y + C2))
    return float(index.mean())


def blur(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """A Gaussian window, by convolution of rows and columns."""
    reach = round(RADIUS * 3.5)
    offsets = np.arange(-reach, reach + 1, dtype=np.float32)
    kernel = np.exp(-(offsets**2) / (2 * RADIUS**2))
    kernel /= kernel.sum()
    padded = np.pad(values, reach, mode="reflect")
    rows = sum(weight * padded[:, at : at + values.shape[1]] for at, weight in enumerate(kernel))
    return sum(weight * rows[at : at + values.shape[0]] for at, weight in enumerate(kernel))  # type: ignore[return-value]


def side_by_side(one: Image.Image, other: Image.Image) -> Image.Image:
    """Both, and what differs between them."""
    both = Image.new("RGB", (one.width * 3, one.height))
    for place, picture in enumerate((one, other, ImageChops.difference(one, other))):
        both.paste(picture, (place * one.width, 0))
    return both
