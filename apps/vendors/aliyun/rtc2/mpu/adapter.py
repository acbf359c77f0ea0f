"""`aliyun-rtc-mpu`: relay of Aliyun RTC, generation 2. A room is mixed and pushed to one RTMP URL."""

from __future__ import annotations

from typing import ClassVar

from apps.core.errors import NoSuchTask
from apps.core.types import Json
from apps.vendors import outputs
from apps.vendors.abilities import CallbackSubscription
from apps.vendors.aliyun import errors
from apps.vendors.aliyun.rtc2 import assumptions, callbacks, importing
from apps.vendors.aliyun.rtc2.adapter_base import AliyunRtcAdapter, read_shared, signing, stored_layout, used_layout
from apps.vendors.aliyun.rtc2.mpu import events, fields, payload
from apps.vendors.aliyun.rtc2.mpu.capabilities import CAPABILITIES
from apps.vendors.aliyun.rtc2.mpu.phrases import say
from apps.vendors.aliyun.rtc2.mpu.states import read_status
from apps.vendors.aliyun.rtc2.people import identities
from apps.vendors.aliyun.wire import rpc
from apps.vendors.callback import CallbackAnswer, CallbackNews, CallbackRequest, CallbackSetup
from apps.vendors.capabilities import Capabilities
from apps.vendors.fields import Field
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding, Plan, PlannedRequest
from apps.vendors.report import TaskReport, TaskState
from apps.vendors.types import AppSpec, Imported, Reply, TaskRef, TaskSpec

START, UPDATE, STOP, QUERY = "StartMPUTask", "UpdateMPUTask", "StopMPUTask", "GetMPUTaskStatus"
# The answer only means that it was accepted. An update proves nothing about the state; a query does.
ACCEPTED = {START: TaskState.STARTING, UPDATE: TaskState.UNKNOWN, STOP: TaskState.STOPPING}


class AliyunRtcMpuAdapter(AliyunRtcAdapter, CallbackSubscription):
    """`previous` is a plan's carry, see `payload.carry_of`. Layouts are never deleted: that would end every relay that
    uses them."""

    slug: ClassVar[str] = "aliyun-rtc-mpu"
    title: ClassVar[str] = "Aliyun RTC relay"
    output_kind: ClassVar[str] = "push"
    capabilities: ClassVar[Capabilities] = CAPABILITIES
    app_settings: ClassVar[tuple[Field, ...]] = fields.APP_SETTINGS
    task_options: ClassVar[tuple[Field, ...]] = fields.TASK_OPTIONS
    callback_setup: ClassVar[CallbackSetup | None] = CallbackSetup(
        "Not in a console: press Subscribe. Aliyun sends no callbacks about a relay, only about who joins and leaves its room. Quadbox then requests the status immediately. Callbacks are not signed: keep the URL secret.",
        ordered=True,
    )

    def plan_start(self, spec: TaskSpec, painter: Painter) -> Plan:
        made = payload.compose(spec, painter)
        findings = list(made.findings)
        push_url = _push_url(spec, made, findings)
        query, form = payload.start_only(made.options)
        parameters = {
            **_task(spec),
            "ChannelId": spec.room,
            "StreamURL": push_url or None,
            **query,
            **made.parameters,
            "TaskProfile": made.profile or None,
        }
        used = used_layout(spec, made.layout_key)
        start = rpc.rpc(
            START, parameters, signing=signing(spec.app), uses=used, starts=True, form=form,
            in_form=assumptions.of_app(spec.app).in_form,
        )  # fmt: skip
        carry = payload.carry_of(made, outputs.digest(push_url))
        return Plan((*_layout(spec, made), start), tuple(findings), carry, made.drawn)

    def plan_update(self, spec: TaskSpec, painter: Painter) -> Plan:
        """Whether an update replaces or patches is not documented: all that can be updated goes again."""
        previous = spec.previous or {}
        made = payload.compose(spec, painter)
        findings = [*made.findings, *payload.on_air(made, previous)]
        if spec.output:
            findings += outputs.fixed_on_air(outputs.plan_push_url(spec, []), previous.get("output"))
        parameters = {**_task(spec), **made.parameters, **payload.emptied(made, previous)}
        used = used_layout(spec, made.layout_key)
        in_form = assumptions.of_app(spec.app).in_form
        update = rpc.rpc(UPDATE, parameters, signing=signing(spec.app), uses=used, in_form=in_form)
        carry = payload.carry_of(made, str(previous.get("output") or ""))
        carry["fixed"] = previous.get("fixed") or carry["fixed"]
        # What was sent to cover a list goes on covering it: under the other reading it would come back.
        carry["covers"] = {**(previous.get("covers") or {}), **carry["covers"]}
        return Plan((*_layout(spec, made), update), tuple(findings), carry, made.drawn)

    def plan_stop(self, task: TaskRef) -> Plan:
        stop = rpc.rpc(STOP, _task(task), signing=signing(task.app))
        return Plan((stop,), tuple(identities(task)), task.previous or {})

    def plan_query(self, task: TaskRef) -> Plan:
        query = rpc.rpc(QUERY, _task(task), signing=signing(task.app), read_only=True)
        return Plan((query,), tuple(identities(task)), task.previous or {})

    def plan_subscription(self, app: AppSpec, url: str, answered: tuple[PlannedRequest, Reply] | None) -> Plan:
        if answered is None:
            return Plan((events.look(app),))
        errors.body_of(*answered)
        return events.subscribe(app, url)

    def plan_unsubscription(self, app: AppSpec, known: str) -> PlannedRequest | None:
        return events.unsubscribe(app, known)

    def read_callback(self, request: CallbackRequest, app: AppSpec | None = None) -> CallbackNews:
        return callbacks.read(request)

    def answer_callback(self, request: CallbackRequest) -> CallbackAnswer:
        return callbacks.ANSWER

    def knows_payload(self, payload: Json) -> bool:
        return importing.knows(payload, recorded=False)

    def read_payload(self, payload: Json) -> Imported:
        return importing.read(payload)

    def read_reply(self, request: PlannedRequest, reply: Reply) -> TaskReport:
        task = request.query.get("TaskId", "")
        try:
            body = errors.body_of(request, reply)
        except NoSuchTask as gone:
            if request.name != STOP:
                raise
            return TaskReport(
                TaskState.STOPPED,
                task,
                "already_gone",
                gone.detail,
                vendor_request_id=gone.vendor_request_id,
                vendor_status=gone.vendor_code,
            )
        identifier = errors.request_id(reply)
        if request.name == QUERY:
            return read_status(body, task, identifier)
        if request.name in ACCEPTED:
            return TaskReport(ACCEPTED[request.name], task, "accepted", vendor_request_id=identifier)
        return read_shared(request, reply, body)


def _task(task: TaskRef) -> dict[str, Json]:
    return {"AppId": task.app.vendor_app_id, "TaskId": task.task_id}


def _push_url(spec: TaskSpec, made: payload.Composition, findings: list[Finding]) -> str:
    """Low-latency output goes without one (that it may is not documented, only that it is no relay)."""
    if made.options["task_type"] == 1 and not spec.output.get("push_urls"):
        findings.append(say("low_latency_output", None, "output.push_urls"))
        return ""
    return outputs.plan_push_url(spec, findings)


def _layout(spec: TaskSpec, made: payload.Composition) -> tuple[PlannedRequest, ...]:
    return stored_layout(spec, made.layout, made.layout_key, made.audio_mix_count)
