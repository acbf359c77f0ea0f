"""A plan: the ordered requests a product adapter would send, and what it found out on the way.

Values only. The same plan is shown by the export page, compared by the tests, sent by the runner and kept,
redacted, in the ledger.

How a finding is said: `Finding(level, code, object_id, field, sentence, params)`, where the sentence is a plain literal
(never an f-string) with places in braces and `params` are their values: it is the msgid of its own translation. A
product with many keeps them in a table `PHRASES: dict[str, tuple[Level, str]]` (code → level and sentence) in a module
of its own. Every sentence has its Chinese in templates/locale/zh_Hans/LC_MESSAGES/django.po, the same places in it;
tests/vendors/test_sentences.py names those that lack it. Params called `fit`, `stream` and the like are words of the
layout document and translated themselves (apps/tasks/labels.py).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from apps.core.message_templates import fill
from apps.core.types import Json
from apps.layout_document.document import LayoutDocument

Level: TypeAlias = Literal["error", "changed", "dropped", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a product makes of one thing of the document. `object_id` is None for the canvas and the task itself;
    `field` is the property's name ("fit", "opacity", "canvas.image") or "" for the whole object.
    `sentence` is English for a producer, `{place}`s are filled from `params`: `message`. Other languages fill their own
    sentence with the same params."""

    level: Level
    code: str
    object_id: str | None
    field: str
    sentence: str
    params: Mapping[str, Json] = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        return fill(self.sentence, self.params)

    def as_json(self) -> dict[str, Json]:
        return {
            "level": self.level,
            "code": self.code,
            "object_id": self.object_id,
            "field": self.field,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """One HTTP request to come. `body` is JSON, or the pairs of a form when `form` is true; None sends none.

    `name` is the vendor's operation name. A string "{placeholder}" anywhere stands for a value that an earlier
    answer gives, or that the adapter knows only when it is sent (`VendorAdapter.placeholder_values`: tokens, handles).
    `gives` maps placeholder names to JSON pointers into THIS request's answer; `remember` maps a
    content key to the placeholder whose value should be kept for later plans (`TaskSpec.known`).
    `uses` names the stored objects (content key → value, of `TaskSpec.known`) that this request relies on: when the
    vendor says `StoredObjectGone`, they are forgotten and the plan is made anew.
    `starts` marks a request that must never be repeated blindly; `read_only` one that always may.
    `also_at` are further hosts (`https://…`) that serve the same, for when nothing could be sent to the first.
    `proves` is our word for the state that a good answer stands for, where the vendor says no more than "accepted".
    """

    name: str
    method: str
    url: str
    query: Mapping[str, str] = dataclasses.field(default_factory=dict)
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    body: Json = None
    form: bool = False
    signing: str = ""
    gives: Mapping[str, str] = dataclasses.field(default_factory=dict)
    remember: Mapping[str, str] = dataclasses.field(default_factory=dict)
    uses: Mapping[str, str] = dataclasses.field(default_factory=dict)
    starts: bool = False
    read_only: bool = False
    proves: str = ""
    also_at: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Json]:
        return {
            "name": self.name,
            "method": self.method,
            "url": self.url,
            "query": dict(self.query),
            "headers": dict(self.headers),
            "body": self.body,
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """`carry` is what the next plan of this task needs to know (it becomes `TaskSpec.previous`), once this one was
    taken; `spends` are the members of it that are used up by trying (a sequence number), kept before it is sent.

    `drawn` is the picture that comes out, as a layout document in the output's pixels: what is dropped is gone,
    what is changed is as changed, bars are rectangles (texts without words). Drawn by `preview` it is what the
    cloud will show; object ids are those of the task's document. None for a stop and a query.
    """

    requests: tuple[PlannedRequest, ...]
    findings: tuple[Finding, ...] = ()
    carry: Mapping[str, Json] = dataclasses.field(default_factory=dict)
    drawn: LayoutDocument | None = None
    spends: Mapping[str, Json] = dataclasses.field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level == "error")

    def as_json(self) -> dict[str, Json]:
        return {
            "requests": [request.as_json() for request in self.requests],
            "findings": [finding.as_json() for finding in self.findings],
        }
