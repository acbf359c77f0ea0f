"""Every page through axe-core: WCAG 2 A and AA and axe's best practice, light and dark, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, House

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]
AXE = Path(ROOT) / "static" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  return found.violations.flatMap((one) => one.nodes.map((node) =>
    `${one.id}: ${node.target.join(" ")} ${node.html.slice(0, 120)} | ${node.any.map((why) => why.message).join("; ")}`));
}"""
PAGES = [
    "/", "/layouts/", "/tasks/new/", "/recordings/", "/settings/apps/", "/settings/apps/new/",
    "/settings/credentials/", "/settings/credentials/new/?vendor=volcengine", "/settings/people/", "/settings/audit/",
    "/settings/health/", "/settings/recordings/", "/products/", "/me/", "/nothing/here/",
]  # fmt: skip
# A list, and the link on it that leads to one of its rows.
ROWS = {
    "/": "a[href^='/tasks/']:not([href*='new'])",
    "/layouts/": "a[href$='/edit/']",
    "/recordings/": "a[href^='/recordings/']:not([href='/recordings/'])",
    "/settings/apps/": "main a[href^='/settings/apps/']:not([href$='/new/']):not([href='/settings/apps/'])",
    "/settings/credentials/": "main tr a[href^='/settings/credentials/']",
}  # fmt: skip
SIGNED_OUT = ["/login/", "/reset/MQ/a-b/"]


def complaints(page: Page, address: str) -> list[str]:
    page.goto(address)
    page.wait_for_load_state("load")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: Any = page.evaluate(RUN, RULES)
    return [f"{address} {violation}" for violation in found]


def dress(page: Page, theme: str, language: str) -> None:
    page.goto("/")
    page.evaluate("(theme) => localStorage.setItem('quadbox-theme', theme)", theme)
    page.evaluate(
        """async (language) => {
          const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
          const body = new URLSearchParams({language, next: "/healthz", csrfmiddlewaretoken: token});
          await fetch("/i18n/setlang/", {method: "POST", body});
        }""",
        language,
    )


def imported(page: Page) -> str:
    """The page that tells what became of a cloud's payload."""
    page.goto("/layouts/import/")
    page.locator("textarea").fill(
        "MediaEncode=20&TaskType=1&Panes.1.PaneId=0&Panes.1.X=0&Panes.1.Y=0&Panes.1.Width=0.5&Panes.1.Height=1"
    )
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    page.wait_for_url("**/imported/")
    shown = page.locator(".qb-brought-picture img")
    box = shown.bounding_box()
    assert box
    shown.evaluate("picture => picture.removeAttribute('src')")
    empty = shown.bounding_box()
    assert empty
    assert abs(box["height"] - empty["height"]) < 1, "its room is there before the picture"
    return page.url


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "zh-hans")])
def test_no_page_is_in_anybodys_way(page: Page, theme: str, language: str) -> None:
    dress(page, theme, language)
    addresses = list(PAGES)
    for place, link in ROWS.items():
        page.goto(place)
        if found := page.locator(link).first.get_attribute("href"):
            addresses.append(found)
            if found.endswith("/edit/"):
                addresses.append(found.replace("/edit/", "/export/"))
    addresses.append(imported(page))
    assert page.locator("html").get_attribute("data-bs-theme") == theme
    assert page.locator("html").get_attribute("lang") == language
    found = [complaint for address in addresses for complaint in complaints(page, address)]
    dress(page, "light", "en")
    assert len(addresses) == len(PAGES) + len(ROWS) + 2
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nor_one_for_people_who_are_signed_out(browser: Browser, house: House, theme: str) -> None:
    context = browser.new_context(base_url=house.url, color_scheme=theme)
    page = context.new_page()
    found = [complaint for address in SIGNED_OUT for complaint in complaints(page, address)]
    context.close()
    assert found == [], "\n".join(found)
