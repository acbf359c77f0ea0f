"""Every call that Aliyun's products ever plan, with as many parameters as they can say, in both signatures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from apps.layout_document.document import Canvas, Image, Picture, Text
from apps.vendors.abilities import CallbackSubscription, ChoiceListing, MissedCallbackListing, StoredObjectLookup
from apps.vendors.adapter import VendorAdapter
from apps.vendors.aliyun.live import api as live_api
from apps.vendors.aliyun.rtc2.record.adapter import AliyunRtcRecordAdapter
from apps.vendors.aliyun.wire import rpc
from apps.vendors.plan import PlannedRequest
from apps.vendors.types import AppSpec, Reply, TaskSpec
from tests.vendors.aliyun import live_tasks as live
from tests.vendors.aliyun import relay_tasks as mpu
from tests.vendors.aliyun.conftest import PaperPainter
from tests.vendors.documented import sample

HOOK = "https://quadbox.example.com/hooks/aliyun-mpu"
SIGNATURES = (rpc.ACS3, rpc.V1)
RECORD = AliyunRtcRecordAdapter()


def relay(**options: Any) -> TaskSpec:
    """A bit of everything that a relay can say."""
    host = mpu.region("host", 0, 0, 960, 720, stream="screen", placeholder=Picture("https://e.com/off.png", "stretch"))
    guest = mpu.region("guest", 900, 40, 320, 180)
    below = Text(id="below", x=800, y=0, width=200, height=60, text="below")
    name = Text(
        id="name", x=0, y=600, width=300, height=40, text="张 a+b*c", attached_to="host", background="#11223380"
    )
    logo = Image(id="logo", x=1100, y=20, width=100, height=50, url="https://e.com/l.png", fit="stretch", opacity=0.5)
    said = {
        "clock": True, "text_outline": 2, "speaker_sei": True, "report_vad": True, "vad_interval": 86400,
        "rtp_extensions": True, "time_stamp_ref": 7, "muted_users": "x,y", "more_layouts": "1,11", **options,
    }  # fmt: skip
    canvas = Canvas(1280, 720, "#112233")
    return mpu.relay(below, host, guest, name, logo, bound=("host", "guest"), canvas=canvas, options=said)


def recording() -> TaskSpec:
    """A shared screen with its camera in a corner, words and pictures in the panes."""
    screen = mpu.region(
        "screen",
        0,
        0,
        1280,
        720,
        slot="teacher",
        stream="screen",
        placeholder=Picture("https://e.com/off.png", "stretch"),
    )
    camera = mpu.region("camera", 970, 545, 302, 170, slot="teacher")
    title = Text(id="title", x=26, y=662, width=700, height=40, text="张老师 · a+b*c", size=32, attached_to="screen")
    logo = Image(id="logo", x=1100, y=20, width=100, height=50, url="https://e.com/l.png", attached_to="screen")
    settings = {"record_template_id": "76dasgb1"}
    return mpu.relay(screen, camera, title, logo, bound=("teacher",), settings=settings, output={"record": {}})


def signed(spec: TaskSpec, signing: str) -> TaskSpec:
    return replace(spec, app=AppSpec(spec.app.vendor_app_id, {**spec.app.settings, "signature": signing}))


def of(adapter: VendorAdapter, spec: TaskSpec) -> Iterator[tuple[str, PlannedRequest]]:
    """What a task of this product is made of, from its start to its end."""
    painter = PaperPainter()
    begun = adapter.plan_start(spec, painter)
    running = replace(spec, previous=begun.carry)
    plans = {
        "test of keys": adapter.plan_test(None),
        "test": adapter.plan_test(spec.app),
        "start": begun,
        "query": adapter.plan_query(running),
        "update": adapter.plan_update(running, painter),
        "stop": adapter.plan_stop(running),
    }
    for name, plan in plans.items():
        for request in () if plan.errors else plan.requests:  # what has errors is never sent
            yield f"{name}: {request.name}", request
    remembered = {key: "4" for request in begun.requests for key in request.remember}
    for name, known in (("look for all", {}), ("look by name", remembered)):
        if not isinstance(adapter, StoredObjectLookup):
            break
        if (look := adapter.plan_stored(replace(spec, known=known), begun)) is not None:
            yield f"{name}: {look.name}", look
    for setting in adapter.app_settings:
        if setting.listed:
            assert isinstance(adapter, ChoiceListing)
            yield f"choices of {setting.name}", adapter.plan_choices(spec.app, setting.name)
    yield from about_events(adapter, spec.app)


def about_events(adapter: VendorAdapter, app: AppSpec) -> Iterator[tuple[str, PlannedRequest]]:
    """Ordered, ordered to another address where one is known, looked through, ended; where a product has them."""
    if not isinstance(adapter, CallbackSubscription):
        return
    (look,) = adapter.plan_subscription(app, HOOK, None).requests
    yield f"look for a subscription: {look.name}", look
    answers = {"subscribe": {"RequestId": "R"}}
    if look.name == live_api.DESCRIBE_SUB:
        answers["subscribe anew"] = sample("aliyun", f"live_{look.name}")["response"]["body"]
    for name, body in answers.items():
        (made,) = adapter.plan_subscription(app, f"{HOOK}-2", (look, Reply(200, {}, b"", body))).requests
        yield f"{name}: {made.name}", made
    now = dt.datetime.now(dt.UTC)
    if isinstance(adapter, MissedCallbackListing):
        missed = adapter.plan_missed(app, now - dt.timedelta(days=1), now)
        yield f"missed: {missed.name}", missed
    if (end := adapter.plan_unsubscription(app, "{subscribeId}")) is not None:
        yield f"unsubscribe: {end.name}", end


def every(signing: str) -> dict[str, PlannedRequest]:
    """By name. A plain name is not said twice: what differs is in it."""
    single = live.task(live.region("a"), bound=("a",), options={"mode": "single"})
    found: dict[str, PlannedRequest] = {}
    for words, adapter, spec in (
        ("relay", mpu.ADAPTER, relay()),
        ("relay with a form", mpu.ADAPTER, relay(portrait_segmentation=True)),
        ("relay of one size", mpu.ADAPTER, mpu.relay(mpu.region("a", 0, 0, 640, 720))),
        ("recording", RECORD, recording()),
        ("recording of sound", RECORD, replace(recording(), options={"mode": "sound"})),
        ("recording of one person", RECORD, replace(recording(), options={"mode": "single"})),
        ("live", live.ADAPTER, live.lesson(options={"sei_now": '{"scene":"quiz"}'})),
        ("live with another message", live.ADAPTER, live.lesson(options={"sei_now": "问卷开始"})),
        ("live to one URL", live.ADAPTER, live.task(live.region("a"), bound=("a",))),
        ("live of one person", live.ADAPTER, single),
    ):
        found |= {f"{words}, {name}": one for name, one in of(adapter, signed(spec, signing))}
    return found


def business(query: Mapping[str, str]) -> dict[str, str]:
    """Without what the old signature's scheme puts among the parameters."""
    return {name: one for name, one in query.items() if name not in ("Action", "Version", "Format")}
