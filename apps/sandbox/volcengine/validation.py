"""What the vendor refuses, with its codes.

2023-11-01 refuses a bad optional value; older versions take the default instead. A wrong JSON type is
`InvalidParameter.Unmarshal` in every version.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from apps.core.types import JsonObject
from apps.sandbox.engine import accounts, config
from apps.sandbox.volcengine.replies import Rejected

_ID = re.compile(r"[a-zA-Z0-9_@\-.]{1,128}")
_APP_ID = re.compile(r"[0-9a-fA-F]{24}")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_UUID = re.compile(r"[0-9a-fA-F]{32}")
ROUNDING = 1e-6  # shares come with six decimals
PIXEL_VERSIONS = ("2023-06-01", "2023-11-01")


def bad(message: str) -> Rejected:
    return Rejected("InvalidParameter", message)


def body_of(raw: bytes) -> JsonObject:
    if not raw:
        raise Rejected("InvalidParameter.BodyIsEmpty", "the body is empty")
    try:
        body = json.loads(raw)
    except ValueError:
        raise Rejected("InvalidParameter.Unmarshal", "the body is not JSON") from None
    if not isinstance(body, dict):
        raise Rejected("InvalidParameter.Unmarshal", "the body is not an object")
    return body


def ids(given: JsonObject, *names: str) -> None:
    """AppId and the named ids, all of them required."""
    app_id = text(given, "AppId")
    if not _APP_ID.fullmatch(app_id):
        raise Rejected("InvalidParameter.IllegalAppId", "AppId is malformed")
    unknown = config.strict() and app_id not in accounts.DEMO_APPS[accounts.VOLCENGINE]
    if unknown or app_id in accounts.NEVER_AN_APP[accounts.VOLCENGINE]:
        raise Rejected("InvalidParameter.NotExistAppId", "AppId does not exist")
    for name in names:
        one_id(given, name)


def one_id(given: JsonObject, name: str) -> None:
    if not _ID.fullmatch(text(given, name)):
        code = "InvalidParameter.IllegalRoomID" if name == "RoomId" else "InvalidParameter"
        raise Rejected(code, f"{name} is illegal")


def text(given: JsonObject, name: str, default: str = "") -> str:
    value = given.get(name, default)
    if not isinstance(value, str):
        raise Rejected("InvalidParameter.Unmarshal", f"{name} must be a string")
    return value


class Checker:
    """Checks members of one request of one version; `lenient` versions drop what they cannot use."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.pixels = version in PIXEL_VERSIONS
        self.lenient = version != "2023-11-01"

    def whole(self, given: JsonObject, name: str, low: int, high: int, *, required: bool = False) -> int | None:
        return self._number(given, name, low, high, required=required, whole=True)  # type: ignore[return-value]

    def share(self, given: JsonObject, name: str, low: float, high: float, **bounds: bool) -> float | None:
        return self._number(given, name, low, high, **bounds)

    def _number(
        self, given: JsonObject, name: str, low: float, high: float, *, required: bool = False, whole: bool = False,
        above: bool = False, below: bool = False,
    ) -> float | None:  # fmt: skip
        """`above`/`below`: the bound itself is not allowed."""
        value = given.get(name)
        if value is None:
            if required:
                raise bad(f"{name} is required")
            return None
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            raise Rejected("InvalidParameter.Unmarshal", f"{name} has the wrong type")
        if not (low <= value <= high) or (above and value == low) or (below and value == high):
            self._refuse(given, name, required)
            return None
        return value

    def _refuse(self, given: JsonObject, name: str, required: bool = False) -> None:
        if required or not self.lenient:
            raise bad(f"{name} is out of range")
        del given[name]

    def one_of(self, given: JsonObject, name: str, allowed: tuple[int, ...]) -> None:
        value = given.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise Rejected("InvalidParameter.Unmarshal", f"{name} has the wrong type")
        if value is not None and value not in allowed:
            self._refuse(given, name)

    def section(self, given: JsonObject, name: str) -> JsonObject:
        value = given.get(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise Rejected("InvalidParameter.Unmarshal", f"{name} must be an object")
        return value

    def objects(self, given: JsonObject, name: str) -> list[JsonObject]:
        value = given.get(name) or []
        if not isinstance(value, list) or not all(isinstance(element, dict) for element in value):
            raise Rejected("InvalidParameter.Unmarshal", f"{name} must be a list of objects")
        return value

    # --- the parts of a push ---

    def push(self, body: JsonObject) -> None:
        if "BusinessId" in body:
            one_id(body, "BusinessId")
        url = text(body, "PushURL")
        try:
            parts = urlsplit(url)
        except ValueError:
            raise Rejected("InvalidParameter.InvalidRtmpAddress", "PushURL is not an rtmp address") from None
        if parts.scheme != "rtmp" or not parts.hostname or not parts.path.strip("/"):
            raise Rejected("InvalidParameter.InvalidRtmpAddress", "PushURL is not an rtmp address")
        self.parts(body)
        self.control(self.section(body, "Control"))

    def parts(self, body: JsonObject) -> None:
        """What Start and Update share: streams, layout, encoding."""
        layout = self.section(body, "Layout")
        self.whole(layout, "LayoutMode", 0, 3)
        custom = layout.get("LayoutMode") == 2
        streams = self.streams(body, "TargetStreams", 30 if custom and self.pixels else 17, indexed=custom)
        excluded = self.streams(body, "ExcludeStreams", 10_000, indexed=False)
        both = {(stream["UserId"], stream.get("StreamType", 0)) for stream in streams} & {
            (stream["UserId"], stream.get("StreamType", 0)) for stream in excluded
        }
        if both:
            raise bad("a stream is in TargetStreams and in ExcludeStreams")
        if main := self.section(layout, "MainVideoStream"):
            one_id(main, "UserId")
        if custom:
            self.custom_layout(self.section(layout, "CustomLayout"), streams)
        self.encode(self.section(body, "Encode"))

    def streams(self, body: JsonObject, name: str, most: int, *, indexed: bool) -> list[JsonObject]:
        streams = self.objects(self.section(body, name), "StreamList")
        for stream in streams:
            one_id(stream, "UserId")
            self.one_of(stream, "StreamType", (0, 1))
            self.whole(stream, "Index", 0, 2**31 - 1, required=indexed)
        if len(streams) > most:
            raise bad(f"too many streams: {len(streams)} > {most}")
        names = [(stream["UserId"], stream.get("StreamType", 0)) for stream in streams]
        indexes = [stream.get("Index") for stream in streams]
        if len(set(names)) < len(names) or (indexed and len(set(indexes)) < len(indexes)):
            raise bad(f"{name} names a stream or an Index twice")
        return streams

    def custom_layout(self, custom: JsonObject, streams: list[JsonObject]) -> None:
        canvas = self.section(custom, "Canvas")
        for name in ("Width", "Height"):
            value = self.whole(canvas, name, 2, 1920)
            if value is not None and value % 2:
                raise bad(f"Canvas.{name} must be even")
        if not _COLOR.fullmatch(text(canvas, "Background", "#000000")):
            self._refuse(canvas, "Background")
        if len(text(canvas, "BackgroundImage").encode()) > 1024:
            raise bad("BackgroundImage is too long")
        regions = self.objects(custom, "Regions")
        if not regions:
            raise bad("Regions are required")
        for region in regions:
            self.region(region, canvas.get("Width", 640), canvas.get("Height", 480))
        if sorted(region["StreamIndex"] for region in regions) != sorted(stream["Index"] for stream in streams):
            raise bad("regions and target streams do not match")

    def region(self, region: JsonObject, width: int, height: int) -> None:
        self.whole(region, "StreamIndex", 0, 2**31 - 1, required=True)
        if self.pixels:
            for name, most in (("LocationX", width), ("LocationY", height)):
                value = self.whole(region, name, 0, 10**6)
                if value is not None and value >= most:
                    raise bad(f"{name} is outside the canvas")
            for name, start, most in (("Width", "LocationX", width), ("Height", "LocationY", height)):
                if (self.whole(region, name, 1, most, required=True) or 0) + region.get(start, 0) > most:
                    raise bad("the region is not inside the canvas")
        else:
            self.share(region, "LocationX", 0, 1, below=True)
            self.share(region, "LocationY", 0, 1, below=True)
            self.share(region, "WidthProportion", 0, 1, above=True, required=True)
            self.share(region, "HeightProportion", 0, 1, above=True, required=True)
            for size, start in (("WidthProportion", "LocationX"), ("HeightProportion", "LocationY")):
                if region[size] + region.get(start, 0) > 1 + ROUNDING:
                    raise bad("the region is not inside the canvas")
        self.whole(region, "ZOrder", 0, 100)
        self.share(region, "Alpha", 0, 1, above=True)
        self.one_of(region, "RenderMode", (0, 1, 2, 3))
        self.share(region, "CornerRadius", 0, 1)
        self.one_of(region, "MediaType", (0, 1, 2))
        self.one_of(region, "AlternateImageFillMode", (0, 1))
        self.flag(region, "ApplySpatialAudio")
        self.vector(region, "SpatialPosition", 100)
        if len(text(region, "AlternateImage")) > 1024:
            raise bad("AlternateImage is too long")
        if crop := self.section(region, "SourceCrop"):
            for name in ("LocationX", "LocationY"):
                self.share(crop, name, 0, 1, below=True)
            for name in ("WidthProportion", "HeightProportion"):
                self.share(crop, name, 0, 1, above=True)

    def encode(self, encode: JsonObject) -> None:
        self.one_of(encode, "VideoCodec", (0, 1))
        for name in ("VideoWidth", "VideoHeight"):
            value = self.whole(encode, name, 2, 1920)
            if value is not None and value % 2:
                raise bad(f"{name} must be even")
        self.whole(encode, "VideoFps", 1, 60)
        self.whole(encode, "VideoGop", 1, 5)
        self.whole(encode, "VideoBitrate", 0 if self.pixels else 1, 10_000)
        self.one_of(encode, "AudioCodec", (0,))
        self.one_of(encode, "AudioProfile", (0, 1, 2))
        self.one_of(encode, "AudioSampleRate", (32_000, 44_100, 48_000))
        self.one_of(encode, "AudioChannels", (1, 2))
        self.whole(encode, "AudioBitrate", 32, 192)
        if encode.get("AudioProfile") == 2 and encode.get("AudioChannels", 2) != 2:
            raise bad("AudioProfile 2 needs 2 AudioChannels")

    def control(self, control: JsonObject) -> None:
        self.one_of(control, "MediaType", (0, 1))
        self.one_of(control, "FrameInterpolationMode", (0, 1))
        self.whole(control, "MaxIdleTime", 10, 86_400)
        self.one_of(control, "PushStreamMode", (0, 1))
        if spatial := self.section(control, "SpatialConfig"):
            self.flag(spatial, "EnableSpatialRender")
            self.vector(spatial, "AudienceSpatialPosition", 100)
            for name in ("Forward", "Right", "Up"):
                self.vector(self.section(spatial, "AudienceSpatialOrientation"), name, None)
        if not self.pixels:
            self.whole(control, "TalkVolume", 0, 255)
            self.flag(control, "VolumeIndicationMode")
            self.whole(control, "VolumeIndicationInterval", 1, 10**6)
        elif sei := self.section(control, "SEIConfig"):
            self.sei(sei)

    def sei(self, sei: JsonObject) -> None:
        for name in ("AddVolumeValue", "PassthroughRTCSEIMessage", "VolumeIndicationMode"):
            self.flag(sei, name)
        self.one_of(sei, "SEIContentMode", (0, 1))
        self.one_of(sei, "SEIPayLoadType", (5, 100))
        self.share(sei, "VolumeIndicationInterval", 0.3, 10**6)
        if len(text(sei, "UserConfigExtraInfo").encode()) > 4096:
            raise bad("UserConfigExtraInfo is too long")
        if sei.get("SEIPayLoadType") == 5 and not _UUID.fullmatch(text(sei, "SEIPayloadUUID")):
            raise bad("SEIPayloadUUID must be 32 hex digits")

    def flag(self, given: JsonObject, name: str) -> None:
        if not isinstance(given.get(name, False), bool):
            raise Rejected("InvalidParameter.Unmarshal", f"{name} has the wrong type")

    def vector(self, given: JsonObject, name: str, most: int | None) -> None:
        """Three numbers; whole ones from -`most` to `most`, or any."""
        value = given.get(name)
        if value is None:
            return
        kind = int if most is not None else (int, float)
        if not isinstance(value, list) or not all(
            isinstance(element, kind) and element is not True for element in value
        ):
            raise Rejected("InvalidParameter.Unmarshal", f"{name} has the wrong type")
        if len(value) != 3 or (most is not None and not all(-most <= element <= most for element in value)):
            self._refuse(given, name)
