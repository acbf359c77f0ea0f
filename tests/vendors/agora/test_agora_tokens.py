"""RTC tokens: the collected vectors, and the vendor's own npm package, compared by what the tokens hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import Refused
from apps.vendors.agora import tokens
from apps.vendors.agora.auth import authorization
from apps.vendors.request_template import fill
from apps.vendors.types import AppSpec
from tests import npm
from tests.vendors.agora.cases import ADAPTER, APP, APP_ID, CERTIFICATE, NOON, sending, start, transcoder

VECTORS = json.loads((Path(__file__).parent / "vectors/agora-tokens.json").read_text())
CASES = VECTORS["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_token_holds_what_the_vector_says(case: dict[str, Any]) -> None:
    expected = case["expected"]
    made = tokens.build(
        case["appId"],
        case["appCertificate"],
        case["channel"],
        case["uid"],
        issued_at=case["issueTs"],
        salt=case["salt"],
        expire=case["expire"],
        privileges={int(right): seconds for right, seconds in case["privileges"].items()},
    )
    assert tokens.content(made).hex() == expected["contentHex"]
    assert tokens.content(expected["token"]) == tokens.content(expected["tokenNodeZlib"]) == tokens.content(made)
    assert tokens.signing_key(case["appCertificate"], case["issueTs"], case["salt"]).hex() == expected["signingKeyHex"]
    opened = tokens.opened(made)
    assert opened.signature.hex() == expected["signatureHex"]
    assert opened.info.hex() == expected["signingInfoHex"]
    assert (opened.channel, opened.user) == (case["channel"], "" if case["uid"] == 0 else str(case["uid"]))
    assert tokens.verified(made, case["appCertificate"])


@pytest.mark.parametrize("case", VECTORS["invalidInputs"], ids=lambda case: case["name"])
def test_keys_that_are_none_are_refused(case: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="32 hexadecimal"):
        tokens.build(case["appId"], case["appCertificate"], "room", 0, issued_at=1, salt=1)


@pytest.mark.parametrize("case", VECTORS["verification"], ids=lambda case: case["name"])
def test_a_signature_is_checked(case: dict[str, Any]) -> None:
    assert tokens.verified(case["token"], case["appCertificate"]) is case["signatureValid"]


@pytest.mark.parametrize("token", [VECTORS["legacy"][0]["token"], "", "007", "007!!!", "007AAAA", "007eJwDAAAAAAE="])
def test_what_is_no_token_of_this_form_is_said_to_be_none(token: str) -> None:
    assert not tokens.verified(token, CERTIFICATE)
    with pytest.raises(ValueError, match=r"007|cut off"):
        tokens.opened(token)


@pytest.mark.parametrize("case", VECTORS["basicAuth"], ids=lambda case: case["customerId"])
def test_the_basic_header(case: dict[str, Any]) -> None:
    assert authorization(case["customerId"], case["customerSecret"]) == case["authorization"]


OFFICIAL = """
const { AccessToken2, ServiceRtc } = require("agora-token/src/AccessToken2");
const { RtcTokenBuilder, RtcRole } = require("agora-token");
const wanted = JSON.parse(require("fs").readFileSync(0, "utf8"));
const made = wanted.map((one) => {
  const rtc = new ServiceRtc(one.channel, one.uid);
  for (const right of [1, 2, 3, 4]) rtc.add_privilege(right, one.expire);
  const token = new AccessToken2(one.appId, one.certificate, one.issuedAt, one.expire);
  token.salt = one.salt;
  token.add_service(rtc);
  return token.build();
});
const easy = RtcTokenBuilder.buildTokenWithUid(
  wanted[0].appId, wanted[0].certificate, wanted[0].channel, wanted[0].uid, RtcRole.PUBLISHER, 86400, 86400);
process.stdout.write(JSON.stringify({ made, easy }));
"""


@pytest.fixture(scope="module")
def official() -> dict[str, Any]:
    """What the vendor's own package makes of the tokens below."""
    found: dict[str, Any] = npm.run(OFFICIAL, WANTED)
    return found


