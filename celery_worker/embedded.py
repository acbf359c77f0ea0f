"""The Celery application of the embedded mode: the worker runs beat in a thread of its own process.

`celery worker -B` would fork a second process for it. In production beat is a process of its own (beat.sh), since there
are many workers and one beat.
"""

from __future__ import annotations

from typing import Any

from celery.beat import EmbeddedService
from celery.signals import worker_ready, worker_shutting_down

from celery_worker.app import app

__all__ = ["app"]
beat = EmbeddedService(app, thread=True)


@worker_ready.connect
def start_beat(**kwargs: Any) -> None:
    beat.start()


@worker_shutting_down.connect
def stop_beat(**kwargs: Any) -> None:
    beat.stop()
