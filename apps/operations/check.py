"""What a check is, and what it returns."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db import Error as DatabaseError
from django.utils.functional import Promise
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

UNAVAILABLE = (DatabaseError, RedisError, OperationalError, OSError)


class Group(StrEnum):
    SERVICE = "service"  # a process or a machine below us; a card on the Health page
    SETUP = "setup"  # settings and stored state; a row on the Health page


@dataclass(frozen=True)
class Outcome:
    """`status` is the word of the health probes; `advice` says what to do, and is empty where nothing has to be done."""

    ok: bool
    detail: str = ""
    advice: str = ""
    status: str = "ok"


OK = Outcome(True)


def failed(advice: str, detail: str = "", status: str = "failed") -> Outcome:
    return Outcome(False, detail, advice, status)


@dataclass(frozen=True)
class Check:
    """One question about the installation. `run` may let the errors of UNAVAILABLE pass: they are its failure, with
    `advice` and the status `if_unavailable`."""

    id: str
    title: str | Promise
    group: Group
    run: Callable[[], Outcome]
    advice: str | Promise = ""
    if_unavailable: str = "unreachable"

    def outcome(self) -> Outcome:
        try:
            return self.run()
        except UNAVAILABLE as error:
            log.warning("check %s: %s", self.id, type(error).__name__, exc_info=True)
            return failed(str(self.advice), type(error).__name__, self.if_unavailable)
