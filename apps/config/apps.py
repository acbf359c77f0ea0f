"""Loads the Celery application in every Django process, so that `job.delay()` finds our broker, not a default one."""

from __future__ import annotations

from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "apps.config"
    label = "config"

    def ready(self) -> None:
        from celery_worker.app import app

        app.set_default()
