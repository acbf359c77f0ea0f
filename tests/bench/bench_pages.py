"""How long the heavy pages take over HTTP from a running Quadbox: the page itself, and with all that it shows (styles,
scripts, pictures), one after another on one connection. The floor is GET /healthz."""

from __future__ import annotations

import re
import statistics
import time
from pathlib import Path
from urllib.parse import urljoin

import httpx2

TIMES = 15
RESOURCE = re.compile(r'<(?:script|img|link rel="(?:stylesheet|modulepreload)")[^>]*?(?:src|href)="([^"]+)"')
PATIENCE = 30.0  # seconds


def measure(environment: dict[str, str]) -> dict[str, dict[str, float]]:
    """Page → milliseconds (the first time, then the median) and how much it is."""
    with httpx2.Client(base_url=environment["PUBLIC_URL"], timeout=PATIENCE, trust_env=False) as client:
        sign_in(client, environment)
        layout = client.get("/api/v1/layouts/").raise_for_status().json()["results"][0]["id"]
        pages = {
            "matrix": "/products/",
            "export, all products": f"/layouts/{layout}/export/",
            "recordings": "/recordings/",
            "layouts": "/layouts/",
        }
        found = {name: page(client, path) for name, path in pages.items()}
        found["floor: GET /healthz"] = {"median": median([milliseconds(client, "/healthz")[0] for _ in range(TIMES)])}
    return found


def page(client: httpx2.Client, path: str) -> dict[str, float]:
    first, text = milliseconds(client, path)
    shown = sorted(
        {
            urljoin(path, resource.replace("&amp;", "&"))
            for resource in RESOURCE.findall(text)
            if not resource.startswith("data:")
        }
    )
    assert shown, f"{path} shows nothing"
    whole_first = first + sum(milliseconds(client, response)[0] for response in shown)
    alone, whole = [], []
    for _ in range(TIMES):
        own = milliseconds(client, path)[0]
        alone.append(own)
        whole.append(own + sum(milliseconds(client, response)[0] for response in shown))
    return {
        "first": round(first, 1),
        "median": median(alone),
        "with all it shows, first": round(whole_first, 1),
        "with all it shows, median": median(whole),
        "kB": round(len(text.encode()) / 1024, 1),
        "resources": len(shown),
    }


def milliseconds(client: httpx2.Client, path: str) -> tuple[float, str]:
    """A GET that must succeed, and its text ("" for what is none)."""
    began = time.perf_counter()
    answer = client.get(path)
    answer.read()
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, (path, answer.status_code)
    return took, answer.text if "text/html" in answer.headers["content-type"] else ""


def sign_in(client: httpx2.Client, environment: dict[str, str]) -> None:
    client.get("/login/").raise_for_status()
    password = (Path(environment["QUADBOX_STATE"]) / "first_admin_password").read_text().strip()
    form = {"username": "admin", "password": password, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
    answer = client.post("/login/", data=form, headers={"Referer": f"{environment['PUBLIC_URL']}/login/"})
    assert answer.status_code == 302, answer.status_code


def median(times: list[float]) -> float:
    return round(statistics.median(times), 1)
