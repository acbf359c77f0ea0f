"""The settings pages: forms, secrets and messages."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from apps.credentials import sandbox_link, services
from apps.credentials.models import App, Credential, CredentialTest

pytestmark = pytest.mark.django_db
NEW = {"keys:access_key_id": "AKnew0123456789x", "keys:secret_access_key": "bmV3LXNlY3JldA"}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_credential_page_shows_the_last_tests(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    credential = rows["credential"]
    for number in range(12):  # ids in order: those of one millisecond are not
        CredentialTest.objects.create(
            id=uuid.UUID(int=number + 1), credential=credential, ok=number % 4 != 0, vendor_request_id=f"req-{number}"
        )
    for path in ("/settings/credentials/", f"/settings/credentials/{credential.pk}/"):
        text = text_of(browser("admin").get(path))
        assert "req-11" in text
        assert text.count("<i class=") == 10
        assert text.count('<i class="bad"') == 2
    client = browser("admin")
    answer = client.post(f"/settings/credentials/{credential.pk}/test/", {"back": "credential"}, follow=True)
    assert "rejected" in text_of(answer)
    assert credential.tests.first().ok is False


def test_keys_are_masked(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    Credential.objects.create(
        team=rows["credential"].team, name="Long", vendor="volcengine",
        keys={"access_key_id": "AKLTabcdefghijklmnop", "secret_access_key": "canary-canary-canary"},
    )  # fmt: skip
    text = text_of(browser("admin").get("/settings/credentials/"))
    assert "AKLT••••mnop" in text
    assert "AKLTabcdefghijklmnop" not in text
    assert "canary" not in text
    assert "AK0123456789" not in text  # too short to show parts of


def test_refused_rotation_changes_nothing_and_repeats_no_key(
    browser: Callable[[str], Any], rows: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    credential = rows["credential"]
    before = dict(credential.keys)
    path = f"/settings/credentials/{credential.pk}/rotate/"
    answer = browser("admin").post(path, NEW)
    assert answer.status_code == 200
    assert "The vendor rejected the new keys" in text_of(answer)
    assert NEW["keys:secret_access_key"] not in text_of(answer)
    credential.refresh_from_db()
    assert credential.keys == before
    incomplete = browser("admin").post(path, {"keys:access_key_id": "x"})
    assert 'data-error-for="keys:secret_access_key">Secret' in text_of(incomplete)
    monkeypatch.setattr(services, "try_keys", accepts)
    assert browser("admin").post(path, NEW).status_code == 302
    credential.refresh_from_db()
    assert credential.keys["access_key_id"] == NEW["keys:access_key_id"]


def accepts(credential: Credential, keys: Any) -> CredentialTest:
    return CredentialTest(credential=credential, ok=True)


def test_app_form_shows_problems_at_their_fields(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    app = rows["app"]
    path = f"/settings/apps/{app.pk}/"
    form = {"name": "App", "credential": str(app.credential_id), "vendor_app_id": "0" * 24}
    answer = browser("admin").post(path, form | {"settings:region": "mars", "secrets:callback_secret": "canary-secret"})
    assert answer.status_code == 200
    assert 'aria-describedby="field-settings-region_helptext field-settings-region_error"' in text_of(answer)
    assert "canary-secret" not in text_of(answer)
    app.refresh_from_db()
    assert (app.settings, app.secrets) == ({}, {})
    good = browser("admin").post(path, form | {"settings:region": "ap-singapore-1", "secrets:callback_secret": "s"})
    assert good.status_code == 302
    app.refresh_from_db()
    assert (app.settings, app.secrets) == ({"region": "ap-singapore-1"}, {"callback_secret": "s"})
    browser("admin").post(path, form)  # an empty setting goes back to its default, an empty secret is kept
    app.refresh_from_db()
    assert (app.settings, app.secrets) == ({}, {"callback_secret": "s"})


def test_credential_form_shows_problems_and_keeps_the_input(
    browser: Callable[[str], Any], rows: dict[str, Any]
) -> None:
    path = "/settings/credentials/new/?vendor=volcengine"
    count = Credential.objects.count()
    bad = {**NEW, "name": "Mine", "endpoints:volcengine-push": "ftp://nowhere"}
    text = text_of(browser("admin").post(path, bad))
    assert 'aria-describedby="field-endpoints-volcengine-push_helptext field-endpoints-volcengine-push_error"' in text
    assert 'value="Mine"' in text
    assert "ftp://nowhere" in text
    assert NEW["keys:secret_access_key"] not in text
    assert Credential.objects.count() == count
    assert browser("admin").post(path, {**NEW, "name": "Mine"}).status_code == 302
    assert Credential.objects.get(name="Mine").keys["access_key_id"] == NEW["keys:access_key_id"]


def test_renamed_credential_keeps_its_test_results(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    credential = rows["credential"]
    Credential.objects.filter(pk=credential.pk).update(status="ok")
    form = {"name": "New name", **{f"endpoints:{slug}": url for slug, url in credential.endpoints.items()}}
    assert browser("admin").post(f"/settings/credentials/{credential.pk}/", form).status_code == 302
    credential.refresh_from_db()
    assert (credential.name, credential.status) == ("New name", "ok")


def test_sandbox_callbacks_are_enabled_with_one_click(
    browser: Callable[[str], Any], rows: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = App.objects.select_related("credential").get(pk=rows["app"].pk)
    path = f"/settings/apps/{app.pk}/"
    assert sandbox_link.product_to_connect(app) == ""
    assert "Enable sandbox callbacks" not in text_of(browser("admin").get(path))
    Credential.objects.filter(pk=app.credential_id).update(
        endpoints={"volcengine-push": "http://127.0.0.1:9/sandbox/volcengine/"}
    )
    assert "Enable sandbox callbacks" in text_of(browser("admin").get(path))
    silent = browser("admin").post(path + "connect/", follow=True)
    assert "The sandbox does not respond." in text_of(silent)
    calls: list[Any] = []

    def post(url: str, json: Any, **options: Any) -> Any:
        calls.append((url, json))
        return sandbox_link.httpx2.Response(200, json={})

    monkeypatch.setattr(sandbox_link.httpx2, "post", post)
    response = browser("admin").post(path + "connect/", follow=True)
    assert "The sandbox now sends callbacks for volcengine-push." in text_of(response)
    [(url, wish)] = calls
    assert url == "http://127.0.0.1:9/sandbox/control/callbacks/"
    assert (wish["vendor"], wish["app_id"]) == ("volcengine", app.vendor_app_id)
    assert wish["url"] == services.callback_urls(app)["volcengine-push"]


def test_aliyun_app_page_offers_subscriptions_and_sandbox_callbacks(
    browser: Callable[[str], Any], rows: dict[str, Any], team: Any
) -> None:
    """Relays order their callbacks by a call, at the sandbox too."""
    sandbox = "http://127.0.0.1:9/sandbox/aliyun"
    credential = Credential.objects.create(
        team=team, name="Aliyun", vendor="aliyun", keys={"access_key_id": "a", "access_key_secret": "b"},
        endpoints={"aliyun-rtc-mpu": f"{sandbox}/rtc/", "aliyun-rtc-record": f"{sandbox}/rtc/",
                   "aliyun-live-mpu": f"{sandbox}/live/"},
    )  # fmt: skip
    app = App.objects.create(team=team, name="Aliyun", credential=credential, vendor_app_id="9qb1test")
    assert sandbox_link.product_to_connect(app) == "aliyun-rtc-record"
    html = browser("admin").get(f"/settings/apps/{app.pk}/").content.decode()
    assert html.count('name="replace" value="1">Subscribe') == 2
    assert "Enable sandbox callbacks" in html
    assert html.count("<summary>Undocumented behavior of the vendor</summary>") == 3
    assert "e+09" not in html


def test_folded_fields_open_where_a_value_is_refused(
    browser: Callable[[str], Any], rows: dict[str, Any], team: Any
) -> None:
    credential = Credential.objects.create(
        team=team, name="Agora", vendor="agora", keys={"customer_id": "a", "customer_secret": "b"}
    )
    app = App.objects.create(team=team, name="Agora", credential=credential, vendor_app_id="0" * 32)
    path = f"/settings/apps/{app.pk}/"
    assert '<details class="mt-3" >' in browser("admin").get(path).content.decode()
    form = {"name": "Agora", "credential": str(credential.pk), "vendor_app_id": "0" * 32}
    refused = browser("admin").post(path, {**form, "settings:most_people": "999"}).content.decode()
    assert '<details class="mt-3" open>' in refused


def test_people_page_does_not_offer_to_remove_the_last_admin(
    browser: Callable[[str], Any], people: dict[str, Any], team: Any
) -> None:
    mine = people["admin"].memberships.get()
    text = text_of(browser("admin").get("/settings/people/"))
    assert f"/settings/people/{mine.pk}/remove/" not in text
    assert f"/settings/people/{people['viewer'].memberships.get().pk}/remove/" in text
    answer = browser("admin").post(f"/settings/people/{mine.pk}/", {"role": "viewer"}, follow=True)
    assert "last admin" in text_of(answer)
    mine.refresh_from_db()
    assert mine.role == "admin"


def test_password_link_is_only_for_users_of_this_team(browser: Callable[[str], Any], people: dict[str, Any]) -> None:
    from apps.accounts.models import Membership

    theirs = people["viewer"].memberships.get()
    path = f"/settings/people/{theirs.pk}/link/"
    assert "/reset/" in text_of(browser("admin").post(path))
    other = people["outsider"].memberships.get().team
    Membership.objects.create(team=other, user=people["viewer"], role="viewer")
    answer = browser("admin").post(path, follow=True)
    assert "/reset/" not in text_of(answer)
    assert "also in other teams" in text_of(answer)


def test_audit_log_is_filtered_and_exported(browser: Callable[[str], Any], rows: dict[str, Any], team: Any) -> None:
    Credential.objects.create(team=team, name="=HYPERLINK(1)", vendor="aliyun", keys={"access_key_secret": "canary-1"})
    client = browser("admin")
    only = text_of(client.get("/settings/audit/?kind=credential&action=0"))
    assert "HYPERLINK" in only
    assert "Layout" not in only.partition("<tbody>")[2]
    assert "No changes match" in text_of(client.get("/settings/audit/?q=nobody-like-this"))
    assert "No changes match" in text_of(client.get("/settings/audit/?to=2001-01-01"))
    answer = client.get("/settings/audit/?kind=credential&format=csv")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert answer["Content-Disposition"] == 'attachment; filename="audit-log.csv"'
    table = list(csv.reader(io.StringIO(content)))
    assert {line[3] for line in table[1:]} == {"credential"}
    assert "'=HYPERLINK(1)" in [line[4] for line in table]
    entries = json.loads(b"".join(client.get("/settings/audit/?format=json").streaming_content))
    assert {"layouttemplate", "credential"} <= {entry["object_type"] for entry in entries}
    assert json.loads(b"".join(client.get("/settings/audit/?format=json&q=nobody-like-this").streaming_content)) == []
    assert "canary" not in content + json.dumps(entries)
    theirs = b"".join(browser("outsider").get("/settings/audit/?format=json").streaming_content).decode()
    assert "HYPERLINK" not in theirs


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=yesterday", "from"),
        ("to=2026-02-30", "to"),
        ("from=01.03.2026", "from"),
        ("to=9999-12-31", "to"),
        ("from=0001-01-01", "from"),
        ("from=2026-03-02&to=2026-03-01", "to"),
    ],
)
def test_bad_audit_day_is_named_and_exports_nothing(
    browser: Callable[[str], Any], rows: dict[str, Any], query: str, field: str
) -> None:
    client = browser("admin")
    assert f"<code>/{field}</code>" in text_of(client.get(f"/settings/audit/?{query}"))
    for form in ("csv", "json"):
        refused = client.get(f"/settings/audit/?{query}&format={form}")
        assert refused.status_code == 400
        assert "Content-Disposition" not in refused
        assert f"<code>/{field}</code>" in text_of(refused)


def test_good_audit_days_are_both_included(browser: Callable[[str], Any], rows: dict[str, Any]) -> None:
    today = timezone.localdate().isoformat()
    text = text_of(browser("admin").get(f"/settings/audit/?from={today}&to={today}"))
    assert "<tbody>" in text
    assert "This part of the URL was ignored" not in text


def test_health_page_shows_what_to_do(
    browser: Callable[[str], Any], rows: dict[str, Any], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.cache import cache

    from apps.operations import heartbeat, service_checks
    from apps.operations.jobs import heartbeat as beat
    from apps.tasks.engine import rate_limiter

    cache.delete(heartbeat.KEY)
    monkeypatch.setattr(service_checks, "PING_SECONDS", 0.05)
    text = text_of(browser("admin").get("/settings/health/"))
    assert "Start a worker: celery" in text
    assert "Start beat, once: celery" in text
    beat()
    rate_limiter.slow_down(rows["credential"].pk, "StartPushMixedStreamToCDN", 30)
    text = text_of(browser("admin").get("/settings/health/"))
    assert "Start beat, once: celery" not in text
    assert "paused" in text
    settings.MEDIA_ROOT = "/proc/nowhere"
    assert "MEDIA_ROOT must be a folder" in text_of(browser("admin").get("/settings/health/"))
