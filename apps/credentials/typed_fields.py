"""Form fields made from the typed fields that vendors' adapters declare (`vendors.fields.Field`).

`field_factory(declared)` answers a Django form field: its widget, label, help and limits come from the declaration, its
check from `vendors.fields`, so that a page refuses what REST refuses. A `TypedForm` holds such fields under names
"<group>:<name>" ("settings:region"), and reads them back as typed JSON. Empty always means the product's default.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.core.page_forms import PageBoundField, PageForm
from apps.core.translate import translate, translate_problem
from apps.core.types import Json, JsonObject
from apps.vendors.fields import Field, check_fields

UNBOUNDED = 2**31 - 1  # a maximum from here on is none that a person needs to read
INTEGER = re.compile(r"[+-]?[0-9]{1,20}")
NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?")  # neither "nan" nor "inf"


def parse(declared: Field, text: str) -> Json:
    """The value of the declared type that a text stands for. Text that stands for none is returned as it is: the check
    then names it."""
    if declared.type == "boolean":
        return {"true": True, "false": False}.get(text.lower(), text)
    if declared.type == "choice":
        return next((value for value, _label in declared.choices if str(value) == text), text)
    if declared.type in ("integer", "number"):
        if INTEGER.fullmatch(text):
            return int(text)
        if declared.type == "number" and NUMBER.fullmatch(text):
            return float(text)
    return text


def number_text(value: float) -> str:
    """Without an exponent: 1000000, 0.3."""
    return str(int(value)) if value == int(value) else f"{value:g}"


def as_text(value: Json) -> str:
    """A value as its input shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    return "" if value is None else str(value)


def limits(declared: Field) -> str:
    """The range in words, "" where there is none."""
    if declared.minimum is None or declared.maximum is None:
        return ""
    if declared.maximum >= UNBOUNDED:
        return _("at least %(low)s") % {"low": number_text(declared.minimum)}
    return _("%(low)s to %(high)s") % {"low": number_text(declared.minimum), "high": number_text(declared.maximum)}


def default_label(declared: Field) -> str:
    """The default as a person reads it, "" where there is none."""
    if isinstance(declared.default, bool):
        return _("Yes") if declared.default else _("No")
    for value, label in declared.choices:
        if value == declared.default:
            return translate(label)
    return as_text(declared.default)


def select_choices(declared: Field, listed: Iterable[tuple[str, str]] | None = None) -> list[tuple[str, str]]:
    """The options of a select, the first of which leaves it to the default. `listed` replaces the declared choices."""
    if listed is not None:
        choices = list(listed)
    elif declared.type == "boolean":
        choices = [("true", _("Yes")), ("false", _("No"))]
    else:
        choices = [(str(value), translate(label)) for value, label in declared.choices if value != ""]
    default = default_label(declared)
    empty = _("%(value)s (default)") % {"value": default} if default else _("Default")
    return [("", empty), *choices]


class TypedBoundField(PageBoundField):
    """A declared field in a form, with what components/form_field.html shows of it."""

    field: TypedField

    @property
    def limits(self) -> str:  # type: ignore[override]
        return limits(self.field.declared)

    @property
    def heading(self) -> str:
        """The heading under which forms fold it away, "" for a field that is always visible."""
        return translate(self.field.declared.group) if self.field.declared.group else ""

    @property
    def choices_url(self) -> str:  # type: ignore[override]
        """Where the vendor can be asked for what may be entered; "" where it cannot."""
        form: TypedForm = self.form  # type: ignore[assignment]
        return form.choices_url(self.field.declared) if self.field.declared.listed else ""

    @property
    def is_needed(self) -> bool:
        return self.field.is_needed

    @property
    def is_set(self) -> bool:
        """Something was typed, stored or is wrong: its heading is then unfolded."""
        return bool(self.errors) or as_text(self.value()) != ""


