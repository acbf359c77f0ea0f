"""Reading the parameters of a call, and what the vendor refuses with its codes."""

from __future__ import annotations

import re
from typing import Any

from apps.core.types import JsonObject
from apps.sandbox.aliyun.rtc2.tables import AUDIO_PROFILE, MEDIA_ENCODE, SYSTEM_LAYOUTS, TASK_PROFILES
from apps.sandbox.aliyun.wire.replies import Rejected, invalid, missing
from apps.sandbox.engine import accounts, config

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TASK_ID = re.compile(r"[A-Za-z0-9_-]{1,55}")
LISTS = ("SubSpecUsers", "SubSpecAudioUsers", "SubSpecCameraUsers", "SubSpecShareScreenUsers",
         "UnsubSpecAudioUsers", "UnsubSpecCameraUsers", "UnsubSpecShareScreenUsers")  # fmt: skip


def text(given: JsonObject, name: str, *, required: bool = False) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise invalid(name)
    if required and not value:
        raise missing(name)
    return value


def ids(given: JsonObject, *names: str) -> None:
    """AppId and the named ids, all required."""
    for name in ("AppId", *names):
        pattern = _TASK_ID if name == "TaskId" else _ID
        if not pattern.fullmatch(text(given, name, required=True)):
            raise invalid(name)
    unknown = config.strict() and given["AppId"] not in accounts.DEMO_APPS[accounts.ALIYUN]
    if unknown or given["AppId"] in accounts.NEVER_AN_APP[accounts.ALIYUN]:
        raise Rejected("Service.NoApp")


def users(given: JsonObject) -> dict[str, list[str]]:
    """The seven lists of who is in the mix. A typed one may say `allStream`, which is an id by its letters."""
    found = {name: listed(given, name, 16 if name == "SubSpecUsers" else 64) for name in LISTS}
    for name, members in found.items():
        if not all(isinstance(member, str) and _ID.fullmatch(member) for member in members):
            raise invalid(name)
    return found


def whole(
    given: JsonObject, name: str, low: int, high: int, default: int | None = None, *, required: bool = False
) -> int | None:
    raw = text(given, name, required=required)
    if raw == "":
        return default
    if not re.fullmatch(r"-?\d{1,18}", raw) or not low <= int(raw) <= high:
        raise invalid(name)
    return int(raw)


def share(
    given: JsonObject, name: str, *, above_zero: bool = False, required: bool = True, default: float = 0.0
) -> float:
    raw = text(given, name, required=required)
    if raw == "":
        return default
    if not re.fullmatch(r"\d(\.\d+)?", raw) or not 0 <= float(raw) <= 1 or (above_zero and float(raw) == 0):
        raise invalid(name, f"{name} must lie between 0.0 and 1.0.")
    return float(raw)


def flag(given: JsonObject, name: str) -> bool:
    raw = text(given, name).lower()  # the vendor's Python SDK writes True and False
    if raw not in ("", "true", "false"):
        raise invalid(name)
    return raw == "true"


def listed(given: JsonObject, name: str, most: int = 64, *, required: bool = False) -> list[Any]:
    value = given.get(name, [])
    if not isinstance(value, list) or len(value) > most:
        raise invalid(name)
    if required and not value:
        raise missing(name)
    return value


def objects(given: JsonObject, name: str, most: int = 64, *, required: bool = False) -> list[JsonObject]:
    value = listed(given, name, most, required=required)
    if not all(isinstance(element, dict) for element in value):
        raise invalid(name)
    return value


def page(given: JsonObject, default_size: int = 10) -> tuple[int, int]:
    """(page number from 1, page size)."""
    return whole(given, "PageNum", 1, 10**6, 1) or 1, whole(given, "PageSize", 1, 100, default_size) or default_size


def panes(given: JsonObject, *, required: bool) -> list[JsonObject]:
    """The panes of a layout, as numbers."""
    read = []
    for item in objects(given, "Panes", 16, required=required):
        read.append(
            {
                "PaneId": whole(item, "PaneId", 0, 15, required=True),
                "MajorPane": whole(item, "MajorPane", 0, 1, 0),
                "X": share(item, "X"),
                "Y": share(item, "Y"),
                "Width": share(item, "Width", above_zero=True),
                "Height": share(item, "Height", above_zero=True),
                "ZOrder": whole(item, "ZOrder", 0, 100, 0),
            }
        )
    if len({entry["PaneId"] for entry in read}) < len(read) or sum(entry["MajorPane"] == 1 for entry in read) > 1:
        raise invalid("Panes")
    return read


def layout_ids(state: JsonObject, given: JsonObject, app_id: str) -> list[int]:
    """The named layouts, known and of different pane counts."""
    found = []
    for raw in listed(given, "LayoutIds", 16):
        if not isinstance(raw, str) or not raw.isdecimal() or panes_of(state, app_id, int(raw)) is None:
            raise Rejected("InvalidLayoutID.Malformed")
        found.append(int(raw))
    counts = [len(panes_of(state, app_id, entry) or []) for entry in found]
    if len(set(counts)) < len(counts):
        raise Rejected("InvalidLayoutID.Malformed", "two layouts have the same number of panes")
    return found


