"""The cases every adapter passes, whatever its vendor. A vendor's tests inherit them and give an `adapter_class`."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import ClassVar

import httpx2
import pytest

from apps.core.errors import UnreadableReply, VendorError, VendorUnreachable
from apps.layout_document.document import Canvas, LayoutDocument, Region, Source
from apps.vendors import registry
from apps.vendors.abilities import CallbackSubscription, ChoiceListing, MissedCallbackListing
from apps.vendors.adapter import VendorAdapter
from apps.vendors.callback import CallbackRequest
from apps.vendors.capabilities import Capabilities
from apps.vendors.http import VendorHttp
from apps.vendors.plan import Plan, PlannedRequest
from apps.vendors.report import TaskReport, TaskState
from apps.vendors.request_template import http_form
from apps.vendors.types import AppSpec, Binding, Reply, TaskRef, TaskSpec
from tests.vendors.painter import FakePainter

NOON = dt.datetime(2026, 3, 1, 12, 0, 0, tzinfo=dt.UTC)
LEVELS = {"error", "changed", "dropped", "note"}


def reply(status: int, content: bytes) -> Reply:
    try:
        decoded = json.loads(content)
    except ValueError:
        decoded = None
    return Reply(status=status, headers={}, content=content, json=decoded)


class AdapterContract:
    """`app`, `output` and `bindings` are what a good task of this product needs; `silent` are the operations whose
    success says nothing, so that a JSON body, whatever is in it, is none of our business."""

    adapter_class: ClassVar[type[VendorAdapter]]
    app: ClassVar[AppSpec]
    output: ClassVar[dict[str, object]]
    bindings: ClassVar[dict[str, Binding]] = {"host": Binding("1001"), "guest": Binding("1002")}
    silent: ClassVar[frozenset[str]] = frozenset()

    @pytest.fixture
    def adapter(self) -> VendorAdapter:
        return self.adapter_class()

    @pytest.fixture
    def painter(self) -> FakePainter:
        return FakePainter()

    @pytest.fixture
    def spec(self) -> TaskSpec:
        document = LayoutDocument(
            Canvas(1280, 720, "#101820"),
            (
                Region(id="r1", x=0, y=0, width=960, height=720, source=Source("host")),
                Region(id="r2", x=960, y=0, width=320, height=180, source=Source("guest")),
            ),
        )
        return TaskSpec(
            app=self.app,
            document=document,
            room="room-1001",
            task_id="qb_task_0001",
            bindings=self.bindings,
            output=self.output,
        )

    def plans(self, adapter: VendorAdapter, spec: TaskSpec, painter: FakePainter) -> dict[str, Plan]:
        start = adapter.plan_start(spec, painter)
        running = replace(spec, previous=start.carry)
        plans = {"start": start, "stop": adapter.plan_stop(running), "query": adapter.plan_query(running)}
        if adapter.can_update:
            plans["update"] = adapter.plan_update(running, painter)
        return plans

    def test_the_registry_knows_it(self, adapter: VendorAdapter) -> None:
        assert isinstance(registry.adapter(adapter.slug), self.adapter_class)
        assert adapter.slug in registry.vendors()[adapter.vendor]

    def test_its_capabilities_are_json(self, adapter: VendorAdapter) -> None:
        assert isinstance(adapter.capabilities, Capabilities)
        assert json.loads(json.dumps(adapter.capabilities.to_json()))["max_panes"] == adapter.capabilities.max_panes

    def test_a_plain_layout_can_be_started(self, adapter: VendorAdapter, spec: TaskSpec, painter: FakePainter) -> None:
        plan = adapter.plan_start(spec, painter)
        assert plan.errors == ()
        assert sum(request.starts for request in plan.requests) == 1
        assert spec.task_id in json.dumps([request.as_json() for request in plan.requests])

    def test_the_same_wish_gives_the_same_plan(
        self, adapter: VendorAdapter, spec: TaskSpec, painter: FakePainter
    ) -> None:
        assert self.plans(adapter, spec, painter) == self.plans(adapter, spec, FakePainter())

    def test_plans_are_json_and_can_be_sent(self, adapter: VendorAdapter, spec: TaskSpec, painter: FakePainter) -> None:
        for plan in self.plans(adapter, spec, painter).values():
            assert json.loads(json.dumps(plan.as_json(), allow_nan=False)) == plan.as_json()
            json.dumps(dict(plan.carry))
            for request in plan.requests:
                assert httpx2.URL(http_form(request, {}, None, "https://pictures.example.com")["url"]).scheme == "https"
                assert not (request.starts and request.read_only)

    def test_only_a_start_starts_and_a_query_changes_nothing(
        self, adapter: VendorAdapter, spec: TaskSpec, painter: FakePainter
    ) -> None:
        plans = self.plans(adapter, spec, painter)
        assert not any(request.starts for name, plan in plans.items() if name != "start" for request in plan.requests)
        assert all(request.read_only for request in plans["query"].requests)
        assert all(request.read_only for request in adapter.plan_test(self.app).requests)

    def test_the_list_of_missed_callbacks_is_only_read(self, adapter: VendorAdapter) -> None:
        if isinstance(adapter, MissedCallbackListing):
            assert adapter.plan_missed(self.app, NOON - dt.timedelta(days=1), NOON).read_only

    def test_a_subscription_is_looked_at_before_it_is_changed(self, adapter: VendorAdapter) -> None:
        setup = adapter.callback_setup
        assert isinstance(adapter, CallbackSubscription) == (setup is not None and setup.ordered)
        if isinstance(adapter, CallbackSubscription):
            (look,) = adapter.plan_subscription(self.app, "https://quadbox.example.com/hook", None).requests
            assert look.read_only

    def test_a_field_marked_listed_can_be_listed(self, adapter: VendorAdapter) -> None:
        listed = [field.name for field in (*adapter.app_settings, *adapter.task_options) if field.listed]
        assert isinstance(adapter, ChoiceListing) == bool(listed)
        for name in listed:
            assert isinstance(adapter, ChoiceListing) and adapter.plan_choices(self.app, name).read_only

    def test_a_stop_and_a_query_need_no_document(
        self, adapter: VendorAdapter, spec: TaskSpec, painter: FakePainter
    ) -> None:
        plans = self.plans(adapter, spec, painter)
        carry = plans["start"].carry
        task = TaskRef(app=spec.app, room=spec.room, task_id=spec.task_id, previous=carry, known=spec.known)
        assert adapter.plan_stop(task).as_json() == plans["stop"].as_json()
        assert adapter.plan_query(task).as_json() == plans["query"].as_json()

    def test_findings_speak(self, adapter: VendorAdapter, painter: FakePainter, spec: TaskSpec) -> None:
        bad = replace(spec, bindings={}, output={}, encoding={"fps": 10_000, "nonsense": 1})
        for finding in adapter.plan_start(bad, painter).findings:
            assert finding.level in LEVELS
            assert finding.code
            assert finding.message

    def test_the_tasks_id_is_ours_and_within_the_alphabet(self, adapter: VendorAdapter) -> None:
        first = adapter.vendor_task_id("0196f7a2-7b1c-7d5e-8f00-0123456789ab", 1)
        assert first != adapter.vendor_task_id("0196f7a2-7b1c-7d5e-8f00-0123456789ab", 2)
        assert len(first) <= 64

    @pytest.mark.parametrize(("status", "content"), [(502, b"<html>Bad Gateway</html>"), (503, b""), (500, b"[]")])
    def test_a_sick_answer_is_worth_a_retry(
        self, adapter: VendorAdapter, spec: TaskSpec, painter: FakePainter, status: int, content: bytes
    ) -> None:
        for plan in self.plans(adapter, spec, painter).values():
            for request in plan.requests:
                with pytest.raises(VendorUnreachable):
                    adapter.read_reply(request, reply(status, content))

    @pytest.mark.parametrize("content", [b"<html>Welcome</html>", b'"hello"', b"[1]", b"{}", b"null"])
    def test_an_answer_in_other_words_is_unreadable(
        self, adapter: VendorAdapter, spec: TaskSpec, painter: FakePainter, content: bytes
    ) -> None:
        for plan in self.plans(adapter, spec, painter).values():
            for request in plan.requests:
                if request.name in self.silent and content in (b"{}", b"null"):
                    continue
                with pytest.raises(UnreadableReply):
                    adapter.read_reply(request, reply(200, content))

    @pytest.mark.parametrize(
        "content", [b"", b"null", b"[]", b"\xff\xfe", b'{"a": [1, {}]}', b'{"EventType": 7}', b"[" * 9999]
    )
    def test_a_strange_callback_is_no_crash(self, adapter: VendorAdapter, content: bytes) -> None:
        request = CallbackRequest({}, content)
        adapter.verify_callback(request, "secret")
        try:
            news = adapter.read_callback(request)
        except (VendorError, NotImplementedError):
            return
        assert news.vendor_task_id == ""

    def test_signed_requests_carry_no_secret_in_clear(
        self, adapter: VendorAdapter, spec: TaskSpec, painter: FakePainter
    ) -> None:
        sent: list[httpx2.Request] = []

        def cloud(request: httpx2.Request) -> httpx2.Response:
            sent.append(request)
            return httpx2.Response(200, json={})

        keys = {field.name: f"canary-{field.name}-value" for field in adapter.key_fields}
        auth = adapter.auth(keys, self.app, lambda: NOON)
        http = VendorHttp(transport=httpx2.MockTransport(cloud))
        for plan in self.plans(adapter, spec, painter).values():
            for request in plan.requests:
                http.send(request, auth, {}, "http://127.0.0.1:1/box")
        everything = [f"{one.url} {dict(one.headers)} {one.content!r}" for one in sent]
        assert everything
        assert all("http://127.0.0.1:1/box" in one for one in everything)
        assert not any("secret" in name and keys[name] in one for name in keys for one in everything)


def raised(adapter: VendorAdapter, request: PlannedRequest, answer: Reply) -> VendorError:
    """The error an answer gives."""
    with pytest.raises(VendorError) as caught:
        adapter.read_reply(request, answer)
    return caught.value


def is_quiet(report: TaskReport) -> bool:
    return report.state is TaskState.UNKNOWN
