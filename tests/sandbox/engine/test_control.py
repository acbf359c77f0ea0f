from __future__ import annotations

from typing import Any

import pytest

from apps.sandbox.engine.reach import may_reach
from apps.sandbox.engine.store import Store


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("people", {"vendor": "nobody", "app_id": "a", "room": "r", "users": []}, "/vendor"),
        ("people", {"vendor": "aliyun", "app_id": "a", "users": []}, "/room"),
        ("people", {"vendor": "aliyun", "app_id": "a", "room": "r", "users": [{}]}, "/users/0/user_id"),
        ("faults", {"vendor": "aliyun", "kind": "meteor"}, "/kind"),
        ("faults", {"vendor": "aliyun", "kind": "throttle", "times": 0}, "/times"),
        ("clock/advance", {"seconds": -1}, "/seconds"),
        ("clock/advance", {"seconds": "a lot"}, "/seconds"),
        ("callbacks", {"vendor": "aliyun", "app_id": "a", "url": "file:///etc/passwd"}, "/url"),
    ],
)
def test_a_wrong_order_names_its_field(control: Any, path: str, body: Any, pointer: str) -> None:
    assert [problem["pointer"] for problem in control(path, 400, **body)["problems"]] == [pointer]


def test_closed_control_obeys_nobody(client: Any, settings: Any) -> None:
    settings.SANDBOX_CONTROL_OPEN = False
    assert client.post("/sandbox/control/reset/", {}, content_type="application/json").status_code == 403
    assert client.get("/sandbox/control/tasks/").status_code == 403


def test_a_form_of_another_site_is_refused(client: Any) -> None:
    assert client.post("/sandbox/control/reset/", {}).status_code == 415


def test_people_are_as_arranged(client: Any, control: Any) -> None:
    people = control("people", vendor="aliyun", app_id="a", room="r", users=[{"user_id": "ann", "publishing": False}])
    assert [(person["user_id"], person["camera"], person["audio"]) for person in people["people"]] == [
        ("ann", False, False)
    ]
    control("reset")
    assert client.get("/sandbox/control/people/").json()["results"] == []


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("http://127.0.0.1:8000/a.png", True),
        ("http://[::1]/a.png", True),
        ("http://localhost/a.png", True),
        ("https://example.com/a.png", False),
        ("http://127.0.0.1.example.com/", False),
        ("http://169.254.169.254/latest", False),
        ("file:///etc/passwd", False),
        ("http://[broken", False),
    ],
)
def test_reaches_the_loopback_only(url: str, answer: bool) -> None:
    assert may_reach(url) is answer


def test_a_broken_state_file_starts_empty(tmp_path: Any) -> None:
    (tmp_path / "state.json").write_text("{broken")
    assert Store(tmp_path).state["tasks"] == {}


@pytest.mark.parametrize("path", ["../state.json", "%2e%2e/state.json", "nothing/latest.jpg", "aliyun"])
def test_media_stays_in_its_folder(client: Any, sandbox: Any, path: str) -> None:
    sandbox.media.mkdir(parents=True)
    sandbox.store.clear()
    assert client.get(f"/sandbox/media/{path}").status_code == 404
