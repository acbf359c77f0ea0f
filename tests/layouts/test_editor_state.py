"""Groups, guides, switches and samples beside a layout, over REST."""

from __future__ import annotations

from typing import Any

import pytest

from apps.layouts.models import EditorState, LayoutTemplate
from apps.live.models import LiveMessage

pytestmark = pytest.mark.django_db

NOTHING: dict[str, Any] = {"guides": [], "groups": {}, "names": {}, "ratio": {}, "variables": {}, "made_for": ""}
SOME = {
    "guides": [{"axis": "x", "at": 320}, {"axis": "y", "at": -4}],
    "groups": {"a": ["g1"], "b": ["g1", "g2"]},
    "names": {"g1": "主持人"},
    "ratio": {"a": True},
    "variables": {"title": "直播", "0:0": ""},
    "made_for": "agora-transcoder",
}


def region(id: str) -> dict[str, Any]:
    return {"kind": "region", "id": id, "x": 0, "y": 0, "width": 320, "height": 180, "source": {"slot": id}}


def document(*ids: str) -> dict[str, Any]:
    canvas = {"width": 640, "height": 360}
    return {"schema": "quadbox.layout/1", "canvas": canvas, "objects": [region(id) for id in ids]}


def create_layout(client: Any, *ids: str) -> str:
    answer = client.post("/api/v1/layouts/", {"name": "L", "document": document(*ids)})
    assert answer.status_code == 201, answer.content
    return f"/api/v1/layouts/{answer.json()['id']}/"


def test_editor_state_is_shared_by_the_team(api: Any) -> None:
    url = create_layout(api("producer"), "a", "b")
    assert api("viewer").get(f"{url}editor-state/").json() == {**NOTHING, "revision": 0}
    answer = api("producer").put(f"{url}editor-state/", {**SOME, "revision": 0})
    assert (answer.status_code, answer.json()) == (200, {**SOME, "revision": 1})
    assert api("viewer").get(f"{url}editor-state/").json() == {**SOME, "revision": 1}
    message = LiveMessage.objects.get(kind="aids.changed")
    assert message.data == {"layout_id": url.split("/")[4], "revision": 1}


def test_stale_editor_state_is_refused(api: Any) -> None:
    url = create_layout(api("producer"), "a", "b")
    api("producer").put(f"{url}editor-state/", {**SOME, "revision": 0})
    stale = api("admin").put(f"{url}editor-state/", {**NOTHING, "revision": 0})
    assert (stale.status_code, stale.json()["version"]) == (412, 1)
    same = api("admin").put(f"{url}editor-state/", {**SOME, "revision": 1})
    assert (same.status_code, same.json()["revision"]) == (200, 1), "what changes nothing counts as no save"


def test_editor_state_without_a_product_is_accepted(api: Any) -> None:
    url = create_layout(api("producer"), "a")
    older = {name: value for name, value in SOME.items() if name != "made_for"}
    answer = api("producer").put(f"{url}editor-state/", {**older, "revision": 0})
    assert (answer.status_code, answer.json()["made_for"]) == (200, "")


def test_removed_product_is_left_out_of_the_editor_state(api: Any) -> None:
    url = create_layout(api("producer"), "a")
    api("producer").put(f"{url}editor-state/", {**NOTHING, "made_for": "agora-transcoder", "revision": 0})
    EditorState.objects.update(value={**NOTHING, "made_for": "harbor-mixer"})
    assert api("viewer").get(f"{url}editor-state/").json()["made_for"] == ""


