"""`aliyun-rtc-record`: cloud recording of Aliyun RTC, generation 2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from apps.core.errors import NoSuchTask
from apps.core.types import Json
from apps.vendors.abilities import ChoiceListing
from apps.vendors.aliyun import errors
from apps.vendors.aliyun.rtc2 import assumptions, callbacks, importing, mixing
from apps.vendors.aliyun.rtc2.adapter_base import (
    AliyunRtcAdapter,
    read_shared,
    rows,
    signing,
    stored_layout,
    used_layout,
)
from apps.vendors.aliyun.rtc2.record import fields, payload, templates
from apps.vendors.aliyun.rtc2.record.capabilities import CAPABILITIES
from apps.vendors.aliyun.wire import rpc
from apps.vendors.callback import CallbackAnswer, CallbackNews, CallbackRequest, CallbackSetup
from apps.vendors.capabilities import Capabilities
from apps.vendors.fields import Field
from apps.vendors.painter import Painter
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.report import TaskReport, TaskState
from apps.vendors.types import AppSpec, Imported, Reply, TaskRef, TaskSpec

FILES_A_PAGE = 100


class AliyunRtcRecordAdapter(AliyunRtcAdapter, ChoiceListing):
    slug: ClassVar[str] = "aliyun-rtc-record"
    title: ClassVar[str] = "Aliyun RTC cloud recording"
    output_kind: ClassVar[str] = "record"
    capabilities: ClassVar[Capabilities] = CAPABILITIES
    app_settings: ClassVar[tuple[Field, ...]] = fields.APP_SETTINGS
    task_options: ClassVar[tuple[Field, ...]] = fields.TASK_OPTIONS
    file_hosts: ClassVar[tuple[str, ...]] = (".aliyuncs.com",)  # buckets; a domain of one's own is the team's to name
    reports_state: ClassVar[bool] = False
    callback_setup: ClassVar[CallbackSetup | None] = CallbackSetup(
        "In the record template, as HttpCallbackUrl. (A queue can be set there instead, which Quadbox cannot read.) Callbacks are not signed: keep the URL secret."
    )

    def plan_start(self, spec: TaskSpec, painter: Painter) -> Plan:
        made = payload.compose(spec, painter)
        parameters = {**made.parameters, "MixMode": 0 if made.carry["mode"] == mixing.SINGLE else 1}
        used = used_layout(spec, made.layout_key)
        in_form = assumptions.of_app(spec.app).in_form
        start = rpc.rpc(
            "StartRecordTask", parameters, signing=signing(spec.app), uses=used, starts=True, in_form=in_form
        )
        return Plan(
            (*stored_layout(spec, made.layout, made.layout_key, made.audio_mix_count), start),
            made.findings,
            made.carry,
            made.drawn,
        )

    def plan_update(self, spec: TaskSpec, painter: Painter) -> Plan:
        """Whether an update replaces or patches is not documented: all parameters go again."""
        made = payload.compose(spec, painter)
        used = used_layout(spec, made.layout_key)
        in_form = assumptions.of_app(spec.app).in_form
        update = rpc.rpc("UpdateRecordTask", made.parameters, signing=signing(spec.app), uses=used, in_form=in_form)
        findings = (*made.findings, *payload.on_air(spec, made))
        return Plan(
            (*stored_layout(spec, made.layout, made.layout_key, made.audio_mix_count), update),
            findings,
            made.carry,
            made.drawn,
        )

    def plan_choices(self, app: AppSpec, name: str) -> PlannedRequest:
        return templates.page(app, 1)

    def read_choices(
        self, app: AppSpec, request: PlannedRequest, reply: Reply
    ) -> tuple[tuple[tuple[str, str], ...], PlannedRequest | None]:
        return templates.read(app, request, reply)

    def plan_stop(self, task: TaskRef) -> Plan:
        parameters = {"AppId": task.app.vendor_app_id, "TaskId": task.task_id}
        stop = rpc.rpc("StopRecordTask", parameters, signing=signing(task.app))
        return Plan((stop,), carry=task.previous or {})

    def plan_query(self, task: TaskRef) -> Plan:
        """There is no status operation; the files are what can be asked for."""
        parameters = {
            "AppId": task.app.vendor_app_id,
            "ChannelId": task.room,
            "TaskIds": [task.task_id],
            "PageNum": 1,
            "PageSize": FILES_A_PAGE,
        }
        query = rpc.rpc("DescribeRecordFiles", parameters, signing=signing(task.app), read_only=True)
        return Plan((query,), carry=task.previous or {})

    def knows_payload(self, payload: Json) -> bool:
        return importing.knows(payload, recorded=True)

    def read_payload(self, payload: Json) -> Imported:
        return importing.read(payload)

    def read_reply(self, request: PlannedRequest, reply: Reply) -> TaskReport:
        try:
            body = errors.body_of(request, reply)
        except NoSuchTask as gone:
            if request.name != "StopRecordTask":
                raise
            return TaskReport(
                TaskState.STOPPED,
                vendor_task_id=request.query.get("TaskId", ""),
                reason="already_gone",
                detail=gone.detail,
                words=gone.words,
                vendor_request_id=gone.vendor_request_id,
                vendor_status=gone.vendor_code,
            )
        identifier = errors.request_id(reply)
        task = request.query.get("TaskId", "")
        match request.name:
            case "StartRecordTask" | "UpdateRecordTask":
                # Accepted is all Aliyun ever says; it records as soon as somebody is in the room.
                return TaskReport(TaskState.RUNNING, task, "accepted", vendor_request_id=identifier)
            case "StopRecordTask":
                return TaskReport(TaskState.STOPPED, task, "stopped_by_us", vendor_request_id=identifier)
            case "DescribeRecordFiles":
                return _files(request, body, identifier)
        return read_shared(request, reply, body)

    def read_callback(self, request: CallbackRequest, app: AppSpec | None = None) -> CallbackNews:
        return callbacks.read(request)

    def answer_callback(self, request: CallbackRequest) -> CallbackAnswer:
        return callbacks.ANSWER


def _files(request: PlannedRequest, body: Mapping[str, Json], identifier: str) -> TaskReport:
    """Files say nothing about the state: a long recording leaves finished files while it runs."""
    task = request.query.get("TaskIds.1", "")
    found = rows(body, "RecordFiles", "RecordFile")
    files = tuple(callbacks.recorded_file(entry) for entry in found if str(entry.get("TaskId", task)) == task)
    return TaskReport(TaskState.UNKNOWN, task, files=files, vendor_request_id=identifier)
