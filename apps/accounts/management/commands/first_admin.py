"""Makes the first admin and their team, once, with a random password; shows the login while it still works."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from apps.accounts.models import Membership, Role, Team, User

USERNAME = "admin"


class Command(BaseCommand):
    help = (
        "Makes the first admin with a random password (kept in a 0600 file of the state folder) and prints the login."
    )

    def handle(self, *args: object, **options: object) -> None:
        kept = Path(settings.STATE_DIR or settings.MEDIA_ROOT) / "first_admin_password"
        if not User.objects.exists():
            password = secrets.token_urlsafe(12)
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(password)
            with transaction.atomic():
                user = User.objects.create_superuser(USERNAME, password=password)
                team = Team.objects.create(name="Studio")
                Membership.objects.create(team=team, user=user, role=Role.ADMIN)
        admin = User.objects.filter(username=USERNAME).first()
        if admin and kept.exists() and admin.check_password(kept.read_text().strip()):
            self.stdout.write(f"  Sign in as {USERNAME} with the password {kept.read_text().strip()}")
        else:
            self.stdout.write("  Sign in with your own account.")
