"""The values of the start form: as they were posted, of an earlier task, of an import, or samples."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import QueryDict

from apps.accounts.models import Team
from apps.core.query_params import valid_id
from apps.core.types import JsonObject
from apps.credentials.models import App
from apps.layout_document.parse import parse
from apps.layouts import import_session
from apps.tasks import selectors
from apps.tasks.models import Task
from apps.vendors import registry
from apps.vendors.adapter import VendorAdapter
from apps.vendors.sample import OUTPUTS, sample_people

GROUPS = {"slots": "slot:", "vars": "var:", "opts": "opt:", "enc": "enc:"}  # our attribute → prefix in the page
SAMPLE_ROOM = "studio"
SAMPLE_CHANNEL = "studio-mix"
SAMPLE_UID = "90000"  # nobody in the sandbox's rooms has it


@dataclass(slots=True)
class StartValues:
    """Text as in the inputs of the page. `target` is "<app ID>/<product>"; groups hold name → text."""

    target: str = ""
    room: str = ""
    name: str = ""
    layout: str = ""
    push_url: str = ""
    rtc_channel: str = ""
    rtc_uid: str = ""
    starts_at: str = ""
    starts_at_fold: str = ""
    playback_url: str = ""
    slots: dict[str, str] = field(default_factory=dict)
    vars: dict[str, str] = field(default_factory=dict)
    opts: dict[str, str] = field(default_factory=dict)
    enc: dict[str, str] = field(default_factory=dict)

    @property
    def app_id(self) -> str:
        return self.target.partition("/")[0]

    @property
    def product(self) -> VendorAdapter | None:
        """None for an unknown product."""
        product = self.target.partition("/")[2]
        return registry.adapter(product) if product in registry.products() else None

    def output(self) -> JsonObject:
        """As a task has it. A user ID that is no number stays text, for the validation to name it."""
        kind = self.product.output_kind if self.product else "push"
        if kind == "record":
            return {"record": {}}
        urls = self.push_url.split()
        if kind == "rtc" and (self.rtc_channel or not urls):
            return {"rtc": {"channel": self.rtc_channel, "uid": number(self.rtc_uid or "0")}}
        return {"push_urls": urls}

    def bindings(self) -> JsonObject:
        return {slot: {"user_id": user_id} for slot, user_id in self.slots.items() if user_id}


PLAIN = tuple(name for name in asdict(StartValues()) if name not in GROUPS)


def number(text: str) -> int | str:
    return int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else text


def read(posted: QueryDict) -> StartValues:
    values = StartValues()
    for name in PLAIN:
        setattr(values, name, str(posted.get(name, "")).strip())
    for name, value in posted.items():
        for group, prefix in GROUPS.items():
            if name.startswith(prefix):
                text = str(value) if group == "vars" else str(value).strip()
                getattr(values, group)[name.removeprefix(prefix)] = text
    return values


def initial(query: QueryDict, team: Team, session: Any) -> StartValues:
    """An empty form, or one filled from an earlier task (`?again=`), from a layout (`?layout=`), from a layout and what
    this session imported it from (`&imported=1`), or with samples (`?sample=1&target=`)."""
    values = StartValues(target=query.get("target", ""))
    if (earlier_id := valid_id(query.get("again"))) and (
        earlier := Task.objects.filter(team=team, pk=earlier_id).first()
    ):
        return of_task(earlier)
    if layout_id := valid_id(query.get("layout")):
        values.layout = str(layout_id)
        if query.get("imported") and (imported := import_session.remembered(session, str(layout_id))):
            return of_import(imported, team, str(layout_id))
    if query.get("sample"):
        fill_samples(values, team)
    return values


def of_task(task: Task) -> StartValues:
    options = dict(task.options)
    rtc = task.output.get("rtc") or {}
    return StartValues(
        target=f"{task.app_id}/{task.product}",
        room=task.room,
        name=task.name,
        layout=str(task.layout_id or ""),
        push_url="\n".join(task.output.get("push_urls", [])),
        rtc_channel=str(rtc.get("channel", "")),
        rtc_uid=str(rtc.get("uid", "")),
        playback_url=str(options.pop("playback_url", "")),
        slots={slot: binding.get("user_id", "") for slot, binding in task.bindings.items()},
        vars=dict(task.variables),
        enc={name: str(value) for name, value in task.encoding.items()},
        opts={name: as_text(value) for name, value in options.items()},
    )


def of_import(imported: Any, team: Team, layout_id: str) -> StartValues:
    """What the payload from which the layout was read says of its task."""
    rtc = imported.output.get("rtc") or {}
    vendor = registry.adapter(imported.product).vendor
    app = App.objects.filter(team=team, credential__vendor=vendor).order_by("id").first()
    return StartValues(
        target=f"{app.pk}/{imported.product}" if app else "",
        layout=layout_id,
        room=imported.room,
        push_url="\n".join(imported.output.get("push_urls", [])),
        rtc_channel=str(rtc.get("channel", "")),
        rtc_uid=str(rtc.get("uid", "")),
        slots=dict(imported.bindings),
        enc={name: str(value) for name, value in imported.encoding.items()},
        opts={name: as_text(value) for name, value in imported.options.items()},
    )


def fill_samples(values: StartValues, team: Team) -> None:
    """Values with which a task can be started at once on the sandbox: its rooms fill themselves with people."""
    layout = selectors.layout_of(team, values.layout)
    values.room = SAMPLE_ROOM
    if values.product and values.product.output_kind == "rtc":
        values.rtc_channel, values.rtc_uid = SAMPLE_CHANNEL, SAMPLE_UID
    elif values.product and values.product.output_kind == "push":
        values.push_url = "\n".join(OUTPUTS["push"]["push_urls"])
    if layout is not None:
        people = sample_people(parse(layout.document))
        values.slots = {slot: binding.user_id for slot, binding in people.items()}


def as_text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
