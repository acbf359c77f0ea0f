"""People, teams, roles, API tokens."""

from __future__ import annotations

import hashlib
import secrets

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import Row


class User(AbstractUser):
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)


class Team(Row):
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    VIEWER = "viewer", _("viewer")
    PRODUCER = "producer", _("producer")
    ADMIN = "admin", _("admin")


class Membership(Row):
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.VIEWER)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="one_membership_per_team")]

    def may(self, role: str) -> bool:
        """Whether this role holds at least what `role` holds."""
        order = [Role.VIEWER, Role.PRODUCER, Role.ADMIN]
        return order.index(Role(self.role)) >= order.index(Role(role))


class ApiToken(Row):
    """A key for the REST API. Only its digest is stored; the key is shown once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    @staticmethod
    def digest_of(key: str) -> str:
        return hashlib.sha256(key.encode()).hexdigest()

    @classmethod
    def issue(cls, *, user: User, team: Team, name: str = "") -> str:
        """Makes a token and answers its key, which is not stored."""
        key = secrets.token_urlsafe(32)
        cls.objects.create(user=user, team=team, name=name, digest=cls.digest_of(key))
        return key