def panes_of(state: JsonObject, app_id: str, layout_id: int) -> list[JsonObject] | None:
    """The panes of a built-in layout or of one of this app; None when there is no such layout."""
    if layout_id in SYSTEM_LAYOUTS:
        names = ("X", "Y", "Width", "Height", "ZOrder")
        rows = SYSTEM_LAYOUTS[layout_id][1]
        return [
            {"PaneId": n, "MajorPane": int(n == 0), **dict(zip(names, row, strict=True))} for n, row in enumerate(rows)
        ]
    layout = state["layouts"].get(str(layout_id))
    return layout["Panes"] if layout and layout["AppId"] == app_id else None


def media_encode(given: JsonObject, *, required: bool = False) -> int | None:
    raw = text(given, "MediaEncode", required=required)
    if raw == "":
        return None
    if not raw.isdecimal() or int(raw) not in MEDIA_ENCODE:
        raise Rejected("InvalidMediaEncode.Malformed")
    return int(raw)


def profile(given: JsonObject, encode: int | None, most_panes: int, *, required: bool = False) -> str:
    """TaskProfile, and the rules that tie it to MediaEncode and the layouts."""
    name = text(given, "TaskProfile", required=required)
    if name == "":
        return name
    if name == AUDIO_PROFILE:
        if encode not in (None, 0):
            raise Rejected("InvalidMediaEncode.Malformed", "Mixed_Audio needs MediaEncode 0")
        return name
    if name not in TASK_PROFILES:
        raise invalid("TaskProfile")
    inputs, lines = TASK_PROFILES[name]
    width, height, _, _ = MEDIA_ENCODE[encode] if encode is not None else (0, 0, 0, 0)
    if most_panes > inputs or min(width, height) > lines:
        raise invalid("TaskProfile", "The TaskProfile is too small for the layouts or the MediaEncode.")
    return name


def color(given: JsonObject, name: str) -> int:
    raw = text(given, name)
    if raw and (not raw.isdecimal() or int(raw) > 0xFFFFFF):
        raise Rejected(f"Invalid{name}.Malformed")
    return int(raw or 0)


def pictures(
    given: JsonObject, name: str, displays: tuple[int, ...] = (0, 1), *, alpha: bool = False
) -> list[JsonObject]:
    """Backgrounds, Watermarks or the Images of a pane, as numbers."""
    read = []
    for item in objects(given, name):
        url = text(item, "Url", required=True)
        if not url.startswith(("http://", "https://")):
            raise invalid(f"{name}.Url")
        picture = {
            "Url": url,
            "Display": whole(item, "Display", min(displays), max(displays), 1),
            **{part: share(item, part, required=False) for part in ("X", "Y")},
            **{part: share(item, part, required=False, default=1.0) for part in ("Width", "Height")},
            "ZOrder": whole(item, "ZOrder", 0, 100, 0),
        }
        if alpha:
            picture["Alpha"] = share(item, "Alpha", required=False)  # left out = 0.0 = not to be seen
        read.append(picture)
    return read


def texts(given: JsonObject, name: str, *, with_text: bool = True, styled: bool = False) -> list[JsonObject]:
    """The Texts of a pane, or ClockWidgets (which have none). `styled`: with outline, box and alpha, as relays have."""
    read = []
    for item in objects(given, name):
        row: JsonObject = {
            "X": share(item, "X", required=False),
            "Y": share(item, "Y", required=False),
            "FontType": whole(item, "FontType", 0, 5, 0),
            "FontSize": whole(item, "FontSize", 1, 72, 36),
            "FontColor": color(item, "FontColor"),
            "ZOrder": whole(item, "ZOrder", 0, 100, 0),
        }
        if styled:
            row |= {
                "BorderWidth": whole(item, "BorderWidth", 0, 100, 0),
                "BorderColor": color(item, "BorderColor"),
                "Box": flag(item, "Box"),
                "BoxColor": color(item, "BoxColor"),
                "BoxBorderWidth": whole(item, "BoxBorderWidth", 0, 100, 0),
                "Alpha": share(item, "Alpha", required=False, default=1.0),
            }
        read.append({"Text": text(item, "Text", required=True), **row} if with_text else row)
    return read


def user_panes(given: JsonObject, *, styled: bool = False) -> list[JsonObject]:
    """`styled`: those of a relay. A recording wants PaneId, UserId and SourceType together."""
    read = []
    for item in objects(given, "UserPanes", 16):
        source = text(item, "SourceType", required=not styled) or "camera"
        if source not in ("camera", "shareScreen"):
            raise invalid("SourceType")
        user_id = text(item, "UserId", required=not styled)
        if user_id and not _ID.fullmatch(user_id):
            raise invalid("UserId")
        read.append(
            {
                "PaneId": whole(item, "PaneId", 0, 15, required=True),
                "UserId": user_id,
                "SourceType": source,
                "Images": pictures(item, "Images", (0, 1, 2)),
                "Texts": texts(item, "Texts", styled=styled),
                **({"SegmentType": whole(item, "SegmentType", 0, 1, 0)} if styled else {}),
            }
        )
    if len({entry["PaneId"] for entry in read}) < len(read):
        raise invalid("UserPanes")
    return read
