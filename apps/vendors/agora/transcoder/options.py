"""The options of a task and the settings of an app that only cloud transcoding has, typed, and read back."""

from __future__ import annotations

from collections.abc import Mapping

from apps.core.types import Json
from apps.layout_document.document import Fit
from apps.vendors.agora.transcoder.capabilities import DEFAULT_MOST_PEOPLE, SMALLEST
from apps.vendors.capabilities import Range
from apps.vendors.contract import LEFT_OPEN, AppSpec, Field, grouped

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
    Field("idle_timeout", "integer", "Ends after idle seconds",
          "When everybody whose stream is mixed has been away this long.", 300, 1, 86_400),
    Field("mode", "choice", "What is made", "A relayed stream is passed on as it is, without a layout.", MIX,
          choices=((MIX, "Picture and sound of everybody, mixed"), (AUDIO_ONLY, "Sound only"),
                   (RELAY, "One person's stream, not transcoded"))),
    Field("audio_from", "choice", "Sound of", "Whether people without a region are heard too.", PEOPLE,
          choices=((PEOPLE, "The people in the layout"), (CHANNEL, "Everybody in the channel"))),
    Field("audio_profile", "choice", "Audio quality", "Bit rate and channels of the mixed sound.", DEFAULT_PROFILE, choices=tuple(PROFILES.items())),
    Field("low_bitrate_high_quality", "boolean", "High quality at a low bitrate",
          "A paid addition: the vendor's sales people switch it on for the account.", False),
)  # fmt: skip

APP_SETTINGS = grouped(
    LEFT_OPEN,
    Field("most_people", "integer", "Most regions in a task",
          "The vendor publishes no limit; raise it after asking its support.", DEFAULT_MOST_PEOPLE, 1, 49),
    Field("several_push_urls", "boolean", "Several push URLs in a task",
          "Documented in one place and denied in another: switch it off if your account refuses it.", True),
    Field("watermarks_word", "choice", "Name of the overlay list",
          "The vendor's pages disagree: choose the other if overlays do not appear.", MARKS_WORDS[0],
          choices=tuple((word, word) for word in MARKS_WORDS)),
    Field("smallest_overlay", "integer", "Smallest overlay",
          "Pixels of a side. Pages say 120, older examples have 100: smaller overlays are padded to this.", SMALLEST, 2,
          SMALLEST),
    Field("people_fit", "choice", "People in their regions",
          "How the vendor fits them is not documented; choose what you see.", "cover",
          choices=(("cover", "Cropped to fill the region"), ("contain", "Shown whole"))),
    Field("input_tokens", "choice", "RTC tokens for what is taken in",
          "A publisher's token is safe; a subscriber's may do.", PUBLISHES,
          choices=((PUBLISHES, "With the right to publish"), (SUBSCRIBES, "To join only"))),
    Field("push_h265", "boolean", "H.265 may be pushed",
          "One page lists H.265 for RTMP, all others do not. Into a channel it never goes.", False),
    Field("codec_on_air", "boolean", "Another codec may go to a running task",
          "The call has room for it, its effect is not documented. Otherwise a task keeps the codec of its start.",
          False),
    Field("even_edges", "boolean", "Regions on even pixels",
          "Whether odd ones are taken is not documented. Off, regions are sent exactly as they were drawn.", True),
    Field("acquire_with_services", "boolean", "Send the whole task when a builder token is acquired",
          "Older editions of the API send the instance id only.", True),
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
