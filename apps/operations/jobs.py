"""Celery's entry point: the heartbeat."""

from __future__ import annotations

from celery import shared_task

from apps.operations import heartbeat as heartbeats


@shared_task
def heartbeat() -> None:
    heartbeats.record()
