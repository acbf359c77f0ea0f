"""Lists with nothing, with one row, and with 60 rows of long Chinese names."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.tasks.conftest import DOCUMENT

pytestmark = pytest.mark.django_db
LONG = "国际直播间夜间新闻联播特别节目第一期现场连线嘉宾访谈与观众互动环节回放录制画面布局方案甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"
LISTS = ("layouts", "tasks", "recordings", "credentials", "apps", "people", "audit")
PATHS = {"layouts": "/layouts/", "tasks": "/", "recordings": "/recordings/"} | {
    name: f"/settings/{name}/" for name in ("credentials", "apps", "people", "audit")
}
SEEN_BY_ALL = ("layouts", "tasks", "recordings")
PAGED = (*SEEN_BY_ALL, "credentials", "apps", "people")


def name_of(number: int) -> str:
    return f"{LONG[:58]}{number:02}"


def create_rows(kind: str, team: Any, number: int) -> list[str]:
    """So many rows of the kind; their names."""
    from apps.accounts.models import Membership, User
    from apps.archive.models import Recording
    from apps.credentials.models import App, Credential
    from apps.layouts.models import LayoutTemplate
    from apps.tasks.models import Task

    names = [name_of(index) for index in range(number)]
    if kind == "layouts":
        for name in names:
            LayoutTemplate.objects.create(team=team, name=name, document=DOCUMENT)
    elif kind == "people":
        for name in names:
            Membership.objects.create(team=team, user=User.objects.create(username=name), role="viewer")
    elif kind in ("credentials", "audit"):
        for name in names:
            Credential.objects.create(team=team, name=name, vendor="aliyun", keys={})
    elif number:
        credential = Credential.objects.create(team=team, name="Keys", vendor="volcengine", keys={})
        app = App.objects.create(team=team, credential=credential, name="App", vendor_app_id="0" * 24)
        for name in names:
            if kind == "apps":
                App.objects.create(team=team, credential=credential, name=name, vendor_app_id="1" * 24)
                continue
            task = Task.objects.create(
                team=team, app=app, product="volcengine-push", document=DOCUMENT, room=LONG, name=name
            )
            if kind == "recordings":
                Recording.objects.create(team=team, task=task, name=name)
    return names


def names_in(text: str, names: list[str]) -> list[str]:
    return [name for name in names if name in text]


def link(text: str, word: str) -> str:
    """The address of the pager's link of this name, "" without one."""
    match = re.search(rf'<a class="btn" rel="\w+" href="([^"]*)">{word}</a>', text)
    return html.unescape(match.group(1)) if match else ""


@pytest.mark.parametrize("role", ["admin", "viewer"])
@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("number", [0, 1])
def test_short_list_has_no_pager(browser: Callable[[str], Any], team: Any, kind: str, number: int, role: str) -> None:
    names = create_rows(kind, team, number)
    answer = browser(role).get(PATHS[kind])
    if role == "viewer" and kind not in SEEN_BY_ALL:
        assert answer.status_code == 403
        return
    assert answer.status_code == 200
    text = answer.content.decode()
    assert names_in(text, names) == names
    assert link(text, "Older") == link(text, "Newer") == ""


@pytest.mark.parametrize("kind", LISTS)
def test_long_list_shows_every_row_over_its_pages(browser: Callable[[str], Any], team: Any, kind: str) -> None:
    names = create_rows(kind, team, 60)
    assert len(names[0]) == 60
    client, query, pages = browser("admin"), "", []
    for _page in range(4):
        answer = client.get(PATHS[kind] + query)
        assert answer.status_code == 200
        text = answer.content.decode()
        pages.append(names_in(text, names))
        query = link(text, "Older")
        if not query:
            break
    seen = [name for page in pages for name in page]
    assert len(seen) == len(set(seen)), "a row is on two pages"
    assert sorted(seen) == names
    assert [len(page) for page in pages] == ([50, 10] if kind == "audit" else [24, 24, 12])
    for earlier in reversed(pages[:-1]):  # and the way back
        text = client.get(PATHS[kind] + link(text, "Newer")).content.decode()
        assert names_in(text, names) == earlier
    assert link(text, "Newer") == ""


@pytest.mark.parametrize("kind", PAGED)
def test_paging_keeps_the_search(browser: Callable[[str], Any], team: Any, kind: str) -> None:
    if kind == "tasks":
        names, query = create_rows(kind, team, 60), "?state=stopped"
        from apps.tasks.models import Task

        Task.objects.filter(name__in=names[:30]).update(state="stopped")
    else:
        names, query = create_rows(kind, team, 60), f"?q={LONG[:20]}"
    client = browser("viewer" if kind in SEEN_BY_ALL else "admin")
    first = client.get(PATHS[kind] + query).content.decode()
    older = link(first, "Older")
    assert query.partition("=")[0].strip("?") in older
    second = client.get(PATHS[kind] + older).content.decode()
    assert not set(names_in(first, names)) & set(names_in(second, names))
    assert len(names_in(first, names)) == 24
    assert len(names_in(second, names)) == (6 if kind == "tasks" else 24)


@pytest.mark.parametrize("kind", [*PAGED, "audit"])
@pytest.mark.parametrize(
    "query",
    ["cursor=x", "cursor=cD14", "cursor=", "q=%00", "q=%F0%9F", "from=x&to=9999-12-31", "action=99999&kind=%00"],
)
def test_invented_parameters_open_the_page(browser: Callable[[str], Any], team: Any, kind: str, query: str) -> None:
    create_rows(kind, team, 1)
    assert browser("admin").get(f"{PATHS[kind]}?{query}").status_code in (200, 400, 404)
