"""apps.credentials.typed_fields: a vendor's declared field as a form field."""

from __future__ import annotations

from typing import Any

import pytest

from apps.core.errors import Problem
from apps.credentials.typed_fields import TypedForm, by_heading, field_factory
from apps.vendors import registry
from apps.vendors.fields import Field

WHOLE = Field("fps", "integer", "Frame rate", minimum=1, maximum=60, default=15)
NUMBER = Field("scale", "number", "Scale", minimum=0.1, maximum=10, default=1.0)
SWITCH = Field("loud", "boolean", "Loud", default=True)
CHOICE = Field("mode", "choice", "Mode", default=0, choices=((0, "Mixed"), (1, "Single")))
TEXT = Field("host", "string", "Host", pattern="[a-z]+", help="Lower case.")


def form_of(
    *declared: Field, data: dict[str, str] | None = None, stored: Any = None, secret: bool = False
) -> TypedForm:
    form = TypedForm({f"opt:{name}": value for name, value in data.items()} if data is not None else None)
    form.add_declared("opt", declared, stored, secret=secret)
    return form


@pytest.mark.parametrize(
    ("declared", "text", "value"),
    [
        (WHOLE, " 25 ", 25),
        (NUMBER, "2.5", 2.5),
        (NUMBER, "2", 2),
        (NUMBER, "1e0", 1.0),
        (SWITCH, "true", True),
        (SWITCH, "False", False),
        (CHOICE, "0", 0),
        (TEXT, "abc", "abc"),
    ],
)
def test_text_becomes_the_declared_type(declared: Field, text: str, value: Any) -> None:
    form = form_of(declared, data={declared.name: text})
    assert form.is_valid(), form.errors
    [read] = form.values("opt").values()
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    "text", ["nan", "NaN", "inf", "-inf", "Infinity", "1e999", "1_0", "0x10", "１２", "12abc", "--1"]
)
@pytest.mark.parametrize("declared", [WHOLE, NUMBER])
def test_text_in_a_number_field_is_refused_at_the_field(declared: Field, text: str) -> None:
    form = form_of(declared, data={declared.name: text})
    assert not form.is_valid()
    assert list(form.errors) == [f"opt:{declared.name}"]


@pytest.mark.parametrize(
    ("declared", "text"), [(WHOLE, "61"), (WHOLE, "0"), (WHOLE, "9" * 40), (SWITCH, "yes"), (CHOICE, "2"), (TEXT, "A")]
)
def test_form_refuses_what_rest_refuses(declared: Field, text: str) -> None:
    form = form_of(declared, data={declared.name: text})
    assert not form.is_valid()
    assert 'aria-invalid="true"' in str(form[f"opt:{declared.name}"])
    assert text in str(form[f"opt:{declared.name}"])  # it stays to be corrected


def test_empty_field_is_left_out() -> None:
    form = form_of(WHOLE, SWITCH, CHOICE, TEXT, data={"fps": "", "loud": "", "mode": "", "host": " "})
    assert form.is_valid()
    assert form.values("opt") == {}
    assert 'placeholder="15"' in str(form["opt:fps"])
    assert "Mixed (default)" in str(form["opt:mode"])
    assert "Yes (default)" in str(form["opt:loud"])


def test_stored_value_is_shown_though_no_longer_offered() -> None:
    form = form_of(SWITCH, CHOICE, stored={"loud": False, "mode": 7})
    assert '<option value="false" selected>' in str(form["opt:loud"])
    assert '<option value="7" selected>7</option>' in str(form["opt:mode"])


def test_secrets_are_never_shown() -> None:
    needed = Field("key", "string", "Key", required=True)
    form = form_of(needed, stored={"key": "canary"}, secret=True)
    assert "canary" not in str(form["opt:key"])
    assert "Enter a value to replace it" in str(form["opt:key"])
    again = form_of(needed, data={"key": ""}, stored={"key": "canary"}, secret=True)
    assert again.is_valid()
    assert again.values("opt") == {}
    empty = form_of(needed, data={"key": ""}, secret=True)
    assert not empty.is_valid()
    refused = form_of(needed, Field("id", "string", "Id", pattern="x"), data={"key": "canary", "id": "y"}, secret=True)
    assert not refused.is_valid()
    assert "canary" not in str(refused["opt:key"])


def test_problems_of_a_service_are_shown_at_their_fields() -> None:
    class Form(TypedForm):
        pointer_groups = {"options": "opt"}

    odd = Field("a/b", "string", "Odd")
    form = Form({})
    form.add_declared("opt", [odd, WHOLE])
    form.is_valid()
    problems = [Problem("/options/a~1b", "x", "One"), Problem("/options/fps/0", "x", "Two"), Problem("/room", "x", "3")]
    assert form.add_problems(problems) == [problems[2]]
    assert form.errors == {"opt:a/b": ["One"], "opt:fps": ["Two"]}


def test_heading_is_open_when_one_of_its_fields_is_set() -> None:
    declared = [Field(name, "string", name, group=group) for name, group in (("a", ""), ("b", "More"), ("c", "Rest"))]
    visible, folded = by_heading(form_of(*declared, stored={"c": "x"}).group("opt"))
    assert [field.name for field in visible] == ["opt:a"]
    assert [(group.heading, group.is_open) for group in folded] == [("More", False), ("Rest", True)]


@pytest.mark.parametrize("slug", registry.products())
def test_every_declared_default_is_accepted(slug: str) -> None:
    adapter = registry.adapter(slug)
    for declared in (*adapter.app_settings, *adapter.task_options):
        form = form_of(declared, stored={declared.name: declared.default})
        value = form[f"opt:{declared.name}"].value()
        again = form_of(declared, data={declared.name: form.fields[f"opt:{declared.name}"].prepare_value(value)})
        assert again.is_valid(), (declared, again.errors)
        assert again.values("opt") in ({}, {declared.name: declared.default})


def test_values_listed_by_the_vendor_can_be_chosen() -> None:
    html = str(field_factory(TEXT, listed=[("a", "First")]).widget.render("x", "b"))
    assert '<option value="a">First</option>' in html
    assert '<option value="b" selected>b</option>' in html
