"""The exceptions of the domain. The class says whether a retry helps; http_errors.py turns them into responses.

QuadboxError
├─ Refused                   refused by us with the reason; nothing was sent
│  ├─ Invalid                the input is wrong: `problems`, each with a JSON pointer
│  ├─ Conflict               the state does not allow it
│  │  └─ Stale               the version it started from is not the current one
│  └─ UnsupportedByVendor    this vendor cannot do it
└─ VendorError               a request to the vendor failed
   ├─ VendorUnreachable      no response or a broken one: DNS, TLS, timeout, 5xx; worth a retry
   │  └─ OutcomeUnknown      sent, and perhaps carried out: query before repeating it
   ├─ VendorBusy             the vendor throttles us; worth a retry after `retry_after`
   ├─ VendorRejected         rejected by the vendor: `vendor_code`, `vendor_request_id`
   │  ├─ BadCredentials      the keys are wrong, expired or not allowed
   │  ├─ NoSuchTask          the vendor does not know the task
   │  │  └─ HandleUnknown    the vendor assigns ids to tasks, and this one never reached us
   │  ├─ NotYet              not now: nobody is in the room; worth a retry
   │  ├─ StoredObjectGone    an object we stored there (a layout) is gone: it can be created again
   │  └─ TaskExists          the vendor runs a task of this id already
   └─ UnreadableReply        the response does not follow the vendor's documentation
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
    """Base of all exceptions raised on purpose. `str()` of it may be shown to a person: it holds no secret."""

    retryable = False

    def __init__(self, detail: str, *, problems: Iterable[Problem] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.problems = tuple(problems)


class Refused(QuadboxError):
    """Refused by us with the reason; nothing was sent."""


class Invalid(Refused):
    """The input is wrong; every problem names its place."""


class Conflict(Refused):
    """The state does not allow it, such as when somebody else changed it first."""


class Stale(Conflict):
    """Somebody saved in the meantime. `current` is the version there is now."""

    def __init__(self, detail: str, *, current: int) -> None:
        super().__init__(detail)
        self.current = current


class UnsupportedByVendor(Refused):
    """This vendor cannot do it."""


class VendorError(QuadboxError):
    """A request to the vendor failed. `detail` is the `sentence` with its `{placeholders}` filled by `params`, followed by the
    `vendor_message`. They are kept apart because only the sentence is translated."""

    def __init__(
        self,
        sentence: str,
        *,
        params: Mapping[str, Any] | None = None,
        vendor_message: str = "",
        vendor_code: str = "",
        vendor_request_id: str = "",
        http_status: int = 0,
        retry_after: float = 0.0,
    ) -> None:
        super().__init__(with_quote(fill(sentence, params or {}), vendor_message))
        self.sentence, self.params, self.vendor_message = sentence, dict(params or {}), vendor_message
        self.vendor_code = vendor_code
        self.vendor_request_id = vendor_request_id
        self.http_status = http_status
        self.retry_after = retry_after

    @property
    def words(self) -> dict[str, Any]:
        """As JSON for the database: the sentence is translated when it is shown. `said` is the vendor's message."""
        return {"sentence": self.sentence, "params": self.params, "said": self.vendor_message}


class VendorUnreachable(VendorError):
    """No response, or a broken one (DNS, TLS, timeout, HTTP 5xx)."""

    retryable = True


class OutcomeUnknown(VendorUnreachable):
    """Sent, and perhaps carried out: query before repeating it."""


class VendorBusy(VendorError):
    """The vendor throttles us."""

    retryable = True


class VendorRejected(VendorError):
    """Rejected by the vendor."""


class BadCredentials(VendorRejected):
    """The keys are wrong, expired or not allowed."""


class NoSuchTask(VendorRejected):
    """The vendor does not know the task."""


class HandleUnknown(NoSuchTask):
    """The vendor assigns ids to tasks, and this one never reached us. Nothing was sent."""


class NotYet(VendorRejected):
    """Not now: nobody is in the room yet. Nothing was started, and trying again later helps."""

    retryable = True


class StoredObjectGone(VendorRejected):
    """An object that we stored at the vendor, and that this request names, is gone."""


class TaskExists(VendorRejected):
    """The vendor runs a task of this id already."""


class UnreadableReply(VendorError):
    """The response does not follow the vendor's documentation."""
