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
        is_page = request.method == "GET" and not request.path.startswith(API) and "HX-Request" not in request.headers
        request.live_seq = last_seq(team.pk) if team and is_page else None  # type: ignore[attr-defined]
        return self.get_response(request)
