"""Every page as every role, the REST operations that no other table lists, and that no page or operation is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, resolve

from tests.core.test_rest_permissions import OPERATIONS
from tests.pages.access_table import PAGES, REST, ROLES, Page
from tests.permissions_matrix import ROLES as REST_ROLES
from tests.permissions_matrix import Operation, expect, send_request

pytestmark = pytest.mark.django_db
ID = "00000000-0000-7000-8000-000000000000"
ANY = dict.fromkeys(
    (
        "credential",
        "spare",
        "app",
        "spare_app",
        "layout",
        "asset",
        "preset",
        "task",
        "done",
        "recording",
        "link",
        "membership",
        "removed_recording",
        "policy",
        "token",
        "other_team",
    ),
    ID,
) | {"key": "k", "entry": "1"}


def filled(value: Any, names: dict[str, str]) -> Any:
    """`{layout}` in texts of a body → the row's id."""
    if isinstance(value, dict):
        return {name: filled(inner, names) for name, inner in value.items()}
    return value.format(**names) if isinstance(value, str) else value


def contents(rows: dict[str, Any]) -> list[Any]:
    """The columns of the team's rows as they are in the database now."""
    return [type(row).objects.filter(pk=row.pk).values().first() for row in rows.values()]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_page_status_for_each_role(
    browser: Callable[[str], Any], rows: dict[str, Any], names: dict[str, str], page: Page
) -> None:
    path, form = page.path.format(**names), filled(page.form, names)
    before = contents(rows)
    for role, status in zip(ROLES, page.statuses, strict=True):
        undo = transaction.savepoint()
        client = browser(role)
        answer = client.post(path, form) if page.method == "POST" else client.get(path)
        assert answer.status_code == status, role
        if role == "anonymous" and status == 302 and page.name != "logout":
            assert answer["Location"].startswith("/login/?next=")
        if role in ("anonymous", "outsider") or status in (403, 404):
            assert contents(rows) == before, role
        if role == "outsider" and status == 200 and "{" not in page.path:
            html = answer.content.decode()
            assert [pk for row in rows.values() if (pk := str(row.pk)) in html and pk not in form.values()] == []
        transaction.savepoint_rollback(undo)


@pytest.mark.parametrize("page", [page for page in PAGES if page.method == "POST"], ids=str)
def test_form_without_csrf_token_is_refused(people: dict[str, Any], names: dict[str, str], page: Page) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(people["admin"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(page.path.format(**names), filled(page.form, names)).status_code == 403


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_get_changes_nothing(
    browser: Callable[[str], Any], rows: dict[str, Any], names: dict[str, str], page: Page
) -> None:
    """A link or a picture address on another site can make a browser send GET: no GET changes a row."""
    before = contents(rows)
    assert browser("admin").get(page.path.format(**names)).status_code in (200, 302, 404, 405)
    assert contents(rows) == before


@pytest.mark.parametrize("operation", REST, ids=str)
def test_rest_status_for_each_role(api: Any, names: dict[str, str], operation: Operation) -> None:
    request = replace(operation, body=filled(operation.body, names))
    for role in REST_ROLES:
        undo = transaction.savepoint()
        answer = send_request(api, request, role, names)
        expect(operation, role, answer.status_code)
        if answer.status_code >= 400:
            assert set(answer.json()) >= {"detail", "problems"}
        transaction.savepoint_rollback(undo)


def page_names() -> Iterator[str]:
    for app in ("accounts", "credentials", "layouts", "tasks", "archive"):
        yield from (urlpattern.name or "" for urlpattern in import_module(f"apps.{app}.urls").urlpatterns)


def api_operations() -> Iterator[tuple[str, str]]:
    """(method, name) of every REST route, as the router made them."""
    from apps.config.urls import api_patterns

    for pattern in api_patterns:
        actions = getattr(getattr(pattern, "callback", None), "actions", None)
        if isinstance(pattern, URLPattern) and actions:
            allowed = pattern.callback.cls.http_method_names
            yield from (
                (method.upper(), pattern.name or "") for method in actions if method in allowed and method != "head"
            )


def test_every_page_has_a_row_in_the_table() -> None:
    assert set(page_names()) - {page.name for page in PAGES} == set()
    for page in PAGES:
        assert resolve(page.path.format(**ANY).partition("?")[0]).url_name == page.name


def test_every_rest_route_has_a_row_in_a_table() -> None:
    covered = {(operation.method, resolve(operation.path.format(**ANY)).url_name) for operation in [*OPERATIONS, *REST]}
    assert set(api_operations()) - covered == set()
    assert len(set(api_operations())) > 40
