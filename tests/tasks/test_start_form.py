"""The start form: what is entered, and the fields that a product asks for."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict

from apps.credentials.models import App, Credential
from apps.tasks.models import Task
from apps.tasks.pages import start_form, start_values
from apps.vendors.registry import adapter, products


def entered(product: str, **fields: str) -> start_values.StartValues:
    query = QueryDict(mutable=True)
    query.update({"target": f"app/{product}", "room": "r", **fields})
    return start_values.read(query)


@pytest.mark.parametrize(
    ("product", "fields", "output"),
    [
        ("aliyun-live-mpu", {"push_url": "rtmp://a/b/c\n rtmp://d/e/f \n\n"}, {"push_urls": ["rtmp://a/b/c", "rtmp://d/e/f"]}),
        ("volcengine-push", {"push_url": " rtmp://a/b/c "}, {"push_urls": ["rtmp://a/b/c"]}),
        ("volcengine-push", {"push_url": ""}, {"push_urls": []}),
        ("agora-transcoder", {"rtc_channel": "mix", "rtc_uid": "7"}, {"rtc": {"channel": "mix", "uid": 7}}),
        ("agora-transcoder", {"push_url": "rtmp://a/b/c"}, {"push_urls": ["rtmp://a/b/c"]}),
        ("agora-transcoder", {"rtc_channel": "mix", "rtc_uid": "7", "push_url": "rtmp://a/b/c"},
         {"rtc": {"channel": "mix", "uid": 7}}),
        ("agora-transcoder", {}, {"rtc": {"channel": "", "uid": 0}}),
        ("aliyun-rtc-record", {"push_url": "rtmp://a/b/c"}, {"record": {}}),
    ],
)  # fmt: skip
def test_output_is_what_the_product_takes(product: str, fields: dict[str, str], output: dict[str, Any]) -> None:
    assert entered(product, **fields).output() == output


def test_options_are_under_headings_that_are_open_where_one_is_set() -> None:
    context = start_form.product_fields(None, entered("aliyun-rtc-mpu", **{"opt:clock_size": "30"}))
    assert {group.heading: group.is_open for group in context["option_groups"]} == {
        "Clock": True, "In the stream (SEI)": False,
    }  # fmt: skip
    fields = [*context["option_fields"], *(field for group in context["option_groups"] for field in group.fields)]
    assert sorted(field.html_name for field in fields) == sorted(
        f"opt:{option.name}" for option in adapter("aliyun-rtc-mpu").task_options
    )


def test_a_range_without_an_end_names_its_start() -> None:
    groups = start_form.product_fields(None, entered("aliyun-rtc-mpu"))["option_groups"]
    ranges = {field.html_name: field.limits for group in groups for field in group.fields}
    assert ranges["opt:vad_interval"] == "at least 1"
    assert ranges["opt:clock_size"] == "1 to 72"


@pytest.mark.django_db(transaction=True)
def test_the_form_opens_on_the_product_used_last_else_on_the_one_that_needs_least(
    team: Any, layout: Any, sign_in: Any
) -> None:
    for vendor in ("agora", "aliyun", "volcengine"):
        keys = Credential.objects.create(team=team, name=vendor, vendor=vendor, keys={})
        App.objects.create(team=team, credential=keys, name=vendor, vendor_app_id="0" * 24)

    def opened() -> str:
        return str(sign_in("producer").get("/tasks/new/").context["form"].target.partition("/")[2])

    assert opened() == "aliyun-rtc-record"
    agora = App.objects.get(name="agora")
    Task.objects.create(team=team, app=agora, product="agora-transcoder", document=layout.document, room="r")
    assert opened() == "agora-transcoder"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("product", list(products()))
def test_samples_are_enough_to_start_on_the_sandbox(team: Any, layout: Any, sign_in: Any, product: str) -> None:
    vendor = adapter(product).vendor
    keys = Credential.objects.create(
        team=team, name=vendor, vendor=vendor, keys={}, endpoints={product: f"{settings.PUBLIC_URL}/sandbox/{vendor}/"}
    )
    app = App.objects.create(
        team=team, credential=keys, name=vendor, vendor_app_id=adapter(product).sample_app_id,
        settings={"record_template_id": "1"} if product == "aliyun-rtc-record" else {},
        secrets={"app_certificate": "5a4d6e0b1c2f3e4d9a8b7c6d5e4f3021"} if vendor == "agora" else {},
    )  # fmt: skip
    client = sign_in("producer")
    fields = client.get("/tasks/new/fields/", {"target": f"{app.pk}/{product}"}).content.decode()
    assert 'data-testid="samples"' in fields
    page = client.get("/tasks/new/", {"target": f"{app.pk}/{product}", "layout": str(layout.pk), "sample": "1"})
    assert page.context["preview"]["ready"] is True, page.context["preview"]


@pytest.mark.django_db(transaction=True)
def test_an_app_of_a_real_cloud_has_no_samples(app: Any, sign_in: Any) -> None:
    fields = sign_in("producer").get("/tasks/new/fields/", {"target": f"{app.pk}/volcengine-push"}).content.decode()
    assert 'data-testid="samples"' not in fields
