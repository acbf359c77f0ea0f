"""The start form: what is entered, and the fields that a product asks for."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from apps.tasks.pages import start_form, start_values
from apps.vendors.registry import adapter


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
