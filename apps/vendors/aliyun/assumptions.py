"""What the documents of the RTC products (generation 2) leave open: the reading taken, and the app's setting that
changes it."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.types import Json
from apps.vendors.contract import LEFT_OPEN, AppSpec, Field, grouped

SHARED, APART = "shared", "apart"
OF_THE_PANE, OF_THE_CANVAS = "pane", "canvas"
CANVAS_COLOR, BLACK = "canvas", "black"
TOP_LEFT, BASELINE, CENTER = "top_left", "baseline", "center"
NO_MAIN, OPEN_MAIN = "none", "largest_open"
IN_QUERY, IN_FORM = "query", "form"
OWN_KIND, ALL_KINDS = "own", "all"

Z_LEVELS = Field(
    "rtc_z_levels", "integer", "Levels of depth",
    "How many depths (ZOrder) are known to be drawn apart; Aliyun's own editor has three. Deeper stacks are sent with a"
    " note.", 3, 1, 100,
)  # fmt: skip
PICTURES_AND_TEXTS_AT = Field(
    "rtc_inside_measured", "choice", "Pictures and texts of a person are placed",
    "Where a person's own pictures and names are measured from is not documented.", OF_THE_PANE,
    choices=((OF_THE_PANE, "In parts of the person's region"), (OF_THE_CANVAS, "In parts of the whole picture")),
)  # fmt: skip
LETTERS = Field(
    "rtc_letter_scale", "number", "Size of Aliyun's letters",
    "Font sizes are taken to be pixels of the output. If names come out twice as large, enter 0.5.", 1.0, 0.1, 10,
)  # fmt: skip
ANCHOR = Field(
    "rtc_text_anchor", "choice", "Names and the clock are placed by",
    "Which point of its letters a text's place means is not documented; the top left is taken. Choose another where"
    " names come out too low or too far to the right.", TOP_LEFT,
    choices=((TOP_LEFT, "The top left of the letters"), (BASELINE, "The left end of their base line"),
             (CENTER, "The middle of the letters")),
)  # fmt: skip
MAIN = Field(
    "rtc_main_region", "choice", "Main region",
    "Aliyun can mark one region as the main one (MajorPane), perhaps for whoever speaks; what it does is not"
    " documented. Only a region without a person of its own can be it.", NO_MAIN,
    choices=((NO_MAIN, "No region"), (OPEN_MAIN, "The largest open one")),
)  # fmt: skip
PARAMETERS = Field(
    "rtc_parameters", "choice", "Long calls carry their parameters",
    "In the URL is what Aliyun documents. Where a proxy on the way refuses URLs of 8 KB and more, choose the body: that"
    " every operation reads it is not documented.", IN_QUERY,
    choices=((IN_QUERY, "In the URL"), (IN_FORM, "In the body, as a form")),
)  # fmt: skip
BARS = Field(
    "rtc_bars", "choice", "Bars beside a whole picture are",
    "Not documented: it decides what the preview shows.", CANVAS_COLOR,
    choices=((CANVAS_COLOR, "In the background's color"), (BLACK, "Black")),
)  # fmt: skip
ENCODING_ON_AIR = Field(
    "rtc_encoding_on_air", "boolean", "Another resolution may go to a running task",
    "The call has room for it, its effect is not documented. Otherwise the task keeps what it was started with.", True,
)  # fmt: skip
Z_SCALE = Field(
    "rtc_z_scale", "choice", "Depths of regions and of free pictures",
    "Whether both are counted on one scale is not documented. If free pictures turn out to lie above every region,"
    " choose “apart”.", SHARED,
    choices=((SHARED, "On one scale"), (APART, "Apart: free pictures above all regions")),
)  # fmt: skip
TEXT_STYLES = Field(
    "rtc_text_styles", "boolean", "Names may have a box, an outline and opacity",
    "The current SDK has these parameters (Box, Border, Alpha), the older pages do not. Switch it off if starts are"
    " refused because of them.", True,
)  # fmt: skip
LISTED_USERS = Field(
    "rtc_listed_users", "integer", "Most users in a list",
    "Of those heard or not heard. Older pages allow 16.", 64, 16, 64,
)  # fmt: skip
LISTS = Field(
    "rtc_lists", "choice", "A list of one kind of stream",
    "Whether naming who is heard also says that nobody is seen is not documented. If regions without a person of their"
    " own stay empty, choose “leaves out”.", OWN_KIND,
    choices=((OWN_KIND, "Limits that kind alone"), (ALL_KINDS, "Leaves out the kinds without a list")),
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
