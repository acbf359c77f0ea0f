"""What people paste, as the JSON value it stands for; and what may be shown of it again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.core.errors import Invalid
from apps.vendors.importing.pasted_text import read, without_secrets

URL = "https://rtc.aliyuncs.com/?Action=CreateMPULayout&Panes.1.X=0.5&Name=%E8%AE%B2%E5%8F%B0&AppId="
CURL = """curl -X POST 'https://rtc.volcengineapi.com/?Action=StartPush&Version=2023-11-01' \\
  -H 'Authorization: HMAC-SHA256 Credential=canary, Signature=canary' -u canary:canary \\
  --data-raw '{"Layout": {"LayoutMode": 2}}'"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (' {"a": 1}\n', {"a": 1}),
        ("\ufeff[1]", [1]),
        ('{"a": 1}\n{"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": 1},\n{"b": 2},', [{"a": 1}, {"b": 2}]),
        ("A=1&B.1.C=x%20y", {"A": "1", "B.1.C": "x y"}),
        ("?A=1\n&B=2\n&<common parameters>", {"A": "1", "B": "2"}),
        ("A=1\nA=2&B=2", {"A": "1", "B": "2"}),
        (URL, {"Action": "CreateMPULayout", "Panes.1.X": "0.5", "Name": "讲台", "AppId": ""}),
        (f"{URL}\n{URL}9&B=1",
         {"Action": "CreateMPULayout", "Panes.1.X": "0.5", "Name": "讲台", "AppId": "", "B": "1"}),
        (CURL, {"Layout": {"LayoutMode": 2}}),
        ("curl 'https://h/?A=1' -d B=2 --data-urlencode C=3", {"A": "1", "B": "2", "C": "3"}),
        ("curl --url=https://h/?A=1 --data='B=2' -s", {"A": "1", "B": "2"}),
    ],
)  # fmt: skip
def test_forms_of_a_payload(text: str, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable"),
        ("hello", "unreadable"),
        ("{", "not_json"),
        ('{"a": NaN}', "not_json"),
        ('{"a": 1} x', "not_json"),
        ("[" * 100_000, "not_json"),
        ("9=1", "no_content"),
        ("https://rtc.aliyuncs.com/", "no_content"),
        ("http://[", "unreadable"),
        ("curl 'https://h/", "unfinished"),
        ("curl https://h/ -d", "no_content"),
        ("&".join(f"A{n}=1" for n in range(6000)), "too_many"),
    ],
)
def test_what_cannot_be_read(text: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        read(text)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_wrong_json_says_where() -> None:
    with pytest.raises(Invalid) as caught:
        read('{"a":\n  oops}')
    assert caught.value.problems[0].message == "This is not JSON. (2:3)"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"StreamURL": "rtmp://push.example.com/live/canary?auth_key=canary", "keep": 1}),
        json.dumps([{"outputs": [{"rtc": {"rtcToken": "canary"}}], "keep": 1}]),
        '{"AccessKeySecret": "canary", "keep": oops}',
        "{'app_key': 'canary', keep}",
        "https://h/?Signature=canary&SecurityToken=canary&keep=1",
        "AccessKeyId=canary&keep=1\n&Signature=canary",
        "StreamURL=rtmp://push.example.com/live/canary&keep=1",
        f"keep {CURL}",
        "curl https://h/keep -H 'Authorization: Basic canary' -u canary:canary -d '{'",
        "Authorization: Bearer canary\nkeep",
        "StreamURL=rtmp%3A%2F%2Fpush.example.com%2Flive%2Fcanary%3Fauth_key%3Dcanary&keep=1",
        '{"a": ' * 3000 + "keep rtmp://push.example.com/live/canary",
    ],
)
def test_what_is_shown_again_holds_no_secret(text: str) -> None:
    shown = without_secrets(text)
    assert "canary" not in shown
    assert "keep" in shown


def test_what_holds_no_secret_stays_as_it_was_written() -> None:
    for text in ('{"schema":   "quadbox.layout/1"}', "Panes.1.X=0&Panes.1.Y=0", "{oops", "讲台"):
        assert without_secrets(text) == text
