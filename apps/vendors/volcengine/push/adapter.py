"""Volcengine mixed push: a room is mixed and pushed to one RTMP URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import httpx2

from apps.core.errors import NoSuchTask, TaskExists, VendorRejected
from apps.vendors import outputs
from apps.vendors.contract import (
    AppSpec,
    CallbackAnswer,
    CallbackNews,
    CallbackRequest,
    Clock,
    Field,
    Imported,
    Painter,
    Reply,
    Shown,
    TaskReport,
    TaskSpec,
    TaskState,
    VendorAdapter,
)
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.sizing import plan_frame
from apps.vendors.volcengine import api, callbacks, errors, sdk
from apps.vendors.volcengine.auth import VolcengineAuth
from apps.vendors.volcengine.push import importing, payload
from apps.vendors.volcengine.push.capabilities import CAPABILITIES
from apps.vendors.volcengine.push.states import read_task, whole

Json: TypeAlias = Any

START, UPDATE = "StartPushMixedStreamToCDN", "UpdatePushMixedStreamToCDN"
STOP, QUERY = "StopPushStreamToCDN", "GetPushMixedStreamToCDNTask"  # "Stop" serves single pushes too, hence no "Mixed"
ALREADY_RUNS = "The task has been started"
TEST_APP, TEST_ID = "0" * 24, "quadbox-key-test"


class VolcenginePushAdapter(VendorAdapter):
    """`previous` is a plan's carry: `sequence`, `canvas` [width, height], `api_version`, `output`, `control`."""

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
    task_options = (
        Field("max_idle_time", "integer", "Ends after idle seconds", "Without any published stream.", 180, 10, 86_400),
        Field("push_stream_mode", "choice", "Connect to the push URL", "", 0,
              choices=((0, "When somebody publishes"), (1, "At once"))),
        Field("when_video_stops", "choice", "When a person's video stops", "A placeholder wins.", 0,
              choices=((0, "Keep the last picture"), (1, "Black"))),
        Field("sei_extra_info", "string", "Text inside the stream", "SEI app_data, at most 4096 bytes.", ""),
    )  # fmt: skip

    def plan_start(self, spec: TaskSpec, painter: Painter) -> Plan:
        version = api.version(spec.app)
        findings = api.id_findings(spec.app, spec.room, spec.task_id)
        push_url = outputs.plan_push_url(spec, findings)
        frame = plan_frame(spec, findings, maximum=payload.LARGEST_SIDE)
        layout, drawn = payload.plan_layout(spec, painter, frame, version, findings)
        body = {
            **_identity(spec, business=True),
            "PushURL": push_url,
            **layout,
            "Encode": payload.plan_encode(spec.encoding, version, findings),
            "Control": payload.plan_control(spec.options, version, findings),
        }
        carry = {
            "sequence": 1,
            "canvas": [frame.width, frame.height],
            "api_version": version,
            "output": outputs.digest(push_url),
            "control": {word: body["Control"][word] for word in payload.OPTIONS},
        }
        return Plan((api.write(spec.app, START, version, body, starts=True),), tuple(findings), carry, drawn)

    def plan_update(self, spec: TaskSpec, painter: Painter) -> Plan:
        """Replaces everything that can be replaced: a member left out would fall back to the vendor's default."""
        previous = spec.previous or {}
        version = api.version(spec.app, previous)
        findings = api.id_findings(spec.app, spec.room, spec.task_id)
        push_url = outputs.plan_push_url(spec, []) if spec.output else ""
        findings += outputs.fixed_on_air(push_url, previous.get("output"))
        findings += payload.fixed_on_air(payload.plan_control(spec.options, version, []), previous.get("control"))
        frame = plan_frame(spec, findings, maximum=payload.LARGEST_SIDE)
        sequence = (whole(previous.get("sequence")) or 1) + 1
        layout, drawn = payload.plan_layout(spec, painter, frame, version, findings)
        body = {
            **_identity(spec, business=True),
            "IsUpdatePartialParam": False,
            "SequenceNumber": sequence,
            **layout,
            "Encode": payload.plan_encode(spec.encoding, version, findings),
        }
        if sei := payload.plan_sei(spec.options, version, findings):
            body["Control"] = {"SEIConfig": sei}
        carry = {
            **previous,
            "sequence": sequence,
            "canvas": [frame.width, frame.height],
            "api_version": version,
        }
        return Plan((api.write(spec.app, UPDATE, version, body),), tuple(findings), carry, drawn)

    def plan_stop(self, spec: TaskSpec) -> Plan:
        version = api.version(spec.app, spec.previous)
        findings = api.id_findings(spec.app, spec.room, spec.task_id)
        request = api.write(spec.app, STOP, version, _identity(spec, business=False))
        return Plan((request,), tuple(findings), spec.previous or {})

    def plan_query(self, spec: TaskSpec) -> Plan:
        version = api.version(spec.app, spec.previous)
        findings = api.id_findings(spec.app, spec.room, spec.task_id)
        request = api.read(spec.app, QUERY, version, _identity(spec, business=False))
        return Plan((request,), tuple(findings), spec.previous or {})

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
        except NoSuchTask:
            if request.name != STOP:
                raise
            return TaskReport(TaskState.STOPPED, task_id, "stopped", vendor_request_id=vendor_request_id)
        if request.name == QUERY:
            task = result.get("PushMixedStreamToCDNTask") if isinstance(result, dict) else None
            if not isinstance(task, dict) or not task:
                raise NoSuchTask(
                    "The vendor knows no such task. It can be asked for 72 hours after the start.",
                    vendor_request_id=vendor_request_id,
                    http_status=reply.status,
                )
            return read_task(task, task_id, vendor_request_id)
        said = result if isinstance(result, str) else ""
        if request.name == START and said.startswith(ALREADY_RUNS):
            raise TaskExists(said, vendor_request_id=vendor_request_id, http_status=reply.status)
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

    def shown_signature(self, request: PlannedRequest, app: AppSpec) -> Shown:
        return sdk.shown(request, app)

    def sdk_call(self, request: PlannedRequest, app: AppSpec) -> str:
        return sdk.call(request, app)

    def verify_callback(self, request: CallbackRequest, secret: str) -> bool:
        return callbacks.verify(request, secret)

    def read_callback(self, request: CallbackRequest) -> CallbackNews:
        return callbacks.read(request)

    def answer_callback(self, request: CallbackRequest) -> CallbackAnswer:
        return CallbackAnswer(content_type="text/plain", content=b"ok")


def _identity(spec: TaskSpec, *, business: bool) -> dict[str, str]:
    """AppId, RoomId and TaskId name a task; the business id may only come where it is documented."""
    business_id = str(spec.app.settings.get("business_id") or "") if business else ""
    return {
        "AppId": spec.app.vendor_app_id,
        **({"BusinessId": business_id} if business_id else {}),
        "RoomId": spec.room,
        "TaskId": spec.task_id,
    }
