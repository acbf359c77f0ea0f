"""What is kept holds no secret, and still tells what happened."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.vendors.redaction import redact, redact_url


@pytest.mark.parametrize(
    "value",
    [
        {"Authorization": "HMAC-SHA256 Credential=canary/2026/x, Signature=canary"},
        {"headers": [{"x-acs-security-token": "canary"}]},
        {"AccessKeyId": "canary", "Signature": "canary", "SecretKey": "canary"},
        {"CustomConfig": {"AccessKey": "canary", "SecretKey": "canary", "SecurityToken": "canary"}},
        {"PushURL": "rtmp://user:canary@host/live/canary?auth_key=canary"},
        {"urls": ["rtmps://host/app/canary", "srt://host:1/canary?streamid=canary"]},
        {"text": "sent to rtmp://host/live/canary, twice"},
        {"FormParam": '{"Token": "canary", "url": "rtmp://h/a/canary"}'},
        {"note": "Credential=canary/20260301/x Signature=canary AccessKeyId=canary&b=1"},
        {"url": "https://oss.example.com/a.mp4?OSSAccessKeyId=canary&Signature=canary&Expires=1"},
        {"password": 12345, "note": "x", "app_certificate": "canary"},
        "https://h/?sign=canary",
    ],
)
def test_secrets_go(value: Any) -> None:
    said = json.dumps(redact(value))
    assert "canary" not in said
    assert "12345" not in said


def test_the_rest_stays() -> None:
    value = {
        "TaskId": "qb_1", "SignatureMethod": "HMAC-SHA1", "token": "{builderToken}", "n": [1, 2.5, None, True],
        "secret": "", "url": "https://h/a.png?size=2", "MaxIdleTime": 180,
    }  # fmt: skip
    assert redact(value) == value


def test_the_host_and_application_of_a_push_url_stay() -> None:
    assert redact_url("rtmp://push.example.com:1935/live/key?auth=1") == "rtmp://push.example.com:1935/live/***?***"


def test_redacting_twice_changes_nothing_more() -> None:
    once = redact({"PushURL": "rtmp://h/live/key?a=1", "Authorization": "x", "j": '{"token":"x"}'})
    assert redact(once) == once
