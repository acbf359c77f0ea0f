"""`aliyun-live-mpu`: mixing and relay of an ARTC room by ApsaraVideo Live, to any number of RTMP URLs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from apps.core.errors import NoSuchTask, UnreadableReply, VendorRejected
from apps.core.types import Json
from apps.vendors.abilities import CallbackSubscription, MissedCallbackListing
from apps.vendors.aliyun import errors
from apps.vendors.aliyun.base import AliyunAdapter
from apps.vendors.aliyun.live import api, callbacks, fields, importing, missed, payload, states, subscription
from apps.vendors.aliyun.live.capabilities import CAPABILITIES
from apps.vendors.callback import CallbackAnswer, CallbackNews, CallbackRequest, CallbackSetup
from apps.vendors.capabilities import Capabilities
from apps.vendors.fields import Field
from apps.vendors.painter import Painter
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.report import TaskReport, TaskState
from apps.vendors.types import AppSpec, Imported, Reply, TaskRef, TaskSpec

NO_STATUS = "aliyun-live:no-status"  # a fact about an app: its cloud has no GetMPUTaskStatus any more
TEST_APP = "quadbox-key-test"


class AliyunLiveMpuAdapter(AliyunAdapter, CallbackSubscription, MissedCallbackListing):
    """`previous` is a plan's carry: `outputs` (digests), `canvas` [width, height], `encode` (EncodeParams), `fixed`."""

    slug: ClassVar[str] = "aliyun-live-mpu"
    title: ClassVar[str] = "Aliyun ApsaraVideo Live · push to CDN"
    output_kind: ClassVar[str] = "push"
    capabilities: ClassVar[Capabilities] = CAPABILITIES
    app_settings: ClassVar[tuple[Field, ...]] = fields.APP_SETTINGS
    task_options: ClassVar[tuple[Field, ...]] = fields.TASK_OPTIONS
    query_name: ClassVar[str] = api.STATUS
    callback_setup: ClassVar[CallbackSetup | None] = CallbackSetup(
        "Not in a console: press Subscribe. An app has only one subscription, so other systems stop receiving its events. Callbacks are not signed: keep the URL secret.",
        ordered=True,
    )

    def plan_start(self, spec: TaskSpec, painter: Painter) -> Plan:
        made = payload.compose(spec, painter, starting=True)
        proves = TaskState.STARTING if has_status(spec) else TaskState.RUNNING
        start = api.call(spec.app, api.START, made.parameters, starts=True, proves=proves)
        return Plan((start,), made.findings, made.carry, made.drawn)

    def plan_update(self, spec: TaskSpec, painter: Painter) -> Plan:
        made = payload.compose(spec, painter, starting=False)
        requests = [api.call(spec.app, api.UPDATE, made.parameters)]
        if message := payload.message(spec):
            requests.append(api.call(spec.app, api.SET_SEI, {**_identity(spec), "CustomSei": message}))
        return Plan(tuple(requests), made.findings, made.carry, made.drawn)

    def plan_stop(self, task: TaskRef) -> Plan:
        proves = TaskState.STOPPING if has_status(task) else TaskState.STOPPED
        return Plan((api.call(task.app, api.STOP, _identity(task), proves=proves),), carry=task.previous or {})

    def plan_query(self, task: TaskRef) -> Plan:
        """A poll asks the first request only. The second decides whether a start was carried out: it is known to be
        offered, and says whether the task is there, not how it fares."""
        proves = "" if has_status(task) else TaskState.RUNNING
        detail = api.call(task.app, api.DETAIL, _identity(task), read_only=True, proves=proves)
        if not has_status(task):
            return Plan((detail,), carry=task.previous or {})
        status = api.call(task.app, api.STATUS, _identity(task), read_only=True)
        return Plan((status, detail), carry=task.previous or {})

    def plan_test(self, app: AppSpec | None) -> Plan:
        """Lists one task. Without an app of ours the AppId is made up: only good keys are told that it is unknown."""
        parameters = {"AppId": app.vendor_app_id if app else TEST_APP, "PageNo": 1, "PageSize": 1}
        return Plan((api.call(app, api.DETAIL, parameters, read_only=True),))

    def plan_subscription(self, app: AppSpec, url: str, answered: tuple[PlannedRequest, Reply] | None) -> Plan:
        if answered is None:
            return Plan((subscription.look(app),))
        return subscription.change(app, url, *answered)

    def plan_missed(self, app: AppSpec, since: dt.datetime, until: dt.datetime) -> PlannedRequest:
        return missed.look(app, since, until)

    def read_missed(
        self, app: AppSpec, request: PlannedRequest, reply: Reply
    ) -> tuple[tuple[CallbackRequest, ...], PlannedRequest | None]:
        return missed.read(request, reply)

    def knows_payload(self, payload: Json) -> bool:
        return importing.knows(payload)

    def read_payload(self, payload: Json) -> Imported:
        return importing.read(payload)

    def read_reply(self, request: PlannedRequest, reply: Reply) -> TaskReport:
        task = request.query.get("TaskId", "")
        try:
            body = errors.body_of(request, reply)
        except NoSuchTask as error:
            if request.name != api.STOP:
                raise
            return _gone(request, error)
        except VendorRejected as error:
            return self._refused(request, error)
        identifier = errors.request_id(reply)
        if request.name == api.STATUS:
            if "Status" not in body:
                raise UnreadableReply("Aliyun's response has no Status.", vendor_request_id=identifier)
            return states.read_status(body, task, identifier)
        if request.name == api.DETAIL and task:
            return _listed(request, body, identifier)
        proven = TaskState(request.proves) if request.proves else TaskState.UNKNOWN
        reason = {api.START: "accepted", api.STOP: "stopped_by_us", api.DETAIL: "keys_accepted"}.get(request.name, "")
        return TaskReport(proven, task, reason, vendor_request_id=identifier)

    def _refused(self, request: PlannedRequest, error: VendorRejected) -> TaskReport:
        """The few noes that are news. Raises the others."""
        code = error.vendor_code
        if request.name == api.START:
            raise states.better_named(error) from error
        if request.name == api.STOP and code.startswith("InvalidParam"):
            # App and task id were good enough for the start: what is invalid is that there is no such task any more.
            return _gone(request, error)
        if request.name == api.STATUS and code.startswith(states.WITHDRAWN):
            return TaskReport(
                TaskState.UNKNOWN,
                request.query.get("TaskId", ""),
                "no_status",
                error.detail,
                vendor_request_id=error.vendor_request_id,
                vendor_status=code,
                known={NO_STATUS: "1"},
            )
        made_up = request.name == api.DETAIL and request.query.get("AppId") == TEST_APP
        if made_up and code.startswith(("InvalidAppId", "InvalidParam")):
            return TaskReport(
                TaskState.UNKNOWN, reason="keys_accepted", vendor_request_id=error.vendor_request_id, vendor_status=code
            )
        raise error

    def read_callback(self, request: CallbackRequest, app: AppSpec | None = None) -> CallbackNews:
        return callbacks.read(request, fields.running_event(app))

    def answer_callback(self, request: CallbackRequest) -> CallbackAnswer:
        return callbacks.ANSWER


