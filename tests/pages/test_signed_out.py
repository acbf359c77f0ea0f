"""Requests of an open page after its session ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.django_db

SAID = {
    "en": ("You are signed out. This page no longer updates.", "Sign in"),
    "zh-hans": ("你已退出登录，此页面不再更新。", "登录"),
}


@pytest.mark.parametrize("language", SAID)
def test_htmx_request_signed_out_gets_401(browser: Callable[[str], Any], rows: dict[str, Any], language: str) -> None:
    here = f"/tasks/{rows['task'].pk}/?tab=people"
    asks = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{here}", "Accept-Language": language}
    answer = browser("anonymous").get(here, headers=asks)
    assert (answer.status_code, answer.content) == (401, b"")
    text, label = SAID[language]
    toast = json.loads(answer.headers["HX-Trigger"])["quadbox:toast"]
    action = {"label": label, "href": f"/login/?next=%2Ftasks%2F{rows['task'].pk}%2F%3Ftab%3Dpeople"}
    assert toast == {"text": text, "level": "error", "action": action}


def test_sign_in_does_not_return_to_another_site(browser: Callable[[str], Any]) -> None:
    asks = {"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/layouts/"}
    answer = browser("anonymous").get("/layouts/", headers=asks)
    assert "next=%2F" in answer.headers["HX-Trigger"]
    assert "elsewhere" not in answer.headers["HX-Trigger"]


def test_page_request_signed_out_redirects_to_sign_in(browser: Callable[[str], Any]) -> None:
    answer = browser("anonymous").get("/layouts/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/?next=/layouts/")
