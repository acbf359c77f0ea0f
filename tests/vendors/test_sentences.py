"""Everything that the adapters say to people has its Chinese."""

from __future__ import annotations

import re

import pytest

from apps.core.message_templates import fill, placeholders
from apps.vendors.plan import Finding
from tests import translatable_texts
from tests.vendors.conftest import catalog

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def lacking(wanted: dict[str, str]) -> list[str]:
    return [f"{where}: {text}" for text, where in wanted.items() if not catalog().get(text)]


def test_every_sentence_of_a_finding_has_its_chinese() -> None:
    wanted = translatable_texts.finding_sentences()
    assert len(wanted) > 80, "the scan went blind"
    assert not lacking(wanted), "write these in django.po:\n" + "\n".join(lacking(wanted))
    assert all(CHINESE.search(catalog()[text]) for text in wanted)


@pytest.mark.parametrize(
    "texts",
    [
        translatable_texts.names,
        translatable_texts.helps,
        translatable_texts.advice_sentences,
        translatable_texts.trouble_sentences,
    ],
)
def test_labels_help_advice_and_the_ledger_have_their_chinese(texts: translatable_texts.Texts) -> None:
    wanted = texts()
    assert wanted, "the scan went blind"
    assert not lacking(wanted), "write these in django.po:\n" + "\n".join(lacking(wanted))


def test_every_field_of_every_product_explains_itself() -> None:
    assert sorted({f"{where}" for field, where in translatable_texts.fields() if not field.help.strip()}) == []


def test_the_chinese_has_the_same_places() -> None:
    for text in translatable_texts.everything():
        assert placeholders(catalog()[text]) == placeholders(text), text


def test_the_scan_reads_literals_conditionals_and_variables() -> None:
    source = (
        "def a(x):\n"
        "    message = 'One {n}.' if x else 'Two.'\n"
        "    return Finding('note', 'c', None, '', message, {'n': x}), Finding('note', 'd', None, '', 'Three.')\n"
        "def b(message):\n"
        "    return Finding('note', 'e', None, '', message)\n"
    )
    found = [sentence for _line, sentence in translatable_texts.literals_of(source, "Finding", "x.py")]
    assert found == ["One {n}.", "Two.", "Three."]


def test_a_sentence_made_at_run_time_is_refused() -> None:
    with pytest.raises(AssertionError, match=r"x\.py:1: no f-string"):
        list(translatable_texts.literals_of("Finding('note', 'c', None, '', f'{n} of them')", "Finding", "x.py"))


def test_a_finding_keeps_its_sentence_apart_from_the_values() -> None:
    finding = Finding(
        "note", "few", None, "", "At most {limit} of {people}; {{{name}}} stays.", {"limit": 2, "name": "t"}
    )
    assert finding.message == "At most 2 of {people}; {{t}} stays."
    assert finding.as_json()["message"] == finding.message


def test_braces_without_a_value_stay() -> None:
    assert fill("{a} {b} {} {{c}}", {"a": "{b}"}) == "{b} {b} {} {{c}}"
