"""Agora cloud transcoding: people of a channel are mixed into one stream, into a channel or to RTMP."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping

import httpx2

from apps.core.errors import HandleUnknown, NoSuchTask, Refused, TaskExists
from apps.core.types import Json
from apps.layout_document.document import LayoutDocument
from apps.vendors.adapter import VendorAdapter
from apps.vendors.agora import api, callbacks, errors, tokens
from apps.vendors.agora.auth import AgoraAuth
from apps.vendors.agora.transcoder import events, importing, on_air, options, payload
from apps.vendors.agora.transcoder.capabilities import CAPABILITIES
from apps.vendors.agora.transcoder.phrases import say
from apps.vendors.agora.transcoder.states import read_task
from apps.vendors.callback import CallbackAnswer, CallbackNews, CallbackRequest, CallbackSetup
from apps.vendors.painter import Painter
from apps.vendors.plan import Finding, Plan, PlannedRequest
from apps.vendors.report import TaskReport, TaskState
from apps.vendors.types import AppSpec, Clock, Imported, Reply, Sending, SignaturePreview, TaskRef, TaskSpec

ACQUIRE, CREATE, QUERY, UPDATE, DELETE = "Acquire", "Create", "Query", "Update", "Delete"
TEST = "NotificationAddresses"
UPDATE_MASK = "services.cloudTranscoder.config"
TOKEN_SERVES = 270  # seconds during which a builder token is used for a create: it is good for five minutes
MOST_TOKENS = 4


class AgoraTranscoderAdapter(VendorAdapter):
    """`previous` is a plan's carry: `sequence`, and `fixed`, all that cannot change (see `on_air`).

    The task id of ours is the vendor's instance id. Its own names for the run are handles: `run_id` (its task id)
    and `tokens`, the builder tokens, newest first; `control` is the place of the one that the run obeys.
    """

    slug = "agora-transcoder"
    vendor = "agora"
    sample_app_id = "0123456789abcdef0123456789abcdef"
    title = "Agora · cloud transcoding"
    output_kind = "rtc"
    capabilities = CAPABILITIES
    app_settings = (*api.APP_SETTINGS, *options.APP_SETTINGS)
    key_fields = api.KEY_FIELDS
    secret_fields = api.SECRET_FIELDS
    advice = errors.ADVICE
    task_options = options.TASK_OPTIONS
    absence_waits = (5.0, 10.0, 15.0)  # a task that is being moved to another server is out of sight for a while
    query_name = QUERY
    callback_setup = CallbackSetup(
        "In the console, in Notifications of the project, for the product Cloud Transcoding: enter this URL (HTTPS) and the events 110 to 113. Enter the secret shown there below.",
        "callback_secret",
    )

    # --- plans --------------------------------------------------------------------------------------------------------

    def plan_start(self, spec: TaskSpec, painter: Painter) -> Plan:
        findings = _id_findings(spec)
        mode = options.mode(spec.options)
        destinations = payload.plan_destinations(spec, findings)
        frame = payload.plan_frame(spec, findings)
        outputs = payload.plan_outputs(spec, destinations, frame, mode, findings)
        drawn: LayoutDocument | None = None
        if mode == options.AUDIO_ONLY:
            transcoder = payload.plan_sound(spec, painter, frame, outputs, findings)
        elif mode == options.RELAY:
            transcoder = payload.plan_relay(spec, frame, outputs, findings)
        else:
            transcoder, _, drawn = payload.plan_mix(spec, painter, frame, outputs, findings)
        services = payload.services(transcoder)
        acquire: dict[str, Json] = {"instanceId": spec.task_id}
        if options.switched_on(spec.app, "acquire_with_services"):
            acquire["services"] = services
        carry = {"sequence": 0, "fixed": on_air.fixed(transcoder, mode, options.marks_word(spec.app))}
        requests = (
            api.request(spec.app, ACQUIRE, "POST", f"{_base(spec)}/builderTokens", body=acquire,
                        gives={"builderToken": "/tokenName"}),
            api.request(spec.app, CREATE, "POST", f"{_base(spec)}/tasks", query={"builderToken": "{builderToken}"},
                        body={"services": services}, starts=True),
        )  # fmt: skip
        return Plan(requests, tuple(findings), carry, drawn)

    def plan_update(self, spec: TaskSpec, painter: Painter) -> Plan:
        """The complete body again: what is left out, or changed where nothing may change, is undefined."""
        kept = on_air.known(spec.previous)
        if kept is None:  # nothing is known of the start: what would be started now is the best guess
            kept = on_air.known(self.plan_start(spec, painter).carry)
            assert kept is not None
        findings = _id_findings(spec)
        on_air.keep_options(spec, kept, findings)
        destinations = on_air.keep_destinations(spec, kept, findings)
        frame = payload.plan_frame(spec, findings, on_air.running_size(kept))
        mode = str(kept["mode"])
        outputs = payload.plan_outputs(spec, destinations, frame, mode, findings)
        outputs = on_air.keep_codec(spec, outputs, kept, findings)
        drawn: LayoutDocument | None = None
        if mode == options.AUDIO_ONLY:
            transcoder = on_air.plan_sound(spec, painter, frame, outputs, kept, findings)
        elif mode == options.RELAY:
            transcoder = {**payload.plan_relay(spec, frame, outputs, findings), "idleTimeout": kept["idle_timeout"]}
        else:
            transcoder, drawn = on_air.plan_mix(spec, painter, frame, outputs, kept, findings)
        sequence = (callbacks.whole((spec.previous or {}).get("sequence")) or 0) + 1
        query = {"builderToken": "{builderToken}", "sequenceId": str(sequence), "updateMask": UPDATE_MASK}
        body = {"services": payload.services(transcoder)}
        request = api.request(spec.app, UPDATE, "PATCH", f"{_base(spec)}/tasks/{{taskId}}", query=query, body=body)
        carry = {**(spec.previous or {}), "sequence": sequence, "fixed": kept}
        return Plan((request,), tuple(findings), carry, drawn, spends={"sequence": sequence})

    def plan_stop(self, task: TaskRef) -> Plan:
        return self._by_id(task, DELETE, "DELETE")

    def plan_query(self, task: TaskRef) -> Plan:
        return self._by_id(task, QUERY, "GET")

    def _by_id(self, task: TaskRef, name: str, method: str) -> Plan:
        query = {"builderToken": "{builderToken}"}
        request = api.request(task.app, name, method, f"{_base(task)}/tasks/{{taskId}}", query=query)
        return Plan((request,), tuple(_id_findings(task)), task.previous or {})

    def plan_test(self, app: AppSpec | None) -> Plan:
        """Asks where notifications come from: it needs the account's keys and nothing else."""
        return Plan((api.request(app, TEST, "GET", "/v1/ncs/ip"),))

    # --- sending ------------------------------------------------------------------------------------------------------

    def placeholder_values(self, request: PlannedRequest, sending: Sending) -> Mapping[str, str]:
        found: dict[str, str] = {}
        kept = _tokens(sending)
        if request.name == CREATE:
            if not kept:
                raise HandleUnknown("No builder token has been acquired.")
            found["builderToken"] = kept[0]
        elif request.name in (QUERY, UPDATE, DELETE):
            if not kept or not sending.handles.get("run_id"):
                raise HandleUnknown(
                    "The vendor's ID of this task was never received. The notification of its start will contain it."
                )
            found["taskId"] = sending.handles["run_id"]
            found["builderToken"] = kept[_control(sending) % len(kept)]
        if request.name in (ACQUIRE, CREATE, UPDATE):
            found |= _rtc_tokens(request, sending)
        return found

    def can_skip(self, request: PlannedRequest, sending: Sending) -> bool:
        """A create whose outcome is unknown is repeated with the same token: one token, one task."""
        if request.name != ACQUIRE or not _tokens(sending):
            return False
        acquired = callbacks.whole(sending.handles.get("acquired_at")) or 0
        return 0 <= sending.now.timestamp() - acquired < TOKEN_SERVES

    def read_handles(self, request: PlannedRequest, reply: Reply, sending: Sending) -> Mapping[str, str]:
        """Keeps every builder token until it is known which one the run obeys: the vendor tells no one else."""
        handles = dict(sending.handles)
        kept = _tokens(sending)
        body = reply.json if isinstance(reply.json, dict) else {}
        good = reply.status in errors.SUCCESS
        if request.name == ACQUIRE and good and isinstance(body.get("tokenName"), str) and body["tokenName"]:
            handles["tokens"] = json.dumps([body["tokenName"], *kept][:MOST_TOKENS])
            handles["acquired_at"] = str(int(sending.now.timestamp()))
        elif request.name == CREATE and good and isinstance(body.get("taskId"), str) and body["taskId"]:
            handles |= {"run_id": body["taskId"], "tokens": json.dumps(kept[:1]), "control": "0"}
        elif request.name == CREATE and reply.status == 409 and len(kept) > 1:
            handles["control"] = "1"  # the running one was made with an earlier token
        elif request.name in (QUERY, UPDATE, DELETE) and reply.status == 404 and len(kept) > 1:
            handles["control"] = str((_control(sending) + 1) % len(kept))
        elif request.name == QUERY and good and len(kept) > 1:
            handles |= {"tokens": json.dumps([kept[_control(sending) % len(kept)]]), "control": "0"}
        return handles

    def auth(self, keys: Mapping[str, str], app: AppSpec | None, clock: Clock) -> httpx2.Auth:
        return AgoraAuth(keys["customer_id"], keys["customer_secret"])

    def preview_signature(self, request: PlannedRequest, app: AppSpec) -> SignaturePreview:
        """There is no official SDK for Python: the call is shown as JSON and for curl."""
        return SignaturePreview({"Authorization": "Basic $BASE64_OF_CUSTOMER_ID_AND_SECRET"})

    # --- answers ------------------------------------------------------------------------------------------------------

    def knows_payload(self, payload: Json) -> bool:
        return importing.knows(payload)

    def read_payload(self, payload: Json) -> Imported:
        return importing.read(payload)

    def read_reply(self, request: PlannedRequest, reply: Reply) -> TaskReport:
        request_id = errors.request_id(reply)
        if request.name == UPDATE:
            return self._read_update(request, reply)
        try:
            body = errors.answer(request, reply)
        except NoSuchTask as gone:
            if request.name != DELETE:
                raise
            said = gone.vendor_code
            return TaskReport(
                TaskState.STOPPED, reason="already_gone", vendor_request_id=request_id, vendor_status=said
            )
        if request.name == ACQUIRE:
            if not isinstance(body.get("tokenName"), str) or not body["tokenName"]:
                raise errors.unreadable(request, reply, "no_token")
            return TaskReport(TaskState.UNKNOWN, reason="acquired", vendor_request_id=request_id)
        if request.name == TEST:
            if not isinstance(body.get("data"), dict):
                raise errors.unreadable(request, reply, "no_addresses")
            return TaskReport(TaskState.UNKNOWN, reason="keys_accepted", vendor_request_id=request_id)
        if not isinstance(body.get("taskId"), str) or not body["taskId"]:
            if request.name == CREATE and reply.status == 201:  # "do not start twice with one token", without its id
                raise TaskExists(
                    "Create: a task of this builder token is already running.",
                    vendor_code="201", vendor_request_id=request_id, http_status=201,
                )  # fmt: skip
            raise errors.unreadable(request, reply, "no_task_id")
        report = read_task(body, request_id)
        if request.name == CREATE and report.state is TaskState.UNKNOWN:
            return TaskReport(TaskState.STARTING, vendor_request_id=request_id, vendor_status=report.vendor_status)
        return report

    def _read_update(self, request: PlannedRequest, reply: Reply) -> TaskReport:
        """A success has an empty body; it proves nothing about the state, a query does."""
        errors.check(request, reply)
        if reply.content.strip() and not isinstance(reply.json, dict) and reply.content.strip() != b"null":
            raise errors.unreadable(request, reply, "not_empty")
        return TaskReport(TaskState.UNKNOWN, reason="updated", vendor_request_id=errors.request_id(reply))

    # --- notifications ------------------------------------------------------------------------------------------------

    def verify_callback(self, request: CallbackRequest, secret: str) -> bool:
        return callbacks.verify(request, secret)

    def read_callback(self, request: CallbackRequest, app: AppSpec | None = None) -> CallbackNews:
        return events.read(callbacks.notice(request))

    def answer_callback(self, request: CallbackRequest) -> CallbackAnswer:
        return CallbackAnswer(content=b'{"code":0}')


