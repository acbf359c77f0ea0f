"""Signed callbacks of Aliyun, by the published cases."""

from __future__ import annotations

import datetime as dt

import pytest

from apps.vendors.aliyun.wire.callback_signatures import is_live_recording, live_recording, rtc3
from tests.vendors import documented

CASES = {case["name"]: case for case in documented.vectors("aliyun", "aliyun-signing")["callback_signature"]["cases"]}
LIVE = [case for name, case in CASES.items() if name.startswith("live_cloud_recording")]


@pytest.mark.parametrize("case", LIVE, ids=lambda one: one["name"])
def test_recordings_of_live(case: dict[str, dict[str, str]]) -> None:
    stamp, key = case["input"]["timestamp"], case["input"]["notify_auth_key"]
    assert live_recording(stamp, key) == case["expected"]["signature_lower"]
    now = dt.datetime.fromtimestamp(int(stamp), dt.UTC) + dt.timedelta(minutes=4)
    for written in ("signature_lower", "signature_upper"):
        signature = case["expected"][written]
        assert is_live_recording(stamp, signature, key, now)
        assert not is_live_recording(stamp, signature, key + "x", now)
        assert not is_live_recording(str(int(stamp) + 1), signature, key, now)
        assert not is_live_recording(stamp, signature, key, now + dt.timedelta(minutes=2))


@pytest.mark.parametrize(
    ("stamp", "signature", "key"), [("", "", "k"), ("x", "é", "k"), ("9" * 40, "", "k"), ("1", "", "")]
)
def test_nonsense_is_refused(stamp: str, signature: str, key: str) -> None:
    assert not is_live_recording(stamp, signature, key, dt.datetime(1970, 1, 1, tzinfo=dt.UTC))


def test_callbacks_of_live_domains_are_signed_otherwise() -> None:
    (case,) = [case for name, case in CASES.items() if "contrast" in name]
    given = case["input"]
    assert live_recording(given["timestamp"], given["key"]) != case["expected"]["signature_lower"]
    # their text has the domain in front
    assert (
        live_recording(f"{given['domain']}|{given['timestamp']}", given["key"]) == case["expected"]["signature_lower"]
    )


def test_generation_3_of_rtc() -> None:
    (case,) = [case for name, case in CASES.items() if name.startswith("rtc_gen3")]
    given = case["input"]
    header = rtc3(given["app_id"], given["timestamp"], given["raw_body"].encode(), given["callback_secret"])
    assert header == case["expected"]["header"]
    assert header.endswith(case["expected"]["signature_lower"])


def test_no_case_is_left_out() -> None:
    assert {*CASES} == {one["name"] for one in LIVE} | {name for name in CASES if "contrast" in name or "gen3" in name}
