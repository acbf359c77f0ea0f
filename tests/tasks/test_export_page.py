"""The export page and the matrix: every product of the registry, its picture, its findings, its requests."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from apps.accounts.models import Team
from apps.credentials.models import App, Credential
from apps.layouts.services import create_layout
from apps.tasks.pages.finding_groups import grouped
from apps.vendors import registry
from apps.vendors.capabilities import Capabilities
from tests.vendors.every_ability import BASE, changes

DOCUMENT: dict[str, Any] = {
    "schema": "quadbox.layout/1",
    "canvas": {"width": 1280, "height": 720, "color": "#101820"},
    "objects": [
        {"kind": "region", "id": "r1", "x": 0, "y": 0, "width": 1280, "height": 720, "source": {"slot": "host"}},
        {"kind": "text", "id": "t1", "x": 40, "y": 600, "width": 400, "height": 60, "text": "Final · 直播"},
    ],
}


@pytest.fixture
def layout(team: Any, media: Any) -> Any:
    return create_layout(team=team, user=None, name="Evening show", document=DOCUMENT)


@pytest.fixture
def browser(people: dict[str, Any], media: Any) -> Client:
    client = Client()
    client.force_login(people["viewer"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_cloud_is_shown_with_its_requests(browser: Client, layout: Any) -> None:
    page = browser.get(f"/layouts/{layout.pk}/export/").content.decode()
    for slug in registry.products():
        assert f'data-product="{slug}"' in page
        assert f"/layouts/{layout.pk}/export/{slug}.png" in page
    assert "StartPushMixedStreamToCDN" in page
    assert "cover it completely" in page, "the text lies above a region that covers the canvas"


def test_the_clouds_can_be_chosen(browser: Client, layout: Any) -> None:
    page = browser.get(f"/layouts/{layout.pk}/export/?product=volcengine-push&product=nonsense").content.decode()
    assert page.count('class="card qb-cloud"') == 1


def test_findings_are_said_in_the_readers_language(browser: Client, layout: Any) -> None:
    browser.cookies["django_language"] = "zh-hans"
    page = browser.get(f"/layouts/{layout.pk}/export/").content.decode()
    assert "各家云" in page
    assert "cover it completely" not in page


@pytest.mark.parametrize("product", registry.products())
def test_the_picture_of_a_cloud(browser: Client, layout: Any, product: str) -> None:
    answer = browser.get(f"/layouts/{layout.pk}/export/{product}.png")
    assert answer.status_code == 200
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.width <= 960
        assert picture.width / picture.height == pytest.approx(16 / 9, rel=0.05)
        assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 10, "somebody is drawn"


def test_no_such_product_or_layout(browser: Client, layout: Any) -> None:
    assert browser.get(f"/layouts/{layout.pk}/export/harbor.png").status_code == 404
    assert browser.get("/layouts/00000000-0000-4000-8000-000000000000/export/").status_code == 404


def test_the_matrix_has_a_column_a_product(browser: Client) -> None:
    page = browser.get("/products/").content.decode()
    for slug in registry.products():
        assert f'data-product="{slug}"' in page


@pytest.mark.parametrize("can", [pytest.param(can, id=".".join(path)) for path, can in changes()])
def test_the_matrix_shows_every_ability(browser: Client, can: Capabilities, monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(row: Capabilities) -> str:
        monkeypatch.setattr(type(registry.adapter("volcengine-push")), "capabilities", row)
        page = browser.get("/products/").content.decode()
        return page.partition('class="qb-matrix"')[2]  # above it stand tokens that are new each time

    assert shown(can) != shown(BASE)
    assert shown(BASE) == shown(BASE)


def test_rest_plans_with_sample_people(api: Callable[..., Any], layout: Any) -> None:
    asked = {"product": "volcengine-push"}
    answer = api("viewer").post(f"/api/v1/layouts/{layout.pk}/export/", asked, format="json")
    streams = answer.data["requests"][0]["body"]["TargetStreams"]["StreamList"]
    assert [stream["UserId"] for stream in streams] == ["1001"]
    assert answer.data["drawn"]["canvas"]["width"] == 1280
    nobody = api("viewer").post(f"/api/v1/layouts/{layout.pk}/export/", {**asked, "bindings": {}}, format="json")
    assert "slot_unbound" in {finding["code"] for finding in nobody.data["findings"]}


@pytest.mark.parametrize("product", registry.products())
def test_the_samples_are_no_error(api: Callable[..., Any], layout: Any, product: str) -> None:
    """Without an app only what the product's own settings lack may be missing."""
    answer = api("viewer").post(f"/api/v1/layouts/{layout.pk}/export/", {"product": product}, format="json")
    errors = {finding["code"] for finding in answer.data["findings"] if finding["level"] == "error"}
    assert errors <= {"template_missing"}


