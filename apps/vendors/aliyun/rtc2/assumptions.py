"""What the documents of the RTC products (generation 2) leave open: the reading taken, and the app's setting that
changes it."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.types import Json
from apps.vendors.fields import LEFT_OPEN, Field, grouped
from apps.vendors.types import AppSpec

SHARED, APART = "shared", "apart"
OF_THE_PANE, OF_THE_CANVAS = "pane", "canvas"
CANVAS_COLOR, BLACK = "canvas", "black"
TOP_LEFT, BASELINE, CENTER = "top_left", "baseline", "center"
NO_MAIN, OPEN_MAIN = "none", "largest_open"
IN_QUERY, IN_FORM = "query", "form"
OWN_KIND, ALL_KINDS = "own", "all"

Z_LEVELS = Field(
    "rtc_z_levels", "integer", "Depth levels",
    "The number of depths (ZOrder) known to be drawn separately. Aliyun's own editor has three. Deeper stacks are sent with a note.", 3, 1, 100,
)  # fmt: skip
PICTURES_AND_TEXTS_AT = Field(
    "rtc_inside_measured", "choice", "Pictures and texts of a person are positioned",
    "The origin of a person's own pictures and names is not documented.", OF_THE_PANE,
    choices=((OF_THE_PANE, "As a fraction of the person's region"), (OF_THE_CANVAS, "As a fraction of the whole picture")),
)  # fmt: skip
LETTERS = Field(
    "rtc_letter_scale", "number", "Scale of Aliyun's font size",
    "Font sizes are assumed to be output pixels. If names appear twice as large, enter 0.5.", 1.0, 0.1, 10,
)  # fmt: skip
ANCHOR = Field(
    "rtc_text_anchor", "choice", "Origin of names and the clock",
    "The origin of a text's position is not documented. The top left is assumed. Choose another if names appear too low or too far to the right.", TOP_LEFT,
    choices=((TOP_LEFT, "Top left of the letters"), (BASELINE, "Left end of the baseline"),
             (CENTER, "Center of the letters")),
)  # fmt: skip
MAIN = Field(
    "rtc_main_region", "choice", "Main region",
    "Aliyun can mark one region as the main one (MajorPane), perhaps for the active speaker. Its effect is not documented. Only a region without an assigned person can be the main region.", NO_MAIN,
    choices=((NO_MAIN, "No region"), (OPEN_MAIN, "The largest open one")),
)  # fmt: skip
PARAMETERS = Field(
    "rtc_parameters", "choice", "Long calls send their parameters",
    "Aliyun documents the URL. If a proxy rejects URLs of 8 KB and more, choose the body. It is not documented whether every operation reads it.", IN_QUERY,
    choices=((IN_QUERY, "In the URL"), (IN_FORM, "In the body, as a form")),
)  # fmt: skip
BARS = Field(
    "rtc_bars", "choice", "Bars beside a whole picture are",
    "Not documented. It affects only the preview.", CANVAS_COLOR,
    choices=((CANVAS_COLOR, "In the background's color"), (BLACK, "Black")),
)  # fmt: skip
ENCODING_ON_AIR = Field(
    "rtc_encoding_on_air", "boolean", "Resolution of a running task can change",
    "The call accepts it, but its effect is not documented. Otherwise the task keeps its start values.", True,
)  # fmt: skip
Z_SCALE = Field(
    "rtc_z_scale", "choice", "Depths of regions and of free pictures",
    "It is not documented whether both use one scale. If free pictures appear above every region, choose “separate”.", SHARED,
    choices=((SHARED, "On one scale"), (APART, "Separate: free pictures above all regions")),
)  # fmt: skip
TEXT_STYLES = Field(
    "rtc_text_styles", "boolean", "Names can have a box, an outline and opacity",
    "The current SDK has these parameters (Box, Border, Alpha), the older pages do not. Switch it off if starts are rejected because of them.", True,
)  # fmt: skip
LISTED_USERS = Field(
    "rtc_listed_users", "integer", "Maximum users in a list",
    "For the lists of heard and muted users. Older pages allow 16.", 64, 16, 64,
)  # fmt: skip
LISTS = Field(
    "rtc_lists", "choice", "A list with one kind of stream",
    "It is not documented whether listing who is heard also means that nobody is shown. If regions without an assigned person stay empty, choose “excludes”.", OWN_KIND,
    choices=((OWN_KIND, "Limits only that kind"), (ALL_KINDS, "Excludes the kinds without a list")),
)  # fmt: skip

SETTINGS = grouped(
    LEFT_OPEN, Z_LEVELS, PICTURES_AND_TEXTS_AT, ANCHOR, LETTERS, MAIN, BARS, ENCODING_ON_AIR, LISTED_USERS, LISTS,
    PARAMETERS,
)  # fmt: skip
RELAY_SETTINGS = grouped(LEFT_OPEN, Z_SCALE, TEXT_STYLES)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The settings of an app, or the readings taken where it has none."""

    z_levels: int = 3
    one_z_scale: bool = True
    inside_the_pane: bool = True
    letter_scale: float = 1.0
    black_bars: bool = False
    text_styles: bool = True
    encoding_on_air: bool = True
    listed_users: int = 64
    anchor: str = TOP_LEFT
    main_region: bool = False
    in_form: bool = False
    others_left_out: bool = False


def of_app(app: AppSpec) -> Assumptions:
    given = app.settings
    return Assumptions(
        z_levels=int(_number(given.get(Z_LEVELS.name), Z_LEVELS)),
        one_z_scale=given.get(Z_SCALE.name) != APART,
        inside_the_pane=given.get(PICTURES_AND_TEXTS_AT.name) != OF_THE_CANVAS,
        letter_scale=_number(given.get(LETTERS.name), LETTERS),
        black_bars=given.get(BARS.name) == BLACK,
        text_styles=given.get(TEXT_STYLES.name) is not False,
        encoding_on_air=given.get(ENCODING_ON_AIR.name) is not False,
        listed_users=int(_number(given.get(LISTED_USERS.name), LISTED_USERS)),
        anchor=str(given[ANCHOR.name]) if given.get(ANCHOR.name) in (BASELINE, CENTER) else TOP_LEFT,
        main_region=given.get(MAIN.name) == OPEN_MAIN,
        in_form=given.get(PARAMETERS.name) == IN_FORM,
        others_left_out=given.get(LISTS.name) == ALL_KINDS,
    )


def _number(value: Json, field: Field) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return float(field.default)
    assert field.minimum is not None
    assert field.maximum is not None
    return min(max(float(value), field.minimum), field.maximum)
