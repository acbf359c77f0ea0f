"""What every test may ask for: a team with its people, clients that speak REST as them, a real Redis."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# How many examples a property tries: 50, or HYPOTHESIS_PROFILE=nightly. Tests set no number of their own.
# A loaded machine is slow, not wrong: neither a deadline nor slow generation fails a property.
hypothesis_settings.register_profile(
    "quick", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("nightly", hypothesis_settings.get_profile("quick"), max_examples=500)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

ROLES = ("viewer", "producer", "admin")


@pytest.fixture(scope="session", autouse=True)
def catalogs() -> None:
    """The translations as they are written now."""
    from django.core.management import call_command

    call_command("compile_catalogs")


@pytest.fixture(scope="session", autouse=True)
def fast_passwords() -> Iterator[None]:
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def reset_language() -> None:
    """A request made in the test's own process leaves its language and zone there: the next test begins without them."""
    from django.utils import timezone, translation

    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The real server on the state folder's private socket; answers the socket's path."""
    from django.conf import settings

    from apps.config.supervisor import answers, redis_command

    folder = os.environ["QUADBOX_STATE"]
    address = f"{folder}/redis.sock"
    if address not in settings.REDIS_URL:  # the environment brought a Redis of its own
        yield settings.REDIS_URL
        return
    log = Path(folder) / "redis.log"
    with log.open("wb") as out:
        server = subprocess.Popen(redis_command(address, folder), stdout=out, stderr=out)
    until = time.monotonic() + 10
    while not answers(address):
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < until, "Redis did not start"
        time.sleep(0.01)
    yield address
    server.terminate()
    server.wait(10)


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """An empty MEDIA_ROOT for this test."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def team(db: None) -> Any:
    from apps.accounts.models import Team

    return Team.objects.create(name="Studio")


@pytest.fixture
def people(team: Any) -> dict[str, Any]:
    """A person by role; `outsider` is the admin of another team, `teamless` belongs to none."""
    from apps.accounts.models import Membership, Team, User

    other = Team.objects.create(name="Others")
    users = {name: User.objects.create_user(name, password="right horse") for name in (*ROLES, "outsider", "teamless")}
    for role in ROLES:
        Membership.objects.create(team=team, user=users[role], role=role)
    Membership.objects.create(team=other, user=users["outsider"], role="admin")
    return users


@pytest.fixture
def admin_person(people: dict[str, Any]) -> Any:
    return people["admin"]


@pytest.fixture
def api(people: dict[str, Any], media: Path, redis_server: str) -> Callable[..., Any]:
    """`api("viewer")` is a REST client of that person by token; `api("anonymous")` brings no token;
    `api("admin", session=True)` is signed in instead, with CSRF checks."""
    from rest_framework.test import APIClient

    from apps.accounts.models import ApiToken

    def client(role: str, *, session: bool = False) -> APIClient:
        rest = APIClient(enforce_csrf_checks=session, raise_request_exception=True)
        if role == "anonymous":
            return rest
        person = people[role]
        if session:
            rest.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            return rest
        membership = person.memberships.first()
        key = ApiToken.issue(user=person, team=membership.team) if membership else "none"
        rest.credentials(HTTP_AUTHORIZATION=f"Token {key}")
        return rest

    return client
