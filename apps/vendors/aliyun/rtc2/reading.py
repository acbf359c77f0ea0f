"""From the parameters of one call of Aliyun RTC, nested, to the layout they draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil

from apps.core.errors import Problem
from apps.core.types import Json
from apps.layout_document.document import Fit, Stream
from apps.vendors.aliyun.rtc2 import stored_panes as stored
from apps.vendors.aliyun.rtc2 import texts
from apps.vendors.aliyun.rtc2.media import MEDIA_ENCODES
from apps.vendors.aliyun.rtc2.people import EVERYBODY
from apps.vendors.aliyun.rtc2.stored_panes import stored_panes
from apps.vendors.aliyun.rtc2.texts import LINE
from apps.vendors.frame import Box
from apps.vendors.importing.payload import (
    START,
    Pictures,
    Seats,
    layout_of,
    list_at,
    no_layout,
    number_at,
    push_to,
    room_of,
    unknown_members,
    unread,
    whole_at,
    word_of,
)
from apps.vendors.types import Imported

LAYOUT_WORDS = {"Panes", "LayoutIds", "UserPanes", "Layouts"}
# Of a layout, or of where it goes and who is seen: nothing a reader would miss.
UNDERSTOOD = LAYOUT_WORDS | {
    "AppId", "ChannelId", "TaskId", "StreamURL", "TemplateId", "LayoutId", "Name", "MixMode", "MediaEncode", "TaskProfile",
    "BackgroundColor", "CropMode", "Backgrounds", "Watermarks", "SubSpecUsers", "SubSpecCameraUsers",
    "SubSpecShareScreenUsers", "UnsubSpecCameraUsers", "UnsubSpecShareScreenUsers", "TotalNum", "TotalPage", "PageNum",
    "PageSize",
}  # fmt: skip
# Options that are as they would be without being said.
USUAL: dict[str, tuple[Json, ...]] = {
    "TaskType": ("0",), "PayloadType": ("0",), "ReportVad": ("0",), "RtpExtInfo": ("0",), "AudioMixCount": ("6",),
    "SubSpecAudioUsers": ([EVERYBODY],), "UnsubSpecAudioUsers": ([],), "ClockWidgets": ([],),
    "EnhancedParam": ({"EnablePortraitSegmentation": False}, {"EnablePortraitSegmentation": "false"}),
}  # fmt: skip
PANE = ("PaneId", "MajorPane", "X", "Y", "Width", "Height", "ZOrder")
USER_PANE = ("PaneId", "UserId", "SourceType", "SegmentType", "Images", "Texts")
PICTURE = ("Url", "Display", "X", "Y", "Width", "Height", "ZOrder")
TEXT = (
    "Text", "X", "Y", "FontType", "FontSize", "FontColor", "ZOrder", "BorderWidth", "BorderColor", "Box", "BoxColor",
    "BoxBorderWidth", "Alpha",
)  # fmt: skip
FITS: dict[int, Fit] = {1: "cover", 2: "contain"}  # CropMode; absent means 2
STREAMS: dict[str, Stream] = {"camera": "camera", "shareScreen": "screen"}
WEIGHTS = {1: 400, 2: 700}  # FontType → weight, of the fonts that look like ours
LIKE = {0: 400, 3: 700, 4: 400, 5: 400}  # the others
SMALLEST_LETTERS = 8
NEVER, ALWAYS, WITHOUT_VIDEO = 0, 1, 2  # Display
USUAL_SIZE = (1280, 720)

NOT_UNDERSTOOD = {
    **stored.NOT_UNDERSTOOD,
    "size_assumed": "The payload does not give the canvas size. 1280 × 720 is used.",
    "encode_unknown": "This MediaEncode value is unknown. 1280 × 720 is used.",
    "sound_only": "An audio-only task has no layout.",
    "single_stream": "A relay or recording of a single stream has no layout.",
    "no_share": "This must be a number from 0 to 1.",
    "major_pane": "A main pane follows the active speaker. A layout here cannot do that.",
    "no_pane": "The layout has no such pane, or the pane is listed twice.",
    "font": "Quadbox draws another font or weight instead.",
    "small_letters": "This text was too small and was enlarged.",
    "one_placeholder": "A region has one placeholder picture, which fills the region.",
    "color_number": "A color must be a number from 0 to 16777215.",
}


def words(box: Box) -> dict[str, int]:
    """In a layout document's words."""
    return {"x": box.left, "y": box.top, "width": max(1, box.width), "height": max(1, box.height)}


