"""How a task lives: its builder token, its states, its updates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.sandbox.engine.ports import Runtime
from apps.sandbox.engine.quotas import Quotas
from tests.sandbox.agora.call import (
    APP_ID,
    OPEN_APP,
    acquire,
    call,
    create,
    output,
    seat,
    services,
    source,
    start,
    status,
    transcoder,
    update,
)


# --- builder tokens ----------------------------------------------------------------------------------------------------
def test_a_token_opens_one_task_of_its_project_within_five_minutes(client: Client, control: Callable[..., Any]) -> None:
    held, late = acquire(client), acquire(client, "late")
    assert create(client, "made-up").status_code == 400
    assert create(client, held, app_id=APP_ID).status_code == 400
    made = create(client, held)
    assert made.status_code == 202
    again = create(client, held)
    assert (again.status_code, again.json()) == (409, {"message": "instanceId conflict"})
    call(client, "DELETE", f"tasks/{made.json()['taskId']}", builderToken=held)
    assert create(client, held).json()["message"] == "builderToken has been used"
    control("clock/advance", seconds=301)
    assert create(client, late).json()["message"] == "builderToken is expired"


def test_an_instance_runs_once_whatever_its_token(client: Client) -> None:
    start(client)
    assert create(client, acquire(client)).status_code == 409
    assert create(client, acquire(client, "another")).status_code == 202


def test_a_task_obeys_only_the_token_that_made_it(client: Client) -> None:
    run_id, held = start(client)
    other = acquire(client, "other")
    for method in ("GET", "DELETE"):
        assert call(client, method, f"tasks/{run_id}", builderToken=other).status_code == 404
        assert call(client, method, f"tasks/{run_id}").status_code == 400
        assert call(client, method, f"tasks/{run_id}", builderToken=held, app_id=APP_ID).status_code == 404
    assert call(client, "GET", f"tasks/{run_id}", builderToken=held).status_code == 200


# --- how a task lives --------------------------------------------------------------------------------------------------
def test_from_prepared_to_stopped(client: Client, control: Callable[..., Any]) -> None:
    task = start(client)
    assert status(client, task) == "PREPARED"
    control("clock/advance", seconds=0.4)
    assert status(client, task) == "STARTED"
    control("clock/advance", seconds=1)
    answer = call(client, "GET", f"tasks/{task[0]}", builderToken=task[1]).json()
    assert (answer["status"], answer["services"]["cloudTranscoder"]["status"]) == ("IN_PROGRESS", "serviceInProgress")
    call(client, "DELETE", f"tasks/{task[0]}", builderToken=task[1])
    assert status(client, task) == "STOPPED"
    control("clock/advance", seconds=601)
    assert call(client, "GET", f"tasks/{task[0]}", builderToken=task[1]).status_code == 404


def test_a_task_ends_when_everybody_has_been_away(client: Client, control: Callable[..., Any]) -> None:
    control("people", vendor="agora", app_id=OPEN_APP, room="room", users=[{"user_id": 7}])
    task = start(client)
    control("clock/advance", seconds=29)
    assert status(client, task) == "IN_PROGRESS"
    control("clock/advance", seconds=2)
    assert status(client, task) == "EXIT"
    control("people", vendor="agora", app_id=OPEN_APP, room="room", users=[{"user_id": 1}])
    task = start(client, instance="two")
    control("clock/advance", seconds=100)
    assert status(client, task) == "IN_PROGRESS"


def test_rooms_fill_with_whole_numbers(client: Client, control: Callable[..., Any]) -> None:
    start(client)
    (room,) = client.get("/sandbox/control/people/").json()["results"]
    assert [person["user_id"] for person in room["people"]] == ["1", "2", "90001", "90002"]


def test_a_start_that_fails(client: Client, control: Callable[..., Any]) -> None:
    control("faults", vendor="agora", operation="Create", kind="start_fails")
    task = start(client)
    control("clock/advance", seconds=1)
    assert status(client, task) == "FAILURE_STOP"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "throttle"}, 429),
        ({"kind": "http_5xx"}, 503),
        ({"kind": "http_5xx", "http_status": 504}, 504),
        ({"kind": "error", "http_status": 403, "message": "service not enabled"}, 403),
        ({"kind": "error"}, 500),
        ({"kind": "timeout_after_accept", "seconds": 0.01}, 504),
    ],
)
def test_faults(client: Client, control: Callable[..., Any], fault: dict[str, Any], expected: int) -> None:
    held = acquire(client)
    control("faults", vendor="agora", operation="Create", **fault)
    assert create(client, held).status_code == expected
    assert create(client, held).status_code == (409 if fault["kind"] == "timeout_after_accept" else 202)


# --- updates -----------------------------------------------------------------------------------------------------------
def test_an_update_changes_what_may_change_and_nothing_else(client: Client, sandbox: Runtime) -> None:
    task = start(client, transcoder(waterMarks=[{"imageUrl": "https://a/b.png", "region": seat(1, 0)["region"]}]))
    fresh = transcoder(
        idleTimeout=99,
        videoInputs=[seat(1, 320, 5, placeholderImageUrl="https://a/1.png"), seat(3, 0, placeholderImageUrl="https://a/3.png")],
        canvas={"width": 640, "height": 360, "color": 0xFFFFFF},
        outputs=[{**output(bitrate=400)[0], **source(2000, "elsewhere")}],
    )  # fmt: skip
    assert update(client, task, fresh, 1).status_code == 200
    (kept,) = sandbox.store.state["tasks"].values()
    request = kept["request"]
    assert (request["idleTimeout"], request["canvas"]["color"], len(request["waterMarks"])) == (30, 0x102030, 1)
    assert request["outputs"][0]["rtc"]["rtcUid"] == 1000
    assert request["outputs"][0]["videoOption"]["bitrate"] == 400
    assert [(input_["region"]["x"], input_.get("placeholderImageUrl")) for input_ in request["videoInputs"]] == [
        (320, None),
        (0, "https://a/3.png"),
    ]
    assert call(client, "GET", f"tasks/{task[0]}", builderToken=task[1]).json()["sequenceId"] == "1"


@pytest.mark.parametrize("sequence", ["", "-1", "x", 4, 5])
def test_numbers_of_updates_grow(client: Client, sequence: Any) -> None:
    task = start(client)
    assert update(client, task, transcoder(), 5).status_code == 200
    assert update(client, task, transcoder(), sequence).status_code == 400
    assert update(client, task, transcoder(), 9).status_code == 200


def test_updates_that_are_refused(client: Client) -> None:
    task = start(client)
    assert update(client, task, transcoder(), 1, mask="services").status_code == 400
    sound = transcoder(videoInputs=None, outputs=[source(1000, "mixed")])
    assert update(client, task, sound, 1).status_code == 400
    assert update(client, (task[0], "other"), transcoder(), 1).status_code == 404


@pytest.mark.parametrize(("size", "most"), [((640, 360), 20), ((1280, 720), 10), ((1920, 1080), 5)])
def test_a_project_runs_so_many_tasks_of_a_size_at_once(
    client: Client, settings: Any, sandbox: Runtime, size: tuple[int, int], most: int
) -> None:
    body = transcoder(
        canvas={"width": size[0], "height": size[1], "color": 0}, outputs=output(width=size[0], height=size[1])
    )

    def begin(number: int) -> Any:
        sandbox.quotas = Quotas()  # calls a second are another limit
        return call(client, "POST", "tasks", services(body), builderToken=acquire(client, f"n-{number}"))

    first = begin(0)
    assert [begin(number).status_code for number in range(1, most)] == [202] * (most - 1)
    refused = begin(most)
    assert (refused.status_code, "quota" in refused.json()["message"]) == (429, True)
    sandbox.quotas = Quotas()
    held = sandbox.store.state["tasks"]
    task = next(value for value in held.values() if value["run_id"] == first.json()["taskId"])
    assert call(client, "DELETE", f"tasks/{task['run_id']}", builderToken=task["token"]).status_code == 200
    assert begin(most + 1).status_code == 202
    assert begin(most + 2).status_code == 429
    settings.SANDBOX_TASK_LIMITS = False
    assert begin(most + 3).status_code == 202
