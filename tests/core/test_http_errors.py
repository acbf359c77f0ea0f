"""Every refusal has the same shape: {"detail", "problems": [{"pointer", "code", "message"}]}."""

from __future__ import annotations

from typing import Any

import pytest

EMPTY = {"schema": "quadbox.layout/1", "canvas": {"width": 640, "height": 360}, "objects": []}
JSON = "application/json"
LAYOUTS = "/api/v1/layouts/"


@pytest.mark.parametrize(
    ("method", "path", "body", "content_type", "status"),
    [
        ("post", LAYOUTS, "{", JSON, 400),
        ("post", LAYOUTS, "", JSON, 400),
        ("post", LAYOUTS, "[]", JSON, 400),
        ("post", LAYOUTS, '"text"', JSON, 400),
        ("post", LAYOUTS, "null", JSON, 400),
        ("post", LAYOUTS, b"\xff\xfe", JSON, 400),
        ("post", LAYOUTS, '{"name": NaN}', JSON, 400),
        ("post", LAYOUTS, "[" * 100_000, JSON, 400),
        ("post", LAYOUTS, '{"a": %s}' % ("9" * 5000), JSON, 400),
        ("post", LAYOUTS, '{"name": "%s"}' % ("x" * 3_000_000), JSON, 413),
        ("post", LAYOUTS, "a=1", "application/x-www-form-urlencoded", 415),
        ("post", LAYOUTS, "<a/>", "text/xml", 415),
        ("put", LAYOUTS, "{}", JSON, 405),
        ("delete", LAYOUTS, "", JSON, 405),
        ("get", f"{LAYOUTS}not-an-id/", None, None, 404),
        ("get", f"{LAYOUTS}00000000-0000-7000-8000-000000000000/", None, None, 404),
        ("get", f"{LAYOUTS}%00/", None, None, 404),
        ("get", f"{LAYOUTS}?cursor=nonsense", None, None, 404),
        ("get", f"{LAYOUTS}?cursor=cD1ub25zZW5zZQ%3D%3D", None, None, 404),
        ("get", "/api/v1/nothing/", None, None, 404),
        ("post", "/api/v1/assets/", "{}", JSON, 415),
        ("post", "/api/v1/assets/", b"no boundary", "multipart/form-data", 400),
    ],
)
def test_bad_request_has_detail_and_problems(
    api: Any, method: str, path: str, body: Any, content_type: str | None, status: int
) -> None:
    kwargs = {} if body is None else {"data": body, "content_type": content_type}
    answer = getattr(api("producer"), method)(path, **kwargs)
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"].startswith(JSON)
    assert answer.json()["detail"]
    assert isinstance(answer.json()["problems"], list)


def test_unknown_field_is_named(api: Any) -> None:
    answer = api("producer").post(LAYOUTS, {"name": "x", "document": EMPTY, "colour": 1, "a/b": 2})
    assert answer.status_code == 400
    assert {problem["pointer"] for problem in answer.json()["problems"]} == {"/colour", "/a~1b"}
    assert {problem["code"] for problem in answer.json()["problems"]} == {"unknown_field"}


def test_wrong_token_is_unauthorized(api: Any) -> None:
    client = api("anonymous")
    for header in ("Token wrong", "Token", "Token a b", "Token \xff"):
        answer = client.get(LAYOUTS, headers={"Authorization": header})
        assert answer.status_code == 401, header
        assert answer["WWW-Authenticate"] == "Token"


def test_list_pages_hold_every_row_once(api: Any) -> None:
    client = api("producer")
    for number in range(5):
        client.post(LAYOUTS, {"name": str(number), "document": EMPTY})
    seen, url = [], f"{LAYOUTS}?page_size=2"
    while url:
        page = client.get(url).json()
        assert set(page) == {"next", "previous", "results"}
        seen += [result["name"] for result in page["results"]]
        url = page["next"]
    assert seen == ["4", "3", "2", "1", "0"]
