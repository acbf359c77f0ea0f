"""The Celery application. Jobs live with what they do (apps/*/jobs.py); here is only the wiring."""

from __future__ import annotations

import os

from celery import Celery

import celery_worker.logs  # noqa: F401 - listens to Celery's signals
from celery_worker.queues import QUEUES, ROUTES
from celery_worker.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")

app = Celery("quadbox")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_queues=QUEUES,
    task_default_queue="default",
    task_routes=ROUTES,
    beat_schedule=SCHEDULE,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 300},
)
app.autodiscover_tasks(related_name="jobs")
