"""The base of the pages' forms: how their fields are drawn (components/form_field.html), and how the problems that a
service answers, each with a JSON pointer into the request, are shown at the fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from apps.core import json_pointer, refusals
from apps.core.errors import Problem, QuadboxError
from apps.core.translate import translate_problem


class PageBoundField(forms.BoundField):
    """A field with the classes of the stylesheet. Subclasses say more of it: `limits`, `choices_url`, `is_needed`."""

    limits = ""
    choices_url = ""

    @property
    def auto_id(self) -> str:
        return super().auto_id.replace(":", "-")

    @property
    def is_needed(self) -> bool:
        return self.field.required

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        drawn = widget or self.field.widget
        css = "form-select" if isinstance(drawn, forms.Select) else "form-control"
        described = [f"{self.auto_id}_helptext"] if self.help_text or self.limits else []
        described += [f"{self.auto_id}_error"] if self.errors else []
        built = super().build_widget_attrs({**attrs, "aria-describedby": " ".join(described)}, widget)
        if not described:
            del built["aria-describedby"]
        return {**built, "class": f"{css} is-invalid" if self.errors else css}


class PageForm(forms.Form):
    """Fields may be named "<group>:<name>": a member of an object of the request, such as "settings:region"."""

    bound_field_class = PageBoundField
    use_required_attribute = False  # the server answers with all that is missing at once

    pointer_groups: Mapping[str, str] = {}
    """First name of a JSON pointer → the group of our fields, where they differ: {"options": "opt"}."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id, self.label_suffix = "field-%s", ""

    def add_problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """Shows each problem at its field; returns those that belong to none. Of a form that was validated."""
        rest = []
        for problem in problems:
            name = self.field_at(problem.pointer)
            if name:
                self.add_error(name, translate_problem(problem).message)
            else:
                rest.append(problem)
        return rest

    def refusal(self, error: QuadboxError) -> dict[str, Any]:
        """Shows the problems of a service's refusal at the fields; answers the context of components/problems.html for
        the rest of it, {} where every problem has its field."""
        rest = self.add_problems(error.problems)
        return {} if error.problems and not rest else refusals.as_context(error, rest)

    def field_at(self, pointer: str) -> str:
        """The name of the field for a JSON pointer into the request; "" where there is none."""
        names = json_pointer.split(pointer)
        if not names:
            return ""
        if len(names) > 1:
            name = f"{self.pointer_groups.get(names[0], names[0])}:{names[1]}"
            if name in self.fields:
                return name
        return names[0] if names[0] in self.fields else ""