@dataclass(frozen=True, slots=True)
class _Level:
    """An object (and what belongs to it) with its place in the stack; of equals backgrounds lie below panes, and
    watermarks above. `heres` say where each came from."""

    depth: int
    kind: int
    objects: list[dict[str, Json]]
    heres: list[str]


@dataclass(slots=True)
class Reader:
    given: Mapping[str, Json]
    problems: list[Problem] = field(default_factory=list)
    seats: Seats = field(default_factory=Seats)
    made: int = 0

    def read(self) -> Imported:
        given = self.given
        if word_of(given.get("MixMode", "1")) == "0":
            raise no_layout("/MixMode", "single_stream", NOT_UNDERSTOOD)
        width, height = self.size()
        whole = Box(0, 0, width, height)
        fit = self.fit()
        panes, where = stored_panes(self.given, self.tell)
        users = self.users(len(panes), panes, where)
        levels = [self.background(entry, f"/Backgrounds/{at}", whole) for at, entry in self.listed("Backgrounds")]
        levels += [self.pane(pane, f"{where}/{at}", at, fit, users, whole) for at, pane in enumerate(panes)]
        levels += [self.watermark(entry, f"/Watermarks/{at}", whole) for at, entry in self.listed("Watermarks")]
        stack = sorted((level for level in levels if level.objects), key=lambda entry: (entry.depth, entry.kind))
        canvas: dict[str, Json] = {"width": width, "height": height, "color": self.color(given, "BackgroundColor", "")}
        if stack and (image := _ground(stack[0], width, height)):
            canvas["image"] = image
            stack = stack[1:]
        objects = [item for level in stack for item in level.objects]
        heres = [here for level in stack for here in level.heres]
        places = {f"/objects/{at}": here for at, here in enumerate(heres)}
        places |= {"/canvas/image": "/Backgrounds/0", "/canvas": "/MediaEncode", "/objects": where}
        document = layout_of({"schema": "quadbox.layout/1", "canvas": canvas, "objects": objects}, places)
        self.problems += [
            unread(f"/{name}", "task_option")
            for name, value in given.items()
            if name not in UNDERSTOOD and (word_of(value) or value) not in USUAL.get(name, ())
        ]
        room, output = room_of(given.get("ChannelId")), push_to(given.get("StreamURL"))
        return Imported(document, self.seats.bindings, tuple(self.problems), room, output)

    def tell(self, pointer: str, code: str) -> None:
        self.problems.append(unread(pointer, code, NOT_UNDERSTOOD))

    def listed(self, name: str) -> Iterator[tuple[int, Mapping[str, Json]]]:
        return enumerate(list_at(self.given, name, ""))

    # --- the picture as a whole ---------------------------------------------------------------------------------------

    def size(self) -> tuple[int, int]:
        if "MediaEncode" not in self.given:
            self.tell("", "size_assumed")
            return USUAL_SIZE
        identifier = whole_at(self.given, "MediaEncode", "")
        if identifier == 0:
            raise no_layout("/MediaEncode", "sound_only", NOT_UNDERSTOOD)
        for encode in MEDIA_ENCODES:
            if encode.id == identifier:
                return encode.width, encode.height
        self.tell("/MediaEncode", "encode_unknown")
        return USUAL_SIZE

    def fit(self) -> Fit:
        mode = whole_at(self.given, "CropMode", "", 2)
        if mode not in FITS:
            self.problems.append(unread("/CropMode", "unknown_word"))
        return FITS.get(mode, "contain")

    def color(self, value: Mapping[str, Json], name: str, where: str, default: int = 0) -> str:
        """`R + G·256 + B·65536` → `#RRGGBB`."""
        number = whole_at(value, name, where, default)
        if not 0 <= number <= 0xFFFFFF:
            raise no_layout(f"{where}/{name}", "color_number", NOT_UNDERSTOOD)
        return f"#{number & 255:02X}{number >> 8 & 255:02X}{number >> 16:02X}"

    # --- the panes --------------------------------------------------------------------------------------------------

    def users(
        self, count: int, panes: list[Mapping[str, Json]], where: str
    ) -> dict[int, tuple[Mapping[str, Json], str]]:
        """What is said of the people in the panes: PaneId → entry, and its pointer."""
        known = {whole_at(pane, "PaneId", f"{where}/{at}", at) for at, pane in enumerate(panes)}
        found: dict[int, tuple[Mapping[str, Json], str]] = {}
        for at, entry in self.listed("UserPanes"):
            here = f"/UserPanes/{at}"
            number = whole_at(entry, "PaneId", here)
            if number not in known or number in found:
                self.tell(f"{here}/PaneId", "no_pane")
                continue
            self.problems += unknown_members(entry, USER_PANE, here)
            found[number] = entry, here
        return found

    def pane(
        self,
        pane: Mapping[str, Json],
        here: str,
        at: int,
        fit: Fit,
        users: Mapping[int, tuple[Mapping[str, Json], str]],
        whole: Box,
    ) -> _Level:
        self.problems += unknown_members(pane, PANE, here)
        if whole_at(pane, "MajorPane", here, 0):
            self.tell(f"{here}/MajorPane", "major_pane")
        where = self.box(pane, here, whole)
        user, told = users.get(whole_at(pane, "PaneId", here, at), ({}, ""))
        person = word_of(user.get("UserId"))
        stream = word_of(user.get("SourceType", "camera"))
        if stream not in STREAMS:
            self.problems.append(unread(f"{told}/SourceType", "unknown_word"))
        if whole_at(user, "SegmentType", told, 0):
            self.problems.append(unread(f"{told}/SegmentType", "task_option"))
        source = {"slot": self.seats.slot(person, at + 1), "stream": STREAMS.get(stream, "camera")}
        region: dict[str, Json] = {"kind": "region", "id": f"r{at + 1}", "name": person[:80], **words(where)}
        region |= {"fit": fit, "source": source}
        inside = [*self.images(user, told, region, where), *self.texts(user, told, region, where)]
        inside.sort(key=lambda item: item.depth)  # stable: of equals pictures lie below texts
        objects, heres = [region], [here]
        for item in inside:
            objects += item.objects
            heres += item.heres
        return _Level(whole_at(pane, "ZOrder", here, 0), 1, objects, heres)

    # --- what lies in a pane ------------------------------------------------------------------------------------------

    def images(self, user: Mapping[str, Json], told: str, region: dict[str, Json], where: Box) -> Iterator[_Level]:
        for at, entry in enumerate(list_at(user, "Images", told)):
            here = f"{told}/Images/{at}"
            self.problems += unknown_members(entry, PICTURE, here)
            url = Pictures(self.problems).url(entry.get("Url"), f"{here}/Url")
            if not url:
                continue
            if whole_at(entry, "Display", here, ALWAYS) == WITHOUT_VIDEO:
                if "placeholder" in region or self.box(entry, here, where) != where:
                    self.tell(here, "one_placeholder")
                region.setdefault("placeholder", {"url": url, "fit": "stretch"})
                continue
            picture = self.picture(entry, here, url, where)
            yield _Level(whole_at(entry, "ZOrder", here, 0), 0, [{**picture, "attached_to": region["id"]}], [here])

    def texts(self, user: Mapping[str, Json], told: str, region: Mapping[str, Json], where: Box) -> Iterator[_Level]:
        for at, entry in enumerate(list_at(user, "Texts", told)):
            here = f"{told}/Texts/{at}"
            self.problems += unknown_members(entry, TEXT, here)
            words = word_of(entry.get("Text"))
            if not words:
                continue
            if whole_at(entry, "BorderWidth", here, 0):
                self.problems.append(unread(f"{here}/BorderWidth", "task_option"))
            font = whole_at(entry, "FontType", here, 0)
            if font not in WEIGHTS:
                self.tell(f"{here}/FontType", "font")
            size = whole_at(entry, "FontSize", here, 32)
            if size < SMALLEST_LETTERS:
                self.tell(f"{here}/FontSize", "small_letters")
                size = SMALLEST_LETTERS
            left = where.left + round(_share(entry, "X", here) * (where.right - where.left))
            top = where.top + round(_share(entry, "Y", here) * (where.bottom - where.top))
            text: dict[str, Json] = {
                "kind": "text",
                "id": self.name("t"),
                "x": left,
                "y": top,
                "width": max(1, ceil(texts.width(words, size))),
                "height": max(1, round(size * LINE)),
                "text": words,
                "size": size,
                "weight": WEIGHTS.get(font, LIKE.get(font, 400)),
                "color": self.color(entry, "FontColor", here),
                "opacity": number_at(entry, "Alpha", here, 1),
                "attached_to": region["id"],
            }
            if word_of(entry.get("Box")).lower() in ("true", "1") or entry.get("Box") is True:
                text["background"] = self.color(entry, "BoxColor", here)
            yield _Level(whole_at(entry, "ZOrder", here, 0), 1, [text], [here])

    # --- what lies free on the canvas ---------------------------------------------------------------------------------

    def background(self, entry: Mapping[str, Json], here: str, whole: Box) -> _Level:
        return self.free(entry, here, whole, 0, PICTURE)

    def watermark(self, entry: Mapping[str, Json], here: str, whole: Box) -> _Level:
        return self.free(entry, here, whole, 2, (*PICTURE, "Alpha"))

    def free(self, entry: Mapping[str, Json], here: str, whole: Box, kind: int, words: tuple[str, ...]) -> _Level:
        self.problems += unknown_members(entry, words, here)
        url = Pictures(self.problems).url(entry.get("Url"), f"{here}/Url")
        depth = whole_at(entry, "ZOrder", here, 0)
        if not url:
            return _Level(depth, kind, [], [])
        picture = self.picture(entry, here, url, whole)
        if "Alpha" in words:
            picture["opacity"] = number_at(entry, "Alpha", here, 1)
        return _Level(depth, kind, [picture], [here])

    def picture(self, entry: Mapping[str, Json], here: str, url: str, within: Box) -> dict[str, Json]:
        return {
            "kind": "image",
            "id": self.name("i"),
            **words(self.box(entry, here, within)),
            "fit": "stretch",
            "url": url,
            "hidden": whole_at(entry, "Display", here, ALWAYS) == NEVER,
        }

    def box(self, entry: Mapping[str, Json], here: str, within: Box) -> Box:
        across, down = within.right - within.left, within.bottom - within.top
        left, top = _share(entry, "X", here), _share(entry, "Y", here)
        right, bottom = left + _share(entry, "Width", here), top + _share(entry, "Height", here)
        return Box(
            within.left + round(left * across),
            within.top + round(top * down),
            within.left + round(right * across),
            within.top + round(bottom * down),
        )

    def name(self, letter: str) -> str:
        self.made += 1
        return f"{letter}{self.made}"


def _share(value: Mapping[str, Json], name: str, where: str) -> float:
    share = number_at(value, name, where, START.get(name))
    if not 0 <= share <= 1:
        raise no_layout(f"{where}/{name}", "no_share", NOT_UNDERSTOOD)
    return share


def _ground(level: _Level, width: int, height: int) -> dict[str, Json] | None:
    """The lowest thing as the background of the canvas, if it is one: a shown background that fills it."""
    (item, *_more) = level.objects
    fills = (item["x"], item["y"], item["width"], item["height"]) == (0, 0, width, height)
    if level.kind or not fills or item["hidden"]:
        return None
    return {"url": item["url"], "fit": "stretch"}
