"""The language of an account."""

from __future__ import annotations

from typing import Any


def test_chosen_language_is_stored_in_the_account(people: dict[str, Any], client: Any) -> None:
    client.force_login(people["viewer"], backend="django.contrib.auth.backends.ModelBackend")
    client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/healthz"})
    people["viewer"].refresh_from_db()
    assert people["viewer"].language == "zh-hans"
