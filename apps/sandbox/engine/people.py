"""Rooms and the synthetic people in them.

A person is {"user_id", "name", "camera", "screen", "audio", "joined_at"}. A room that nobody set up by the control
endpoint is filled by itself: with the people a task names, in that order, and with two more.
"""

from __future__ import annotations

from typing import Any

from apps.sandbox.engine.store import State

Person = dict[str, Any]
REGULARS = ("lin", "maya")  # the two who come to every room that is not arranged by hand
NOBODY = "nobody"  # whose id begins so never comes by themselves: to rehearse somebody absent
GENERATED_NAMES = {"lin": "Lin 林", "maya": "Maya", "90001": "Lin 林", "90002": "Maya"}


def room_key(vendor: str, app_id: str, room_id: str) -> str:
    return f"{vendor}/{app_id}/{room_id}"


def person(user_id: str, joined_at: float, **given: Any) -> Person:
    return {
        "user_id": user_id,
        "name": str(given.get("name") or GENERATED_NAMES.get(user_id, user_id)),
        "camera": bool(given.get("camera", True)),
        "screen": bool(given.get("screen", False)),
        "audio": bool(given.get("audio", True)),
        "joined_at": joined_at,
    }


def arrange(state: State, vendor: str, app_id: str, room_id: str, users: list[Person], now: float) -> list[Person]:
    """Sets exactly these people (control endpoint); who was there already keeps the time of joining."""
    before = {participant["user_id"]: participant for participant in in_room(state, vendor, app_id, room_id)}
    people = []
    for order, user in enumerate(users):
        user_id = str(user["user_id"])
        joined = before[user_id]["joined_at"] if user_id in before else now + order * 0.001
        publishing = bool(user.get("publishing", True))
        people.append(
            person(
                user_id,
                joined,
                name=user.get("name"),
                camera=user.get("camera", publishing),
                screen=user.get("screen", False),
                audio=user.get("audio", publishing),
            )
        )
    state["rooms"][room_key(vendor, app_id, room_id)] = {"arranged": True, "people": people}
    return people


def expect(
    state: State, vendor: str, app_id: str, room_id: str, bound: list[tuple[str, str]], now: float,
    regulars: tuple[str, ...] = REGULARS,
) -> None:  # fmt: skip
    """A task names a room and `bound` people, (user id, "camera" | "screen"): they come, unless arranged."""
    room = state["rooms"].setdefault(room_key(vendor, app_id, room_id), {"arranged": False, "people": []})
    if room["arranged"]:
        return
    people: list[Person] = room["people"]
    wanted = [*bound, *((user_id, "camera") for user_id in regulars)]
    for user_id, stream in wanted:
        if user_id.startswith(NOBODY):
            continue
        found = next((person for person in people if person["user_id"] == user_id), None)
        if found is None:
            found = person(user_id, now + len(people) * 0.001)
            people.append(found)
        if stream == "screen":
            found["screen"] = True


def in_room(state: State, vendor: str, app_id: str, room_id: str) -> list[Person]:
    """The people of a room in the order they joined."""
    room = state["rooms"].get(room_key(vendor, app_id, room_id), {"people": []})
    return sorted(room["people"], key=lambda participant: (participant["joined_at"], participant["user_id"]))


def publishes(participant: Person) -> bool:
    return bool(participant["camera"] or participant["screen"] or participant["audio"])
