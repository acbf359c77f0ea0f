"""Settings of apps and options of tasks over REST: a name that the product does not declare is refused with its pointer."""

from __future__ import annotations

from typing import Any

import pytest

from apps.credentials.models import App, Credential
from apps.layouts.services import create_layout
from apps.tasks.models import Task
from apps.vendors import registry
from tests.tasks.conftest import DOCUMENT, jobs

__all__ = ["jobs"]
pytestmark = pytest.mark.django_db
APPS, TASKS = "/api/v1/apps/", "/api/v1/tasks/"
VENDORS = sorted(registry.vendors())
OUTPUTS: dict[str, Any] = {
    "push": {"push_urls": ["rtmp://push.example.com/live/one"]},
    "rtc": {"rtc": {"channel": "out", "uid": 7}},
    "record": {"record": {}},
}


def misspelt(name: str) -> str:
    return name[:-1]


def names_of(vendor: str) -> list[str]:
    return [field.name for field in registry.vendor_fields(vendor, "app_settings")]


@pytest.fixture
def app(team: Any) -> Any:
    def create(vendor: str) -> App:
        credential = Credential.objects.create(team=team, name=vendor, vendor=vendor, keys={})
        return App.objects.create(team=team, credential=credential, name="A", vendor_app_id="0" * 32)

    return create


@pytest.mark.parametrize(("vendor", "name"), [(vendor, name) for vendor in VENDORS for name in names_of(vendor)])
def test_misspelt_setting_is_refused_when_an_app_is_created_or_changed(
    api: Any, app: Any, vendor: str, name: str
) -> None:
    stored = app(vendor)
    settings = {misspelt(name): "x"}
    row = {"credential": str(stored.credential_id), "name": "B", "vendor_app_id": "1" * 32, "settings": settings}
    client = api("admin")
    for answer in (client.post(APPS, row), client.patch(f"{APPS}{stored.pk}/", {"settings": settings})):
        assert answer.status_code == 400
        (problem,) = answer.json()["problems"]
        assert (problem["pointer"], problem["code"]) == (f"/settings/{misspelt(name)}", "unknown_field")
        assert name in problem["message"]
    assert App.objects.get().settings == {}


def test_setting_is_refused_by_its_escaped_pointer(api: Any, app: Any) -> None:
    answer = api("admin").patch(f"{APPS}{app(VENDORS[0]).pk}/", {"settings": {"a/b": 1}})
    assert [problem["pointer"] for problem in answer.json()["problems"]] == ["/settings/a~1b"]


@pytest.mark.parametrize("product", registry.products())
def test_unknown_option_of_a_task_is_refused(api: Any, team: Any, app: Any, jobs: None, product: str) -> None:
    layout = create_layout(team=team, user=None, name="L", document=DOCUMENT)
    adapter = registry.adapter(product)
    body = {
        "app": str(app(adapter.vendor).pk), "product": product, "layout": str(layout.pk), "room": "lobby",
        "bindings": {"host": {"user_id": "1"}}, "output": OUTPUTS[adapter.output_kind],
        "options": {misspelt(field.name): 1 for field in adapter.task_options[:1]} | {"colour": "red"},
    }  # fmt: skip
    answer = api("producer").post(TASKS, body)
    assert answer.status_code == 400
    pointers = {problem["pointer"] for problem in answer.json()["problems"]}
    assert pointers == {f"/options/{name}" for name in body["options"]}
    assert not Task.objects.exists()
