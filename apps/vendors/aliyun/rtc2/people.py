"""Who sits in which pane, and whose streams take part in the mix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from apps.layout_document.document import Region, Stream
from apps.vendors.aliyun.rtc2.layouts import Pane
from apps.vendors.aliyun.rtc2.phrases import say
from apps.vendors.plan import Finding
from apps.vendors.types import Binding, TaskRef

SOURCE_TYPES: dict[Stream, str] = {"camera": "camera", "screen": "shareScreen"}
KINDS: dict[Stream, str] = {"camera": "Camera", "screen": "ShareScreen"}  # in the names of the lists
EVERYBODY = "allStream"
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
TASK_ID = re.compile(r"[A-Za-z0-9_-]{1,55}")


def user_of(region: Region, bindings: Mapping[str, Binding]) -> str:
    """The id of the person bound to the region's slot; empty: the next person in join order."""
    binding = bindings.get(region.source.slot)
    return binding.user_id if binding else ""


def subscriptions(
    panes: Sequence[Pane], bindings: Mapping[str, Binding], *, others_left_out: bool = False
) -> dict[str, list[str]]:
    """Everybody is heard. Where every pane has its person, only they are seen: else a stranger's stream fills the
    pane of somebody absent. With an open pane nobody may be left out, so there are no video lists.

    `others_left_out`: a list of one kind of stream, as that of sound, leaves out the kinds that have none.
    """
    lists = {"SubSpecAudioUsers": [EVERYBODY]}
    seats = [(user_of(pane.region, bindings), pane.region.source.stream) for pane in panes]
    everybody_bound = all(user for user, _ in seats)
    for stream, kind in KINDS.items() if seats else ():
        users = list(dict.fromkeys(user for user, wanted in seats if wanted == stream))
        if not everybody_bound:
            lists |= {f"SubSpec{kind}Users": [EVERYBODY]} if others_left_out else {}
        elif users:
            lists[f"SubSpec{kind}Users"] = users
        elif not others_left_out:  # no list can be empty
            lists[f"UnsubSpec{kind}Users"] = [EVERYBODY]
    return lists


def identities(task: TaskRef) -> Iterator[Finding]:
    """Names that would make Aliyun refuse the call before it looks at the picture."""
    if not ID.fullmatch(task.app.vendor_app_id):
        yield say("app_id_unusable", None, "app", value=task.app.vendor_app_id)
    if not ID.fullmatch(task.room):
        yield say("room_unusable", None, "room", value=task.room)
    if not TASK_ID.fullmatch(task.task_id):
        yield say("task_id_unusable", None, "task_id", value=task.task_id)
