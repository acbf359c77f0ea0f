"""Callbacks from the vendor's own list: one that cannot be read is logged, and the others are applied."""

from __future__ import annotations

import logging

import pytest

from apps.callbacks import missed
from apps.credentials.models import App
from apps.vendors.callback import CallbackRequest

LIVE = "aliyun-live-mpu"


@pytest.mark.parametrize("content", [b'{"DstUrl": "rtmp://example.com/live/room?auth_key=sshh"', b"[]", b""])
def test_unreadable_callback_is_logged_by_its_id_without_its_secrets(
    content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    app = App(vendor_app_id="6f1d7074", callback_path="secret-path")
    with caplog.at_level(logging.WARNING, logger="apps.callbacks.missed"):
        assert missed.accept(app, LIVE, CallbackRequest({}, content, vendor_message_id="42bba8b5")) is False
    (message,) = [record.getMessage() for record in caplog.records]
    assert "42bba8b5" in message
    assert str(app.pk) in message
    assert "sshh" not in message
    assert "secret-path" not in message


def test_unreadable_callback_without_an_id_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="apps.callbacks.missed"):
        assert missed.accept(App(vendor_app_id="6f1d7074"), LIVE, CallbackRequest({}, b"")) is False
    assert "without an id" in caplog.text
