"""The data in the page of the editor."""

from __future__ import annotations

import json
import re
from typing import Any

from django.test import Client

from apps.vendors import registry


def test_editor_page_has_the_limits_of_every_product(people: Any, team: Any) -> None:
    browser = Client()
    browser.force_login(people["producer"], backend="django.contrib.auth.backends.ModelBackend")
    browser.post("/layouts/new/", {"preset": "full"})
    (row,) = browser.get("/api/v1/layouts/").json()["results"]
    page = browser.get(f"/layouts/{row['id']}/edit/").content.decode()
    match = re.search(r'<script id="editor-data" type="application/json">(.*?)</script>', page)
    assert match
    products = {product["slug"]: product["limits"] for product in json.loads(match[1])["products"]}
    names = {"region_minimum", "regions_even", "overhang", "canvas_maximum", "opacity"}
    expected = {slug: registry.adapter(slug).capabilities.to_json() for slug in registry.products()}
    assert products == {slug: {name: can[name] for name in names} for slug, can in expected.items()}
