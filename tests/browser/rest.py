"""The REST API as the person of a page asks it."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

from tests.browser.editor import token


def call(page: Page, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """The answer to it; what the API refuses fails the test. A deletion answers None."""
    headers = {"X-CSRFToken": token(page), "Content-Type": "application/json", "Referer": page.url}
    answer = page.request.fetch(path, method=method, headers=headers, data=json.dumps(body) if body else None)
    assert answer.ok, answer.text()
    return None if answer.status == 204 else answer.json()
