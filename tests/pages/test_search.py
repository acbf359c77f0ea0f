"""The command search: what each role finds, and that rows of another team are never found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def hits_by_kind(client: Any, q: str = "") -> dict[str, list[dict[str, Any]]]:
    """Hits by kind."""
    answer = client.get("/search/", {"q": q})
    assert answer.status_code == 200
    hits = [hit for group in answer.json()["groups"] for hit in group["hits"]]
    kinds = {hit["kind"] for hit in hits}
    return {kind: [hit for hit in hits if hit["kind"] == kind] for kind in kinds}


def test_search_finds_rows_of_every_kind(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    viewer = browser("viewer")
    assert hits_by_kind(viewer, "layo")["layout"][0]["url"] == f"/layouts/{rows['layout'].pk}/edit/"
    assert hits_by_kind(viewer, "take one")["recording"][0]["url"] == f"/recordings/{rows['recording'].pk}/"
    by_room = hits_by_kind(viewer, "LOBBY")["task"]
    assert {hit["url"] for hit in by_room} == {f"/tasks/{rows['task'].pk}/", f"/tasks/{rows['done'].pk}/"}


def test_empty_search_offers_running_tasks(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    assert "task" not in hits_by_kind(browser("viewer"))
    type(rows["task"]).objects.filter(pk=rows["task"].pk).update(state="running")
    assert [hit["title"] for hit in hits_by_kind(browser("viewer"))["task"]] == ["Draft"]


def test_search_finds_nothing_of_another_team(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    outsider = browser("outsider")
    for q in ("layout", "lobby", "take", "draft", "", str(rows["task"].pk)):
        assert set(hits_by_kind(outsider, q)) <= {"action", "page"}, q
    assert browser("anonymous").get("/search/?q=lobby").status_code == 302


def test_search_does_not_find_a_deleted_layout(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    from apps.layouts.services import delete_layout, set_tags

    set_tags(rows["layout"], ["Evening news"])
    assert hits_by_kind(browser("viewer"), "evening")["layout"][0]["detail"] == "Evening news"
    delete_layout(rows["layout"])
    assert "layout" not in hits_by_kind(browser("viewer"), "evening")
    assert "layout" not in hits_by_kind(browser("viewer"), "layout")


def test_search_does_not_find_a_removed_recording(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    titles = {hit["title"] for hit in hits_by_kind(browser("viewer"), "take")["recording"]}
    assert titles == {rows["recording"].name}
    assert rows["removed_recording"].name == "Old take"


@pytest.mark.parametrize(
    ("role", "q", "titles"),
    [
        ("viewer", "start task", set()),
        ("producer", "start task", {"Start a task"}),
        ("viewer", "credentials", set()),
        ("producer", "credentials", set()),
        ("admin", "credentials", {"Credentials"}),
        ("viewer", "凭证", set()),
        ("admin", "凭证", {"Credentials"}),
        ("viewer", "dark", {"Theme: light", "Theme: dark"}),
        ("viewer", "no such thing", set()),
    ],
)
def test_search_offers_commands_of_the_role(browser: Callable[[str], Any], role: str, q: str, titles: set[str]) -> None:
    hits = hits_by_kind(browser(role), q)
    assert {hit["title"] for kind in ("action", "page") for hit in hits.get(kind, [])} == titles


def test_search_lists_an_exact_name_first(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    assert hits_by_kind(browser("viewer"), "dark")["action"][0]["action"] == "theme:dark"
    assert hits_by_kind(browser("viewer"), "light")["action"][0]["action"] == "theme:light"


def test_every_offered_page_opens_for_the_role(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    from apps.accounts.search import COMMANDS

    for role in ("viewer", "producer", "admin"):
        client = browser(role)
        urls = {
            hit["url"] for command in COMMANDS for hit in hits_by_kind(client, str(command.title)).get(command.kind, [])
        } - {""}
        assert len(urls) > 4
        for url in urls:
            assert client.get(url).status_code == 200, (role, url)


def test_search_accepts_any_text(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    for q in ("\0", "%", "'; --", "x" * 5000, "😀", "   "):
        assert browser("viewer").get("/search/", {"q": q}).status_code == 200
