"""The SDK programs of the export page are run as they stand, against the emulator."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from apps.vendors.volcengine import api
from tests.sandbox.volcengine.call import KEY, SECRET
from tests.vendors.volcengine.calls import ADAPTER, every, task


def run(program: str, served: str) -> Any:
    """The program's answer, its host and path replaced by the sandbox's."""
    program = program.replace('"rtc.volcengineapi.com"', f'"{served}"').replace('"https"', '"http"')
    program = program.replace('"/", {"Action"', '"/sandbox/volcengine/", {"Action"')
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "copied.py", "exec"), {"__name__": "__main__"})
    return json.loads(out.getvalue())


@pytest.mark.parametrize("version", api.VERSIONS)
def test_the_copied_programs_play_a_task(
    served: str, control: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setenv("ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("SECRET_ACCESS_KEY", SECRET)
    answers = {}
    for name, request in every(version).items():
        if not name.endswith(("test", "test of keys")):  # these ask for a task that cannot be
            answers[name.removeprefix(f"{version} ")] = run(ADAPTER.sdk_call(request, task(version).app), served)
            control("clock/advance", seconds=2)
    assert [answer["ResponseMetadata"]["Version"] for answer in answers.values()] == [version] * 6
    assert [answers[name]["Result"] for name in ("start", "update", "update in part", "stop")] == ["ok"] * 4
    assert every(version)[f"{version} update in part"].body["IsUpdatePartialParam"] is True
    found = answers["query again"]["Result"]["PushMixedStreamToCDNTask"]
    if version == api.PIXELS:  # the older one has no word for it
        assert found["Control"]["SEIConfig"]["UserConfigExtraInfo"] == "直播 2"
    assert found["PushURL"] == task(version).output["push_urls"][0]
