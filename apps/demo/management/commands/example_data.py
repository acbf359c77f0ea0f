"""Fills an empty database with examples: a sandbox credential and app per vendor, six layouts, a task on air, and a
recording made by a real run: started on the sandbox, mixed, stopped, reported by the vendor's callback."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.accounts.models import Membership, Role, Team, User
from apps.archive.models import Recording
from apps.core import own_address
from apps.credentials import sandbox_link
from apps.credentials.models import App, Credential
from apps.credentials.services import test_credential
from apps.demo.accounts import ACCOUNTS
from apps.demo.layouts import layouts as example_layouts
from apps.demo.tasks import RECORDING, RELAY
from apps.layouts.models import LayoutTemplate, LayoutVersion
from apps.tasks import services
from apps.tasks.inputs import NewTask
from apps.tasks.models import State, Task

RECORD_SECONDS = 12
TIMEOUT_SECONDS = 60


class Command(BaseCommand):
    help = "Fills an empty team with example layouts, sandbox apps, a running task and a recording."

    def handle(self, *args: Any, **options: Any) -> None:
        membership = Membership.objects.filter(role=Role.ADMIN).select_related("team", "user").order_by("id").first()
        if membership is None or LayoutTemplate.objects.exists() or Task.objects.exists() or not settings.SANDBOX:
            return
        team, user = membership.team, membership.user
        with transaction.atomic():
            apps = {vendor: self.app(team, vendor) for vendor in ACCOUNTS}
            layouts = [self.layout(team, user, name, document) for name, document in example_layouts()]
        self.stdout.write(
            "  Example data: sandbox apps and six layouts are there; a task and a recording are starting …"
        )
        for app in apps.values():
            test_credential(app.credential)
            sandbox_link.connect_callbacks(app)
        running = self.task(user, team, apps["volcengine"], layouts[0], RELAY)
        recorded = self.task(user, team, apps["aliyun"], layouts[1], RECORDING)
        services.start_task(running, user=user)
        services.start_task(recorded, user=user)
        self.wait(lambda: self.state(recorded) == State.RUNNING, "the example recording did not start")
        time.sleep(RECORD_SECONDS)
        services.stop_task(recorded, user=user)
        self.wait(lambda: Recording.objects.filter(task=recorded).exists(), "the example recording did not arrive")
        self.wait(lambda: self.state(running) == State.RUNNING, "the example task did not go on air")
        self.stdout.write("  Example data: one task is on air, one recording plays.")

    def app(self, team: Team, vendor: str) -> App:
        account = ACCOUNTS[vendor]
        credential = Credential.objects.create(
            team=team,
            vendor=vendor,
            name=account["name"],
            keys=account["keys"],
            endpoints={slug: f"{own_address.base_for_server()}{path}" for slug, path in account["endpoints"].items()},
        )
        return App.objects.create(
            team=team,
            credential=credential,
            name=account["name"],
            vendor_app_id=account["app_id"],
            secrets=account["secrets"],
            settings=account["settings"],
        )

    def layout(self, team: Team, user: User, name: str, document: dict[str, Any]) -> LayoutTemplate:
        layout = LayoutTemplate.objects.create(team=team, name=name, document=document, updated_by=user)
        LayoutVersion.objects.create(layout=layout, version=1, name=name, document=document, author=user)
        return layout

    def task(self, user: User, team: Team, app: App, layout: LayoutTemplate, values: dict[str, Any]) -> Task:
        return services.create_task(team=team, user=user, inputs=NewTask(app=app, layout=layout, **values))

    def state(self, task: Task) -> str:
        task.refresh_from_db()
        return task.state

    def wait(self, done: Any, otherwise: str) -> None:
        until = time.monotonic() + TIMEOUT_SECONDS
        while not done():
            if time.monotonic() > until:
                raise CommandError(f"{otherwise} within {TIMEOUT_SECONDS} s; the timeline of the task says why.")
            time.sleep(0.5)
