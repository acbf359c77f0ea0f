"""Reading layout documents: what is accepted, what is refused and where."""

from __future__ import annotations

import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from apps.core.errors import Invalid
from apps.layout_document.document import Canvas, LayoutDocument, Text
from apps.layout_document.parse import MAX_BYTES, MAX_PROBLEMS, loads, parse, problems
from apps.layout_document.schema_check import SCHEMA, Compiler
from apps.layout_document.serialize import content_hash, dumps, to_json
from apps.layout_document.upgrades import upgrade
from tests.strategies import layout_documents

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures/layouts"
VALID = sorted((FIXTURES / "valid").glob("*.json"))
INVALID = sorted((FIXTURES / "invalid").glob("*.json"))
BESIDE_THE_SCHEMA = {"duplicate_id", "no_such_region", "outside_source", "too_big"}
validator = Draft202012Validator(SCHEMA)


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def codes(value: object) -> list[tuple[str, str]]:
    return sorted((problem.pointer, problem.code) for problem in problems(value))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_document_is_read_and_written_back(path: Path) -> None:
    document = loads(path.read_bytes())
    assert parse(to_json(document)) == document
    assert loads(dumps(document)) == document


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_document_is_refused_with_every_problem_in_its_place(path: Path) -> None:
    case = read(path)
    expected = sorted((problem["pointer"], problem["code"]) for problem in case["problems"])
    assert expected
    assert codes(case["document"]) == expected
    with pytest.raises(Invalid) as refused:
        parse(case["document"])
    assert all(problem.message for problem in refused.value.problems)


def test_there_are_enough_fixtures() -> None:
    assert len(VALID) >= 20
    assert len(INVALID) >= 30


@given(layout_documents())
def test_any_document_survives_being_written_and_read(document: LayoutDocument) -> None:
    assert parse(to_json(document)) == document
    assert loads(dumps(document)) == document
    assert content_hash(loads(dumps(document))) == content_hash(document)
    validator.validate(to_json(document))


def spoilable(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, child in children for deeper in spoilable(child, (*path, key)))]


WRONG = st.sampled_from(
    [None, True, 0, -1, 1.0, 0.5, 99999, "", "x", "#12345", "#123456", "asset:1", "\x00", "a" * 1200, [], {}, [{}]]
)


@given(layout_documents(max_objects=3), st.data())
def test_the_checks_and_a_general_validator_of_the_schema_agree(document: LayoutDocument, data: st.DataObject) -> None:
    value = copy.deepcopy(to_json(document))
    path = data.draw(st.sampled_from(spoilable(value)[1:]))
    target = value
    for key in path[:-1]:
        target = target[key]
    if isinstance(target, dict) and data.draw(st.booleans()):
        del target[path[-1]]
    else:
        target[path[-1]] = data.draw(WRONG)
    ours = [problem for problem in problems(value) if problem.code not in BESIDE_THE_SCHEMA]
    assert (not ours) == validator.is_valid(value), ours


@pytest.mark.parametrize("path", VALID + INVALID, ids=lambda path: path.stem)
def test_the_general_validator_agrees_on_the_fixtures(path: Path) -> None:
    value = read(path)
    value = upgrade(value["document"] if path.parent.name == "invalid" else value)
    ours = [problem for problem in problems(value) if problem.code not in BESIDE_THE_SCHEMA]
    assert (not ours) == validator.is_valid(value)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(JSON_VALUES)
def test_any_value_gets_an_answer_not_an_exception(value: object) -> None:
    assert problems(value)
    problems({"schema": "quadbox.layout/1", "canvas": value, "objects": value})
    problems({"schema": "quadbox.layout/1", "canvas": {"width": 640, "height": 360}, "objects": [value]})
    problems({"schema": "quadbox.layout/0", "width": value, "background": value, "objects": [value, {"z": value}]})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        (b"\xff\xfe{}", "not_json"),
        ("NaN", "not_json"),
        ("[" * 100_000, "not_json"),
        ("1" * 5000, "not_json"),
        (" " * (MAX_BYTES + 1), "too_big"),
    ],
    ids=["empty", "cut", "not-utf-8", "nan", "deep", "long-number", "too-long"],
)
def test_what_is_no_json_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        loads(text)
    assert [(problem.pointer, problem.code) for problem in refused.value.problems] == [("", code)]


