"""What a picture can be at Aliyun RTC: the MediaEncode table (canvas, bitrate, frame rate) and the billing profiles."""

from __future__ import annotations

from dataclasses import dataclass
from math import log


@dataclass(frozen=True, slots=True)
class MediaEncode:
    """Width and height in pixels, H.264 + AAC. Id 0 (audio only) is not in the list below."""

    id: int
    width: int
    height: int
    kbps: int
    fps: int


# Vendor samples also use 2 and 50, which the table does not have.
MEDIA_ENCODES = (
    MediaEncode(1, 640, 360, 500, 15),
    MediaEncode(10, 960, 540, 700, 24),
    MediaEncode(20, 1280, 720, 1024, 25),
    MediaEncode(22, 720, 1280, 1024, 30),
    MediaEncode(23, 800, 600, 1024, 30),
    MediaEncode(24, 750, 780, 1024, 30),
    MediaEncode(25, 750, 540, 700, 30),
    MediaEncode(26, 720, 1280, 2048, 30),
    MediaEncode(27, 1280, 720, 2048, 30),
    MediaEncode(28, 1280, 720, 3096, 30),
    MediaEncode(30, 1920, 1080, 2048, 30),
    MediaEncode(31, 1080, 1920, 2048, 30),
    MediaEncode(32, 1024, 768, 1024, 24),
    MediaEncode(33, 1280, 960, 1024, 24),
    MediaEncode(34, 1024, 768, 2048, 24),
    MediaEncode(35, 1280, 960, 2048, 24),
    MediaEncode(36, 1280, 720, 1024, 24),
    MediaEncode(37, 1280, 720, 2048, 24),
    MediaEncode(38, 540, 960, 750, 15),
    MediaEncode(39, 540, 960, 1500, 30),
    MediaEncode(40, 1280, 720, 1200, 15),
    MediaEncode(41, 720, 1280, 1200, 15),
    MediaEncode(42, 720, 1280, 1500, 15),
    MediaEncode(43, 540, 960, 1200, 15),
    MediaEncode(52, 640, 360, 500, 30),
    MediaEncode(53, 360, 640, 500, 15),
    MediaEncode(54, 360, 640, 500, 30),
)
SIZES = tuple(sorted({(encode.width, encode.height) for encode in MEDIA_ENCODES}))
DEFAULT_FPS = 25
DEFAULT_KBPS = 2048

PROFILE_INPUTS = (1, 2, 4, 9, 12, 16)
PROFILE_SHORT_SIDES = (360, 720, 1080)


def nearest_size(width: int, height: int) -> tuple[int, int]:
    """The exact size, else the same shape one size up (or its largest), else the least distorting size."""
    if (width, height) in SIZES:
        return width, height
    same_shape = [size for size in SIZES if size[0] * height == size[1] * width]
    if same_shape:
        return min((size for size in same_shape if size[0] >= width), default=max(same_shape))
    return min(SIZES, key=lambda size: abs(log(size[0] / width)) + abs(log(size[1] / height)))


def by_id(identifier: object) -> MediaEncode | None:
    return next(
        (encode for encode in MEDIA_ENCODES if encode.id == identifier and not isinstance(identifier, bool)), None
    )


def choose(width: int, height: int, fps: float | None, kbps: float | None) -> MediaEncode:
    """Size first, then the nearest frame rate, then the nearest bitrate. None: no wish, so our default counts."""
    size = nearest_size(width, height)
    of_size = (encode for encode in MEDIA_ENCODES if (encode.width, encode.height) == size)
    return min(
        of_size,
        key=lambda size: (abs(size.fps - (fps or DEFAULT_FPS)), abs(size.kbps - (kbps or DEFAULT_KBPS)), size.id),
    )


def smallest_profile(panes: int, media: MediaEncode) -> str:
    """The billing profile that holds so many panes at this resolution, e.g. `4IN_720P`.

    The short side is compared (the rule for odd sizes such as 750×780 is not published: the next one up).
    """
    short = min(media.width, media.height)
    side = next(side for side in PROFILE_SHORT_SIDES if side >= short)
    inputs = next((input_ for input_ in PROFILE_INPUTS if input_ >= panes), PROFILE_INPUTS[-1])
    return f"{inputs}IN_{side}P"
