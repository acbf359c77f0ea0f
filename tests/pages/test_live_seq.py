"""Changes while a page is rendered: the page names the last message before its first query, and the browser asks for the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from apps.live.broadcast import last_seq, send_to_team

pytestmark = pytest.mark.django_db

PAGES = [
    ("/", "tasks_task"),
    ("/tasks/{task}/", "tasks_task"),
    ("/layouts/", "layouts_layouttemplate"),
    ("/layouts/{layout}/edit/", "layouts_layouttemplate"),
    ("/recordings/", "archive_recording"),
    ("/recordings/{recording}/", "archive_recording"),
]


@pytest.mark.parametrize(("path", "table"), PAGES)
def test_change_while_the_page_is_rendered_is_sent(
    browser: Callable[[str], Any], rows: dict[str, Any], team: Any, path: str, table: str
) -> None:
    messages: list[int] = []

    def change_after_the_read(execute: Any, sql: str, *rest: Any) -> Any:
        answer = execute(sql, *rest)
        if not messages and re.match(rf'SELECT .* FROM "{table}"', sql):
            messages.append(0)
            messages[0] = send_to_team(team.pk, {"kind": "task.changed", "task": {"id": "x"}})
        return answer

    address = path.format(**{name: getattr(row, "pk", row) for name, row in rows.items()})
    before = last_seq(team.pk)
    client = browser("producer")
    with connection.execute_wrapper(change_after_the_read):
        text = client.get(address).content.decode()
    assert messages == [before + 1]
    assert f'data-live-seq="{before}"' in text


def test_pictures_read_no_sequence_number(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    client, urls = browser("viewer"), []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        urls.append("live_livecounter" in sql)
        return execute(sql, *rest)

    def count(expected: str) -> int:
        urls.clear()
        with connection.execute_wrapper(watch):
            assert client.get("/layouts/", headers={"Sec-Fetch-Dest": expected}).status_code == 200
        return sum(urls)

    assert [count(kind) for kind in ("document", "image", "video", "empty")] == [1, 0, 0, 0]


def test_signed_out_pages_and_fragments_read_no_sequence_number(browser: Callable[[str], Any]) -> None:
    assert "data-live-off" in browser("anonymous").get("/accounts/login/").content.decode()
    fragment = browser("viewer").get("/", headers={"HX-Request": "true"}).content.decode()
    assert "data-live-seq" not in fragment