def test_infinities_are_no_numbers() -> None:
    value = to_json(LayoutDocument(Canvas(1280, 720), (Text(id="t", x=0, y=0, width=9, height=9, text="a"),)))
    for number in (float("nan"), float("inf"), 10**400, -(10**5000)):
        value["objects"][0]["opacity"] = number
        assert [pointer for pointer, _ in codes(value)] == ["/objects/0/opacity"]


def test_a_document_that_would_be_too_large_when_stored_is_refused() -> None:
    texts = tuple(Text(id=f"t{n}", x=0, y=0, width=9, height=9, text="字" * 1000) for n in range(100))
    with pytest.raises(Invalid) as refused:
        parse(to_json(LayoutDocument(Canvas(1280, 720), texts)))
    assert [problem.code for problem in refused.value.problems] == ["too_big"]


def test_a_hostile_document_gets_a_short_answer() -> None:
    value = {"schema": "quadbox.layout/1", "canvas": {"width": 640, "height": 360}, "objects": [{"kind": "text"}] * 100}
    assert len(problems(value)) == MAX_PROBLEMS


def test_version_0_had_a_background_and_depths() -> None:
    document = loads((FIXTURES / "valid/version-0.json").read_bytes())
    assert document.canvas == Canvas(1280, 720, "#203040")
    assert [item.id for item in document.objects] == ["r1", "t1"]


def test_whole_floats_become_integers() -> None:
    document = loads((FIXTURES / "valid/whole-floats.json").read_bytes())
    assert type(document.canvas.width) is int
    assert type(document.objects[0].x) is int


def test_equal_documents_have_equal_hashes_however_they_were_written() -> None:
    value = read(FIXTURES / "valid/least.json")
    backwards = {key: copy.deepcopy(value[key]) for key in reversed(value)}
    assert content_hash(parse(value)) == content_hash(parse(backwards))
    value["objects"][0]["x"] = 1
    assert content_hash(parse(value)) != content_hash(parse(backwards))


def test_the_schema_cannot_promise_what_nobody_checks() -> None:
    with pytest.raises(ValueError, match="uniqueItems"):
        Compiler({}).compile({"type": "string", "pattern": "a", "uniqueItems": True})


def test_a_hundred_objects_are_read_quickly() -> None:
    value = read(FIXTURES / "valid/hundred-objects.json")
    best = min(timed(value) for _ in range(20))
    assert best < 0.05, "ten times the budget: something has become slow altogether"


def timed(value: object) -> float:
    start = time.perf_counter()
    parse(value)
    return time.perf_counter() - start


def test_what_is_wrong_is_said_in_words_and_kept_apart_from_its_values() -> None:
    value = {"schema": "quadbox.layout/1", "canvas": {"width": 1e400, "height": 9}, "objects": [], "z": 1 << 300}
    said = {problem.pointer: problem for problem in problems(value)}
    assert said["/canvas/height"].message == "Must be at least 120, not 9."
    assert said["/canvas/height"].sentence == "Must be at least {least}, not {found}."
    assert said["/canvas/height"].values == {"least": 120, "found": "9"}
    assert said["/canvas/width"].message == "Must be a whole number, not Infinity."
    assert said["/canvas/height"].as_json() == {
        "pointer": "/canvas/height", "code": "too_small", "message": "Must be at least 120, not 9.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{\n "a": }', "Invalid JSON from line 2, column 7."),
        (b"\xff{}", "This is not UTF-8 text."),
        ("[NaN]", "Invalid JSON: NaN is not a JSON number."),
        (f"[{'9' * 5000}]", "Invalid JSON: a number has too many digits."),
        ("[" * 100_000, "Invalid JSON: it is nested too deeply."),
    ],
)
def test_what_is_no_json_says_where(text: str | bytes, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        loads(text)
    assert [(problem.code, problem.message) for problem in refused.value.problems] == [("not_json", sentence)]
