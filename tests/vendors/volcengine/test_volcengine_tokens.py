"""Room tokens: the collected vectors."""

from __future__ import annotations

from typing import Any

import pytest

from apps.vendors.volcengine import tokens
from tests.vendors import documented

VECTORS = documented.vectors("volcengine", "volcengine-token")
RIGHTS = VECTORS["privileges"]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_a_token_is_the_vectors(case: dict[str, Any]) -> None:
    given = case["input"]
    made = tokens.build(
        VECTORS["app_id"],
        VECTORS["app_key"],
        given["room_id"],
        given["user_id"],
        issued_at=given["issued_at"],
        expire_at=given["expire_at"],
        nonce=given["nonce"],
        privileges={RIGHTS[name]: end for name, end in given["privileges_added"].items()},
    )
    assert made == case["expected"]["token"]


def test_rights_are_numbered_as_the_vendor_does() -> None:
    names = ("PrivPublishStream", "PrivPublishAudioStream", "PrivPublishVideoStream", "PrivPublishDataStream")
    assert [RIGHTS[name] for name in (*names, "PrivSubscribeStream")] == [
        tokens.PUBLISH, tokens.AUDIO, tokens.VIDEO, tokens.DATA, tokens.SUBSCRIBE,
    ]  # fmt: skip
