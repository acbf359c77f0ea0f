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
        "Makes the first admin with a random password and prints the login: in production once, in the embedded mode "
        "as long as it works (it is kept in a 0600 file of the state folder)."
    )

    def handle(self, *args: object, **options: object) -> None:
        if not settings.EMBEDDED:
            password = None if User.objects.exists() else create_admin(secrets.token_urlsafe(12))
            credentials = (
                f"  Sign in as {USERNAME} with the password {password}\n  It is shown this once." if password else ""
            )
            self.stdout.write(credentials or "  There is an account already. Sign in with your own.")
            return
        path = Path(str(settings.STATE_DIR)) / "first_admin_password"
        if not User.objects.exists():
            password = secrets.token_urlsafe(12)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(password)
            create_admin(password)
        admin = User.objects.filter(username=USERNAME).first()
        if admin and path.exists() and admin.check_password(path.read_text().strip()):
            self.stdout.write(f"  Sign in as {USERNAME} with the password {path.read_text().strip()}")
        else:
            self.stdout.write("  Sign in with your own account.")


@transaction.atomic
def create_admin(password: str) -> str:
    """The password of the admin that now exists."""
    user = User.objects.create_superuser(USERNAME, password=password)
    team = Team.objects.create(name="Studio")
    Membership.objects.create(team=team, user=user, role=Role.ADMIN)
    return password
