"""How a page shows that a service refused: beside its form, or as a message on the next page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from apps.core.errors import Problem, QuadboxError
from apps.core.translate import translate, translate_problem


def as_context(error: QuadboxError, problems: Iterable[Problem] | None = None) -> dict[str, Any]:
    """`detail` and `problems` for components/problems.html; `problems` instead of the error's own, such as those that no
    field of the form shows."""
    listed = error.problems if problems is None else problems
    return {
        "detail": translate(error.detail),
        "problems": [translate_problem(problem).as_json() for problem in listed],
    }


def flash(request: HttpRequest, error: QuadboxError) -> None:
    """The refusal as one message on the next page."""
    context = as_context(error)
    messages.error(request, " ".join([context["detail"], *(problem["message"] for problem in context["problems"])]))
