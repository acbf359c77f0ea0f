"""Notes on every page request where the team's messages stand, before the page reads a single row."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from apps.live.broadcast import last_seq

API = "/api/"


class LiveMiddleware:
    """Puts `request.live_seq` on the requests of pages; `base.html` hands it to the browser, whose socket asks for
    everything since.

    Read after the rows, the number would cover changes that the page does not show: the browser would never ask for
    them, and the page would show what was until something else happens.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        team = getattr(request, "team", None)
        request.live_seq = last_seq(team.pk) if team and is_page(request) else None  # type: ignore[attr-defined]
        return self.get_response(request)


def is_page(request: HttpRequest) -> bool:
    """Whether a browser opens it as a page: not what the page asks for itself, nor its pictures and films.

    Browsers that do not say what they ask for (`Sec-Fetch-Dest`) are taken to ask for a page.
    """
    if request.method != "GET" or request.path.startswith(API) or "HX-Request" in request.headers:
        return False
    return request.headers.get("Sec-Fetch-Dest", "document") == "document"
