"""Prints a new API key for a person."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import ApiToken, Membership, User


class Command(BaseCommand):
    help = "Prints a new API key of a person: send it as “Authorization: Token <key>”. It is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--team", default="", help="name of the team; without it, the person's first one")
        parser.add_argument("--name", default="manage.py token", help="what the key is for")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active person called “{options['username']}”.")
        memberships = Membership.objects.select_related("team").filter(user=user).order_by("id")
        if options["team"]:
            memberships = memberships.filter(team__name=options["team"])
        mine = memberships.first()
        if mine is None:
            raise CommandError(f"“{user.username}” belongs to no such team." if options["team"] else "No team.")
        self.stdout.write(ApiToken.issue(user=user, team=mine.team, name=options["name"]))
