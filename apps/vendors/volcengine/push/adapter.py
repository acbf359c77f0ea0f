"""Volcengine mixed push: a room is mixed and pushed to one RTMP URL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import httpx2

from apps.core.errors import NoSuchTask, TaskExists, VendorRejected
from apps.core.types import Json
from apps.layout_document.document import LayoutDocument
from apps.vendors import outputs
from apps.vendors.adapter import VendorAdapter
from apps.vendors.callback import CallbackAnswer, CallbackNews, CallbackRequest, CallbackSetup
from apps.vendors.frame import Frame
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding, Plan, PlannedRequest
from apps.vendors.report import TaskReport, TaskState
from apps.vendors.sizing import plan_frame
from apps.vendors.types import AppSpec, Clock, Imported, Reply, SignaturePreview, TaskRef, TaskSpec
from apps.vendors.volcengine import api, assumptions, callbacks, errors, sdk
from apps.vendors.volcengine.auth import VolcengineAuth
from apps.vendors.volcengine.push import importing, options, partial, payload
from apps.vendors.volcengine.push.capabilities import CAPABILITIES
from apps.vendors.volcengine.push.states import read_task, whole

START, UPDATE = "StartPushMixedStreamToCDN", "UpdatePushMixedStreamToCDN"
STOP, QUERY = "StopPushStreamToCDN", "GetPushMixedStreamToCDNTask"  # "Stop" serves single pushes too, hence no "Mixed"
ALREADY_RUNS = "The task has been started"
TEST_APP, TEST_ID = "0" * 24, "quadbox-key-test"


class VolcenginePushAdapter(VendorAdapter):
    """`previous` is a plan's carry: `sequence`, `canvas` [width, height], `api_version`, `output`, `control`,
    `encode`, `mode`, and `in_force` (what an update of changes is compared with, where the app sends those)."""

    slug = "volcengine-push"
    vendor = "volcengine"
    sample_app_id = "0123456789abcdef01234567"
    title = "Volcengine RTC · push to CDN"
    output_kind = "push"
    capabilities = CAPABILITIES
    app_settings = api.APP_SETTINGS
    key_fields = api.KEY_FIELDS
    secret_fields = api.SECRET_FIELDS
    advice = errors.ADVICE
    task_options = options.TASK_OPTIONS
    callback_setup = CallbackSetup(
        "In the RTC console, in the message notification settings of the application: enter this URL, the events Transcode…, and a SecretKey. Enter the same key below.",
        "callback_secret",
    )

    def plan_start(self, spec: TaskSpec, painter: Painter) -> Plan:
        version = api.version(spec.app)
        findings = api.id_findings(spec.app, spec.room, spec.task_id)
        push_url = outputs.plan_push_url(spec, findings, _schemes(spec))
        frame = plan_frame(spec, findings, maximum=payload.LARGEST_SIDE)
        layout, drawn = _layout(spec, painter, frame, version, findings)
        body = {
            **_identity(spec, business=True),
            "PushURL": push_url,
            **layout,
            "Encode": _encode(spec, version, findings),
            "Control": options.plan_control(spec.options, version, findings),
        }
        carry = {
            "sequence": 1,
            "canvas": [frame.width, frame.height],
            "api_version": version,
            "output": outputs.digest(push_url),
            "control": options.fixed_of(body["Control"]),
            "encode": {name: body["Encode"][name] for name in payload.FIXED_ENCODE},
            "mode": options.mode_of(spec),
            **_in_force(spec, body),
        }
        return Plan((api.write(spec.app, START, version, body, starts=True),), tuple(findings), carry, drawn)

    def plan_update(self, spec: TaskSpec, painter: Painter) -> Plan:
        """The whole replaces everything that can be replaced: a member left out would fall back to the vendor's
        default. Every try takes a number of its own: one that was seen already is refused."""
        previous = spec.previous or {}
        version = api.version(spec.app, previous)
        findings = api.id_findings(spec.app, spec.room, spec.task_id)
        push_url = outputs.plan_push_url(spec, [], _schemes(spec)) if spec.output else ""
        findings += outputs.fixed_on_air(push_url, previous.get("output"))
        findings += options.fixed_on_air(options.plan_control(spec.options, version, []), previous.get("control"))
        running_mode = previous.get("mode") if previous.get("mode") in (options.SOUND, options.ROOM) else options.MIX
        spec = replace(spec, options={**spec.options, "mode": running_mode})
        if running_mode == options.ROOM:
            message = "Audio of the whole room cannot be changed while the task runs."
            findings.append(Finding("error", "room_fixed_on_air", None, "options.mode", message))
        frame = plan_frame(spec, findings, maximum=payload.LARGEST_SIDE)
        sequence = (whole(previous.get("sequence")) or 1) + 1
        layout, drawn = _layout(spec, painter, frame, version, findings)
        running = previous.get("encode")
        parts = {
            **layout,
            "Encode": _encode(spec, version, findings, running if isinstance(running, Mapping) else None),
        }
        if control := options.plan_control_on_air(spec.options, version, findings):
            parts["Control"] = control
        changed = partial.changes(previous.get("in_force"), parts) if assumptions.sends_changes(spec.app) else None
        body = {
            **_identity(spec, business=True),
            "IsUpdatePartialParam": changed is not None,
            "SequenceNumber": sequence,
            **(parts if changed is None else changed),
        }
        carry = {
            **previous,
            "sequence": sequence,
            "canvas": [frame.width, frame.height],
            "api_version": version,
            **_in_force(spec, parts),
        }
        request = api.write(spec.app, UPDATE, version, body)
        # While the outcome of a try is unknown, nothing is known to be in force either.
        spends = {"sequence": sequence, **({"in_force": None} if "in_force" in previous else {})}
        return Plan((request,), tuple(findings), carry, drawn, spends=spends)

    def plan_stop(self, task: TaskRef) -> Plan:
        version = api.version(task.app, task.previous)
        findings = api.id_findings(task.app, task.room, task.task_id)
        request = api.write(task.app, STOP, version, _identity(task, business=False))
        return Plan((request,), tuple(findings), task.previous or {})

    def plan_query(self, task: TaskRef) -> Plan:
        version = api.version(task.app, task.previous)
        findings = api.id_findings(task.app, task.room, task.task_id)
        request = api.read(task.app, QUERY, version, _identity(task, business=False))
        return Plan((request,), tuple(findings), task.previous or {})

    def plan_test(self, app: AppSpec | None) -> Plan:
        """Asks for a task that cannot exist: "no such task" is only said to valid keys."""
        app_id = app.vendor_app_id if app else TEST_APP
        query = {"AppId": app_id, "RoomId": TEST_ID, "TaskId": TEST_ID}
        return Plan((api.read(app, QUERY, api.version(app), query),))

    def knows_payload(self, payload: Json) -> bool:
        return importing.knows(payload)

    def read_payload(self, payload: Json) -> Imported:
        return importing.read(payload)

    def read_reply(self, request: PlannedRequest, reply: Reply) -> TaskReport:
        vendor_request_id = errors.request_id(reply)
        asked = request.query if request.read_only else request.body
        task_id = str(asked.get("TaskId", ""))
        if task_id == TEST_ID:
            return self._read_test(request, reply)
        try:
            result = errors.result(request, reply)
        except NoSuchTask as gone:
            if request.name != STOP:
                raise
            said = gone.vendor_code
            return TaskReport(
                TaskState.STOPPED, task_id, "stopped", vendor_request_id=vendor_request_id, vendor_status=said
            )
        if request.name == QUERY:
            task = result.get("PushMixedStreamToCDNTask") if isinstance(result, dict) else None
            if not isinstance(task, dict) or not task:
                raise NoSuchTask(
                    "The vendor does not know this task. Status is available for 72 hours after the start.",
                    vendor_request_id=vendor_request_id,
                    http_status=reply.status,
                )
            return read_task(task, task_id, vendor_request_id)
        said = result if isinstance(result, str) else ""
        if request.name == START and said.startswith(ALREADY_RUNS):
            raise TaskExists("", vendor_message=said, vendor_request_id=vendor_request_id, http_status=reply.status)
        # an accepted update proves nothing about the state; a query does
        accepted = {START: TaskState.STARTING, STOP: TaskState.STOPPING}.get(request.name, TaskState.UNKNOWN)
        return TaskReport(accepted, task_id, vendor_request_id=vendor_request_id, vendor_status=said)

    def _read_test(self, request: PlannedRequest, reply: Reply) -> TaskReport:
        proven = TaskReport(TaskState.UNKNOWN, reason="keys_accepted", vendor_request_id=errors.request_id(reply))
        try:
            errors.result(request, reply)
        except NoSuchTask:
            return proven
        except VendorRejected as error:
            # without an app of ours the AppId is made up: that it is refused comes after the signature was accepted
            about_app = error.vendor_code in {
                "InvalidParameter.NotExistAppId",
                "InvalidParameter.IllegalAppId",
                "AccessDenied.NoPermissionForApp",
            }
            if request.query.get("AppId") == TEST_APP and (about_app or error.vendor_code == "InvalidParameter"):
                return proven
            raise
        return proven

    def auth(self, keys: Mapping[str, str], app: AppSpec | None, clock: Clock) -> httpx2.Auth:
        return VolcengineAuth(
            keys["access_key_id"],
            keys["secret_access_key"],
            api.region(app),
            clock,
            keys.get("security_token", ""),
        )

    def preview_signature(self, request: PlannedRequest, app: AppSpec) -> SignaturePreview:
        return sdk.shown(request, app)

    def sdk_call(self, request: PlannedRequest, app: AppSpec) -> str:
        return sdk.call(request, app)

    def verify_callback(self, request: CallbackRequest, secret: str) -> bool:
        return callbacks.verify(request, secret)

    def callback_is_stale(self, request: CallbackRequest, app: AppSpec, now: dt.datetime) -> bool:
        hours = assumptions.max_age_hours(app)
        at = callbacks.read(request).at
        return bool(hours) and at is not None and now - at > dt.timedelta(hours=hours)

    def read_callback(self, request: CallbackRequest, app: AppSpec | None = None) -> CallbackNews:
        return callbacks.read(request)

    def answer_callback(self, request: CallbackRequest) -> CallbackAnswer:
        return CallbackAnswer(content_type="text/plain", content=b"ok")


def _identity(task: TaskRef, *, business: bool) -> dict[str, str]:
    """AppId, RoomId and TaskId name a task; the business id may only come where it is documented."""
    business_id = str(task.app.settings.get("business_id") or "") if business else ""
    return {
        "AppId": task.app.vendor_app_id,
        **({"BusinessId": business_id} if business_id else {}),
        "RoomId": task.room,
        "TaskId": task.task_id,
    }


def _schemes(spec: TaskSpec) -> tuple[str, ...]:
    return ("rtmp", "rtmps") if assumptions.switched_on(spec.app, "allow_rtmps") else ("rtmp",)


def _layout(
    spec: TaskSpec, painter: Painter, frame: Frame, version: str, findings: list[Finding]
) -> tuple[dict[str, Json], LayoutDocument | None]:
    if options.mode_of(spec) == options.MIX:
        return payload.plan_layout(spec, painter, frame, version, findings)
    return payload.plan_sound(spec, frame, version, findings), None


def _encode(
    spec: TaskSpec, version: str, findings: list[Finding], running: Mapping[str, Json] | None = None
) -> dict[str, Json]:
    return payload.plan_encode(
        spec.encoding,
        version,
        findings,
        profile=int(options.value_of(spec.options, "audio_profile")),
        sound=options.mode_of(spec) != options.MIX,
        running=running,
    )


def _in_force(spec: TaskSpec, body: Mapping[str, Json]) -> dict[str, Json]:
    """Kept only for apps that send changes; of `Control` only what an update can say."""
    if not assumptions.sends_changes(spec.app):
        return {}
    parts = partial.parts_of(body)
    if "Control" in parts:
        parts["Control"] = options.plan_control_on_air(spec.options, api.version(spec.app, spec.previous), [])
    return {"in_force": {name: value for name, value in parts.items() if value}}
