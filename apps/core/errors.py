"""The family of errors. Each knows whether a retry helps; one handler turns them into HTTP.

QuadboxError
├─ Refused                   we will not do it, and say why; nothing was sent
│  ├─ Invalid                the input is wrong: `problems`, each with a JSON pointer
│  ├─ Conflict               somebody else changed it first
│  │  └─ Stale               the version it started from is not the current one
│  └─ UnsupportedByVendor    this vendor has no words for it
└─ VendorError               the vendor was asked, and it went wrong
   ├─ VendorUnreachable      no answer, or a sick one: DNS, TLS, timeout, 5xx; worth a retry
   │  └─ OutcomeUnknown      it was sent and may have been done: look before repeating
   ├─ VendorBusy             asked to slow down; worth a retry after `retry_after`
   ├─ VendorRejected         a clear no: `vendor_code`, `vendor_request_id`
   │  ├─ BadCredentials      the keys are wrong, expired or not allowed
   │  ├─ NoSuchTask          the vendor does not know the task
   │  │  └─ HandleUnknown    the vendor names its tasks itself, and that name never reached us
   │  ├─ NotYet              not now: nobody is in the room; worth a retry
   │  ├─ StoredObjectGone    what we had stored there (a layout) is no more: it can be made anew
   │  └─ TaskExists          the vendor runs a task of this id already
   └─ UnreadableReply        it answered, but not in its documented words
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.core.message_templates import fill, with_quote


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input. `pointer` is a JSON pointer (RFC 6901) into it. Where the message is a
    sentence with filled places, `sentence` and `values` say which, for readers of other languages."""

    pointer: str
    code: str
    message: str
    sentence: str = field(default="", compare=False)
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def as_json(self) -> dict[str, str]:
        return {"pointer": self.pointer, "code": self.code, "message": self.message}


class QuadboxError(Exception):
    """Anything we raise on purpose. `str()` of it may be shown to a person: it holds no secret."""

    retryable = False

    def __init__(self, detail: str, *, problems: Iterable[Problem] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.problems = tuple(problems)


class Refused(QuadboxError):
    """We will not do it, and say why; nothing was sent."""


class Invalid(Refused):
    """The input is wrong; every problem names its place."""


class Conflict(Refused):
    """Somebody else changed it first."""


class Stale(Conflict):
    """Somebody saved since. `current` is the version there is now."""

    def __init__(self, detail: str, *, current: int) -> None:
        super().__init__(detail)
        self.current = current


class UnsupportedByVendor(Refused):
    """This vendor has no words for it."""


class VendorError(QuadboxError):
    """The vendor was asked, and it went wrong. `detail` is the `sentence` with its `{places}` filled by `params`, and after
    it what the vendor `said` in words of its own. They are kept apart for readers of other languages."""

    def __init__(
        self,
        sentence: str,
        *,
        params: Mapping[str, Any] | None = None,
        said: str = "",
        vendor_code: str = "",
        vendor_request_id: str = "",
        http_status: int = 0,
        retry_after: float = 0.0,
    ) -> None:
        super().__init__(with_quote(fill(sentence, params or {}), said))
        self.sentence, self.params, self.said = sentence, dict(params or {}), said
        self.vendor_code = vendor_code
        self.vendor_request_id = vendor_request_id
        self.http_status = http_status
        self.retry_after = retry_after

    @property
    def words(self) -> dict[str, Any]:
        """As JSON, for what is kept."""
        return {"sentence": self.sentence, "params": self.params, "said": self.said}


class VendorUnreachable(VendorError):
    """No answer, or a sick one."""

    retryable = True


class OutcomeUnknown(VendorUnreachable):
    """It was sent and may have been done: look before repeating."""


class VendorBusy(VendorError):
    """Asked to slow down."""

    retryable = True


class VendorRejected(VendorError):
    """A clear no."""


class BadCredentials(VendorRejected):
    """The keys are wrong, expired or not allowed."""


class NoSuchTask(VendorRejected):
    """The vendor does not know the task."""


class HandleUnknown(NoSuchTask):
    """The vendor names its tasks itself, and that name never reached us. Nothing was sent."""


class NotYet(VendorRejected):
    """Not now: nobody is in the room yet. Nothing was started, and trying again later helps."""

    retryable = True


class StoredObjectGone(VendorRejected):
    """An object we had stored at the vendor, and named in this request, is no more."""


class TaskExists(VendorRejected):
    """The vendor runs a task of this id already."""


class UnreadableReply(VendorError):
    """It answered, but not in its documented words."""
