"""The gallery: tags, badges, import, deletion that can be undone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from apps.layouts import compatibility, services
from apps.layouts.models import LayoutTag, LayoutTemplate
from tests.layouts.test_layouts_api import EMPTY, REGION, create_layout

pytestmark = pytest.mark.django_db
DOCUMENT = {**EMPTY, "objects": [REGION]}
TEXT = {"kind": "text", "id": "t", "x": 0, "y": 0, "width": 100, "height": 40, "text": "Title", "size": 30}


@pytest.fixture
def browser(people: dict[str, Any], media: Any, redis_server: str) -> Callable[[str], Client]:
    cache.clear()

    def opened(role: str) -> Client:
        client = Client()
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return opened


@pytest.fixture
def layout(team: Any, people: dict[str, Any]) -> LayoutTemplate:
    return services.create_layout(team=team, user=people["producer"], name="News", document=DOCUMENT)


# --- tags ----------------------------------------------------------------------------------------------------------
def test_tags_over_rest_need_no_version_and_filter_the_list(api: Any) -> None:
    client = api("producer")
    row = client.post("/api/v1/layouts/", {"name": "A", "document": EMPTY, "tags": ["News", " 晚间  新闻 "]}).json()
    create_layout(client, name="B")
    assert row["tags"] == ["News", "晚间 新闻"]
    answer = client.patch(f"/api/v1/layouts/{row['id']}/", {"tags": ["sport", "Sport", "News"]})
    assert (answer.status_code, answer.json()["tags"], answer.json()["version"]) == (200, ["News", "sport"], 1)
    results = client.get("/api/v1/layouts/?tag=sport").json()["results"]
    assert [row["name"] for row in results] == ["A"]
    assert client.get("/api/v1/layouts/?tag=spo").json()["results"] == []
    both = client.patch(f"/api/v1/layouts/{row['id']}/", {"tags": [], "name": "C", "version": 1}).json()
    assert (both["tags"], both["name"], both["version"]) == ([], "C", 2)


@pytest.mark.parametrize(
    ("tags", "pointer"),
    [(["ok", ""], "/tags/1"), (["a,b"], "/tags/0"), (["x" * 31], "/tags/0"), ([f"t{n}" for n in range(11)], "/tags"),
     ("news", "/tags"), ([{"a": 1}], "/tags/0")],
)  # fmt: skip
def test_bad_tags_are_refused_and_nothing_is_saved(api: Any, tags: Any, pointer: str) -> None:
    client = api("producer")
    row = create_layout(client)
    answer = client.patch(f"/api/v1/layouts/{row['id']}/", {"tags": tags, "name": "Z", "version": 1})
    assert answer.status_code == 400
    assert pointer in [problem["pointer"] for problem in answer.json()["problems"]]
    after = client.get(f"/api/v1/layouts/{row['id']}/").json()
    assert (after["name"], after["version"], after["tags"]) == ("L", 1, [])


def test_tag_chips_count_layouts_of_the_team(browser: Any, layout: LayoutTemplate, people: dict[str, Any]) -> None:
    services.set_tags(layout, ["live"])
    other = people["outsider"].memberships.get().team
    theirs = services.create_layout(team=other, user=None, name="Theirs", document=DOCUMENT, tags=["live", "secret"])
    producer = browser("producer")
    producer.post(f"/layouts/{layout.pk}/tags/", {"tags": "live，evening, ", "next": "/layouts/?q=N"})
    text = producer.get("/layouts/?tag=evening").content.decode()
    assert str(layout.pk) in text
    assert "live <small>1</small>" in text
    assert "secret" not in text
    assert str(layout.pk) not in producer.get("/layouts/?tag=morning").content.decode()
    producer.post(f"/layouts/{theirs.pk}/tags/", {"tags": "mine"})
    assert not LayoutTag.objects.filter(name="mine").exists()


# --- badges --------------------------------------------------------------------------------------------------------
def test_badges_are_computed_once_for_a_document(
    browser: Any, layout: LayoutTemplate, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    real = compatibility.judge

    def counted(layout: LayoutTemplate) -> list[compatibility.Compatibility]:
        judged.append(str(layout.pk))
        return real(layout)

    monkeypatch.setattr(compatibility, "judge", counted)
    viewer = browser("viewer")
    first = viewer.get("/layouts/").content.decode()
    assert judged == []  # the page does not wait for them
    assert f"/layouts/compatibility/?id={layout.pk}" in first
    answer = viewer.get(f"/layouts/compatibility/?id={layout.pk}").content.decode()
    assert f'id="badges-{layout.pk}" hx-swap-oob="true"' in answer
    again = viewer.get("/layouts/").content.decode()
    assert judged == [str(layout.pk)]
    assert "/layouts/compatibility/" not in again
    badges = again.partition('class="qb-badge-list"')[2].partition("</ul>")[0]
    assert badges.count("<li") == len(compatibility.registry.products())
    assert "drawn without changes" in again.partition("<ul")[0], "a legend explains the signs"
    services.save_layout(layout, user=None, version=1, document={**DOCUMENT, "objects": [REGION, TEXT]})
    assert f"/layouts/compatibility/?id={layout.pk}" in viewer.get("/layouts/").content.decode()


def test_badges_match_the_findings(layout: LayoutTemplate, redis_server: str) -> None:
    cache.clear()
    by_product = {judged.product: judged for judged in compatibility.compatibility_of([layout])[layout.pk]}
    assert set(by_product) == set(compatibility.registry.products())
    plain = by_product["volcengine-push"]
    assert plain.errors == 0
    crowd = [{**REGION, "id": f"r{n}", "source": {"slot": f"s{n}"}} for n in range(40)]
    layout.document = {**EMPTY, "objects": crowd}
    assert {judged.level for judged in compatibility.compatibility_of([layout])[layout.pk]} & {"error", "changed"}
    layout.document = {"schema": "quadbox.layout/1"}
    assert {judged.level for judged in compatibility.compatibility_of([layout])[layout.pk]} == {"error"}


def test_badges_are_in_the_language_of_the_reader(browser: Any, layout: LayoutTemplate) -> None:
    answer = browser("viewer").get(f"/layouts/compatibility/?id={layout.pk}", headers={"Accept-Language": "zh-hans"})
    text = answer.content.decode()
    assert "阿里云 RTC 云端录制" in text
    assert "Aliyun RTC cloud recording" not in text


def test_badges_of_another_team_are_not_shown(browser: Any, layout: LayoutTemplate) -> None:
    answer = browser("outsider").get(f"/layouts/compatibility/?id={layout.pk}&id=nonsense")
    assert answer.status_code == 200
    assert str(layout.pk) not in answer.content.decode()


# --- deletion ------------------------------------------------------------------------------------------------------
def test_deleted_layout_can_be_restored(browser: Any, layout: LayoutTemplate, api: Any) -> None:
    producer = browser("producer")
    answer = producer.post(f"/layouts/{layout.pk}/delete/", {"next": "/layouts/?q=N"})
    assert answer["Location"] == f"/layouts/?q=N&deleted={layout.pk}"
    text = producer.get(answer["Location"]).content.decode()
    assert f"/layouts/{layout.pk}/restore/" in text
    assert f"/layouts/{layout.pk}/edit/" not in text
    assert producer.get(f"/layouts/{layout.pk}/edit/").status_code == 404
    assert api("producer").get(f"/api/v1/layouts/{layout.pk}/").status_code == 404
    assert f"/layouts/{layout.pk}/restore/" not in browser("viewer").get(answer["Location"]).content.decode()
    assert producer.post(f"/layouts/{layout.pk}/restore/", {"next": "//evil.example/"})["Location"] == "/layouts/"
    assert producer.get(f"/layouts/{layout.pk}/edit/").status_code == 200


def test_layout_deleted_long_ago_is_purged(layout: LayoutTemplate) -> None:
    services.delete_layout(layout)
    assert services.purge_deleted() == 0
    LayoutTemplate.everything.update(deleted_at=timezone.now() - dt.timedelta(days=31))
    assert services.purge_deleted() == 1
    assert not LayoutTemplate.everything.exists()


def test_deletion_is_in_the_audit_log_with_its_actor(browser: Any, layout: LayoutTemplate, team: Any) -> None:
    from apps.accounts import audit

    browser("producer").post(f"/layouts/{layout.pk}/delete/")
    entry = audit.entries(team).first()
    assert entry is not None
    assert (entry.actor.username, entry.object_repr) == ("producer", "News")
    assert "deleted_at" in entry.changes_dict


# --- import --------------------------------------------------------------------------------------------------------
def test_document_is_imported_from_a_file_or_a_text(browser: Any) -> None:
    producer = browser("producer")
    content = b"\xef\xbb\xbf" + json.dumps(DOCUMENT, indent=4).encode()
    answer = producer.post("/layouts/import/", {"file": SimpleUploadedFile("晚间新闻.json", content)})
    assert answer.status_code == 302
    assert LayoutTemplate.objects.get().name == "晚间新闻"
    answer = producer.post("/layouts/import/", {"text": json.dumps(DOCUMENT), "name": "Pasted"})
    assert LayoutTemplate.objects.get(name="Pasted").document == LayoutTemplate.objects.get(name="晚间新闻").document


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Choose a file"),
        ("{", "This is not JSON"),
        ("[" * 3000, "JSON"),
        ('{"schema": "quadbox.layout/9"}', "/schema"),
        (json.dumps({**EMPTY, "objects": [{**REGION, "width": -4}]}), "/objects/0/width"),
        (json.dumps({**EMPTY, "objects": [REGION, REGION]}), "/objects/1/id"),
        (
            json.dumps({**EMPTY, "canvas": {"width": 640, "height": 360, "image": {"url": "asset:" + "0" * 64}}}),
            "image",
        ),
        (json.dumps({**EMPTY, "objects": [{**TEXT, "text": "\ud800"}]}), "/objects/0/text"),
        (json.dumps({**EMPTY, "pad": "x" * 600_000}), "at most 256 KiB"),
    ],
)
def test_bad_document_is_refused_with_pointers(browser: Any, text: str, message: str) -> None:
    answer = browser("producer").post("/layouts/import/", {"text": text})
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not LayoutTemplate.objects.exists()


def test_small_preview_keeps_the_shape(api: Any) -> None:
    import io

    from PIL import Image

    client = api("viewer")
    row = create_layout(api("producer"), document={**EMPTY, "canvas": {"width": 720, "height": 1280}})
    answer = client.get(f"/api/v1/layouts/{row['id']}/preview.png?version=1&width=180")
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.size == (180, 320)
    assert "max-age=86400" in answer.headers["Cache-Control"]
    full = client.get(f"/api/v1/layouts/{row['id']}/preview.png")
    assert full.headers["Cache-Control"] == "private, no-cache"
    assert full.headers["ETag"] != answer.headers["ETag"]
    for width in ("0", "-5", "x", "99999", ""):
        refused = client.get(f"/api/v1/layouts/{row['id']}/preview.png?width={width}")
        assert refused.status_code == 400
        assert refused.json()["problems"][0]["pointer"] == "/width"