def _base(task: TaskRef) -> str:
    return f"/v1/projects/{task.app.vendor_app_id}/rtsc/cloud-transcoder"


def _id_findings(task: TaskRef) -> list[Finding]:
    found = []
    if not tokens.is_key(task.app.vendor_app_id):
        found.append(say("bad_app_id", None, "app"))
    if not api.CHANNEL.fullmatch(task.room):
        found.append(say("bad_room", None, "room"))
    if not api.INSTANCE.fullmatch(task.task_id):
        found.append(say("bad_task_id", None, "task_id"))
    return found


def _tokens(sending: Sending) -> list[str]:
    try:
        found = json.loads(sending.handles.get("tokens", "[]"))
    except ValueError:
        return []
    return [domain for domain in found if isinstance(domain, str)] if isinstance(found, list) else []


def _control(sending: Sending) -> int:
    return callbacks.whole(sending.handles.get("control")) or 0


def _rtc_tokens(request: PlannedRequest, sending: Sending) -> dict[str, str]:
    """A token of the input channel for user 0, one of the output channel for the output's user. Both hold 24 hours."""
    if api.token_habit(sending.app) != api.WITH_CERTIFICATE:
        return {}
    transcoder = _transcoder(request.body)
    if transcoder is None:  # an acquire that names the instance only
        return {}
    certificate = sending.secrets.get("app_certificate", "")
    if not tokens.is_key(certificate):
        raise Refused(
            "The app has no App Certificate, and RTC tokens are made from it: enter it, or say in the app's settings "
            "that the project has none."
        )
    sources = [input_["rtc"] for input_ in transcoder.get("audioInputs", []) + transcoder.get("videoInputs", [])]
    targets = [output["rtc"] for output in transcoder.get("outputs", []) if "rtc" in output]
    found = {}
    for name, users, uid in (("inputToken", sources, 0), ("outputToken", targets, None)):
        if users:
            user = users[0]["rtcUid"] if uid is None else uid
            joins_only = uid == 0 and sending.app.settings.get("input_tokens") == options.SUBSCRIBES
            rights = tokens.SUBSCRIBER if joins_only else tokens.PUBLISHER
            found[name] = _rtc_token(sending, certificate, users[0]["rtcChannel"], user, rights)
    return found


def _rtc_token(sending: Sending, certificate: str, channel: str, uid: int, rights: tuple[int, ...]) -> str:
    """The salt is only to be hard to guess; taken from the rest, it makes the same token of the same moment."""
    issued_at = int(sending.now.timestamp())
    seed = hmac.new(certificate.encode(), f"{channel}/{uid}/{issued_at}".encode(), hashlib.sha256).digest()
    salt = int.from_bytes(seed[:4], "big") % tokens.LARGEST_SALT + 1
    privileges = dict.fromkeys(rights, tokens.LONGEST_LIFE)
    return tokens.build(
        sending.app.vendor_app_id, certificate, channel, uid, issued_at=issued_at, salt=salt, privileges=privileges
    )


def _transcoder(body: Json) -> dict[str, Json] | None:
    services = body.get("services") if isinstance(body, Mapping) else None
    if not isinstance(services, Mapping):
        return None
    found = services[payload.SERVICE]["config"]["transcoder"]
    return dict(found)
