"""The OpenAPI document, and every operation of it asked with what schemathesis makes up.

SCHEMATHESIS_EXAMPLES=200 asks longer.
"""

# ruff: noqa: F401, F811 - fixtures of other tests
from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.pages.conftest import names, rows
from tests.pages.test_permissions import api_operations
from tests.tasks.conftest import jobs

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "6"))  # for each operation; a quarter of it for the outsider
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
pytestmark = pytest.mark.django_db
# What a path's {id} is the id of, in the words of the `names` fixture.
ROW_OF = {
    "apps": "app", "archive-policies": "policy", "assets": "asset", "audit": "entry", "credentials": "credential", "layouts": "layout",
    "memberships": "membership", "presets": "preset", "recordings": "recording", "tasks": "task",
}  # fmt: skip


def described() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


api_schema = schemathesis.openapi.from_dict(described())
OPERATIONS = [operation.ok() for operation in api_schema.get_all_operations()]


@cache
def wsgi_application() -> Any:
    """One for all tests: schemathesis reads the constants of its code anew for every other one, for a second."""
    return get_wsgi_application()


@pytest.fixture
def app(rows: dict[str, Any], media: Any, redis_server: str) -> Iterator[Any]:
    """The WSGI application, in the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def is_id(value: Any) -> bool:
    try:
        return bool(uuid.UUID(str(value)))
    except ValueError:
        return str(value).isdigit()


def made_up(operation: Any) -> Any:
    """Requests that the description allows, and requests that it forbids."""
    return st.one_of(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)


@pytest.mark.parametrize("role", ["admin", "anonymous"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda case: case.label)
def test_responses_match_the_schema(
    app: Any,
    people: dict[str, Any],
    team: Any,
    names: dict[str, str],
    operation: Any,
    role: str,
) -> None:
    from apps.accounts.models import ApiToken

    api_schema.app = app
    headers = {}
    if role == "admin":
        headers["Authorization"] = f"Token {ApiToken.issue(user=people['admin'], team=team)}"
    statuses = set()
    most = EXAMPLES if role == "admin" else max(2, EXAMPLES // 4)

    @settings(
        max_examples=most,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=made_up(operation))
    def ask(case: Any) -> None:
        if is_id(case.path_parameters.get("id")):  # one that is there, rather than one made up
            case.path_parameters["id"] = names[ROW_OF[case.path.split("/")[3]]]
        case.headers.pop("Authorization", None)
        answer = case.call(app=app, headers=headers)
        statuses.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    ask()

    if role == "anonymous":
        assert statuses <= {401, 404, 405}


def test_every_refusal_has_the_same_schema() -> None:
    document = described()
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        for method in [operation for operation in operations if operation != "parameters"]:
            answers = operations[method]["responses"]
            assert {"401", "403"} <= set(answers), f"{method} {path}"
            for status in [answer for answer in answers if answer >= "4"]:
                schema = answers[status]["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Refusal"}
    assert set(document["components"]["schemas"]["Problem"]["required"]) == {"pointer", "code", "message"}


def test_schema_has_every_route() -> None:
    described_ones = {(method.upper(), path) for path, item in described()["paths"].items() for method in item}
    assert len(described_ones) >= len(set(api_operations()))
    for path, method in [("tasks/{id}/apply-layout/", "POST"), ("layouts/{id}/export/", "POST")]:
        assert (method, f"/api/v1/{path}") in described_ones


METHODS = ("get", "post", "put", "patch", "delete", "trace", "options", "head")


@pytest.mark.parametrize("operations", described()["paths"].items(), ids=lambda case: str(case[0]))
def test_other_methods_are_not_allowed(api: Any, names: dict[str, str], operations: Any) -> None:
    path, described_ones = operations
    known = {*described_ones, "options", *(["head"] if "get" in described_ones else [])}
    row = names[ROW_OF[path.split("/")[3]]]
    address = path.replace("{id}", row).replace("{number}", "1").replace("{link_id}", names["link"])
    for method in [method for method in METHODS if method not in known]:
        answer = api("admin").generic(method.upper(), address)
        assert answer.status_code == 405, method
        assert {method.lower() for method in answer["Allow"].split(", ")} == known
    media_type = "image/png" if path.endswith(".png") else "text/html"
    assert api("admin").get(address, headers={"Accept": media_type}).status_code == (
        200 if media_type == "image/png" else 406
    )


def test_schema_is_generated_without_a_warning() -> None:
    GENERATOR_STATS.reset()
    described()
    assert not GENERATOR_STATS, GENERATOR_STATS