class TypedField(forms.Field):
    """A form field of a vendor's declared field. Cleans to a value of the declared type, None for an empty input."""

    def __init__(self, declared: Field, *, stored_secret: bool = False, **options: Any) -> None:
        self.declared, self.stored_secret = declared, stored_secret
        super().__init__(required=False, label=translate(declared.label), help_text=translate(declared.help), **options)

    def get_bound_field(self, form: Any, field_name: str) -> TypedBoundField:
        return TypedBoundField(form, self, field_name)

    def prepare_value(self, value: Json) -> str:
        return as_text(value)

    @property
    def is_needed(self) -> bool:
        return self.declared.required and not self.stored_secret

    def clean(self, value: Json) -> Json:
        text = as_text(value).strip()
        typed = parse(self.declared, text) if text else None
        if typed is None and not self.is_needed:
            return None
        for problem in check_fields([self.declared], {self.declared.name: typed}, ""):
            raise ValidationError(translate_problem(problem).message, code=problem.code)
        return typed


class OpenSelect(forms.Select):
    """A select that keeps a current value which it does not list, instead of silently choosing another."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        known = {str(choice) for choice, _label in self.choices}
        self.choices = [*self.choices, *((text, text) for text in value if text not in known)]
        return super().optgroups(name, value, attrs)


def field_factory(
    declared: Field,
    *,
    secret: bool = False,
    stored: bool = False,
    listed: Iterable[tuple[str, str]] | None = None,
) -> TypedField:
    """The form field of a declared field.

    `secret`: what is stored is never shown; `stored` says that there is something, which an empty input keeps.
    `listed`: (value, label) of what the vendor has, to choose from.
    """
    widget: forms.Widget
    if listed is not None or declared.type in ("choice", "boolean"):
        widget = OpenSelect(choices=select_choices(declared, listed))
    elif secret:
        attrs = {"autocomplete": "new-password", "spellcheck": "false"}
        widget = forms.PasswordInput(
            attrs={**attrs, "placeholder": _("set. Enter a value to replace it")} if stored else attrs
        )
    else:
        widget = input_widget(declared)
    return TypedField(declared, stored_secret=secret and stored, widget=widget)


def input_widget(declared: Field) -> forms.Widget:
    attrs: dict[str, Any] = {"autocomplete": "off"}
    if (default := default_label(declared)) != "":
        attrs["placeholder"] = default
    if declared.type not in ("integer", "number"):
        return forms.TextInput(attrs=attrs)
    attrs["step"] = "1" if declared.type == "integer" else "any"
    if declared.minimum is not None:
        attrs["min"] = number_text(declared.minimum)
    if declared.maximum is not None and declared.maximum < UNBOUNDED:
        attrs["max"] = number_text(declared.maximum)
    return forms.NumberInput(attrs=attrs)


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that are folded away under a heading."""

    heading: str
    fields: list[TypedBoundField]
    is_open: bool


class TypedForm(PageForm):
    """A form of plain fields and of fields that a vendor declared, the latter named "<group>:<name>"."""

    sends_itself = False
    """Whether the whole form is sent along when the choices of a `listed` field are fetched. Never with secrets."""

    def add_declared(
        self, group: str, declared: Iterable[Field], stored: Mapping[str, Json] | None = None, *, secret: bool = False
    ) -> None:
        """Adds the fields of a group, with the values stored so far."""
        for field in declared:
            name, is_stored = f"{group}:{field.name}", stored is not None and field.name in stored
            self.fields[name] = field_factory(field, secret=secret, stored=is_stored)
            if stored is not None and is_stored and not secret:
                self.initial.setdefault(name, stored[field.name])

    def choices_url(self, declared: Field) -> str:
        """Where the choices of a `listed` field are fetched; "" where the page has no such address."""
        return ""

    def group(self, group: str) -> list[TypedBoundField]:
        """The fields of a group, in their order."""
        return [self[name] for name in self.fields if name.startswith(f"{group}:")]  # type: ignore[misc]

    def values(self, group: str) -> JsonObject:
        """Name → typed value of what was filled in; empty inputs are left out. Only of a form that was validated."""
        prefix = f"{group}:"
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value not in (None, "")
        }


def by_heading(fields: Iterable[TypedBoundField]) -> tuple[list[TypedBoundField], list[FieldGroup]]:
    """Fields without a heading, and the others under theirs; a heading is open where one of its fields is set."""
    visible: list[TypedBoundField] = []
    folded: dict[str, list[TypedBoundField]] = {}
    for field in fields:
        (folded.setdefault(field.heading, []) if field.heading else visible).append(field)
    groups = [FieldGroup(heading, own, any(field.is_set for field in own)) for heading, own in folded.items()]
    return visible, groups
