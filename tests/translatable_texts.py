"""Finds every sentence that the pure packages hold for people: each is a msgid of the catalog (apps/core/translate.py).

Found are: the sentences of findings, written where they are made (`Finding(…, "sentence")`) or in a table `PHRASES`;
what an import says (tables `NOT_UNDERSTOOD`); what is wrong with a document or a typed field (tables `SENTENCES`);
labels, help and choices of typed fields; titles of products and notes on what they can do; tables `ADVICE` (vendor code →
what to do); why a vendor's answer is an error (`VendorRejected("sentence")` and its family, tables `…TROUBLES`) or what it
says of a task (tables `STATES`, `PUSH_STATES`); titles of presets; notes, wishes and the like that are written to the
ledger.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

from apps.core import errors, json_text
from apps.credentials.services import ACCEPTED
from apps.layout_document import problem_words
from apps.layout_document.presets import PRESETS
from apps.vendors import fields as declared
from apps.vendors import registry
from apps.vendors.fields import Field

Texts: TypeAlias = Callable[[], dict[str, str]]

ROOT = Path(__file__).resolve().parents[1]
FIELD_LISTS = ("app_settings", "task_options", "key_fields", "secret_fields")
TECHNICAL = re.compile(r"[\w.-]*[\d.][\w.-]*")  # a host, a date: the same everywhere
LETTERS = re.compile(r"[A-Za-z]")
ERRORS = {name for name, var in vars(errors).items() if isinstance(var, type) and issubclass(var, errors.VendorError)}
# where the sentence stands
CALLS = {
    "Finding": (4, "sentence"),
    "write": (2, "title"),
    "wish": (1, "title"),
    **dict.fromkeys(ERRORS, (0, "sentence")),
}


@cache
def finding_sentences() -> dict[str, str]:
    """Sentence → where it is written, of all findings that any product may make."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "apps" / "vendors").rglob("*.py")):
        where = str(path.relative_to(ROOT))
        for line, sentence in literals_of(path.read_text(encoding="utf-8"), "Finding", where):
            found.setdefault(sentence, f"{where}:{line}")
        for code, entry in table(path, "PHRASES").items():
            found.setdefault(entry[1], f"{where}, {code}")
    return found


@cache
def advice_sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((ROOT / "apps" / "vendors").rglob("*.py")):
        for code, sentence in table(path, "ADVICE").items():
            found.setdefault(sentence, f"{path.relative_to(ROOT)}, {code}")
    return found


@cache
def trouble_sentences() -> dict[str, str]:
    """Sentence → where it is written, of all that a vendor's answers are taken to say: why it is an error, how a task is."""
    found: dict[str, str] = {ACCEPTED: "apps/credentials/services.py"}
    for path in sorted((ROOT / "apps").rglob("*.py")):
        where, source = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        if where.startswith("apps/sandbox/") or not any(name in source for name in (*ERRORS, "TROUBLES", "STATES")):
            continue
        for name in ERRORS:
            for line, sentence in literals_of(source, name, where):
                found.setdefault(sentence, f"{where}:{line}")
        if "apps/vendors/" in where:
            for name in (*re.findall(r"^(\w*TROUBLES)\b", source, re.MULTILINE), "STATES", "PUSH_STATES"):
                for code, entry in table(path, name).items():
                    sentence = entry[2] if isinstance(entry, tuple) else entry
                    found.setdefault(str(sentence) if " " in str(sentence) else "", f"{where}, {code}")
    return {sentence: where for sentence, where in found.items() if sentence}


@cache
def import_sentences() -> dict[str, str]:
    """Sentence → where it is written, of all that an import of a vendor's payload may say."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "apps" / "vendors").rglob("*.py")):
        for code, sentence in table(path, "NOT_UNDERSTOOD").items():
            found.setdefault(sentence, f"{path.relative_to(ROOT)}, {code}")
    return found


@cache
def problem_sentences() -> dict[str, str]:
    """Sentence → where it is written, of all that may be wrong with a layout document or a typed field."""
    said = {sentence: f"problem_words, {name}" for name, (_code, sentence) in problem_words.SENTENCES.items()}
    said |= {sentence: f"vendors/fields, {name}" for name, (_code, sentence) in declared.SENTENCES.items()}
    return {**said, json_text.UNSTORABLE: "apps/core/json_text.py"}


@cache
def names() -> dict[str, str]:
    """Titles, labels and choices. They may be a vendor's own names, which Chinese leaves as they are."""
    found = {title: f"preset {name}" for name, title in PRESETS.items()}
    for field, where in fields():
        for text in (field.label, field.group, *(label for _value, label in field.choices)):
            found.setdefault(text, where)
    for slug in registry.products():
        found.setdefault(registry.adapter(slug).title, slug)
    return {text: where for text, where in found.items() if text and not TECHNICAL.fullmatch(text)}


@cache
def helps() -> dict[str, str]:
    setups = {slug: registry.adapter(slug).callback_setup for slug in registry.products()}
    places = {setup.place: f"{slug}, callbacks" for slug, setup in setups.items() if setup is not None}
    return {**places, **{field.help: where for field, where in fields() if field.help}}


@cache
def notes() -> dict[str, str]:
    return {note: slug for slug in registry.products() for note in registry.adapter(slug).capabilities.notes}


def fields() -> Iterator[tuple[Field, str]]:
    for slug in registry.products():
        for kind in FIELD_LISTS:
            for field in getattr(registry.adapter(slug), kind):
                yield field, f"{slug}, {kind}, {field.name}"


def everything() -> dict[str, str]:
    said = {
        **advice_sentences(),
        **trouble_sentences(),
        **import_sentences(),
        **finding_sentences(),
        **problem_sentences(),
    }
    return {**names(), **helps(), **notes(), **said}


def table(path: Path, name: str) -> dict:  # type: ignore[type-arg]
    """A module's table of that name; {} where it has none."""
    if f"{name}" not in path.read_text(encoding="utf-8"):
        return {}
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    made = vars(importlib.import_module(module)).get(name, {})
    assert isinstance(made, dict), f"{module}.{name} is a table"
    return made


def literals_of(source: str, call: str, where: str) -> Iterator[tuple[int, str]]:
    """The literal sentences given to a call: directly, by a conditional, or by a variable of the same function.
    One made at run time (an f-string) cannot be translated and is refused."""
    place, keyword = CALLS[call]
    for function in functions(ast.parse(source)):
        assigned: dict[str, list[ast.expr]] = {}
        for node in own_nodes(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                assigned.setdefault(node.targets[0].id, []).append(node.value)
        for node in own_nodes(function):
            if not isinstance(node, ast.Call) or name_of(node.func) != call:
                continue
            given = [one.value for one in node.keywords if one.arg == keyword] or node.args[place : place + 1]
            for one in given:
                for value in assigned.get(one.id, []) if isinstance(one, ast.Name) else [one]:
                    for leaf in leaves(value):
                        at = f"{where}:{leaf.lineno}"
                        assert not isinstance(leaf, ast.JoinedStr), f"{at}: no f-string: write {{name}} and give params"
                        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                            yield leaf.lineno, leaf.value


def functions(tree: ast.Module) -> Iterator[ast.AST]:
    yield tree
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function (or module) without those of the functions inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from own_nodes(child)


def leaves(value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(value, ast.IfExp):
        yield from leaves(value.body)
        yield from leaves(value.orelse)
    else:
        yield value


def name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
