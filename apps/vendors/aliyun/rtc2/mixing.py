"""How people are mixed, alike in relays and recordings: who is heard, one fit for all, further layouts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apps.core.types import Json
from apps.layout_document.document import Fit
from apps.vendors.aliyun.rtc2 import assumptions, people
from apps.vendors.aliyun.rtc2.crop import CROP_MODES, common_fit
from apps.vendors.aliyun.rtc2.layouts import MOST_PANES, SYSTEM_PANES, Pane
from apps.vendors.aliyun.rtc2.phrases import say
from apps.vendors.fields import Field
from apps.vendors.plan import Finding
from apps.vendors.types import TaskSpec

MIX, SOUND, SINGLE = "mix", "sound", "single"
LAYOUT_LIST = r"\s*[1-9]\d{0,17}(\s*,\s*[1-9]\d{0,17}){0,14}\s*"
USER_LIST = r"\s*[A-Za-z0-9_-]{1,64}(\s*,\s*[A-Za-z0-9_-]{1,64}){0,63}\s*"

HEARD = Field(
    "heard",
    "choice",
    "Who is heard",
    "“People in the layout” needs a person assigned to every region.",
    default="everybody",
    choices=(("everybody", "Everybody in the room"), ("shown", "People in the layout")),
)
MUTED = Field(
    "muted_users",
    "string",
    "Muted users",
    "User IDs, separated by commas. At most 64.",
    pattern=USER_LIST,
)
CROP_MODE = Field(
    "crop_mode",
    "choice",
    "Fit of all people",
    "Aliyun has one setting for the whole picture.",
    default="",
    choices=(("", "Most common in the layout"), (1, "Fill the region, crop"), (2, "Whole picture with bars")),
)
MORE_LAYOUTS = Field(
    "more_layouts",
    "string",
    "Additional stored layouts",
    "IDs of layouts stored at Aliyun, separated by commas. When the number of people in the room equals the number of panes of one of them, it replaces this layout. Each must have a different number of panes.",
    pattern=LAYOUT_LIST,
)
OPTIONS = (HEARD, MUTED, CROP_MODE, MORE_LAYOUTS)


def wished_fit(options: Mapping[str, Json], panes: Sequence[Pane]) -> Fit:
    by_mode = {mode: fit for fit, mode in CROP_MODES.items()}
    wished: Fit | None = by_mode.get(options["crop_mode"] or 0)
    return wished or common_fit(panes)


def more_layouts(options: Mapping[str, Json], panes: int, findings: list[Finding]) -> list[int]:
    """Further LayoutIds. Aliyun refuses two layouts of the same pane count; of its own we know the counts."""
    others = list(dict.fromkeys(int(item) for item in items(options["more_layouts"])))[: MOST_PANES - 1]
    if others:
        named = ", ".join(map(str, others))
        findings.append(say("layout_by_count", None, "options.more_layouts", layouts=named))
    counts = {panes}
    for other in others:
        count = SYSTEM_PANES.get(other)
        if count in counts:
            findings.append(say("layout_twice", None, "options.more_layouts", layout=other, panes=count))
        elif count is not None:
            counts.add(count)
    return others


def subscriptions(
    spec: TaskSpec, panes: Sequence[Pane], options: Mapping[str, Json], findings: list[Finding]
) -> dict[str, list[str]]:
    taken = assumptions.of_app(spec.app)
    lists = people.subscriptions(panes, spec.bindings, others_left_out=taken.others_left_out)
    if options["heard"] == "shown":
        voices = list(dict.fromkeys(people.user_of(region, spec.bindings) for region in spec.document.regions))
        if voices and all(voices):
            lists["SubSpecAudioUsers"] = voices
        else:
            findings.append(say("heard_everybody", None, "options.heard"))
    if muted := items(options["muted_users"]):
        lists["UnsubSpecAudioUsers"] = muted
    for users in lists.values():
        if len(users) > taken.listed_users:
            most = taken.listed_users
            findings.append(say("list_too_long", None, "options.muted_users", most=most, count=len(users)))
    return lists


def items(text: Json) -> list[str]:
    """`a, b` → `["a", "b"]`."""
    return [part.strip() for part in str(text or "").split(",") if part.strip()]
