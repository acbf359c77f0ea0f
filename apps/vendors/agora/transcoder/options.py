"""The options of a task and the settings of an app that only cloud transcoding has, typed, and read back."""

from __future__ import annotations

from collections.abc import Mapping

from apps.core.types import Json
from apps.layout_document.document import Fit
from apps.vendors.agora.transcoder.capabilities import DEFAULT_MOST_PEOPLE, SMALLEST
from apps.vendors.capabilities import Range
from apps.vendors.fields import LEFT_OPEN, Field, grouped
from apps.vendors.types import AppSpec

DEFAULT_PROFILE = "AUDIO_PROFILE_DEFAULT"
PROFILES = {
    DEFAULT_PROFILE: "Default: music, mono, up to 64 kbps",
    "AUDIO_PROFILE_SPEECH_STANDARD": "Speech: mono, up to 18 kbps",
    "AUDIO_PROFILE_MUSIC_STANDARD": "Music: mono, up to 64 kbps",
    "AUDIO_PROFILE_MUSIC_STANDARD_STEREO": "Music: stereo, up to 80 kbps",
    "AUDIO_PROFILE_MUSIC_HIGH_QUALITY": "High quality: mono, up to 96 kbps",
    "AUDIO_PROFILE_MUSIC_HIGH_QUALITY_STEREO": "High quality: stereo, up to 128 kbps",
}
PEOPLE, CHANNEL = "people", "channel"
MIX, AUDIO_ONLY, RELAY = "mix", "audio_only", "relay"
IDLE = Range(1, 86_400, 300, "s")
PUBLISHES, SUBSCRIBES = "publisher", "subscriber"
MARKS_WORDS = ("waterMarks", "watermarks")

TASK_OPTIONS = (
    Field("idle_timeout", "integer", "End after idle time (seconds)",
          "When everybody whose stream is mixed has been away this long.", 300, 1, 86_400),
    Field("mode", "choice", "Content", "A relayed stream is passed on unchanged, without a layout.", MIX,
          choices=((MIX, "Mixed video and audio"), (AUDIO_ONLY, "Audio only"),
                   (RELAY, "A single stream, not transcoded"))),
    Field("audio_from", "choice", "Audio of", "Whether people without a region are heard too.", PEOPLE,
          choices=((PEOPLE, "People in the layout"), (CHANNEL, "Everybody in the channel"))),
    Field("audio_profile", "choice", "Audio quality", "Bitrate and channels of the mixed audio.", DEFAULT_PROFILE, choices=tuple(PROFILES.items())),
    Field("low_bitrate_high_quality", "boolean", "High quality at a low bitrate",
          "A paid feature. The vendor's sales team enables it for the account.", False),
)  # fmt: skip

APP_SETTINGS = grouped(
    LEFT_OPEN,
    Field("most_people", "integer", "Maximum regions in a task",
          "The vendor publishes no limit. Raise it after asking its support.", DEFAULT_MOST_PEOPLE, 1, 49),
    Field("several_push_urls", "boolean", "Several push URLs in a task",
          "Documented on one page and denied on another. Switch it off if your account rejects it.", True),
    Field("watermarks_word", "choice", "Name of the overlay list",
          "The vendor's documentation contradicts itself. Choose the other if overlays do not appear.", MARKS_WORDS[0],
          choices=tuple((word, word) for word in MARKS_WORDS)),
    Field("smallest_overlay", "integer", "Smallest overlay",
          "Minimum pixels per side. The documentation says 120, older examples have 100. Smaller overlays are padded to this.", SMALLEST, 2,
          SMALLEST),
    Field("people_fit", "choice", "People in their regions",
          "How the vendor fits them is not documented. Choose what you see.", "cover",
          choices=(("cover", "Cropped to fill the region"), ("contain", "Shown whole"))),
    Field("input_tokens", "choice", "RTC tokens for input streams",
          "A publisher token is safe. A subscriber token may be enough.", PUBLISHES,
          choices=((PUBLISHES, "With the right to publish"), (SUBSCRIBES, "To join only"))),
    Field("push_h265", "boolean", "H.265 may be pushed",
          "One page lists H.265 for RTMP, all others do not. It is never used for a channel.", False),
    Field("codec_on_air", "boolean", "Codec of a running task can change",
          "The call accepts it, but its effect is not documented. Otherwise a task keeps its start codec.",
          False),
    Field("even_edges", "boolean", "Regions on even pixels",
          "It is not documented whether odd pixels are accepted. If off, regions are sent exactly as drawn.", True),
    Field("acquire_with_services", "boolean", "Send the whole task when a builder token is acquired",
          "Older versions of the API send only the instance ID.", True),
)  # fmt: skip


def most_people(app: AppSpec) -> int:
    value = app.settings.get("most_people")
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 1 else DEFAULT_MOST_PEOPLE


def marks_word(app: AppSpec) -> str:
    return MARKS_WORDS[1] if app.settings.get("watermarks_word") == MARKS_WORDS[1] else MARKS_WORDS[0]


def smallest_overlay(app: AppSpec) -> int:
    value = app.settings.get("smallest_overlay")
    return value if isinstance(value, int) and not isinstance(value, bool) and 2 <= value <= SMALLEST else SMALLEST


def people_fit(app: AppSpec) -> Fit:
    return "contain" if app.settings.get("people_fit") == "contain" else "cover"


def switched_on(app: AppSpec, name: str) -> bool:
    """A boolean setting that is on unless it was switched off."""
    return app.settings.get(name) is not False


def mode(options: Mapping[str, Json]) -> str:
    return options["mode"] if options.get("mode") in (AUDIO_ONLY, RELAY) else MIX


def idle_timeout(options: Mapping[str, Json]) -> int:
    value = options.get("idle_timeout")
    return int(IDLE.clamp(value)) if isinstance(value, int) and not isinstance(value, bool) else 300


def audio_profile(options: Mapping[str, Json]) -> str:
    return options["audio_profile"] if options.get("audio_profile") in PROFILES else DEFAULT_PROFILE