def test_editor_state_is_in_no_document_and_no_export(api: Any) -> None:
    url = create_layout(api("producer"), "a", "b")
    before = api("viewer").get(url).json()
    api("producer").put(f"{url}editor-state/", {**SOME, "revision": 0})
    assert api("viewer").get(url).json() == before
    answer = api("viewer").post(f"{url}export/", {"product": "volcengine-push"})
    assert "g1" not in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"guides": {}}, "/guides"),
        ({"guides": [{"axis": "z", "at": 1}]}, "/guides/0/axis"),
        ({"guides": [{"axis": "x", "at": 1.5}]}, "/guides/0/at"),
        ({"guides": [{"axis": "x", "at": True}]}, "/guides/0/at"),
        ({"guides": [{"axis": "x", "at": 7681}]}, "/guides/0/at"),
        ({"guides": [{"axis": "x"}]}, "/guides/0"),
        ({"guides": [{"axis": "x", "at": 0}] * 101}, "/guides"),
        ({"groups": []}, "/groups"),
        ({"groups": {"a": []}}, "/groups/a"),
        ({"groups": {"a": ["g1", "g1"]}}, "/groups/a"),
        ({"groups": {"a": ["g/1"]}}, "/groups/a"),
        ({"groups": {"a": [f"g{n}" for n in range(21)]}}, "/groups/a"),
        ({"groups": {"a/b": ["g1"]}}, "/groups/a~1b"),
        ({"groups": {f"a{n}": ["g1"] for n in range(101)}}, "/groups"),
        ({"names": {"g1": ""}}, "/names/g1"),
        ({"names": {"g1": "x" * 121}}, "/names/g1"),
        ({"ratio": {"a": 1}}, "/ratio/a"),
        ({"ratio": None}, "/ratio"),
        ({"variables": {"title": 3}}, "/variables/title"),
        ({"variables": {"title": "x" * 1001}}, "/variables/title"),
        ({"variables": {"ti tle": "x"}}, "/variables/ti tle"),
        ({"variables": {"title": "a\x00"}}, "/variables/title"),
        ({"variables": {f"v{n}": "" for n in range(101)}}, "/variables"),
        ({"made_for": "harbor-mixer"}, "/made_for"),
        ({"made_for": ["agora-transcoder"]}, "/made_for"),
        ({"revision": -1}, "/revision"),
        ({"layers": []}, "/layers"),
    ],
)
def test_what_is_wrong_is_named(api: Any, change: dict[str, Any], pointer: str) -> None:
    url = create_layout(api("producer"), "a")
    answer = api("producer").put(f"{url}editor-state/", {**NOTHING, "revision": 0, **change})
    assert answer.status_code == 400, answer.content
    assert [problem["pointer"] for problem in answer.json()["problems"]] == [pointer]
    assert not EditorState.objects.exists()


def test_editor_state_of_an_object_is_dropped_and_restored_with_its_version(api: Any) -> None:
    client = api("producer")
    url = create_layout(client, "a", "b")
    client.put(f"{url}editor-state/", {**SOME, "revision": 0})
    assert client.patch(url, {"version": 1, "document": document("a")}).status_code == 200
    assert client.get(f"{url}editor-state/").json()["groups"] == {"a": ["g1"]}
    assert client.get(f"{url}versions/1/").json()["aids"] == SOME
    assert client.get(f"{url}versions/2/").json()["aids"]["groups"] == {"a": ["g1"]}
    answer = client.put(f"{url}editor-state/", {**SOME, "revision": 1})
    assert answer.json()["groups"] == {"a": ["g1"]}, "no group waits for an object that is not there"


def test_name_of_an_empty_group_is_dropped(api: Any) -> None:
    client = api("producer")
    url = create_layout(client, "a", "b")
    named = {**SOME, "names": {"g1": "Hosts", "g2": "Guests", "g3": "Nobody"}}
    assert client.put(f"{url}editor-state/", {**named, "revision": 0}).json()["names"] == {
        "g1": "Hosts",
        "g2": "Guests",
    }
    client.patch(url, {"version": 1, "document": document("a")})
    assert client.get(f"{url}editor-state/").json()["names"] == {"g1": "Hosts"}


def test_duplicate_has_the_same_groups(api: Any, people: dict[str, Any]) -> None:
    from django.test import Client

    client = api("producer")
    url = create_layout(client, "a", "b")
    client.put(f"{url}editor-state/", {**SOME, "revision": 0})
    browser = Client()
    browser.force_login(people["producer"], backend="django.contrib.auth.backends.ModelBackend")
    assert browser.post(f"{url.removeprefix('/api/v1')}duplicate/").status_code == 302
    copied = LayoutTemplate.objects.get(name="L copy")
    assert client.get(f"/api/v1/layouts/{copied.pk}/editor-state/").json() == {**SOME, "revision": 1}
    client.put(f"{url}editor-state/", {**NOTHING, "revision": 1})
    assert client.get(f"/api/v1/layouts/{copied.pk}/editor-state/").json()["groups"] == SOME["groups"]


def test_editor_state_is_deleted_and_restored_with_the_layout(api: Any) -> None:
    from apps.layouts import services

    client = api("producer")
    url = create_layout(client, "a", "b")
    client.put(f"{url}editor-state/", {**SOME, "revision": 0})
    client.delete(url)
    assert client.get(f"{url}editor-state/").status_code == 404
    assert client.put(f"{url}editor-state/", {**SOME, "revision": 1}).status_code == 404
    row = LayoutTemplate.everything.get()
    services.restore_layout(row)
    assert client.get(f"{url}editor-state/").json() == {**SOME, "revision": 1}
    row.delete()
    assert not EditorState.objects.exists()