WANTED = [
    {"appId": APP_ID, "certificate": CERTIFICATE, "channel": channel, "uid": uid, "issuedAt": 1_770_000_000 + number,
     "expire": 86_400, "salt": 1 + number * 7919}
    for number, (channel, uid) in enumerate(
        [("room-1001", 0), ("mixed", 1000), ("a b#c~,|", 4294967295), ("直播", 1), ("c" * 64, 7)])
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(WANTED)))
def test_the_vendors_own_package_makes_the_same_token(official: dict[str, Any], number: int) -> None:
    one = WANTED[number]
    ours = tokens.build(
        str(one["appId"]), str(one["certificate"]), str(one["channel"]), int(one["uid"]),
        issued_at=int(one["issuedAt"]), salt=int(one["salt"]), expire=int(one["expire"]),
    )  # fmt: skip
    assert tokens.content(ours) == tokens.content(official["made"][number])


def test_a_token_of_the_official_builder_is_read(official: dict[str, Any]) -> None:
    opened = tokens.opened(official["easy"])
    assert tokens.verified(official["easy"], CERTIFICATE)
    assert (opened.app_id, opened.channel, opened.user) == (APP_ID, "room-1001", "")
    assert set(opened.privileges) == set(tokens.PUBLISHER)


def test_inputs_get_a_token_of_nobody_and_the_output_one_of_its_own_user() -> None:
    plan = start()
    acquire, create = plan.requests
    values = {**ADAPTER.placeholder_values(acquire, sending())}
    known = sending({"tokens": '["b"]'})
    assert ADAPTER.placeholder_values(create, known) == {**values, "builderToken": "b"}
    body = fill(create.body, values)["services"]["cloudTranscoder"]["config"]["transcoder"]
    for input_ in body["audioInputs"] + body["videoInputs"]:
        opened = tokens.opened(input_["rtc"]["rtcToken"])
        assert (opened.app_id, opened.channel, opened.user) == (APP_ID, "room-1001", "")
        assert (opened.issued_at, opened.expire) == (int(NOON.timestamp()), 86_400)
        assert opened.privileges == dict.fromkeys((1, 2, 3, 4), 86_400)
        assert tokens.verified(input_["rtc"]["rtcToken"], CERTIFICATE)
    opened = tokens.opened(body["outputs"][0]["rtc"]["rtcToken"])
    assert (opened.channel, opened.user) == ("mixed", "1000")


def test_a_plan_holds_no_token() -> None:
    rtc = [input_["rtc"] for input_ in transcoder(start())["videoInputs"]]
    assert [one["rtcToken"] for one in rtc] == ["{inputToken}"]


@pytest.mark.parametrize(("habit", "member"), [("left_out", {}), ("empty", {"rtcToken": ""})])
def test_a_project_without_a_certificate(habit: str, member: dict[str, str]) -> None:
    app = AppSpec(APP_ID, {"rtc_tokens": habit})
    plan = start(app=app)
    body = transcoder(plan)
    assert body["videoInputs"][0]["rtc"] == {"rtcChannel": "room-1001", "rtcUid": 123, **member}
    assert body["outputs"][0]["rtc"] == {"rtcChannel": "mixed", "rtcUid": 1000, **member}
    assert ADAPTER.placeholder_values(plan.requests[0], sending(app=app, app_certificate="")) == {}


def test_without_a_certificate_nothing_is_sent() -> None:
    with pytest.raises(Refused, match="App Certificate"):
        ADAPTER.placeholder_values(start().requests[0], sending(app=APP, app_certificate=""))


@given(st.text(max_size=40), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.integers(1, 99_999_999))
def test_what_goes_in_comes_out(channel: str, uid: int, issued_at: int, salt: int) -> None:
    made = tokens.build(APP_ID, CERTIFICATE, channel, uid, issued_at=issued_at, salt=salt)
    opened = tokens.opened(made)
    assert (opened.channel, opened.user or "0") == (channel, str(uid))
    assert (opened.issued_at, opened.salt) == (issued_at, salt)
    assert tokens.verified(made, CERTIFICATE)
    assert not tokens.verified(made, CERTIFICATE[::-1])