def test_findings_are_shown_by_level_the_gravest_first_and_once_for_all_objects_that_share_them() -> None:
    document = {"objects": [{"id": "r1", "name": "Host"}, {"id": "r2"}, {"id": "r3", "name": "Guest"}]}
    square = {"level": "changed", "code": "corner_radius", "field": "corner_radius", "message": "Square corners."}
    groups = grouped(
        [
            {"level": "note", "code": "baked", "object_id": None, "field": "", "message": "Painted below."},
            {**square, "object_id": "r1"},
            {"level": "error", "code": "slot", "object_id": "r2", "field": "", "message": "Nobody is bound."},
            {**square, "object_id": "r3"},
        ],
        document,
    )
    assert [(group.level, group.count) for group in groups] == [("error", 1), ("changed", 2), ("note", 1)]
    assert groups[0].lines[0].objects == [("r2", "r2")]
    assert [(line.message, line.objects) for line in groups[1].lines] == [
        ("Square corners.", [("r1", "Host"), ("r3", "Guest")])
    ]
    assert groups[2].lines[0].objects == []


def test_another_layout_is_chosen_on_the_page_and_the_clouds_stay(browser: Client, layout: Any, team: Any) -> None:
    other = create_layout(team=team, user=None, name="Morning show", document=DOCUMENT)
    page = browser.get(f"/layouts/{layout.pk}/export/")
    assert f'value="{other.pk}"' in page.content.decode()
    moved = browser.get(f"/layouts/{layout.pk}/export/?layout={other.pk}&product=agora-transcoder")
    assert moved.status_code == 302
    assert moved["Location"] == f"/layouts/{other.pk}/export/?product=agora-transcoder"


def app_of(team: Any, name: str, vendor: str = "volcengine", **settings: Any) -> App:
    keys = Credential.objects.create(team=team, name="Keys", vendor=vendor, keys={})
    return App.objects.create(team=team, credential=keys, name=name, vendor_app_id="0" * 24, settings=settings)


def requests_of(browser: Client, layout: Any, query: str) -> list[tuple[str, bool]]:
    """(API version, whether the app is named in the heading) of each Volcengine card."""
    page = browser.get(f"/layouts/{layout.pk}/export/?product=volcengine-push{query}").content.decode()
    cards = page.split('class="card qb-cloud"')[1:]
    version = re.compile(r"Version=(\d{4}-\d\d-\d\d)")
    return [(found[1], "qb-cloud-app" in card) for card in cards if (found := version.search(card))]


def test_two_apps_of_a_cloud_stand_side_by_side(browser: Client, layout: Any, team: Any) -> None:
    old, new = app_of(team, "Old", api_version="2020-12-01"), app_of(team, "New", api_version="2023-11-01")
    assert requests_of(browser, layout, "") == [("2020-12-01", False)]
    assert requests_of(browser, layout, f"&app={new.pk}") == [("2023-11-01", False)]
    assert requests_of(browser, layout, f"&app={new.pk}&app={old.pk}") == [("2020-12-01", True), ("2023-11-01", True)]


def test_the_choice_of_apps_is_kept_in_the_address(browser: Client, layout: Any, team: Any) -> None:
    first_app, other = app_of(team, "One"), app_of(team, "Other")
    page = browser.get(f"/layouts/{layout.pk}/export/?app={other.pk}").content.decode()
    assert re.search(f'name="app" value="{other.pk}" checked', page)
    assert re.search(f'name="app" value="{first_app.pk}" >', page)
    assert f"volcengine-push.png?v={layout.version}&amp;app={other.pk}" in page
    moved = create_layout(team=team, user=None, name="Morning show", document=DOCUMENT)
    answer = browser.get(f"/layouts/{layout.pk}/export/?layout={moved.pk}&product=volcengine-push&app={other.pk}")
    assert answer["Location"] == f"/layouts/{moved.pk}/export/?product=volcengine-push&app={other.pk}"


def test_the_picture_is_that_of_the_app(browser: Client, layout: Any, team: Any) -> None:
    """What Agora makes of people is a setting of the app: cropped, or shown whole."""
    apps = [app_of(team, fit, "agora", people_fit=fit) for fit in ("cover", "contain")]
    tall = {**DOCUMENT, "objects": [{**DOCUMENT["objects"][0], "width": 400}]}
    drawn = create_layout(team=team, user=None, name="Tall", document=tall)
    address = f"/layouts/{drawn.pk}/export/agora-transcoder.png"
    cropped, whole = (browser.get(f"{address}?app={app.pk}").content for app in apps)
    assert cropped != whole
    assert browser.get(address).content == cropped


def test_an_app_nobody_may_see_is_not_chosen(browser: Client, layout: Any, team: Any) -> None:
    app_of(team, "Ours", api_version="2023-11-01")
    theirs = app_of(Team.objects.create(name="Others"), "Theirs", api_version="2020-12-01")
    for wanted in (theirs.pk, "nonsense"):
        assert requests_of(browser, layout, f"&app={wanted}") == [("2023-11-01", False)]
    page = browser.get(f"/layouts/{layout.pk}/export/?app={theirs.pk}").content.decode()
    assert "Theirs" not in page
    assert 'name="app"' not in page, "there is one app: nothing to choose"


def test_more_clouds_than_a_page_can_show_are_told(browser: Client, layout: Any, team: Any) -> None:
    asked = "".join(f"&app={app_of(team, str(number)).pk}" for number in range(14))
    page = browser.get(f"/layouts/{layout.pk}/export/?product=volcengine-push{asked}").content.decode()
    assert page.count('class="card qb-cloud"') == 12
    assert "2 more are not shown" in page
