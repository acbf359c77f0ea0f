"""Findings and plans as JSON in the reader's language, and findings as the ledger stores them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from apps.core.translate import translate
from apps.vendors.plan import Finding, Plan

# Values of the layout document that are params of findings.
DOCUMENT_VALUES = {
    "cover": pgettext_lazy("fit", "cover"),
    "contain": pgettext_lazy("fit", "contain"),
    "stretch": pgettext_lazy("fit", "stretch"),
    "camera": pgettext_lazy("stream", "camera"),
    "screen": pgettext_lazy("stream", "screen"),
    "left": pgettext_lazy("align", "left"),
    "center": pgettext_lazy("align", "center"),
    "right": pgettext_lazy("align", "right"),
}
TRANSLATED_PARAMS = {"fit", "picture_fit", "stream", "align", "to"}  # others may be names chosen by people


def translated_params(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: DOCUMENT_VALUES.get(value, value) if name in TRANSLATED_PARAMS and isinstance(value, str) else value
        for name, value in values.items()
    }


def finding_message(finding: Finding) -> str:
    """In the reader's language."""
    return translate(finding.sentence, translated_params(finding.params))


def finding_json(finding: Finding) -> dict[str, Any]:
    return {**finding.as_json(), "message": finding_message(finding)}


def plan_json(plan: Plan) -> dict[str, Any]:
    """`Plan.as_json()` with its findings in the reader's language."""
    return {**plan.as_json(), "findings": [finding_json(finding) for finding in plan.findings]}


def for_ledger(finding: Finding) -> dict[str, Any]:
    """Readable as it is, and translatable later."""
    return {**finding.as_json(), "sentence": finding.sentence, "params": dict(finding.params)}


def ledger_message(finding: Mapping[str, Any]) -> str:
    """The message of a finding in the ledger; rows of old versions have only its English text."""
    if not finding.get("sentence"):
        return str(finding.get("message", ""))
    return translate(finding["sentence"], translated_params(finding.get("params") or {}))