def has_status(task: TaskRef) -> bool:
    """Whether GetMPUTaskStatus is asked: unless the app's settings say otherwise, or Aliyun did."""
    return task.app.settings.get("live_state_source") != api.DETAIL and NO_STATUS not in task.known


def _identity(task: TaskRef) -> dict[str, str]:
    return {"AppId": task.app.vendor_app_id, "TaskId": task.task_id}


def _gone(request: PlannedRequest, error: VendorRejected) -> TaskReport:
    """A stop of what is not there; where the state can be asked for, that question has the last word."""
    state = TaskState.STOPPED if isinstance(error, NoSuchTask) else TaskState(request.proves or TaskState.STOPPING)
    return TaskReport(
        state,
        request.query.get("TaskId", ""),
        "already_gone",
        error.detail,
        vendor_request_id=error.vendor_request_id,
        vendor_status=error.vendor_code,
    )


def _listed(request: PlannedRequest, body: Mapping[str, Json], identifier: str) -> TaskReport:
    """The service knows the task, or it does not: more is not in the list."""
    task = request.query["TaskId"]
    rows = body.get("MPUTasks")
    if rows is not None and not isinstance(rows, list):
        raise UnreadableReply("Aliyun's response has no list of tasks.", vendor_request_id=identifier)
    if not any(isinstance(row, dict) and str(row.get("TaskId")) == task for row in rows or []):
        raise NoSuchTask("Aliyun lists no task with this ID.", vendor_request_id=identifier, http_status=200)
    proven = TaskState(request.proves) if request.proves else TaskState.UNKNOWN
    return TaskReport(proven, task, "listed", vendor_request_id=identifier, vendor_status="listed")
