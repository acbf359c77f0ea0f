"""Each rule of schema.json has a case of its own, which both languages judge alike (tests/static/agreement.test.ts)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.layout_document.parse import parse, problems
from tests.layout_document.schema_rules import changed, rules
from tests.layout_document.test_layout_parse import FIXTURES

CASES = json.loads((FIXTURES / "rules.json").read_text(encoding="utf-8"))
RULES = [case for case, _schema in rules(CASES["document"])]
# A version that nobody knows is said so, not that it is not the one of this schema.
SAID_ELSE = {("/schema", "not_allowed"): ("/schema", "unknown_schema")}


def test_the_document_they_begin_with_is_sound() -> None:
    parse(CASES["document"])


def test_every_rule_has_a_case() -> None:
    wanted = [SAID_ELSE.get(rule, rule) for rule in ((rule["pointer"], rule["code"]) for rule in RULES)]
    assert [(rule["pointer"], rule["code"]) for rule in CASES["rules"]] == wanted


@pytest.mark.parametrize("case", CASES["rules"], ids=lambda problem: f"{problem['pointer']}-{problem['code']}")
def test_what_breaks_one_rule_is_refused_there(case: dict[str, Any]) -> None:
    found = sorted((problem.pointer, problem.code) for problem in problems(changed(CASES["document"], case)))
    assert found == sorted((problem["pointer"], problem["code"]) for problem in case["problems"])
    assert (case["pointer"], case["code"]) in found
