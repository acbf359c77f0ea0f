"""What the RTC products (API `rtc`, generation 2) have in common: the test of an app, stored layouts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apps.core.errors import UnreadableReply
from apps.core.types import Json
from apps.vendors.abilities import StoredObjectLookup
from apps.vendors.aliyun import errors
from apps.vendors.aliyun.base import AliyunAdapter, signing
from apps.vendors.aliyun.rtc2 import assumptions, stored_layouts
from apps.vendors.aliyun.rtc2.layouts import create_layout
from apps.vendors.aliyun.wire import rpc
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.report import TaskReport, TaskState
from apps.vendors.types import AppSpec, Reply, Stored, TaskRef, TaskSpec

__all__ = ["AliyunRtcAdapter", "read_shared", "rows", "signing", "stored_layout"]


APP_TROUBLES = {
    "app_unknown": "The keys are valid, but this account has no app with this AppId.",
    "app_generation": "The keys are valid, but the app is of generation 3, which this product does not support.",
    "app_stopped": "The keys are valid, but the app is stopped in Aliyun's console or because of an outstanding balance.",
}


class AliyunRtcAdapter(AliyunAdapter, StoredObjectLookup):
    """A product of this API; the operations are the product's own."""

    def plan_test(self, app: AppSpec | None) -> Plan:
        """With an app its generation is seen too: this product needs 1.x or 2.x."""
        parameters = {"AppId": app.vendor_app_id if app else None, "PageNum": 1, "PageSize": 1}
        return Plan((rpc.rpc("DescribeApps", parameters, signing=signing(app), read_only=True),))

    def plan_stored(self, task: TaskRef, plan: Plan) -> PlannedRequest | None:
        return stored_layouts.look(task, plan)

    def read_stored(self, app: AppSpec, request: PlannedRequest, reply: Reply) -> Stored:
        return stored_layouts.read(app, request, reply)


def stored_layout(
    spec: TaskSpec, layout: Sequence[Mapping[str, Json]], key: str, audio_mix_count: int
) -> tuple[PlannedRequest, ...]:
    """The request that stores the layout, unless there is none or it is known already."""
    if not layout or key in spec.known:
        return ()
    rows = [dict(pane) for pane in layout]
    in_form = assumptions.of_app(spec.app).in_form
    made = create_layout(
        spec.app.vendor_app_id, audio_mix_count, rows, signing=signing(spec.app), key=key, in_form=in_form
    )
    return (made,)


def used_layout(spec: TaskSpec, key: str) -> dict[str, str]:
    """What a request relies on that names a layout stored earlier."""
    return {key: spec.known[key]} if key in spec.known else {}


def read_shared(request: PlannedRequest, reply: Reply, body: Mapping[str, Json]) -> TaskReport:
    """The good answer to an operation that no product has for itself."""
    identifier = errors.request_id(reply)
    if request.name == "DescribeApps":
        return _app(request, body, identifier)
    if request.name == "CreateMPULayout" and body.get("LayoutId") in (None, ""):
        raise UnreadableReply("Aliyun stored the layout but returned no LayoutId.", vendor_request_id=identifier)
    return TaskReport(TaskState.UNKNOWN, vendor_request_id=identifier)


def _app(request: PlannedRequest, body: Mapping[str, Json], identifier: str) -> TaskReport:
    """The keys hold. `vendor_status` is the app's version, where one was asked for."""
    wanted = request.query.get("AppId", "")
    app = next((row for row in rows(body, "AppList", "App") if str(row.get("AppId")) == wanted), None)
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
        detail=APP_TROUBLES.get(reason, ""),
        vendor_request_id=identifier,
        vendor_status=version,
    )


def rows(body: Mapping[str, Json], outer: str, inner: str) -> list[dict[str, Json]]:
    """A list the vendor writes as `[…]` in one page and as `{"<inner>": […]}` in another."""
    found = body.get(outer)
    if isinstance(found, dict):
        found = found.get(inner)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise UnreadableReply("Aliyun's response has no list of {name}.", params={"name": outer})
    return found
