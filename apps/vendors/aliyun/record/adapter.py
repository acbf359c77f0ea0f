"""`aliyun-rtc-record`: cloud recording of Aliyun RTC, generation 2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeAlias

import httpx2

from apps.core.errors import NoSuchTask, UnreadableReply
from apps.vendors.aliyun import callbacks, errors, rpc
from apps.vendors.aliyun.auth import Acs3Auth, RpcV1Auth
from apps.vendors.aliyun.layouts import create_layout
from apps.vendors.aliyun.record import fields, payload
from apps.vendors.aliyun.record.capabilities import CAPABILITIES
from apps.vendors.capabilities import Capabilities
from apps.vendors.contract import (
    AppSpec,
    CallbackAnswer,
    CallbackNews,
    CallbackRequest,
    Clock,
    Field,
    Painter,
    Reply,
    TaskReport,
    TaskSpec,
    TaskState,
    VendorAdapter,
)
from apps.vendors.plan import Plan, PlannedRequest

Json: TypeAlias = Any

FILES_A_PAGE = 100
APP_DETAILS = {
    "app_unknown": "The keys are good, but this account has no app of that AppId.",
    "app_generation": "The keys are good, but the app is of generation 3, which knows nothing of these recordings.",
    "app_stopped": "The keys are good, but the app is stopped in Aliyun's console or for arrears.",
}


class AliyunRtcRecordAdapter(VendorAdapter):
    slug: ClassVar[str] = "aliyun-rtc-record"
    vendor: ClassVar[str] = "aliyun"
    title: ClassVar[str] = "Aliyun RTC cloud recording"
    output_kind: ClassVar[str] = "record"
    capabilities: ClassVar[Capabilities] = CAPABILITIES
    app_settings: ClassVar[tuple[Field, ...]] = fields.APP_SETTINGS
    task_options: ClassVar[tuple[Field, ...]] = fields.TASK_OPTIONS
    key_fields: ClassVar[tuple[Field, ...]] = fields.KEYS
    secret_fields: ClassVar[tuple[Field, ...]] = fields.SECRETS
    reports_state: ClassVar[bool] = False

    def plan_start(self, spec: TaskSpec, painter: Painter) -> Plan:
        made = payload.compose(spec, painter)
        parameters = {**made.parameters, "MixMode": 1}
        start = rpc.rpc("StartRecordTask", parameters, signing=signing(spec.app), starts=True)
        return Plan((*_layout(spec, made), start), made.findings, made.carry)

    def plan_update(self, spec: TaskSpec, painter: Painter) -> Plan:
        """Whether an update replaces or patches is not documented: all parameters go again."""
        made = payload.compose(spec, painter)
        update = rpc.rpc("UpdateRecordTask", made.parameters, signing=signing(spec.app))
        findings = (*made.findings, *payload.on_air(spec, made))
        return Plan((*_layout(spec, made), update), findings, made.carry)

    def plan_stop(self, spec: TaskSpec) -> Plan:
        parameters = {"AppId": spec.app.vendor_app_id, "TaskId": spec.task_id}
        stop = rpc.rpc("StopRecordTask", parameters, signing=signing(spec.app))
        return Plan((stop,), carry=spec.previous or {})

    def plan_query(self, spec: TaskSpec) -> Plan:
        """There is no status operation; the files are what can be asked for."""
        parameters = {
            "AppId": spec.app.vendor_app_id,
            "ChannelId": spec.room,
            "TaskIds": [spec.task_id],
            "PageNum": 1,
            "PageSize": FILES_A_PAGE,
        }
        query = rpc.rpc("DescribeRecordFiles", parameters, signing=signing(spec.app), read_only=True)
        return Plan((query,), carry=spec.previous or {})

    def plan_test(self, app: AppSpec | None) -> Plan:
        """With an app its generation is seen too: this product needs 1.x or 2.x."""
        parameters = {"AppId": app.vendor_app_id if app else None, "PageNum": 1, "PageSize": 1}
        return Plan((rpc.rpc("DescribeApps", parameters, signing=signing(app), read_only=True),))

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
            case "DescribeApps":
                return _app(request, body, identifier)
            case "CreateMPULayout" if body.get("LayoutId") in (None, ""):
                raise UnreadableReply("Aliyun stored the layout but gave no LayoutId.", vendor_request_id=identifier)
        return TaskReport(TaskState.UNKNOWN, vendor_request_id=identifier)

    def auth(self, keys: Mapping[str, str], app: AppSpec | None, clock: Clock) -> httpx2.Auth:
        scheme = RpcV1Auth if signing(app) == rpc.V1 else Acs3Auth
        return scheme(
            keys.get("access_key_id", ""),
            keys.get("access_key_secret", ""),
            clock,
            security_token=keys.get("security_token", ""),
        )

    def read_callback(self, request: CallbackRequest) -> CallbackNews:
        return callbacks.read(request)

    def answer_callback(self, request: CallbackRequest) -> CallbackAnswer:
        return callbacks.ANSWER


def signing(app: AppSpec | None) -> str:
    """The app's signature scheme; ACS3 unless V1 was asked for."""
    return rpc.V1 if app is not None and app.settings.get("signature") == rpc.V1 else rpc.ACS3


def _layout(spec: TaskSpec, made: payload.Composition) -> tuple[PlannedRequest, ...]:
    if not made.layout or made.layout_key in spec.known:
        return ()
    return (create_layout(spec.app.vendor_app_id, made.audio_mix_count, made.layout, signing=signing(spec.app)),)


def _files(request: PlannedRequest, body: Mapping[str, Json], identifier: str) -> TaskReport:
    """Files say nothing about the state: a long recording leaves finished files while it runs."""
    task = request.query.get("TaskIds.1", "")
    found = _rows(body, "RecordFiles", "RecordFile")
    files = tuple(callbacks.recorded_file(one) for one in found if str(one.get("TaskId", task)) == task)
    return TaskReport(TaskState.UNKNOWN, task, files=files, vendor_request_id=identifier)


def _app(request: PlannedRequest, body: Mapping[str, Json], identifier: str) -> TaskReport:
    """The keys hold. `vendor_status` is the app's version, where one was asked for."""
    wanted = request.query.get("AppId", "")
    app = next((one for one in _rows(body, "AppList", "App") if str(one.get("AppId")) == wanted), None)
    version = str(app.get("Version", "")) if app else ""
    reason = ""
    if wanted and app is None:
        reason = "app_unknown"
    elif version.startswith("3"):
        reason = "app_generation"
    elif app and str(app.get("Status", "1")) != "1":
        reason = "app_stopped"
    return TaskReport(
        TaskState.UNKNOWN,
        reason=reason,
        detail=APP_DETAILS.get(reason, ""),
        vendor_request_id=identifier,
        vendor_status=version,
    )


def _rows(body: Mapping[str, Json], outer: str, inner: str) -> list[dict[str, Json]]:
    """A list the vendor writes as `[…]` in one page and as `{"<inner>": […]}` in another."""
    rows = body.get(outer)
    if isinstance(rows, dict):
        rows = rows.get(inner)
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise UnreadableReply(f"Aliyun's answer has no list of {outer}.")
    return rows
