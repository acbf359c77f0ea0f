"""Starts a layout on the sandbox as the engine does, and takes what its emulator draws from the payload alone."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx2
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from PIL import Image

from apps.demo.accounts import ACCOUNTS
from apps.layout_document.document import LayoutDocument, Region
from apps.preview.painter import PUBLIC, PreviewPainter
from apps.preview.stand_ins import StandIn
from apps.sandbox.engine.emulators import emulator_of
from apps.sandbox.engine.mixer import compose, people
from apps.sandbox.engine.mixer.geometry import Box, Placement
from apps.sandbox.engine.ports import Runtime
from apps.vendors.http import VendorHttp
from apps.vendors.plan import Plan
from apps.vendors.registry import adapter, products
from apps.vendors.request_template import reply_values
from apps.vendors.types import AppSpec, Binding, TaskSpec
from tests.fidelity.layouts import LAYOUTS, OPEN, PICTURES, SEATED, SPECIAL

PUBLIC_URL = "http://pictures.example.com"
ROOM = "studio"
MOMENT = 1.0  # seconds: people move, so both pictures are taken at the same time
SOURCE = (1280, 720)
SHARES_ARE_USERS = {"agora"}  # the picture has no word for a stream of a user
OUTPUTS: dict[str, dict[str, Any]] = {
    "push": {"push_urls": ["rtmp://push.example.com/live/key"]},
    "record": {"record": {}},
    "rtc": {"rtc": {"channel": "out", "uid": 9000}},
}

# What is asked to draw: every product, and the other API version of one. → product, the app's settings
OLDER = "volcengine-push-2020-12-01"
CLOUDS: dict[str, tuple[str, dict[str, Any]]] = {
    **{product: (product, {}) for product in products()},
    OLDER: ("volcengine-push", {"api_version": "2020-12-01"}),
}


def layouts_of(cloud: str) -> dict[str, LayoutDocument]:
    """All of which it can show somebody; of the other API version those that need its other words."""
    product, _ = CLOUDS[cloud]
    return {
        name: document
        for name, document in ({**SPECIAL, **SEATED} if cloud == OLDER else LAYOUTS).items()
        if adapter(product).capabilities.dynamic_slots or not people_of(document).keys() <= OPEN.get(name, set())
    }


@dataclass(frozen=True, slots=True)
class Shown:
    plan: Plan
    picture: Image.Image


def spec_of(
    product: str, document: LayoutDocument, task_id: str, open_slots: Collection[str] = (), **settings: Any
) -> TaskSpec:
    """Everybody is bound, by ids that every cloud takes, but for the open slots."""
    account = ACCOUNTS[adapter(product).vendor]
    return TaskSpec(
        app=AppSpec(account["app_id"], {**account["settings"], **settings}),
        document=document,
        room=ROOM,
        task_id=adapter(product).vendor_task_id(task_id, 1),
        bindings={slot: Binding(user) for slot, user in people_of(document).items() if slot not in open_slots},
        output=OUTPUTS[adapter(product).output_kind],
    )


def people_of(document: LayoutDocument) -> dict[str, str]:
    """Slot → who sits there, or would come to, in join order."""
    slots = dict.fromkeys(region.source.slot for region in document.regions)
    return {slot: str(1001 + number) for number, slot in enumerate(slots)}


def painter() -> PreviewPainter:
    return PreviewPainter(pictures=PICTURES.get)


def show(runtime: Runtime, product: str, spec: TaskSpec) -> Shown:
    """Plans, sends, and draws what the emulator makes of it. The plan has no errors."""
    drawing = painter()
    made = adapter(product).plan_start(spec, drawing)
    publish(runtime, drawing)
    send(product, spec, made)
    with runtime.store.reading() as state:
        (task,) = state["tasks"].values()
    runtime.advance(2)
    scene = emulator_of(task).scene(runtime, task)
    assert scene is not None
    return Shown(made, compose.picture(scene, MOMENT))


def send(product: str, spec: TaskSpec, plan: Plan) -> None:
    """In order, each answer filling the placeholders of the next."""
    account = ACCOUNTS[adapter(product).vendor]
    base = f"http://testserver{account['endpoints'][product]}"
    http = VendorHttp(transport=httpx2.WSGITransport(app=WSGIHandler()))
    auth = adapter(product).auth(account["keys"], spec.app, lambda: dt.datetime.now(dt.UTC))
    values: dict[str, str] = {}
    with connections_left_alone():
        for request in plan.requests:
            reply = http.send(request, auth, values, base, PUBLIC_URL)
            adapter(product).read_reply(request, reply)
            values |= reply_values(request, reply)
    http.close()


@contextmanager
def connections_left_alone() -> Iterator[None]:
    """The sandbox uses no database. But at every request Django looks after the connection that an earlier test may have
    left open, and that is a use of it, which a test without a database may not make. Its own client does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def publish(runtime: Runtime, drawing: PreviewPainter) -> None:
    """Puts the pictures where the emulator keeps those it has fetched."""
    runtime.pictures.directory.mkdir(parents=True, exist_ok=True)
    contents = {f"{PUBLIC}{name}.png": content for name, content in drawing.published.items()}
    contents |= {drawing.picture(reference).url: content for reference, content in PICTURES.items()}
    for url, content in contents.items():
        public = url.replace("<PUBLIC_URL>", PUBLIC_URL)
        (runtime.pictures.directory / hashlib.sha256(public.encode()).hexdigest()).write_bytes(content)


def users_of(product: str, document: LayoutDocument, absent: Collection[str] = ()) -> list[dict[str, Any]]:
    """Everybody is there but the people of the `absent` slots, with camera and screen as the regions want them; where a
    share is a user of its own, each has what their first region wants."""
    wanted: dict[str, set[str]] = {}
    for region in document.regions:
        if region.source.slot in absent:
            continue
        streams = wanted.setdefault(people_of(document)[region.source.slot], set())
        if not streams or adapter(product).vendor not in SHARES_ARE_USERS:
            streams.add(region.source.stream)
    return [
        {"user_id": user, "name": user, "camera": "camera" in streams, "screen": "screen" in streams}
        for user, streams in wanted.items()
    ]


def seated(
    spec: TaskSpec, drawn: LayoutDocument, absent: Collection[str] = ()
) -> tuple[LayoutDocument, dict[str, StandIn]]:
    """The drawn document with a slot a stream, and the sandbox's people as they are at the moment in each. Of somebody
    absent the placeholder is there, or nothing. In an open slot is the next person in join order."""
    stand_ins: dict[str, StandIn] = {}
    objects = []
    sitting = {binding.user_id for binding in spec.bindings.values()}
    waiting = iter([user for user in people_of(spec.document).values() if user not in sitting])
    for region in drawn.objects:
        if isinstance(region, Region):
            binding = spec.bindings.get(region.source.slot)
            user = binding.user_id if binding else next(waiting)
            slot = f"{user}/{region.source.stream}"
            if region.source.slot in absent:
                if region.placeholder is None:
                    continue
                stand_ins[slot] = StandIn(present=False)
            else:
                who = people.person(user, user, stream=region.source.stream)
                whole = Placement(Box(0, 0, *SOURCE), (0.0, 0.0, *map(float, SOURCE)))
                stand_ins[slot] = StandIn(picture=people.painter(who, whole).frame(MOMENT).convert("RGB"))
            region = replace(region, source=replace(region.source, slot=slot))
        objects.append(region)
    return replace(drawn, objects=tuple(objects)), stand_ins
