"""The start form: what a person typed becomes what the API takes."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from apps.tasks.pages import start_form


def typed(product: str, **fields: str) -> dict[str, Any]:
    query = QueryDict(mutable=True)
    query.update({"target": f"app/{product}", "room": "r", **fields})
    return start_form.payload(start_form.read(query))["output"]


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
def test_where_it_goes(product: str, fields: dict[str, str], output: dict[str, Any]) -> None:
    assert typed(product, **fields) == output


def test_options_are_folded_under_headings_and_open_where_one_is_set() -> None:
    query = QueryDict(mutable=True)
    query.update({"target": "app/aliyun-rtc-mpu", "opt:clock_size": "30"})
    made = start_form.product_fields(start_form.read(query))
    assert {title: opened for title, _own, opened in made["option_groups"]} == {
        "Clock": True, "In the stream (SEI)": False,
    }  # fmt: skip
    names = [field["name"] for field in made["option_fields"]]
    names += [one["name"] for _title, own, _opened in made["option_groups"] for one in own]
    assert sorted(names) == sorted(
        f"opt:{option.name}" for option in start_form.registry.adapter("aliyun-rtc-mpu").task_options
    )


def test_a_range_without_an_end_is_said_from_its_start() -> None:
    query = QueryDict(mutable=True)
    query.update({"target": "app/aliyun-rtc-mpu"})
    groups = start_form.product_fields(start_form.read(query))["option_groups"]
    ranges = {one["name"]: one["range"] for _title, own, _opened in groups for one in own}
    assert ranges["opt:vad_interval"] == "at least 1"
    assert ranges["opt:clock_size"] == "1 to 72"
