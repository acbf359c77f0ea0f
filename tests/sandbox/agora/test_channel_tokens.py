"""Who may enter a channel: RTC tokens of the inputs and the output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.sandbox.agora import signature
from tests.sandbox.agora.call import (
    APP_ID,
    CERTIFICATE,
    OPEN_APP,
    start,
    status,
    token,
    transcoder,
)
from tests.vendors import documented


def with_tokens(entry: str, leaving: str) -> dict[str, Any]:
    body = transcoder()
    for input_ in body["audioInputs"] + body["videoInputs"]:
        input_["rtc"]["rtcToken"] = entry
    body["outputs"][0]["rtc"]["rtcToken"] = leaving
    return body


GOOD_IN, GOOD_OUT = ("room", 0), ("mixed", 1000)


@pytest.mark.parametrize(
    ("entry", "leaving", "expected"),
    [
        (token(*GOOD_IN), token(*GOOD_OUT), "STARTED"),
        (token(*GOOD_IN, rights=(1,)), token(*GOOD_OUT), "STARTED"),
        (token("room", 1), token(*GOOD_OUT), "FAILURE_STOP"),
        (token("other", 0), token(*GOOD_OUT), "FAILURE_STOP"),
        (token(*GOOD_IN, age=4000), token(*GOOD_OUT), "FAILURE_STOP"),
        (token(*GOOD_IN, certificate="f" * 32), token(*GOOD_OUT), "FAILURE_STOP"),
        (token(*GOOD_IN), token("mixed", 0), "FAILURE_STOP"),
        (token(*GOOD_IN), token("mixed", 1001), "FAILURE_STOP"),
        (token(*GOOD_IN), token(*GOOD_OUT, rights=(1,)), "FAILURE_STOP"),
        ("nonsense", token(*GOOD_OUT), "FAILURE_STOP"),
        ("", "", "FAILURE_STOP"),
    ],
)
def test_tokens_open_channels(
    client: Client, control: Callable[..., Any], entry: str, leaving: str, expected: str
) -> None:
    task = start(client, with_tokens(entry, leaving), app_id=APP_ID)
    control("clock/advance", seconds=0.4)
    assert status(client, task, app_id=APP_ID) == expected


def test_the_collected_tokens_are_read_alike() -> None:
    for case in documented.vectors("agora", "agora-tokens")["cases"]:
        for name in ("token", "tokenNodeZlib"):
            given = (case["expected"][name], case["appId"], case["appCertificate"], case["channel"], case["uid"])
            assert signature.refusal(*given, case["issueTs"] + 1, case["role"] == "publisher") == "", case["name"]
            assert signature.refusal(*given, case["issueTs"] + case["expire"], False) != ""


def test_the_demo_project_has_its_certificate() -> None:
    from apps.sandbox.engine import accounts

    assert accounts.certificate_of(APP_ID) == CERTIFICATE
    assert accounts.certificate_of(OPEN_APP) == ""
